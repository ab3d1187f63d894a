"""What a conclusion is worth: its words and claims, what decides between them, and its weakest premise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from reasoner.inference.evidence import Evidence
from reasoner.knowledge import MODALITIES
from reasoner.scenario.solidity import NEUTRAL, Solidity
from reasoner.scenario.verdict import PREDICTED, YES, said

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Judged, Moderated
    from reasoner.model.documents.words import Derived, Nearness, Strength, Verdict


def strength_word(reasoned: Reasoned, solidity: Solidity) -> Strength:
    """The tier word of a solidity, as the ontology names the tier of that rank."""
    return cast("Strength", reasoned.base.strongest_tier(min(max(solidity.tier, 0), 5)))


def modality_word(solidity: Solidity) -> str:
    """The modality word of a solidity; *inferred* when some premise has no claim."""
    if solidity.modality >= NEUTRAL:
        return MODALITIES[-1]
    return MODALITIES[solidity.modality - 1] if solidity.modality > 0 else "inferred"


def curated_moderators(reasoned: Reasoned, supporting: Iterable[str], opposing: Iterable[str]) -> list[str]:
    """The moderators of curated conflicts between these claims."""
    closure = reasoned.closure

    def naming(claims: Iterable[str]) -> set[str]:
        pairs = ((claim, prop) for claim in claims for prop in ("claimFor", "claimAgainst"))
        return {conflict for claim, prop in pairs for conflict in closure.subjects(prop, claim)}

    both = naming(supporting) & naming(opposing)
    return sorted({str(moderator) for conflict in both for moderator in closure.objects("hasModerator", conflict)})


def worth(
    reasoned: Reasoned,
    derived: Derived,
    evidence: Evidence,
    solidity: Solidity,
    otherwise: Verdict = PREDICTED,
    scope: tuple[Nearness, list[str]] = ("exact", []),
) -> Judged:
    """What a conclusion is worth: the words, both sides, what decides between them, and its weakest premise.

    ``otherwise`` is the word of what is derived and of which nobody speaks; ``scope`` says where its premises were
    stated.
    """
    moderator, moderated = _moderated(reasoned, evidence)
    return {
        **said(derived, evidence, otherwise, reasoned.gathering.weighing.papers),
        "strength": strength_word(reasoned, solidity) if derived == YES else None,
        "modality": modality_word(solidity) if derived == YES else None,
        "moderator": moderator,
        "moderated": moderated,
        "scope": scope[0],
        "stated_for": scope[1],
    }


#: What is said of every conclusion, whatever else a row says.
_WORTH: tuple[str, ...] = (
    "derived", "verdict", "elsewhere", "patients", "evidence", "for", "against", "for_elsewhere", "against_elsewhere",
    "of_parts", "told", "tested", "papers", "drift", "strength", "modality", "moderator", "moderated", "scope",
    "stated_for",
)  # fmt: skip


def worth_alone(row: Judged) -> Judged:
    """What a row says of the worth of its conclusion, without all else that it says."""
    whole: Mapping[str, Any] = row
    return cast("Judged", {key: whole[key] for key in _WORTH})


def _moderated(reasoned: Reasoned, evidence: Evidence) -> tuple[str | None, list[Moderated]]:
    """What decides between claims on both sides: a condition of theirs, else what a curated conflict says."""
    supporting, opposing = evidence.near
    if not (supporting and opposing):
        return None, []
    deciding = reasoned.gathering.moderators.deciding(evidence.conditions_for, evidence.conditions_against)
    rows: list[Moderated] = [{"by": d.kind, "for": list(d.supporting), "against": list(d.opposing)} for d in deciding]
    curated = curated_moderators(reasoned, supporting, opposing)
    return next((d.kind for d in deciding), next(iter(curated), None)), rows
