"""The evaluation on bit masks against the definition, and against clingo.

Where the well-founded model leaves nothing open it is the only stable model, so clingo must find it; elsewhere it
bounds every stable model.
"""

from dataclasses import dataclass

import clingo
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reasoner.mechanism.well_founded import Effects, GroundClause, Program, upstream
from tests.oracles.definition import DOUBT, OFF, ON, UNDETERMINED, Graph, Influence, rules_of, well_founded_model

# --- from sets to masks -----------------------------------------------------------------------------------------------


def mask(nodes: frozenset[int]) -> int:
    return sum(1 << node for node in nodes)


def clauses(influences: tuple[Influence, ...]) -> tuple[GroundClause, ...]:
    return tuple(GroundClause(mask(i.requires), 1 << i.effect, i.weak) for i in influences)


def program_of(graph: Graph) -> Program:
    return Program(mask(graph.given), mask(graph.doubtful), clauses(graph.positive), clauses(graph.negative))


def effects_of(graph: Graph) -> Effects:
    return Effects(mask(graph.cut), mask(graph.lift), mask(graph.supply))


def values(graph: Graph) -> dict[int, str]:
    valuation = program_of(graph).evaluate(effects_of(graph))
    return {node: valuation.value(1 << node) for node in graph.nodes}


# --- clingo -----------------------------------------------------------------------------------------------------------


def stable_models(graph: Graph, limit: int) -> list[frozenset[int]]:
    """The nodes that are on in each stable model, at most ``limit`` of them; doubt may be resolved either way.

    Only integers reach the solver: 0 is doubt, 1 its absence, then two atoms a node.
    """
    number = {DOUBT: 0}
    number |= {("on", n): 2 * n + 2 for n in graph.nodes}
    number |= {("held down", n): 2 * n + 3 for n in graph.nodes}
    lines = ["h(0) :- not h(1).", "h(1) :- not h(0)."]
    for head, needs, absent in rules_of(graph):
        if head != DOUBT:
            parts = [f"h({number[a]})" for a in needs] + [f"not h({number[a]})" for a in absent]
            lines.append(f"h({number[head]}){' :- ' * bool(parts)}{', '.join(parts)}.")
    control = clingo.Control(["--warn=none"])
    control.configuration.solve.models = limit
    control.add("base", [], "\n".join(lines))
    control.ground([("base", [])])
    found: list[frozenset[int]] = []

    def read(model: clingo.Model) -> None:
        numbers = {symbol.arguments[0].number for symbol in model.symbols(atoms=True)}
        found.append(frozenset(node for node in graph.nodes if 2 * node + 2 in numbers))

    control.solve(on_model=read)
    return found


# --- random graphs ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """How a random graph may look: ``layered`` lets suppressions lead from lower to higher numbers only."""

    most_nodes: int = 8
    may_doubt: bool = True
    layered: bool = False


@st.composite
def graphs(draw: st.DrawFn, shape: Shape = Shape()) -> Graph:
    """Graphs with loops, suppressions, doubt, and agents that may pull in opposite directions."""
    size = draw(st.integers(1, shape.most_nodes))
    nodes = st.integers(0, size - 1)
    some = st.frozensets(nodes, max_size=3)
    weak = st.booleans() if shape.may_doubt else st.just(False)
    influences = st.builds(Influence, st.frozensets(nodes, min_size=1, max_size=3), nodes, weak)
    lowering = influences.filter(lambda i: max(i.requires) < i.effect) if shape.layered and size > 1 else influences
    cut, raised = draw(some), some
    if not shape.may_doubt:
        others = sorted(set(range(size)) - cut)
        raised = st.frozensets(st.sampled_from(others), max_size=3) if others else st.just(frozenset())
    return Graph(
        frozenset(range(size)),
        given=draw(st.frozensets(nodes, max_size=4)),
        doubtful=draw(some) if shape.may_doubt else frozenset(),
        positive=tuple(draw(st.lists(influences, max_size=12))),
        negative=tuple(draw(st.lists(lowering, max_size=5))),
        cut=cut,
        lift=draw(raised),
        supply=draw(raised),
    )


QUICK = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
LONG = settings(QUICK, max_examples=5_000)

#: One agent cuts what another supplies, and a third thing holds it down: undetermined, and so is what rests on it.
TORN_AND_HELD_DOWN = Graph(
    frozenset({0, 1, 2}),
    given=frozenset({0}),
    positive=(Influence(frozenset({1}), 2),),
    negative=(Influence(frozenset({0}), 1),),
    cut=frozenset({1}),
    supply=frozenset({1}),
)


def check_against_definition(graph: Graph) -> None:
    assert values(graph) == well_founded_model(graph)


def check_slices(graph: Graph, wanted: int) -> None:
    program = program_of(graph)
    whole = program.evaluate(effects_of(graph))
    part = program.within(upstream(program.required(), wanted)).evaluate(effects_of(graph))
    assert (whole.on & wanted, whole.possible & wanted) == (part.on & wanted, part.possible & wanted)


def check_against_clingo(graph: Graph) -> None:
    found = values(graph)
    on = frozenset(node for node, value in found.items() if value == ON)
    possible = frozenset(node for node, value in found.items() if value != OFF)
    models = stable_models(graph, 20)
    assert all(on <= model <= possible for model in models)
    if graph.is_firm and (graph.is_stratified or on == possible):
        assert set(models) == {on} == {possible}


@QUICK
@example(TORN_AND_HELD_DOWN)
@given(graphs())
def test_the_evaluation_is_the_well_founded_model_of_the_definition(graph):
    check_against_definition(graph)


@QUICK
@example(TORN_AND_HELD_DOWN, 0b100)
@given(graphs(), st.integers(0, 255))
def test_a_slice_gives_its_nodes_the_values_of_the_whole(graph, wanted):
    check_slices(graph, wanted & (1 << len(graph.nodes)) - 1)


@settings(QUICK, max_examples=200)
@given(st.one_of(graphs(Shape(may_doubt=False, layered=True)), graphs()))
def test_clingo_finds_the_evaluation_as_the_only_stable_model_and_within_its_bounds_elsewhere(graph):
    check_against_clingo(graph)


@pytest.mark.slow
@LONG
@given(graphs(Shape(most_nodes=14)))
def test_thousands_of_larger_graphs_have_the_well_founded_model_of_the_definition(graph):
    check_against_definition(graph)


@pytest.mark.slow
@LONG
@given(graphs(Shape(most_nodes=14)), st.integers(0, 2**14 - 1))
def test_thousands_of_slices_give_their_nodes_the_values_of_the_whole(graph, wanted):
    check_slices(graph, wanted & (1 << len(graph.nodes)) - 1)


@pytest.mark.slow
@LONG
@given(st.one_of(graphs(Shape(12, may_doubt=False, layered=True)), graphs(Shape(12))))
def test_thousands_of_larger_graphs_agree_with_clingo(graph):
    check_against_clingo(graph)


# --- what the definition says of loops --------------------------------------------------------------------------------


def loop(*starts: int) -> Graph:
    """0 and 1 bring each other about; 2 starts the one, 3 the other."""
    ways = [(0, 1), (1, 0), (2, 0), (3, 1)]
    positive = tuple(Influence(frozenset({a}), b) for a, b in ways)
    return Graph(frozenset(range(4)), given=frozenset(starts), positive=positive)


def under(graph: Graph, *cut: int) -> str:
    """The value of node 0 when some nodes are cut."""
    return program_of(graph).evaluate(Effects(cut=mask(frozenset(cut)))).value(1)


def test_a_loop_without_a_start_is_off():
    assert under(loop()) == OFF


def test_a_loop_with_one_start_falls_silent_when_the_start_is_cut_and_goes_on_without_its_amplifier():
    assert (under(loop(2)), under(loop(2), 2), under(loop(2), 1)) == (ON, OFF, ON)


def test_a_loop_with_two_starts_needs_both_of_them_cut():
    assert (under(loop(2, 3), 2), under(loop(2, 3), 3), under(loop(2, 3), 2, 3)) == (ON, ON, OFF)


def test_a_loop_through_a_suppression_is_undetermined():
    graph = Graph(frozenset({0}), given=frozenset({0}), negative=(Influence(frozenset({0}), 0),))
    assert values(graph) == well_founded_model(graph) == {0: UNDETERMINED}


def test_two_things_that_hold_each_other_down_are_undetermined_until_one_is_cut():
    negative = (Influence(frozenset({0}), 1), Influence(frozenset({1}), 0))
    graph = Graph(frozenset({0, 1}), given=frozenset({0, 1}), negative=negative)
    assert (under(graph), under(graph, 1), under(graph, 0)) == (UNDETERMINED, ON, OFF)


def test_a_conjunction_has_the_least_value_of_its_parts():
    graph = Graph(frozenset({0, 1, 2}), given=frozenset({0}), doubtful=frozenset({1}))
    valuation = program_of(graph).evaluate()
    assert [valuation.all_of(m) for m in (0b001, 0b011, 0b111)] == [ON, UNDETERMINED, OFF]
