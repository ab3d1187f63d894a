"""The claims that speak to one conclusion, each from how far and on which side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reasoner.inference.distance import Carried, Distance, Distances, Sought, Speaking
from reasoner.inference.observations import Observation, Observations
from reasoner.inference.weighing import AGAINST, FOR, Drift, ForOrAgainst, Voice, Weighing
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.place import Place

#: The moderator of a conflict that its curators could not resolve.
UNRESOLVED = "unresolved"


class Spoken(NamedTuple):
    """A voice, and from how far it speaks."""

    voice: Voice
    distance: Distance


@dataclass(slots=True)
class Evidence:
    """What is said to one conclusion.

    ``told`` are claims that count on neither side, ``as_given`` and ``in_part`` whether just these agents, or some of
    them, were tested, ``told_of_patients`` whether just these were given to patients and that counts on neither side.
    ``drifts`` are claims that a paper corrects.  ``is_close`` says whether what some claim is about differs in one part
    at most, or in two where it reports a result, ``is_of_it_alone`` whether one that differs in one part at most is of
    this outcome and no other, and ``in_part_only`` whether a source says that it is so in part.
    """

    spoken: dict[Spoken, None] = field(default_factory=dict)
    told: dict[str, None] = field(default_factory=dict)
    conditions_for: list[str] = field(default_factory=list)
    conditions_against: list[str] = field(default_factory=list)
    as_given: bool = False
    in_part: bool = False
    drifts: dict[Drift, None] = field(default_factory=dict)
    is_close: bool = False
    is_of_it_alone: bool = False
    in_part_only: bool = False
    told_of_patients: bool = False

    def add(self, voices: Iterable[Voice], distance: Distance) -> None:
        """Count voices; the same claim from nearer drowns itself from farther off."""
        self.spoken.update((Spoken(voice, distance), None) for voice in voices)

    def join(self, other: Evidence) -> None:
        """Count what is said to another conclusion as said to this one."""
        self.spoken.update(other.spoken)
        self.told.update(other.told)
        self.conditions_for += other.conditions_for
        self.conditions_against += other.conditions_against
        self.as_given |= other.as_given
        self.in_part |= other.in_part
        self.drifts.update(other.drifts)
        self.is_close |= other.is_close
        self.is_of_it_alone |= other.is_of_it_alone
        self.in_part_only |= other.in_part_only
        self.told_of_patients |= other.told_of_patients

    @property
    def near(self) -> tuple[list[str], list[str]]:
        """The claims for and against from near."""
        return self.on(FOR, Distance.NEAR), self.on(AGAINST, Distance.NEAR)

    def turned(self) -> Evidence:
        """The claims from near, as they speak to the contrary; what others did elsewhere says nothing of it."""
        other: dict[ForOrAgainst, ForOrAgainst] = {FOR: AGAINST, AGAINST: FOR}
        near = (s for s in self.spoken if s.distance is Distance.NEAR)
        turned = {Spoken(s.voice._replace(side=other[s.voice.side]), s.distance): None for s in near}
        conditions = self.conditions_against, self.conditions_for
        found = Evidence(turned, self.told, *conditions, as_given=self.as_given, drifts=self.drifts)
        found.told_of_patients = self.told_of_patients
        return found

    def on(self, side: ForOrAgainst, *distances: Distance) -> list[str]:
        """The claims on one side from some distances, each once, as they come."""
        near = {s.voice.claim for s in self.spoken if s.voice.side == side and s.distance is Distance.NEAR}
        found = (s.voice.claim for s in self.spoken if s.voice.side == side and s.distance in distances)
        return list(dict.fromkeys(c for c in found if Distance.NEAR in distances or c not in near))


class Gathering:
    """Gathers the evidence of one knowledge base."""

    def __init__(self, base: StatedKnowledge, observations: Observations) -> None:
        self.observations = observations
        self.distances = Distances(observations.graph)
        self.moderators = self.distances.moderators
        self.weighing = Weighing(base, observations)
        self._base = base

    def evidence(self, sought: Sought, place: Place) -> Evidence:
        """All claims that speak to what is ``sought`` at ``place``."""
        found = Evidence()
        speaking = list(self._speaking(sought, place))
        for observation, how in self._lifted(speaking, sought, place):
            self._count(found, observation, how, sought, place)
        return found

    def _speaking(self, sought: Sought, place: Place) -> Iterator[tuple[Observation, Speaking]]:
        by_predicate = self.observations.by_predicate
        named = {o.name: o for predicate in sorted(sought.predicates) for o in by_predicate.get(predicate, ())}
        conflicts = [own for own in self._conflicts if own.is_about(self.distances, sought, place)]
        for observation in named.values():
            carried = any(conflict.holds(self.distances, observation) for conflict in conflicts)
            how = self.distances.of(observation, sought, place, Carried(carried, carried))
            if how is not None:
                yield observation, how

    def _lifted(
        self, speaking: list[tuple[Observation, Speaking]], sought: Sought, place: Place
    ) -> Iterator[tuple[Observation, Speaking]]:
        """What speaks, with what contradicts something near brought as near as another cell keeps it off."""
        near = {claim for o, how in speaking if how.distance is Distance.NEAR for claim in o.claims}
        clashing = {other for claim in near for other in self._clashing.get(claim, ())} - near
        for observation, how in speaking:
            if how.distance is Distance.FAR and not clashing.isdisjoint(observation.claims):
                how = self.distances.of(observation, sought, place, Carried(to_any_cell=True)) or how
            yield observation, how

    @cached_property
    def _clashing(self) -> dict[str, set[str]]:
        """The claims that each contradicts, as stated of either."""
        found: dict[str, set[str]] = {}
        for claim in self._base.claims.values():
            for other in claim.conflicts_with:
                found.setdefault(claim.id, set()).add(other)
                found.setdefault(other, set()).add(claim.id)
        return found

    def _count(self, found: Evidence, observation: Observation, how: Speaking, sought: Sought, place: Place) -> None:
        supported = [claim for claim in observation.supported if not self.weighing.is_misplaced(claim)]
        voices = list(self.weighing.voices(supported, observation.opposed, proposes=how.proposes))
        if len(observation.concluded_by) > 1:
            # What several outcomes come to in patients says nothing of any of them in the laboratory.
            voices = [voice for voice in voices if voice.of_patients]
        for distance, claims in self._by_distance(observation, how, sought, place):
            own = [voice for voice in voices if voice.claim in claims]
            silent = self._hear(found, own, claims, distance)
            is_tested = bool(silent) or any(voice.is_result for voice in own)
            found.as_given |= is_tested and distance is Distance.NEAR
            found.told_of_patients |= distance is Distance.NEAR and any(self._base.claim(c).of_patients for c in silent)
            found.in_part |= is_tested and distance is Distance.PART and not how.of_others
        is_result = any(voice.is_result or voice.side == AGAINST for voice in voices)
        found.is_close |= how.differing <= (2 if is_result else 1)
        found.is_of_it_alone |= how.differing <= 1 and len(observation.concluded_by) <= 1
        if how.distance is Distance.NEAR:
            found.in_part_only |= observation.partial and bool(observation.supported)
            found.conditions_for += observation.conditions if observation.supported else ()
            found.conditions_against += observation.conditions if observation.opposed else ()

    def _by_distance(
        self, observation: Observation, how: Speaking, sought: Sought, place: Place
    ) -> Iterator[tuple[Distance, Sequence[str]]]:
        """The claims of an observation by how far they speak: one of another disease or state is no nearer for it."""
        if how.distance is not Distance.NEAR:
            yield how.distance, observation.claims
            return
        here = self.distances.graph.hierarchy.diseases_above(place.disease)
        unspoken = sought.states - self.distances.spoken(observation)
        claims = map(self._base.claim, observation.claims)
        near = [c.id for c in claims if c.is_told_of(here) and unspoken <= {*c.states} <= place.states]
        yield Distance.NEAR, near
        yield Distance.FAR, [claim for claim in observation.claims if claim not in near]

    def of_facts(self, supported: Iterable[str], opposed: Iterable[str]) -> Evidence:
        """What is said to a plain fact by the claims beside it."""
        found = Evidence()
        both = (tuple(supported), tuple(opposed))
        voices = list(self.weighing.voices(*both))
        self._hear(found, voices, [claim for side in both for claim in side], Distance.NEAR)
        return found

    def _hear(self, found: Evidence, voices: Sequence[Voice], claims: Iterable[str], distance: Distance) -> list[str]:
        """Count the voices of some claims, and note which are silent, or drifted; the silent ones."""
        found.add(voices, distance)
        told, spoken = list(claims), {voice.claim for voice in voices}
        silent = [claim for claim in told if claim not in spoken and claim not in self.weighing.retired]
        found.told.update(dict.fromkeys(silent))
        found.drifts.update((self.weighing.drifts[claim], None) for claim in told if claim in self.weighing.drifts)
        return silent

    # --- conflicts that stand open -----------------------------------------------------------------------------------

    @cached_property
    def _conflicts(self) -> list[OpenConflict]:
        """The curated conflicts that nothing decides and that say of what they are."""
        closure = self.observations.closure

        def of(prop: str, name: str) -> frozenset[str]:
            return frozenset(map(str, closure.objects(prop, name)))

        found = []
        for name in sorted(closure.members("Conflict")):
            if UNRESOLVED in of("hasModerator", name) and (outcomes := of("ofOutcome", name)):
                claims = of("claimFor", name) | of("claimAgainst", name)
                parts = (of(prop, name) for prop in ("hasAgent", "aboutCell", "holdsIn"))
                found.append(OpenConflict(outcomes, claims, *parts))
        return found


class OpenConflict(NamedTuple):
    """A conflict that nothing decides: of which outcomes, claims, agents, cells and scopes."""

    outcomes: frozenset[str]
    claims: frozenset[str]
    agents: frozenset[str]
    cells: frozenset[str]
    scopes: frozenset[str]

    def is_about(self, distances: Distances, sought: Sought, place: Place) -> bool:
        """Whether the conflict stands open of a conclusion's agents, cell and disease."""
        return distances.covers_place(self.scopes, self.cells, sought, place) and distances.regimen_of(
            self.agents, sought
        )

    def holds(self, distances: Distances, observation: Observation) -> bool:
        """Whether an observation is one of the conflict: of its outcome, with a claim of it, within its agents."""
        return (
            not self.outcomes.isdisjoint(observation.outcomes)
            and not self.claims.isdisjoint(observation.claims)
            and distances.inside(self.agents, observation.agents)
        )
