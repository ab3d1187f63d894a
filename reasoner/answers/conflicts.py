"""Where the sources contradict each other or themselves: both sides, and whether their contexts resolve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from reasoner.answers.contexts import RESPECTS, Contexts
from reasoner.answers.evidence import claims_by_name
from reasoner.answers.frame import finished, frame, reason
from reasoner.asking.names import resolve
from reasoner.inference.distance import Sought
from reasoner.inference.evidence import UNRESOLVED, Evidence
from reasoner.inference.observations import Observation
from reasoner.mechanism.place import Place
from reasoner.model.term import Literal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.atom import Fact
    from reasoner.model.documents.conflicts import ConflictRow, Conflicts, Weighed


def conflicts(reasoned: Reasoned, name: str | None = None) -> Conflicts:
    """Every curated conflict, every fact with claims on both sides, and observations that contradict each other.

    With a name, those that concern it.  ``resolution`` says whether the sides speak of different contexts, ``by`` in
    which respects.  Raises :class:`QuestionError` for an unknown name (E401).
    """
    wanted = resolve(reasoned, name) if name is not None else None
    contexts = Contexts(reasoned)
    curated = [_curated(reasoned, contexts, conflict) for conflict in sorted(reasoned.closure.members("Conflict"))]
    beside = list(_annotated(reasoned, contexts, curated))
    answers = [*curated, *beside, *_contradicting(reasoned, contexts, [*curated, *beside])]
    if wanted is not None:
        claims = claims_by_name(reasoned).get(wanted, set())
        answers = [answer for answer in answers if _concerns(answer, wanted, claims)]
    told: Conflicts = {
        "command": "conflicts",
        **frame(reasoned, closed_world=not answers),
        "verdict": "contested" if answers else "not_derived",
        "answers": answers,
    }
    if not answers:
        text = f"no contradiction about {wanted} is known" if wanted else "no contradiction is known"
        told["reasons"] = [reason("NOT_REPORTED", text)]
    return finished(reasoned, told)


def _curated(reasoned: Reasoned, contexts: Contexts, conflict: str) -> ConflictRow:
    side_for, side_against = (_names(reasoned, prop, conflict) for prop in ("claimFor", "claimAgainst"))
    handling = [value.lexical for value in reasoned.closure.objects("handling", conflict) if isinstance(value, Literal)]
    return {
        "id": conflict,
        "statement": reasoned.label(conflict),
        "about": _names(reasoned, "aboutSubject", conflict),
        "handling": next(iter(handling), None),
        **_sides(reasoned, contexts, side_for, side_against, curated=_names(reasoned, "hasModerator", conflict)),
    }


def _sides(
    reasoned: Reasoned,
    contexts: Contexts,
    supporting: Sequence[str],
    opposing: Sequence[str],
    *,
    curated: Sequence[str] = (),
    evidence: Evidence | None = None,
) -> Weighed:
    """Both sides, the contexts of each, and what decides: their scopes or conditions, else what curators say.

    Claims on one and the same outcome (``evidence``) do not differ in what they are about.
    """
    by = contexts.separating(supporting, opposing)
    if evidence is not None:
        by = [respect for respect in by if respect != "by_target"]
        conditions = reasoned.gathering.moderators.deciding(evidence.conditions_for, evidence.conditions_against)
        by = list(dict.fromkeys([*(found.kind for found in conditions), *by]))
    known = [name for name in curated if name != UNRESOLVED]
    return {
        "for": list(supporting),
        "against": list(opposing),
        "resolution": "by_context" if by else "open",
        "by": by,
        "moderator": next((name for name in known if name in by), next(iter([*known, *by, *curated]), None)),
        "contexts": {"for": _contexts(contexts, supporting), "against": _contexts(contexts, opposing)},
        "claims": _words(reasoned, sorted({*supporting, *opposing})),
    }


def _contexts(contexts: Contexts, claims: Sequence[str]) -> dict[str, list[str]]:
    """What some claims speak of, in each respect."""
    return {respect: sorted({value for c in claims for value in contexts.of(c, respect)}) for respect in RESPECTS}


def _annotated(reasoned: Reasoned, contexts: Contexts, curated: Iterable[ConflictRow]) -> Iterator[ConflictRow]:
    """Facts with claims for and against, unless a curated conflict holds all of those claims."""
    known = [{*conflict["for"], *conflict["against"]} for conflict in curated]
    for fact, support in sorted(reasoned.base.annotated.items(), key=lambda item: str(item[0])):
        claims = set(support.claims)
        if not support.supported or not support.opposed or any(claims <= both for both in known):
            continue
        yield {
            "id": fact.subject,
            "statement": _statement(reasoned, fact),
            "about": [name for name in (fact.subject, fact.object) if isinstance(name, str)],
            "handling": None,
            **_sides(reasoned, contexts, sorted(support.supported), sorted(support.opposed), evidence=Evidence()),
        }


def _contradicting(reasoned: Reasoned, contexts: Contexts, found: Iterable[ConflictRow]) -> Iterator[ConflictRow]:
    """Observations that speak for and against one and the same outcome, in some scope, where no other entry says so."""
    known = [{*answer["for"], *answer["against"]} for answer in found]
    for observation, predicate, evidence in _contested(reasoned):
        supporting, opposing = map(sorted, evidence.near)
        claims = {*supporting, *opposing}
        if any(claims <= both for both in known):
            continue
        known.append(claims)
        yield {
            "id": observation.name,
            "statement": f"{reasoned.label(observation.name)} ({reasoned.base.label(predicate)})",
            "about": sorted({observation.name, *observation.agents, *observation.cells}),
            "handling": None,
            **_sides(reasoned, contexts, supporting, opposing, evidence=evidence),
        }


def _contested(reasoned: Reasoned) -> Iterator[tuple[Observation, str, Evidence]]:
    """Each opposed observation whose outcome others support: for its agents, in one of its cells and scopes."""
    for observation in reasoned.observations.all:
        if not observation.opposed or not observation.agents:
            continue
        agents, therapies = frozenset(observation.agents), frozenset(observation.therapies)
        places = observation.cells, observation.scopes, observation.routes, observation.activities
        about = product(*(values or (None,) for values in places))
        for predicate, (cell, scope, route, activity) in product(sorted(observation.concluded_by), about):
            sought = Sought(frozenset({predicate}), (agents,), agents, cell, route, activity, therapies=therapies)
            evidence = reasoned.gathering.evidence(sought, Place(cell, scope))
            if all(evidence.near):
                yield observation, predicate, evidence
                break


def _statement(reasoned: Reasoned, fact: Fact) -> str:
    """What an observation says is its label; another fact is written out with labels."""
    if "Observation" in reasoned.closure.types(fact.subject):
        return reasoned.label(fact.subject)
    verb = reasoned.label(fact.predicate)
    return f"{reasoned.label(fact.subject)} {verb} {reasoned.label(str(fact.object))}" if fact.object else str(fact)


def _names(reasoned: Reasoned, prop: str, subject: str) -> list[str]:
    return sorted(value for value in reasoned.closure.objects(prop, subject) if isinstance(value, str))


def _words(reasoned: Reasoned, claims: Iterable[str]) -> dict[str, str]:
    return {claim: statement for claim in claims if (statement := reasoned.base.claim(claim).statement)}


def _concerns(answer: ConflictRow, name: str, claims: set[str]) -> bool:
    """Whether a contradiction is about the name, or a claim on either side names it."""
    return name in (answer["id"], *answer["about"]) or not claims.isdisjoint((*answer["for"], *answer["against"]))
