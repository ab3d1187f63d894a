"""How long a scenario takes, from files to answer: ``python -m tests.benchmarks.bench_scenario [SECTION…]``.

Times are wall times in milliseconds, medians of some runs; memory is the peak of what a step allocates.  The machine
should be quiet.  *synthetic* compares the evaluation with clingo in one run, equal answers asserted.  *cold* runs the
command line and a Python that only imports click in turn, and prints the ratio of the medians.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from reasoner.answers.assess import assess
from reasoner.answers.breaks import breaks
from reasoner.asking.placing import with_hypotheses
from reasoner.asking.requests import ScenarioRequest
from reasoner.closure.saturate import Closure
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import MechanismGraph
from reasoner.mechanism.minting import mint
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene
from reasoner.mechanism.well_founded import Effects, Program
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.scenario import Scenario
from tests.benchmarks.synthetic_scenario import CELLS, DISEASES, SyntheticGraph

RUNS = 5
PROGRAMS = (100, 1_000, 10_000)
KNOWLEDGE = (100, 300, 1_000)
#: The largest graph on which every part of a regimen is tried.
LATTICE = 1_000
#: How much slower than a Python that imports click a question may be from a cold start.
COLD_GOAL = 6
QUESTION = ("assess", "imatinib", "plerixafor", "--cell", "CML_LSC")


def shipped() -> None:
    """Every step from the shipped files to answers."""
    base = StatedKnowledge.load()
    kb = Reasoned(base)
    place = Place("CML_LSC", "CML")
    regimen = ("imatinib", "plerixafor")
    request = ScenarioRequest("CML_LSC", "CML")
    facts = [*base.ontology.facts, *kb.minted.facts]
    located = kb.located(place)
    print(f"shipped: {len(base.ontology.facts)} facts, {len(kb.closure)} in the closure, {len(located.nodes)} nodes\n")
    head("step")
    row("load files and rules", StatedKnowledge.load)
    row("mint", lambda: mint(base.ontology.facts))
    row("axioms to rules", lambda: compile_axioms(base.ontology.axioms, facts, base.rules))
    row("closure", lambda: Closure(kb.program, facts))
    row("mechanism graph", lambda: MechanismGraph.of(kb.closure))
    row("located graph", lambda: LocatedGraph(kb.graph, place, Scene(kb.graph, place)))
    row("located graph by analogy", lambda: LocatedGraph(kb.graph, place, Scene(kb.graph, place, analogy=True)))
    row("evaluate", located.program.evaluate)
    row("standing of all routes", lambda: Scenario(located, (), regimen).routes)
    row("outcomes (overlay)", lambda: Assessment(kb, place, (), regimen).conclusions)
    row("assess, first question", lambda: assess(fresh(kb), regimen, request))
    row("assess, further question", lambda: assess(kb, regimen, request))
    row("breaks, every home scenario", lambda: breaks(fresh(kb), ScenarioRequest()))
    row("what-if: block:CXCR4", lambda: hypothetical(kb, "block:CXCR4"))
    row("what-if: block:CXCR4, assessed", lambda: assess(kb, ("block:CXCR4", "imatinib"), request))


def fresh(kb: Reasoned) -> Reasoned:
    """The same knowledge base and closure, with nothing located yet."""
    other = Reasoned(kb.base)
    other.__dict__.update(minted=kb.minted, program=kb.program, closure=kb.closure, graph=kb.graph)
    return other


def hypothetical(kb: Reasoned, agent: str) -> None:
    """Assume an agent and take it away again."""
    with with_hypotheses(kb, [agent]):
        pass


def synthetic() -> None:
    """Evaluation against clingo, then the whole way over synthetic knowledge."""
    head("evaluate", "clingo", "clingo / ours")
    for size in PROGRAMS:
        against_clingo(SyntheticGraph(size))
    head("ms")
    for size in PROGRAMS:
        what_if(SyntheticGraph(size))
    for size in KNOWLEDGE:
        print()
        whole_way(size)


def against_clingo(graph: SyntheticGraph) -> None:
    """The well-founded model, and clingo's one stable model, which is the same."""
    program, rules = graph.program(), graph.rules()
    ours, theirs = in_turn([program.evaluate, lambda: stable_model(rules)])
    on, possible = program.evaluate()
    assert on == possible
    assert {node for node in range(graph.size) if on >> node & 1} == stable_model(rules)
    line(f"{graph.size} nodes", ours, theirs, theirs / ours)


def what_if(graph: SyntheticGraph) -> None:
    """One agent more; and every part of a regimen, as the standing of a route needs it."""
    program, effects = graph.program(), graph.effects
    line(f"{graph.size} nodes, one agent more", median([lambda e=own: program.evaluate(e) for own in effects]))
    if graph.size <= LATTICE:
        line(f"{graph.size} nodes, all parts of six agents", timed(lambda: lattice(program, effects[:6])))


def lattice(program: Program, effects: list[Effects]) -> None:
    """The values under every part of some agents."""
    totals = [Effects()]
    for own in effects:
        totals += [have | own for have in totals]
    for total in totals:
        program.evaluate(total)


def whole_way(size: int) -> None:
    """Closure, graph, place, assessment of a synthetic knowledge base."""
    rules = Reasoned.load().program
    facts = list(SyntheticGraph(size).facts())
    closure = Closure(rules, facts)
    graph = MechanismGraph.of(closure)
    place = Place(CELLS[-1], DISEASES[-1])
    located = LocatedGraph(graph, place, Scene(graph, place))
    regimen = tuple(graph.agents[:3])
    print(f"synthetic: {len(facts)} facts, {len(closure)} in the closure, {len(located.nodes)} nodes\n")
    head("step")
    row("closure", lambda: Closure(rules, facts), 3)
    row("mechanism graph", lambda: MechanismGraph.of(closure))
    row("located graph", lambda: LocatedGraph(graph, place, Scene(graph, place)))
    row("evaluate", located.program.evaluate)
    row("standing of all routes", lambda: Scenario(located, (), regimen).routes)


def stable_model(text: str) -> set[int]:
    """The nodes that are on in the one stable model."""
    import clingo

    control = clingo.Control(["--warn=none"])
    control.add("base", [], text)
    control.ground([("base", [])])
    found: set[int] = set()

    def read(model: clingo.Model) -> None:
        numbers = (symbol.arguments[0].number for symbol in model.symbols(atoms=True))
        found.update(number // 2 for number in numbers if number % 2 == 0)

    control.solve(on_model=read)
    return found


def cold() -> None:
    """A question from a cold start against a Python that imports click."""
    root = Path(__file__).resolve().parents[2]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def run(*words: str, **more: str) -> None:
        told = {**environment, **more}
        subprocess.run([sys.executable, *words], cwd=root, env=told, check=True, stdout=subprocess.DEVNULL)

    with TemporaryDirectory() as folder:
        kept = lambda: run("-m", "reasoner", *QUESTION, DISLODGE_CACHE=folder)  # noqa: E731 - all are commands
        anew = lambda: run("-m", "reasoner", *QUESTION, DISLODGE_CACHE="off")  # noqa: E731
        click = lambda: run("-c", "import click")  # noqa: E731
        kept()  # writes the byte code and what is kept
        ours, without, theirs = in_turn([kept, anew, click], 11)
    head("dislodge assess", "import click", "ratio", "goal")
    line("cold start, knowledge kept", ours, theirs, ours / theirs, COLD_GOAL)
    line("cold start, knowledge read anew", without, theirs, without / theirs, COLD_GOAL)


# --- measuring and printing -------------------------------------------------------------------------------------------


def timed(action: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def median(actions: Iterable[Callable[[], object]]) -> float:
    """The median time of some actions."""
    return statistics.median(map(timed, actions))


def in_turn(actions: list[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """The median time of each action, run in turn so that a busy machine slows all of them."""
    times = [[timed(action) for action in actions] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def peak(action: Callable[[], object]) -> float:
    """The most that a run allocates, in MB."""
    tracemalloc.start()
    kept = action()
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return size / 2**20


def head(*columns: str) -> None:
    """The head of a table; a table of steps has time and memory."""
    shown = ("ms", "MB") if columns == ("step",) else columns
    print(f"{'':36}" + "".join(f"{column:>18}" for column in shown))


def line(name: str, *figures: float) -> None:
    """A line of figures."""
    print(f"{name:36}" + "".join(f"{figure:18.2f}" for figure in figures))


def row(name: str, action: Callable[[], object], runs: int = RUNS) -> None:
    """Time and memory of a step."""
    line(name, median([action] * runs), peak(action))


SECTIONS = {"shipped": shipped, "synthetic": synthetic, "cold": cold}

if __name__ == "__main__":
    for section in sys.argv[1:] or SECTIONS:
        print(f"--- {section}")
        SECTIONS[section]()
        print()
