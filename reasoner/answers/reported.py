"""What sources report about a regimen beside what the engine concludes: observations of outcomes that no rule knows."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from reasoner.inference.distance import Distance
from reasoner.inference.observations import Observation
from reasoner.scenario.judging import Judge

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import ReportedClaim, ReportedFrom, ReportedRow


def reported(judge: Judge, told: Set[str]) -> list[ReportedRow]:
    """The observations of this regimen, of parts of it, or of what differs in one part; but those ``told`` anyway."""
    sought = judge.sought()
    distances = judge.reasoned.gathering.distances
    rows = []
    for observation in judge.reasoned.observations.all:
        how = distances.of_tested(observation, sought, judge.place)
        if how is not None and how.differing <= 1 and not told >= set(observation.claims):
            rows.append(_row(judge, observation, how.distance))
    return sorted(rows, key=lambda row: _FROM.index(row["from"]))


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
        }
