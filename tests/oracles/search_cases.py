"""Random search problems on sets, and their minimal solutions by trying every set of candidates.

What a set solves is judged by the well-founded model of the definition; nothing is shared with the engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from hypothesis import strategies as st

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.search.search import Goal, Kept, Problem
from tests.oracles.definition import OFF, Graph, Influence, well_founded_model

Arm = frozenset[int]
Chosen = tuple[int, ...]


@dataclass(frozen=True)
class Acting:
    """What one candidate, or the base, does to a graph."""

    cut: frozenset[int] = frozenset()
    lift: frozenset[int] = frozenset()
    supply: frozenset[int] = frozenset()

    def __or__(self, other: "Acting") -> "Acting":
        return Acting(self.cut | other.cut, self.lift | other.lift, self.supply | other.supply)

    @property
    def effects(self) -> Effects:
        return Effects(mask(self.cut), mask(self.lift), mask(self.supply))


@dataclass(frozen=True)
class Setting:
    """A graph with what the base and each candidate do there."""

    graph: Graph
    base: Acting
    candidates: tuple[Acting, ...]

    def values(self, chosen: Sequence[int]) -> dict[int, str]:
        total = self.base
        for number in chosen:
            total |= self.candidates[number]
        return well_founded_model(replace(self.graph, cut=total.cut, lift=total.lift, supply=total.supply))

    @property
    def program(self) -> Program:
        graph = self.graph
        return Program(mask(graph.given), mask(graph.doubtful), clauses(graph.positive), clauses(graph.negative))


@dataclass(frozen=True)
class Case:
    """A search problem on sets: ``goals`` and ``kept`` are tuples of arms."""

    setting: Setting
    goals: tuple[tuple[Arm, ...], ...]
    needed: tuple[frozenset[int], ...] = ()
    kept: tuple[tuple[Setting, tuple[Arm, ...]], ...] = ()

    @property
    def size(self) -> int:
        return len(self.setting.candidates)

    @cached_property
    def problem(self) -> Problem:
        """The problem as the engine takes it."""
        return Problem(
            self.setting.program,
            self.setting.base.effects,
            tuple(c.effects for c in self.setting.candidates),
            tuple(Goal(f"goal{n}", tuple(map(mask, arms))) for n, arms in enumerate(self.goals)),
            self.needed,
            tuple(
                Kept(
                    f"kept{n}",
                    own.program,
                    tuple(map(mask, arms)),
                    own.base.effects,
                    tuple(c.effects for c in own.candidates),
                )
                for n, (own, arms) in enumerate(self.kept)
            ),
        )

    def solved_by(self, chosen: Chosen) -> bool:
        """Whether a set takes one of each group, turns every arm of every goal off, and keeps every function."""
        if any(group.isdisjoint(chosen) for group in self.needed):
            return False
        values = self.setting.values(chosen)
        if any(not off(values, arm) for arms in self.goals for arm in arms):
            return False
        return all(any(not off(own.values(chosen), arm) for arm in arms) for own, arms in self.kept)

    def minimal(self, most: int) -> list[Chosen]:
        """The solving sets of at most ``most`` candidates of which no proper subset solves."""
        found: list[Chosen] = []
        for chosen in self.sets(most):
            if not any(set(smaller) <= set(chosen) for smaller in found) and self.solved_by(chosen):
                found.append(chosen)
        return found

    def sets(self, most: int) -> Iterator[Chosen]:
        for size in range(most + 1):
            yield from combinations(range(self.size), size)


def off(values: dict[int, str], arm: Arm) -> bool:
    """Whether a conjunction is off: one of its parts is."""
    return any(values[node] == OFF for node in arm)


def mask(nodes: frozenset[int]) -> int:
    return sum(1 << node for node in nodes)


def clauses(influences: Sequence[Influence]) -> tuple[GroundClause, ...]:
    return tuple(GroundClause(mask(i.requires), 1 << i.effect, i.weak) for i in influences)


# --- drawing ----------------------------------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn, nodes: int, monotone: bool) -> Graph:
    """AND and OR mechanisms with loops; unless monotone also suppressions and doubt."""
    node = st.integers(0, nodes - 1)
    weak = st.just(False) if monotone else st.sampled_from([False, False, False, True])
    influence = st.builds(Influence, st.frozensets(node, min_size=1, max_size=2), node, weak)
    return Graph(
        frozenset(range(nodes)),
        given=draw(st.frozensets(node, min_size=1, max_size=4)),
        doubtful=frozenset() if monotone else draw(st.frozensets(node, max_size=1)),
        positive=tuple(draw(st.lists(influence, min_size=2, max_size=10))),
        negative=() if monotone else tuple(draw(st.lists(influence, max_size=4))),
    )


@st.composite
def actings(draw: st.DrawFn, nodes: int, monotone: bool) -> Acting:
    node = st.integers(0, nodes - 1)
    raised = st.frozensets(node, max_size=0 if monotone or draw(st.booleans()) else 1)
    return Acting(draw(st.frozensets(node, max_size=2)), draw(raised), draw(raised))


@st.composite
def settings_of(draw: st.DrawFn, candidates: int, most_nodes: int, monotone: bool) -> Setting:
    nodes = draw(st.integers(2, most_nodes))
    acting = actings(nodes, monotone)
    base = draw(st.sampled_from([Acting(), Acting(), draw(acting)]))
    return Setting(draw(graphs(nodes, monotone)), base, tuple(draw(acting) for _ in range(candidates)))


def arms_in(setting: Setting) -> st.SearchStrategy[tuple[Arm, ...]]:
    node = st.sampled_from(sorted(setting.graph.nodes))
    return st.lists(st.frozensets(node, min_size=1, max_size=2), min_size=1, max_size=2).map(tuple)


@st.composite
def cases(draw: st.DrawFn, most_candidates: int = 6, most_nodes: int = 8, monotone: bool = False) -> Case:
    """Search problems; the monotone ones only have cuts, goals and needed groups."""
    count = draw(st.integers(1, most_candidates))
    setting = draw(settings_of(count, most_nodes, monotone))
    group = st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3)
    kept = []
    if not monotone and draw(st.booleans()):
        own = draw(settings_of(count, most_nodes, monotone))
        kept.append((own, draw(arms_in(own))))
    return Case(
        setting,
        tuple(draw(st.lists(arms_in(setting), min_size=1, max_size=3))),
        tuple(draw(st.lists(group, max_size=1))),
        tuple(kept),
    )
