"""What an edit changes: facts, evidence and rules, and above all which answers, each with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from reasoner.answers.assess import assess
from reasoner.answers.breaks import breaks
from reasoner.answers.contradicted import MARK, contradictions
from reasoner.answers.explain import explain
from reasoner.answers.frame import finished, frame, reason
from reasoner.answers.why_not import why_not
from reasoner.asking.conclusion import OF_ROUTES, Conclusion
from reasoner.asking.requests import ScenarioRequest
from reasoner.curating.difference.closing import affected, closing
from reasoner.curating.difference.nameless import is_nameless, nameless_text
from reasoner.errors import QuestionError
from reasoner.model.atom import Fact
from reasoner.model.axiom import Expression
from reasoner.model.groups import AllDifferent
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.assessment import HazardRow
    from reasoner.model.documents.difference import (
        AnswerChange,
        ChangedAnswer,
        ChangedAxioms,
        ChangedEvidence,
        ChangedRule,
        Difference,
        ToldOfIt,
    )
    from reasoner.model.documents.proof import ProofStep

NEWLY: Final = "newly"
NO_LONGER: Final = "no longer"
CHANGED: Final = "changed"
#: That agents are a minimal regimen which closes a route, with some killer.
CLOSES = "closes"
_UNORDERED = frozenset(
    {"unionOf", "intersectionOf", "oneOf", "dataUnionOf", "dataIntersectionOf", "dataOneOf", "AllDisjointClasses"}
    | {"AllDisjointProperties", "EquivalentClasses", "DisjointClasses", "EquivalentProperties", "DisjointProperties"}
)
_LONGEST_PROOF = 40
#: Reasons that are shown for what no longer holds.
_FEW = 4
_RowKey = tuple[str, tuple[str, ...], str, ScenarioRequest]


def diff(old: Reasoned, new: Reasoned, *, exit_code: bool = False) -> Difference:
    """The differences from ``old`` to ``new``.

    Answers are those of ``breaks`` over the home scenarios of every route, the outcomes of every regimen that an
    observation speaks of or that breaks a route, and the minimal regimens that close each route that the edit reaches.
    """
    added, lost = set(_only(new, old)), set(_only(old, new))
    rules = list(_rules(old.base.rules, new.base.rules))
    evidence = list(_evidence(old, new))
    axioms = _axioms(old, new)
    changes = [*rules, *evidence, *added, *lost, *axioms["added"], *axioms["removed"]]
    answers = list(_answers(old, new)) if changes else []
    told: Difference = {
        "command": "diff",
        **frame(new, closed_world=True),
        "verdict": "different" if changes or answers else "same",
        "answers": answers,
        "old": {"version": old.base.version, "sha256": old.base.sha256},
        "contradictions_before": contradictions(old),
        "facts": {"asserted": sorted(map(str, added)), "retracted": sorted(map(str, lost))},
        "evidence": evidence,
        "rules": rules,
        "axioms": axioms,
        "exit_code": exit_code,
    }
    if not answers:
        told["reasons"] = [reason("SAME", "no answer changes" if changes else "both say the same")]
    return finished(new, told)


def _only(one: Reasoned, other: Reasoned) -> Iterator[Fact]:
    """The facts that one side asserts and the other does not; groups that both state are not gone through."""
    mine, made = one.base.ontology, _made(one)
    groups = replace(mine, groups=tuple(group for group in mine.groups if not _repeats(other.base.ontology, group)))
    for fact in groups.stated:
        if fact.subject not in made and not _asserts(other, fact) and not (is_nameless(fact) and _alike(one, other)):
            yield fact


@lru_cache(maxsize=2)
def _alike(one: Reasoned, other: Reasoned) -> bool:
    """Whether both say the same of individuals without a name, whose labels follow the order of a file."""
    return nameless_text(one.base.ontology) == nameless_text(other.base.ontology)


def _repeats(ontology: Ontology, group: AllDifferent) -> bool:
    said = {(other.members, other.missing) for other in ontology.groups}
    return (group.members, group.missing) in said


def _asserts(reasoned: Reasoned, fact: Fact) -> bool:
    return fact in _alone(reasoned) or (reasoned.base.ontology.is_grouped(fact) and fact.subject not in _made(reasoned))


@lru_cache(maxsize=2)
def _alone(reasoned: Reasoned) -> frozenset[Fact]:
    return frozenset(fact for fact in reasoned.base.ontology.facts if fact.subject not in _made(reasoned))


@lru_cache(maxsize=2)
def _made(reasoned: Reasoned) -> frozenset[str]:
    """What an export made before its rules ran: that is nobody's statement."""
    texts = reasoned.base.ontology.texts
    return frozenset(name for name, found in texts.items() if any(key == "minted" for key, _ in found))


def _evidence(old: Reasoned, new: Reasoned) -> Iterator[ChangedEvidence]:
    """Claims that came to stand beside a fact, or left it, where the fact itself stays."""
    annotated = {*old.base.annotated, *new.base.annotated}
    for fact in sorted((fact for fact in annotated if _asserts(old, fact) and _asserts(new, fact)), key=str):
        if is_nameless(fact) and _alike(old, new):
            continue
        before, after = old.base.support(fact), new.base.support(fact)
        had = {*(("for", c) for c in before.supported), *(("against", c) for c in before.opposed)}
        has = {*(("for", c) for c in after.supported), *(("against", c) for c in after.opposed)}
        if had != has:
            yield {"fact": str(fact), "added": _claims(has - had), "removed": _claims(had - has)}


def _claims(found: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{claim} ({way})" for way, claim in sorted(found)]


def _rules(old: Iterable[Rule], new: Iterable[Rule]) -> Iterator[ChangedRule]:
    before, after = ({rule.id: rule for rule in rules} for rules in (old, new))
    for name in sorted(before.keys() | after.keys()):
        had, has = before.get(name), after.get(name)
        if had is None or has is None or _logic(had) != _logic(has):
            yield {"id": name, "before": had.logic if had else None, "after": has.logic if has else None}


def _logic(rule: Rule) -> tuple[list[str], list[str]]:
    return sorted(map(str, rule.body)), sorted(map(str, rule.head))


def _axioms(old: Reasoned, new: Reasoned) -> ChangedAxioms:
    before, after = (
        {_axiom(axiom.kind, axiom.args) for axiom in reasoned.base.ontology.axioms} for reasoned in (old, new)
    )
    return {"added": sorted(after - before), "removed": sorted(before - after)}


def _axiom(kind: str, args: Iterable[Any]) -> str:
    """An axiom as text; the order of what OWL reads as a set does not count."""
    parts = [_part(arg) for arg in args]
    return f"{kind}({', '.join(sorted(parts) if kind in _UNORDERED else parts)})"


def _part(arg: Any) -> str:
    if isinstance(arg, Expression):
        return _axiom(arg.constructor, arg.args)
    return f"({', '.join(map(_part, arg))})" if isinstance(arg, tuple) else str(arg)


# --- answers ----------------------------------------------------------------------------------------------------------


def _answers(old: Reasoned, new: Reasoned) -> Iterator[ChangedAnswer]:
    before, after = _broken(old), _broken(new)
    yield from _compared(old, new, before, after)
    asked = {(key[1], key[3]) for key in (*before, *after)} | _observed(old) | _observed(new)
    yield from _compared(old, new, _outcomes(old, asked), _outcomes(new, asked))
    routes = affected(old, new)
    yield from _compared(old, new, _closing(old, routes), _closing(new, routes))


def _broken(reasoned: Reasoned) -> dict[_RowKey, ToldOfIt]:
    """Rows of ``breaks`` by what is broken, by which agents, where."""
    found: dict[_RowKey, ToldOfIt] = {}
    for row in breaks(reasoned, ScenarioRequest(), by_analogy=False)["answers"]:
        place = ScenarioRequest(row["cell"], row["disease"], tuple(row["state"] or ()))
        agents = (row["agent"], *next(iter(row["needs_agents"]), ()))
        found[OF_ROUTES[row["effect"]], agents, row["route"], place] = {
            "derived": row["derived"],
            "verdict": row["verdict"],
            "strength": row["strength"],
            "arms": sorted(row["arms"]),
            "evidence": sorted(row["evidence"]),
        }
    return found


def _observed(reasoned: Reasoned) -> set[tuple[tuple[str, ...], ScenarioRequest]]:
    """Regimens that sources speak of, where they do."""
    found = set()
    for observation in reasoned.observations.all:
        for cell in observation.cells:
            for scope in observation.scopes:
                if observation.agents and "Disease" in reasoned.closure.types(scope):
                    found.add((tuple(observation.agents), ScenarioRequest(cell, scope)))
    return found


def _outcomes(reasoned: Reasoned, asked: Iterable[tuple[tuple[str, ...], ScenarioRequest]]) -> dict[_RowKey, ToldOfIt]:
    """What follows from each regimen: derived outcomes and hazards with their verdicts."""
    found: dict[_RowKey, ToldOfIt] = {}
    known = set(reasoned.closure.members("Agent")) | set(reasoned.closure.members("Therapy"))
    for agents, place in asked:
        if not known.issuperset(agents):
            continue
        try:
            told = assess(reasoned, agents, place, by_analogy=False)
        except QuestionError:  # the place or an agent is not known on this side
            continue
        for row in told["outcomes"]:
            if row["derived"] != "no" or row["verdict"] != "not_derived":
                found[row["outcome"], agents, row["subject"], place] = {
                    "derived": row["derived"],
                    "verdict": row["verdict"],
                    "extent": row["extent"],
                    "left": sorted(row["left"]),
                    "farther": sorted(row["farther"]),
                    "strength": row["strength"],
                    "evidence": sorted(row["evidence"]),
                }
        for danger in told["hazards"]:
            found["hasHazard", agents, danger["hazard"], place] = _hazard(danger)
    return found


def _hazard(row: HazardRow) -> ToldOfIt:
    """A hazard with all that it is about."""
    return {
        "about": sorted(row["subjects"]),
        "verdict": sorted({about["verdict"] for about in row["by_subject"]}),
        "evidence": sorted(row["evidence"]),
    }


def _closing(reasoned: Reasoned, routes: Iterable[str]) -> dict[_RowKey, ToldOfIt]:
    """The minimal regimens that close some routes."""
    return {(CLOSES, row.agents, row.route, row.place): told for row, told in closing(reasoned, routes).items()}


def _compared(
    old: Reasoned, new: Reasoned, before: dict[_RowKey, ToldOfIt], after: dict[_RowKey, ToldOfIt]
) -> Iterator[ChangedAnswer]:
    for key in sorted({*before, *after}, key=repr):
        had, has = before.get(key), after.get(key)
        if had == has:
            continue
        predicate, agents, subject, place = key
        change: AnswerChange = NEWLY if had is None else NO_LONGER if has is None else CHANGED
        proof = _derivations(old if change == NO_LONGER else new, key, _killer(has or had))
        marked = sorted({name for tree in proof for name in tree.get(MARK, ())})
        row: ChangedAnswer = {
            "change": change,
            "conclusion": f"{predicate}({'+'.join(agents)}, {subject})",
            "cell": place.cell,
            "disease": place.disease,
            "states": list(place.states),
            "before": had,
            "after": has,
            "proof": _lines(proof),
            "missing": _missing(new, key, _killer(had)) if change == NO_LONGER else [],
        }
        if marked or new.contradictions:
            row[MARK] = marked
        yield row


def _killer(row: ToldOfIt | None) -> tuple[str, ...]:
    """The first of the killers that a minimal regimen goes with."""
    return tuple(row.get("killers", ())[:1]) if row else ()


def _derivations(reasoned: Reasoned, key: _RowKey, killer: tuple[str, ...] = ()) -> list[ProofStep]:
    """The derivation on the side where it holds."""
    predicate, agents, subject, place = key
    asked = Conclusion(predicate, (subject,), agents)
    if predicate == CLOSES:  # its proof is why the route is no longer on
        asked, place = Conclusion("status", (subject,)), replace(place, background=(*killer, *agents))
    try:
        return explain(reasoned, asked, place)["derivations"][:1]
    except QuestionError:
        return []


def _lines(derivations: Iterable[ProofStep]) -> list[str]:
    """A derivation, one step a line, indented below what it proves."""
    lines: list[str] = []

    def walk(step: ProofStep, depth: int) -> None:
        if len(lines) < _LONGEST_PROOF:
            cited = f" [{', '.join(step['evidence'])}]" if step["evidence"] else ""
            lines.append(f"{'  ' * depth}{step['text'] or step['conclusion']}{cited}")
            for premise in step["premises"]:
                walk(premise, depth + 1)

    for derivation in derivations:
        walk(derivation, 0)
    return lines


def _missing(reasoned: Reasoned, key: _RowKey, killer: tuple[str, ...]) -> list[str]:
    """Why it no longer holds."""
    predicate, agents, subject, place = key
    if predicate == CLOSES:
        return [line.strip() for line in _lines(_derivations(reasoned, key, killer))[:_FEW]] or [
            f"{subject} is not described for {place.cell}"
        ]
    try:
        told = why_not(reasoned, Conclusion(predicate, (subject,), agents), place)
    except QuestionError as error:
        return [error.message]
    return [f"{row['code']}: {row['fails']}" for row in told["reasons"][:_FEW]]
