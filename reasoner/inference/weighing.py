"""What a claim counts for: on which side, as a result or a proposal, and whether it still counts at all.

A claim that its source calls controversial counts on both sides; what a source leaves open, and a rate with nothing to
compare it to, counts on neither.  A claim retires where a claim of another source, which reports the same, says or
denies the very same thing; it falls where such a claim corrects it.  Of one trial only the primary analysis of an end
point counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import cached_property
from typing import Final, Literal, NamedTuple

from reasoner.inference.observations import Observations
from reasoner.knowledge import Claim, StatedKnowledge
from reasoner.model.atom import Fact

ForOrAgainst = Literal["for", "against"]
FOR: Final = "for"
AGAINST: Final = "against"
#: How firmly sources speak of what they saw; less firmly they propose.
_RESULTS = frozenset({"established", "reported"})
#: How sources speak of what they call disputed.
_CONTROVERSIAL = "controversial"
#: A claim that says that something did not come about, and those that say anything of the kind; others leave it open.
_OPPOSES = "opposes"
_POLAR = frozenset({"supports", _OPPOSES, ""})


class Voice(NamedTuple):
    """One claim on one side: whether it reports a result, of whom, and by which end point."""

    claim: str
    side: ForOrAgainst
    is_result: bool
    of_patients: bool
    endpoint: str


class Drift(NamedTuple):
    """A claim that claims of the paper that it rests on correct; ``in_part`` where another one bears it out.

    ``cited_for`` and ``says`` are the sentences of the one and of the others.
    """

    claim: str
    by: tuple[str, ...]
    in_part: bool
    cited_for: str
    says: tuple[str, ...]


class Weighing:
    """The weights of the claims of one knowledge base."""

    def __init__(self, base: StatedKnowledge, observations: Observations) -> None:
        self._base = base
        self._observations = observations

    def voices(self, supported: Iterable[str], opposed: Iterable[str], *, proposes: bool = False) -> Iterator[Voice]:
        """The claims beside one fact that count, each on its side; ``proposes``: no result is more than a proposal."""
        beside: dict[tuple[str, ForOrAgainst], None] = {(claim, FOR): None for claim in supported}
        beside.update({(claim, AGAINST): None for claim in opposed})
        for name, side in beside:
            if name in self.retired or self.is_silent(claim := self._base.claim(name)):
                continue
            disputed = claim.modality == _CONTROVERSIAL
            is_result = self._is_result(claim) and not proposes
            both: tuple[ForOrAgainst, ...] = (FOR, AGAINST)
            for own in both if disputed else (side,):
                yield Voice(name, own, is_result, claim.of_patients, claim.endpoint)

    def is_misplaced(self, claim: str) -> bool:
        """Whether a claim says that what was looked for did not come about, and stands as bearing it out."""
        told = self._base.claim(claim)
        return told.polarity == _OPPOSES and told.modality != _CONTROVERSIAL

    def is_silent(self, claim: Claim) -> bool:
        """Whether a claim is told and counts on neither side; one that no file describes says nothing."""
        if claim.id not in self._base.claims:
            return True
        open_ = claim.polarity not in _POLAR and claim.modality != _CONTROVERSIAL
        return open_ or claim.is_uncontrolled_rate or self._is_secondary(claim)

    def _is_secondary(self, claim: Claim) -> bool:
        """Whether a claim is of another analysis than the primary one of its trial, for that end point."""
        if claim.is_primary is not None or not claim.trial:
            return claim.is_primary is False
        return (claim.trial, claim.endpoint) in self._primary

    @cached_property
    def _primary(self) -> frozenset[tuple[str, str]]:
        """The trials and end points of which a claim is stated to be the primary analysis."""
        return frozenset((c.trial, c.endpoint) for c in self._base.claims.values() if c.is_primary and c.trial)

    # --- claims that report one thing --------------------------------------------------------------------------------

    @cached_property
    def retired(self) -> frozenset[str]:
        """The claims that no longer count: others say the very same thing closer to its source, or correct it."""
        drifted = {drift.claim for drift in self.drifts.values() if not drift.in_part}
        return frozenset(drifted.union(self._said_closer))

    @cached_property
    def _said_closer(self) -> dict[str, list[str]]:
        """The claims of whose very thing all papers that they rest on are heard, with those that say or deny it."""
        found: dict[str, list[str]] = {}
        for name, primaries in self._restated.items():
            closer = [p for p in primaries if not self._sides(p).keys().isdisjoint(self._sides(name))]
            papers = {paper for p in primaries for paper in self._base.claim(p).papers}
            if closer and len(papers) >= len(self._base.claim(name).papers):
                found[name] = closer
        return found

    @cached_property
    def drifts(self) -> dict[str, Drift]:
        """The claims that are corrected, or of which the papers that they rest on say the contrary, by name."""
        found = self._followed(lambda claim: claim.corrects)
        for name, closer in self._said_closer.items():
            if denying := [other for other in closer if self._denies(other, name)]:
                found[name] = list(dict.fromkeys((*found.get(name, ()), *denying)))
        return {name: self._drift(name, by) for name, by in sorted(found.items())}

    def _denies(self, one: str, other: str) -> bool:
        """Whether of two claims about one thing each stands on the other side of it."""
        sides, others = self._sides(one), self._sides(other)
        return all(sides[thing].isdisjoint(others[thing]) for thing in sides.keys() & others.keys())

    def _drift(self, name: str, by: Sequence[str]) -> Drift:
        sentence = self._base.claim(name).statement
        says = tuple(self._base.claim(other).statement for other in by)
        return Drift(name, tuple(by), not set(by).issuperset(self._restated.get(name, ())), sentence, says)

    @cached_property
    def _restated(self) -> dict[str, list[str]]:
        """The claims that others report too, with those others."""
        return self._followed(lambda claim: claim.restates)

    def _followed(self, leads: Callable[[Claim], tuple[str, ...]]) -> dict[str, list[str]]:
        """The claims to which others lead that stand beside some fact, with those others.

        A guess takes nothing away from a result, and claims that lead to each other nothing from each other.
        """
        found: dict[str, list[str]] = {}
        for claim in self._base.claims.values():
            for name in leads(claim) if claim.id in self._base.beside else ():
                other = self._base.claim(name)
                if claim.id not in (name, *leads(other)) and self._is_result(claim) >= self._is_result(other):
                    found.setdefault(name, []).append(claim.id)
        return found

    @staticmethod
    def _is_result(claim: Claim) -> bool:
        return claim.modality == _CONTROVERSIAL or claim.modality in _RESULTS

    def _sides(self, claim: str) -> dict[object, set[ForOrAgainst]]:
        """What a claim says or denies, facts and what was tested in observations, with the side on which it stands."""
        found: dict[object, set[ForOrAgainst]] = {}
        for fact in self._base.beside.get(claim, ()):
            beside, own = self._base.annotated[fact], found.setdefault(self._tested(fact), set())
            if claim in beside.supported:
                own.add(FOR)
            if claim in beside.opposed:
                own.add(AGAINST)
        return found

    def _tested(self, fact: Fact) -> object:
        observation = self._observations.by_name.get(fact.subject)
        return fact if observation is None else observation.tested

    # --- counting ----------------------------------------------------------------------------------------------------

    def papers(self, claims: Collection[str]) -> int:
        """How many distinct papers some claims rest on; the papers of claims that report one thing are one."""
        named = {paper for name in claims for paper in self._base.claim(name).papers}
        return len(named) - sum(1 for _ in self._told_twice(set(claims)))

    def _told_twice(self, claims: Set[str]) -> Iterator[tuple[str, str]]:
        """The papers of claims that go by another name in claims which rest on them, each with one of those names."""
        taken: set[str] = set()
        for name in sorted(claims):
            own = self._base.claim(name)
            for restated in sorted(claims & set(own.restates)):
                others = self._base.claim(restated).papers
                if own.papers and not set(own.papers).intersection(others):
                    free = next((paper for paper in others if paper not in taken and paper not in own.papers), None)
                    if free is not None:
                        taken.add(free)
                        yield own.papers[0], free
