"""Where the sources contradict each other or themselves: both sides, and what decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.answers.document import Document, document, reason
from reasoner.answers.evidence import claims_by_name
from reasoner.answers.names import resolve
from reasoner.model.term import Literal

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned
    from reasoner.model.atom import Fact


def conflicts(kb: Reasoned, name: str | None = None) -> Document:
    """Every curated conflict and every fact with claims on both sides; with a name, those that concern it.

    Raises :class:`QuestionError` for an unknown name (E401).
    """
    wanted = resolve(kb, name) if name is not None else None
    curated = [_curated(kb, conflict) for conflict in sorted(kb.closure.members("Conflict"))]
    answers = [*curated, *_annotated(kb, curated)]
    if wanted is not None:
        claims = claims_by_name(kb).get(wanted, set())
        answers = [answer for answer in answers if _concerns(answer, wanted, claims)]
    text = f"no contradiction about {wanted} is known" if wanted else "no contradiction is known"
    reasons = [] if answers else [reason("NOT_REPORTED", text)]
    verdict = "contested" if answers else "not_derived"
    return document(kb, "conflicts", answers, verdict=verdict, reasons=reasons, closed_world=not answers)


def _curated(kb: Reasoned, conflict: str) -> Document:
    side_for, side_against = (_names(kb, prop, conflict) for prop in ("claimFor", "claimAgainst"))
    handling = [value.lexical for value in kb.closure.objects("handling", conflict) if isinstance(value, Literal)]
    return {
        "id": conflict,
        "statement": kb.label(conflict),
        "for": side_for,
        "against": side_against,
        "moderator": next(iter(_names(kb, "hasModerator", conflict)), None),
        "about": _names(kb, "aboutSubject", conflict),
        "handling": next(iter(handling), None),
        "claims": _words(kb, (*side_for, *side_against)),
    }


def _annotated(kb: Reasoned, curated: Iterable[Document]) -> Iterator[Document]:
    """Facts with claims for and against, unless a curated conflict holds all of those claims."""
    known = [{*conflict["for"], *conflict["against"]} for conflict in curated]
    for fact, support in sorted(kb.base.annotated.items(), key=lambda item: str(item[0])):
        claims = {*support.supported, *support.opposed}
        if not support.supported or not support.opposed or any(claims <= both for both in known):
            continue
        yield {
            "id": fact.subject,
            "statement": _statement(kb, fact),
            "for": sorted(support.supported),
            "against": sorted(support.opposed),
            "moderator": None,
            "about": [name for name in (fact.subject, fact.object) if isinstance(name, str)],
            "handling": None,
            "claims": _words(kb, sorted(claims)),
        }


def _statement(kb: Reasoned, fact: Fact) -> str:
    """What an observation says is its label; another fact is written out with labels."""
    if "Observation" in kb.closure.types(fact.subject):
        return kb.label(fact.subject)
    verb = kb.label(fact.predicate)
    return f"{kb.label(fact.subject)} {verb} {kb.label(str(fact.object))}" if fact.object else str(fact)


def _names(kb: Reasoned, prop: str, subject: str) -> list[str]:
    return sorted(value for value in kb.closure.objects(prop, subject) if isinstance(value, str))


def _words(kb: Reasoned, claims: Iterable[str]) -> dict[str, str]:
    return {claim: statement for claim in claims if (statement := kb.base.claim(claim).statement)}


def _concerns(answer: Document, name: str, claims: set[str]) -> bool:
    """Whether a contradiction is about the name, or a claim on either side names it."""
    return name in (answer["id"], *answer["about"]) or not claims.isdisjoint((*answer["for"], *answer["against"]))
