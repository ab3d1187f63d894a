"""From how far an observation speaks to a conclusion: by its agents, outcome, cell, disease, states and conditions.

A conclusion has agents, a cell, a disease, states and an outcome; an observation has the same parts.  It speaks from
*near* if no part is far and it tested just these agents; from *far* if it tested others of the kind, or these with
more, or elsewhere; and of a *part* if it tested some of the agents, which is told and never makes a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import IntEnum
from typing import NamedTuple

from reasoner.inference.moderators import Moderators
from reasoner.inference.observations import Observation
from reasoner.mechanism.mechanism_graph import MechanismGraph
from reasoner.mechanism.place import Place


class Distance(IntEnum):
    """From how far something speaks, the nearest first."""

    NEAR = 0
    FAR = 1
    PART = 2


def _never_alike(_one: str, _other: str) -> bool:
    return False


def _never_defeated(_agent: str) -> frozenset[str]:
    return frozenset()


class Sought(NamedTuple):
    """What evidence is looked for: the properties that conclude it, and what it is about.

    ``needed`` are sets of agents each of which brings it about by itself, ``given`` all agents that are in force with
    them, and ``earlier`` those of earlier steps.  ``routes`` and ``things`` are the routes on which it turns and what
    lies on them.  ``route`` and ``activity`` are those that are concluded about, ``outcome`` the very outcome where a
    property concludes several.  ``alike`` says of two agents whether they do the same to something on these routes,
    ``defeated_by`` which lesions of the place keep an agent from acting; ``states`` are those of the place that change
    it.
    """

    predicates: frozenset[str]
    needed: tuple[frozenset[str], ...]
    given: frozenset[str] = frozenset()
    cell: str | None = None
    route: str | None = None
    activity: str | None = None
    outcome: str | None = None
    therapies: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    alike: Callable[[str, str], bool] = _never_alike
    defeated_by: Callable[[str], frozenset[str]] = _never_defeated
    states: frozenset[str] = frozenset()

    @property
    def agents(self) -> frozenset[str]:
        """All agents that have a part in it or are in force."""
        return self.given.union(self.earlier, *self.needed)


class Speaking(NamedTuple):
    """From how far an observation speaks, in how many parts it differs, and if it speaks as a proposal at most.

    ``of_others`` says of a part that it is one of other agents of the kind, not of those that are sought.
    """

    distance: Distance
    differing: int
    proposes: bool = False
    of_others: bool = False


class Carried(NamedTuple):
    """Whether an observation is carried to whatever cell, and to other agents of a class."""

    to_any_cell: bool = False
    to_class: bool = False


NOT_CARRIED = Carried()


class Distances:
    """How far observations stand, over the classes and scopes of one knowledge base."""

    def __init__(self, graph: MechanismGraph) -> None:
        self.graph = graph
        self.moderators = Moderators(graph.closure)
        self._catch_alls = frozenset(graph.closure.members("CatchAllClass"))
        self._narrowest: dict[str, frozenset[str]] = {}

    def of(
        self, observation: Observation, sought: Sought, place: Place, carried: Carried = NOT_CARRIED
    ) -> Speaking | None:
        """From how far an observation speaks; None where it does not."""
        outcome = self._outcome(observation, sought)
        if outcome is None:
            return None
        how = self.of_tested(observation, sought, place, carried)
        return None if how is None else how._replace(proposes=outcome)

    def of_tested(
        self, observation: Observation, sought: Sought, place: Place, carried: Carried = NOT_CARRIED
    ) -> Speaking | None:
        """How far what was tested is from the agents, cell, disease and states that are sought, whatever came of it."""
        if not observation.agents:
            return None
        matched = self._agents(observation, sought, carried.to_class)
        therapy = self._therapy(observation, sought)
        if matched is None or therapy is None:
            return None
        parts = (
            therapy or carried.to_class,
            carried.to_any_cell or self._is_same_cell(observation, sought, place),
            self._is_same_disease(observation, place),
            self._is_same_state(observation, sought),
            self._is_same_condition(observation, sought, place),
        )
        distance = max(matched, Distance.NEAR if all(parts) else Distance.FAR)
        differing = parts.count(False) + (matched is not Distance.NEAR)
        of_others = distance is Distance.PART and self._is_of_others(observation, sought)
        return Speaking(distance, differing, of_others=of_others)

    # --- outcome -----------------------------------------------------------------------------------------------------

    def _outcome(self, observation: Observation, sought: Sought) -> bool | None:
        """None where another outcome was observed; else whether it is a proposal at most."""
        if sought.activity and sought.activity not in observation.activities:
            return None
        if sought.outcome and sought.outcome not in observation.outcomes:
            return None
        if observation.concluded_by & sought.predicates:
            return None if sought.route and sought.route not in observation.routes else False
        names_it = bool(
            sought.routes.intersection(observation.routes)
            or sought.things.intersection(observation.things)
            or sought.things.intersection(observation.activities)
        )
        if names_it and observation.bears_on & sought.predicates:
            return False
        return True if names_it and observation.proposes_for & sought.predicates else None

    # --- agents ------------------------------------------------------------------------------------------------------

    def _agents(self, observation: Observation, sought: Sought, of_class: bool) -> Distance | None:
        found = (self._match(observation, needed, sought, of_class) for needed in sought.needed)
        return min((distance for distance in found if distance is not None), default=None)

    def _tested(self, observation: Observation, sought: Sought) -> frozenset[str]:
        """The agents under test; about a route, the therapy whose effect was measured is none of them."""
        tested = frozenset(observation.agents)
        return (tested - frozenset(observation.therapies) or tested) if sought.route else tested

    def _match(
        self, observation: Observation, needed: frozenset[str], sought: Sought, of_class: bool
    ) -> Distance | None:
        """How the tested agents match a set that is needed; what else is in force may have been given along."""
        tested = self._tested(observation, sought)
        wanted = needed | sought.earlier
        same = {(t, g) for t in tested for g in wanted if self._is_same(t, g)}
        of_tested, of_wanted = {t for t, _ in same}, {g for _, g in same}
        # What a tested agent is the same as, it is not merely like: a second agent of the kind was not tested.
        like = {
            (t, g)
            for t in tested - of_tested
            for g in wanted - of_wanted
            if (self._is_one_of_a_class(t, g) or sought.alike(t, g)) and not self._is_parted(t, g, observation, sought)
        }
        along = {t for t in tested if any(self._is_same(t, g) for g in sought.given)}
        extra = tested - of_tested - {t for t, _ in like} - along
        untested = wanted - of_wanted - {g for _, g in like}
        if not (same or like) or (extra and untested):
            return None
        if untested:
            return Distance.PART
        return Distance.FAR if extra or sought.earlier or (like and not of_class) else Distance.NEAR

    def _is_of_others(self, observation: Observation, sought: Sought) -> bool:
        """Whether some agent under test is none of those that are sought or in force."""
        own = sought.agents
        return not all(any(self._is_same(t, g) for g in own) for t in self._tested(observation, sought))

    def _is_same(self, tested: str, given: str) -> bool:
        """Whether an agent was tested, or its class, or a member of the class that it is."""
        return tested in self.graph.classes_of(given) or given in self.graph.classes_of(tested)

    def _is_one_of_a_class(self, one: str, other: str) -> bool:
        """Whether two agents have a narrowest class in common that is no catch-all."""
        return not self.narrowest(one).isdisjoint(self.narrowest(other))

    def _is_parted(self, tested: str, given: str, observation: Observation, sought: Sought) -> bool:
        """Whether what is spoken of is a lesion that keeps the tested agent from acting, and not the given one.

        What became of the one under such a lesion says nothing of the other.
        """
        if not (apart := sought.defeated_by(tested) - sought.defeated_by(given)):
            return False
        covers, spoken = self.graph.hierarchy.covers, self.spoken(observation)
        return any(covers(lesion, own) or covers(own, lesion) for lesion in apart for own in spoken)

    def narrowest(self, agent: str) -> frozenset[str]:
        """The narrowest classes of an agent, catch-alls left aside."""
        if agent not in self._narrowest:
            classes = self.graph.classes_of(agent) - {agent}
            wider = {upper for cls in classes for upper in self.graph.classes_of(cls) - {cls}}
            self._narrowest[agent] = frozenset(classes - wider - self._catch_alls)
        return self._narrowest[agent]

    def _therapy(self, observation: Observation, sought: Sought) -> bool | None:
        """Whether the therapy whose effect was measured is in place; None where it is another kind of therapy."""
        if not observation.therapies or not sought.therapies:
            return True
        if any(self._is_same(t, own) for t in observation.therapies for own in sought.therapies):
            return True
        near = (
            self._is_one_of_a_class(t, own) or sought.alike(t, own)
            for t in observation.therapies
            for own in sought.therapies
        )
        return False if any(near) else None

    # --- place -------------------------------------------------------------------------------------------------------

    def _is_same_cell(self, observation: Observation, sought: Sought, place: Place) -> bool:
        """Whether a cell is the one concluded about, a broader one that covers it, or a narrower one in one disease."""
        covers = self.graph.hierarchy.covers
        if sought.cell is None or not observation.cells:
            return True
        if any(covers(cell, sought.cell) for cell in observation.cells):
            return True
        within = place.disease is not None and self._is_same_disease(observation, place)
        return within and any(covers(sought.cell, cell) for cell in observation.cells)

    def _is_same_disease(self, observation: Observation, place: Place) -> bool:
        """Whether a scope is that of the place or covers it; one that asks for a state does so where that is given."""
        return bool(self.graph.hierarchy.fits(observation.scopes, place))

    def _is_same_state(self, observation: Observation, sought: Sought) -> bool:
        """Whether the observation speaks of every state that changes something here."""
        return sought.states <= self.spoken(observation) | observation.states

    def spoken(self, observation: Observation) -> frozenset[str]:
        """The things and states of which an observation speaks: by name, by its scopes, by what its routes assume."""
        routes = (self.graph.routes.get(name) for name in observation.routes)
        asked = (self.graph.hierarchy.asks(scope) for scope in observation.scopes)
        assumed = (route.assumes for route in routes if route is not None)
        return frozenset(observation.things).union(*asked, *assumed)

    def _is_same_condition(self, observation: Observation, sought: Sought, place: Place) -> bool:
        """Whether the observation was not made under another condition than one that the scenario fixes."""
        diseases = self.graph.hierarchy.diseases_above(place.disease)
        classes = (cls for agent in sought.agents for cls in self.graph.classes_of(agent))
        fixed = self.moderators.fixed((*place.states, *diseases, *classes))
        return not (fixed and self.moderators.excludes(fixed, observation.conditions))

    # --- conflicts ---------------------------------------------------------------------------------------------------

    def inside(self, names: Collection[str], tested: Iterable[str]) -> bool:
        """Whether each tested agent is one of some agents, or belongs to a class among them."""
        return all(not self.graph.classes_of(agent).isdisjoint(names) for agent in tested)

    def regimen_of(self, names: frozenset[str], sought: Sought) -> bool:
        """Whether some needed set is just the agents of these names; what else is in force may be among them."""
        for needed in sought.needed:
            own = needed | sought.earlier
            named = {name for name in names if any(self._is_same(name, agent) for agent in own | sought.given)}
            if named == names and all(any(self._is_same(name, agent) for name in names) for agent in own):
                return True
        return False

    def covers_place(self, scopes: Iterable[str], cells: Collection[str], sought: Sought, place: Place) -> bool:
        """Whether scopes and cells of a conflict cover the place."""
        covers = self.graph.hierarchy.covers
        is_of_cell = sought.cell is None or not cells or any(covers(own, sought.cell) for own in cells)
        return is_of_cell and bool(self.graph.hierarchy.fits(scopes, place))
