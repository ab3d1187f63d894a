"""Which claims name all of some things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from reasoner.answers.frame import finished, look_up, reason
from reasoner.asking.names import resolve, resolve_all
from reasoner.errors import QuestionError
from reasoner.mechanism.place import Hierarchy
from reasoner.model.names import fold, nearest

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.knowledge import Claim
    from reasoner.model.documents.claims import ClaimRow, Claims, Polarity
    from reasoner.model.documents.frame import ReasonRow
    from reasoner.model.documents.words import Strength

_WORDS = ("kind", "modality", "polarity")


def evidence(
    reasoned: Reasoned,
    names: Iterable[str],
    *,
    kind: str | None = None,
    modality: str | None = None,
    polarity: str | None = None,
    tier: str | None = None,
    disease: str | None = None,
) -> Claims:
    """The claims that name all of ``names`` and pass every filter, by id.

    Raises :class:`QuestionError` for an unknown name (E401) or a filter word that no claim has (E408).
    """
    wanted = resolve_all(reasoned, names, "")
    named = claims_by_name(reasoned)
    found = set(reasoned.base.claims).intersection(*(named.get(name, ()) for name in wanted))
    words = {"kind": kind, "modality": modality, "polarity": polarity}
    for key in _WORDS:
        if (word := words[key]) is not None:
            value = _known_word(reasoned, key, word)
            found = {claim for claim in found if getattr(reasoned.base.claim(claim), key) == value}
    if tier is not None:
        value = resolve(reasoned, tier, "tier")
        found = {claim for claim in found if reasoned.base.claim(claim).tier == value}
    if disease is not None:
        found = _in_disease(reasoned, found, resolve(reasoned, disease, "disease"))
    answers = [_answer(reasoned, reasoned.base.claim(claim)) for claim in sorted(found)]
    told: Claims = {
        "command": "evidence",
        **look_up(reasoned, closed_world=not answers),
        "verdict": "reported" if answers else "not_derived",
        "answers": answers,
        "names": list(wanted),
    }
    if not answers:
        told["reasons"] = _nothing(wanted, named, filtered=any((kind, modality, polarity, tier, disease)))
    return finished(reasoned, told)


def claims_by_name(reasoned: Reasoned) -> dict[str, set[str]]:
    """For each thing, the claims that name it: by mention, disease or paper, or by bearing on a fact about it."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in reasoned.base.claims.values():
        for name in (claim.id, *claim.mentions, *claim.diseases, *claim.papers):
            found[name].add(claim.id)
    for fact, support in reasoned.base.annotated.items():
        for term in (fact.subject, fact.object):
            if isinstance(term, str):
                found[term].update(support.supported, support.opposed)
    return found


def _answer(reasoned: Reasoned, claim: Claim) -> ClaimRow:
    return {
        "id": claim.id,
        "polarity": cast("Polarity", claim.polarity or "supports"),
        "modality": claim.modality or None,
        "kind": claim.kind or None,
        "context": claim.setting or None,
        "strength": cast("Strength", claim.tier or "review_statement"),
        "papers": list(claim.papers),
        "statement": claim.statement or reasoned.label(claim.id),
        "diseases": list(claim.diseases),
        "section": claim.section or None,
    }


def _known_word(reasoned: Reasoned, key: str, wanted: str) -> str:
    """The word of a filter as the claims write it."""
    known: dict[str, str] = {
        fold(word): word for claim in reasoned.base.claims.values() if (word := getattr(claim, key))
    }
    if fold(wanted) not in known:
        close = nearest(wanted, known.values()) or sorted(known.values())
        raise QuestionError(f"no claim has the {key} {wanted!r}", code="E408", hint=f"claims have {', '.join(close)}")
    return known[fold(wanted)]


def _in_disease(reasoned: Reasoned, claims: Iterable[str], disease: str) -> set[str]:
    """The claims made in the disease or a narrower one."""
    hierarchy = Hierarchy(reasoned.closure)
    return {
        c for c in claims if any(hierarchy.covers(disease, narrower) for narrower in reasoned.base.claim(c).diseases)
    }


def _nothing(wanted: Sequence[str], named: dict[str, set[str]], *, filtered: bool) -> list[ReasonRow]:
    counts = ", ".join(f"{name} in {len(named.get(name, ()))}" for name in wanted)
    which = "that passes the filters " if filtered else ""
    return [reason("NOT_REPORTED", f"no claim {which}names {' and '.join(wanted)}; claims that name each: {counts}")]
