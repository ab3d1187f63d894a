"""What sources say of outcomes: the observations of a knowledge base, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from reasoner.knowledge import Support
from reasoner.mechanism.mechanism_graph import MechanismGraph
from reasoner.model.atom import Fact
from reasoner.model.term import Ground, Literal


class Observation(NamedTuple):
    """An outcome that a source claims, denies or leaves open, with what was tested.

    ``concluded_by``, ``bears_on`` and ``proposes_for`` are properties of conclusions: those that the outcome is, those
    to which it speaks as a result or a proposal, and those for which it is a proposal at most.
    """

    name: str
    outcomes: tuple[str, ...]
    concluded_by: frozenset[str]
    bears_on: frozenset[str]
    proposes_for: frozenset[str]
    agents: tuple[str, ...]
    cells: tuple[str, ...]
    scopes: tuple[str, ...]
    routes: tuple[str, ...]
    activities: tuple[str, ...]
    things: tuple[str, ...]
    therapies: tuple[str, ...]
    partial: bool
    supported: tuple[str, ...]
    opposed: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    """Those of the cell under which claims report it, as they say themselves."""

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of both sides, each once."""
        return tuple(dict.fromkeys((*self.supported, *self.opposed)))

    @property
    def tested(self) -> tuple[object, ...]:
        """What was tested, whoever says so and whatever came of it: equal where two observations are of one thing."""
        parts = (self.agents, self.cells, self.scopes, self.routes, self.activities, self.things, self.therapies)
        return (self.outcomes, *parts, self.conditions)


class Observations:
    """All observations of a knowledge base."""

    def __init__(self, graph: MechanismGraph, support: Callable[[Fact], Support]) -> None:
        self.graph = graph
        self.closure = graph.closure
        self._support = support

    @cached_property
    def all(self) -> list[Observation]:
        """Every observation, by name."""
        return [self._observation(name) for name in sorted(self.closure.members("Observation"))]

    @cached_property
    def by_name(self) -> dict[str, Observation]:
        """Every observation under its name."""
        return {observation.name: observation for observation in self.all}

    @cached_property
    def by_predicate(self) -> dict[str, list[Observation]]:
        """The observations by each property of a conclusion to which they may speak."""
        found: dict[str, list[Observation]] = {}
        for observation in self.all:
            for predicate in observation.concluded_by | observation.bears_on | observation.proposes_for:
                found.setdefault(predicate, []).append(observation)
        return found

    def _observation(self, name: str) -> Observation:
        closure = self.closure

        def of(prop: str) -> tuple[str, ...]:
            return tuple(sorted(str(v) for v in closure.objects(prop, name) if isinstance(v, str)))

        outcomes = of("hasOutcome")

        def of_outcomes(prop: str) -> frozenset[str]:
            return frozenset(_text(v) for outcome in outcomes for v in closure.objects(prop, outcome))

        supported: list[str] = []
        opposed: list[str] = []
        for outcome in outcomes:
            support = self._support(Fact("hasOutcome", name, outcome))
            supported += support.supported
            opposed += support.opposed
        return Observation(
            name,
            outcomes,
            of_outcomes("concludedBy"),
            of_outcomes("bearsOn"),
            of_outcomes("proposesFor"),
            of("hasAgent"),
            of("aboutCell"),
            of("holdsIn"),
            of("aboutRoute"),
            of("aboutActivity"),
            of("aboutThing"),
            of("toTherapy"),
            any(_text(v) == "true" for v in closure.objects("partial", name)),
            tuple(supported),
            tuple(opposed),
            of("underModerator"),
            frozenset(str(state) for claim in (*supported, *opposed) for state in closure.objects("inState", claim)),
        )

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
