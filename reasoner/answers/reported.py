"""What sources report about a regimen beside what the engine concludes: observations of outcomes that no rule knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

from reasoner.inference.distance import Distance
from reasoner.inference.observations import Observation
from reasoner.scenario.judging import Judge
from reasoner.scenario.verdict import drift_row

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import ReportedClaim, ReportedFrom, ReportedRow


def reported(judge: Judge, told: Set[str]) -> list[ReportedRow]:
    """The observations of this regimen, of parts of it, or of what differs in one part; but those ``told`` anyway."""
    sought = judge.sought()
    distances = judge.reasoned.gathering.distances
    rows = []
    for observation in judge.reasoned.observations.all:
        how = distances.of_tested(observation, sought, judge.place)
        untold = [claim for claim in observation.claims if claim not in told and not _is_said_closer(judge, claim)]
        if how is not None and untold:
            elsewhere = how.distance is Distance.NEAR and not _is_told_here(judge, untold)
            if how.differing + elsewhere <= 1:
                rows.append(_row(judge, observation, Distance.FAR if elsewhere else how.distance))
    return sorted(rows, key=lambda row: _FROM.index(row["from"]))


def _is_said_closer(judge: Judge, claim: str) -> bool:
    """Whether another claim says the very same closer to its source; what its paper denies is told as drift."""
    weighing = judge.reasoned.gathering.weighing
    return claim in weighing.retired and claim not in weighing.drifts


def _is_told_here(judge: Judge, claims: Iterable[str]) -> bool:
    """Whether one of some claims is about the disease of the place."""
    reasoned = judge.reasoned
    here = reasoned.graph.hierarchy.diseases_above(judge.place.disease)
    return any(reasoned.base.claim(claim).is_told_of(here) for claim in claims)


#: From where something is reported, the nearest first.
_FROM: tuple[ReportedFrom, ...] = ("here", "parts", "elsewhere")
_OF_DISTANCE: dict[Distance, ReportedFrom] = {Distance.NEAR: "here", Distance.PART: "parts", Distance.FAR: "elsewhere"}


def _row(judge: Judge, observation: Observation, distance: Distance) -> ReportedRow:
    return {
        "observation": observation.name,
        "label": judge.reasoned.label(observation.name),
        "outcomes": list(observation.outcomes),
        "from": _OF_DISTANCE[distance],
        "claims": list(_claims(judge, observation)),
    }


def _claims(judge: Judge, observation: Observation) -> Iterator[ReportedClaim]:
    """Each claim on its side, with what was measured, in whom and how many."""
    base, weighing = judge.reasoned.base, judge.reasoned.gathering.weighing
    for name in observation.claims:
        claim = base.claim(name)
        sides = {
            voice.side for voice in weighing.voices(observation.supported, observation.opposed) if voice.claim == name
        }
        yield {
            "claim": name,
            "side": "both" if len(sides) > 1 else next(iter(sides), "neither"),
            "modality": claim.modality or None,
            "setting": claim.tier or None,
            "controlled": claim.controlled or None,
            "endpoint": claim.endpoint or None,
            "n": claim.size,
            "papers": list(claim.papers),
            "drift": drift_row(drift) if (drift := weighing.drifts.get(name)) else None,
        }
