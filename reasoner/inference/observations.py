"""What sources say of outcomes: which observation speaks for or against a conclusion, and which only by analogy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reasoner.inference.moderators import Moderators
from reasoner.knowledge import Support
from reasoner.mechanism.mechanism_graph import MechanismGraph
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.model.term import Ground, Literal


class Observation(NamedTuple):
    """An outcome that a source claims, denies or leaves open, with what was tested."""

    name: str
    outcomes: tuple[str, ...]
    concluded_by: frozenset[str]
    agents: tuple[str, ...]
    cells: tuple[str, ...]
    scopes: tuple[str, ...]
    routes: tuple[str, ...]
    activities: tuple[str, ...]
    therapies: tuple[str, ...]
    partial: bool
    supported: tuple[str, ...]
    opposed: tuple[str, ...]
    conditions: tuple[str, ...] = ()


@dataclass(slots=True)
class Evidence:
    """Claims for and against one conclusion, and claims that speak for it only of other diseases or agents."""

    supporting: list[str] = field(default_factory=list)
    opposing: list[str] = field(default_factory=list)
    analogous: list[str] = field(default_factory=list)
    conditions_for: list[str] = field(default_factory=list)
    conditions_against: list[str] = field(default_factory=list)

    def add(self, observation: Observation, direct: bool) -> None:
        """Count the claims of an observation, each once."""
        if direct:
            self.supporting += [c for c in observation.supported if c not in self.supporting]
            self.opposing += [c for c in observation.opposed if c not in self.opposing]
            self.conditions_for += observation.conditions if observation.supported else ()
            self.conditions_against += observation.conditions if observation.opposed else ()
        else:
            self.analogous += [c for c in observation.supported if c not in self.analogous]

    @property
    def direct(self) -> list[str]:
        """Claims for and against, without repetition."""
        return self.supporting + [c for c in self.opposing if c not in self.supporting]


class Sought(NamedTuple):
    """What evidence is looked for: the property that concludes it, and what it is about."""

    predicate: str
    agents: frozenset[str]
    cell: str | None = None
    route: str | None = None
    therapies: frozenset[str] = frozenset()
    activity: str | None = None


class Observations:
    """All observations of a knowledge base."""

    def __init__(self, graph: MechanismGraph, support: Callable[[Fact], Support]) -> None:
        self.graph = graph
        self.closure = graph.closure
        self.moderators = Moderators(graph.closure)
        self._support = support

    @cached_property
    def all(self) -> list[Observation]:
        """Every observation, by name."""
        return [self._observation(name) for name in sorted(self.closure.members("Observation"))]

    @cached_property
    def _by_predicate(self) -> dict[str, list[Observation]]:
        """The observations by each property that concludes what they are about."""
        found: dict[str, list[Observation]] = {}
        for observation in self.all:
            for predicate in observation.concluded_by:
                found.setdefault(predicate, []).append(observation)
        return found

    def _observation(self, name: str) -> Observation:
        closure = self.closure

        def of(prop: str) -> tuple[str, ...]:
            return tuple(sorted(str(v) for v in closure.objects(prop, name) if isinstance(v, str)))

        outcomes = of("hasOutcome")
        concluded = {_text(v) for outcome in outcomes for v in closure.objects("concludedBy", outcome)}
        supported: list[str] = []
        opposed: list[str] = []
        for outcome in outcomes:
            support = self._support(Fact("hasOutcome", name, outcome))
            supported += support.supported
            opposed += support.opposed
        return Observation(
            name,
            outcomes,
            frozenset(concluded),
            of("hasAgent"),
            of("aboutCell"),
            of("holdsIn"),
            of("aboutRoute"),
            of("aboutActivity"),
            of("toTherapy"),
            any(_text(v) == "true" for v in closure.objects("partial", name)),
            tuple(supported),
            tuple(opposed),
            of("underModerator"),
        )

    def evidence(self, sought: Sought, place: Place) -> Evidence:
        """The claims that speak of what is ``sought`` at ``place``, under the conditions that the scenario fixes."""
        found = Evidence()
        if not (speaking := self._by_predicate.get(sought.predicate)):
            return found
        diseases = self.graph.hierarchy.diseases_above(place.disease)
        fixed = self.moderators.fixed((*place.states, *diseases, *self._with_classes(sought.agents)))
        for observation in speaking:
            if fixed and self.moderators.excludes(fixed, observation.conditions):
                continue
            relation = self.relation(observation, sought, place)
            if relation is not None:
                found.add(observation, relation)
        return found

    def relation(self, observation: Observation, sought: Sought, place: Place) -> bool | None:
        """True when the observation is about what is sought, False by analogy, None when it is not."""
        if sought.predicate not in observation.concluded_by or not observation.agents:
            return None
        if sought.route and sought.route not in observation.routes:
            return None
        if sought.activity and sought.activity not in observation.activities:
            return None
        agents = self._agents(self._tested(observation, sought), sought.agents)
        if agents is None:
            return None
        therapy = self._therapy(observation, sought)
        if therapy is None:
            return None
        return agents and therapy and self._here(observation, sought.cell, place)

    def _tested(self, observation: Observation, sought: Sought) -> tuple[str, ...]:
        """The agents under test; about a route, the therapy whose effect was measured is none of them."""
        if not sought.route:
            return observation.agents
        return tuple(a for a in observation.agents if a not in observation.therapies) or observation.agents

    def _agents(self, tested: tuple[str, ...], agents: frozenset[str]) -> bool | None:
        """Whether these agents or their classes were tested; by analogy, mates of a class."""
        own = self._with_classes(agents)
        if own.issuperset(tested):
            return True
        mates = {m for cls in own for m in self.graph.members_of(cls)} | own
        shared = any(agent in own for agent in tested)
        return False if mates.issuperset(tested) and (shared or len(tested) == 1) else None

    def _with_classes(self, agents: Iterable[str]) -> set[str]:
        return {cls for agent in agents for cls in self.graph.classes_of(agent)}

    def _therapy(self, observation: Observation, sought: Sought) -> bool | None:
        if not observation.therapies or not sought.therapies:
            return True
        own = self._with_classes(sought.therapies)
        if own.intersection(observation.therapies):
            return True
        mates = {m for cls in own for m in self.graph.members_of(cls)}
        return False if mates.intersection(observation.therapies) else None

    def _here(self, observation: Observation, cell: str | None, place: Place) -> bool:
        hierarchy = self.graph.hierarchy
        cells = not observation.cells or cell is None or any(hierarchy.covers(c, cell) for c in observation.cells)
        return cells and bool(hierarchy.fits(observation.scopes, place))

    def about_activity(self, activities: Iterable[str], predicate: str) -> list[Observation]:
        """Observations that an agent makes one of these activities come on (``onIn``) or go off (``offIn``)."""
        wanted = set(activities)
        return [o for o in self.all if predicate in o.concluded_by and wanted.intersection(o.activities)]

    def by_agent_or_class(self, observations: Sequence[Observation], agent: str) -> list[Observation]:
        """Those about the agent itself, failing that about a class of it."""
        own = [o for o in observations if agent in o.agents]
        classes = self.graph.classes_of(agent)
        return own or [o for o in observations if classes.intersection(o.agents)]


def _text(value: Ground) -> str:
    return value.lexical if isinstance(value, Literal) else value
