"""How long the search for minimal sets takes, beside others: ``python -m tests.benchmarks.bench_search``.

The others are clingo and a hitting-set loop of CaDiCaL (python-sat); what each of them does, and what is measured, is
in :mod:`tests.benchmarks.search_engines`.  Each engine solves each problem in a process of its own, which is stopped at
the limit; times are processor seconds, the medians of some runs.  A set of sets is told by its hash.  Afterwards,
outside the time, each set that we found is evaluated once more by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import multiprocessing
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from reasoner.mechanism.well_founded import OFF
from reasoner.search.search import Problem
from tests.benchmarks.search_engines import ENGINES, Sets
from tests.benchmarks.search_families import FAMILIES, LARGEST, grown
from tests.benchmarks.synthetic_search import SIZES, problem

GOALS = {"20/100/4": 0.1, "50/500/4": 0.3, "200/5000/3": 1.0}
#: Where another engine is quicker than ours by more than this, the line says so.
MOST_SLOWER = 2.0


@dataclass(frozen=True)
class Instance:
    """A problem by name: routes that share activities, cuts only or *mixed*, or one of the families."""

    kind: str
    seed: int
    mixed: bool = False

    @property
    def largest(self) -> int:
        """The size up to which sets are looked for."""
        return SIZES[self.kind].largest if self.kind in SIZES else LARGEST

    @property
    def only_cuts(self) -> bool:
        """Whether nothing is suppressed, restored or supplied."""
        return self.kind == "scale-free" or (self.kind in SIZES and not self.mixed)

    def problem(self) -> Problem:
        """The problem itself."""
        if self.kind in SIZES:
            return problem(SIZES[self.kind], self.seed, mixed=self.mixed)
        return grown(self.kind, self.seed)

    def __str__(self) -> str:
        """As it is told."""
        return f"{self.kind}{', mixed' if self.mixed else ''}, seed {self.seed}"


@dataclass(frozen=True)
class Figures:
    """What one engine found and took; the stages are those of the median run."""

    found: str
    digest: str
    stages: dict[str, float]
    judged: int

    @property
    def time(self) -> float:
        """Seconds of all stages."""
        return sum(self.stages.values())

    def __str__(self) -> str:
        """Times, in words."""
        stages = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in self.stages.items())
        judged = f"; {self.judged} sets judged" if self.judged else ""
        return f"{self.time:.2f} s ({stages}{judged})"


def measure(engine: str, instance: Instance, runs: int) -> Figures:
    """The median of some runs of one engine, whose sets are checked where it is ours."""
    given = instance.problem()
    answers = [ENGINES[engine](given, instance.largest) for _ in range(runs)]
    middle = statistics.median_low(answer.time for answer in answers)
    answer = next(answer for answer in answers if answer.time == middle)
    if engine == "dislodge":
        assert all(evaluated(given, chosen) for chosen in answer.sets)
    return Figures(sizes(answer.sets), digest(answer.sets), answer.stages, answer.judged)


def evaluated(given: Problem, chosen: tuple[int, ...]) -> bool:
    """Whether every arm of every goal is off under a set, on the whole program."""
    effects = given.base
    for number in chosen:
        effects |= given.effects[number]
    valuation = given.program.evaluate(effects)
    return all(valuation.all_of(arm) == OFF for goal in given.goals for arm in goal.arms)


def sizes(found: Sets) -> str:
    """How many sets of which size."""
    counts = " ".join(f"{count}x{size}" for size, count in sorted(Counter(map(len, found)).items()))
    return f"{len(found)} sets ({counts})" if found else "no sets"


def digest(found: Sets) -> str:
    """A hash of all sets."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]


def _child(engine: str, instance: Instance, runs: int, answer: Connection) -> None:
    answer.send(measure(engine, instance, runs))


def run(engine: str, instance: Instance, runs: int, limit: float) -> Figures | None:
    """The figures of one engine; None when it was stopped before all of its runs were done."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_child, args=(engine, instance, runs, there))
    child.start()
    there.close()
    try:
        return here.recv() if here.poll(limit * runs) else None
    except EOFError:
        return None
    finally:
        child.kill()
        child.join()


def others(instance: Instance) -> list[str]:
    """The engines beside ours: clingo by itself where it can be, and CaDiCaL where python-sat is installed."""
    clingo = "clingo" if instance.only_cuts else "clingo loop"
    return [clingo, *(["CaDiCaL loop"] if importlib.util.find_spec("pysat") else [])]


def compared(engine: str, other: Figures | None, own: Figures | None, limit: float) -> str:
    """One line on another engine, beside ours."""
    if other is None:
        return f"    {engine}: not finished in {limit:.0f} s"
    if own is None:
        return f"    {engine}: {other.found} in {other}"
    same = "the same sets" if other.digest == own.digest else f"OTHER SETS: {other.found}"
    ratio = other.time / own.time
    slow = f", OURS IS MORE THAN {MOST_SLOWER:.0f} TIMES SLOWER" if ratio * MOST_SLOWER < 1 else ""
    return f"    {engine}: {other}, {same}, {ratio:.2g} times ours{slow}"


def lines(instance: Instance, runs: int, limit: float, *, alone: bool) -> Iterator[str]:
    """One problem in words: our figures, then those of the others."""
    own = run("dislodge", instance, runs, limit)
    goal = f", goal {GOALS[instance.kind]} s" if instance.kind in GOALS else ""
    yield f"{instance}: {f'not finished in {limit:.0f} s' if own is None else f'{own.found} in {own}'}{goal}"
    for engine in () if alone else others(instance):
        yield compared(engine, run(engine, instance, runs, limit), own, limit)


def instances(kinds: list[str]) -> Iterator[Instance]:
    """The problems of some kinds."""
    for kind in kinds:
        if kind in FAMILIES:
            yield from (Instance(kind, seed) for seed in FAMILIES[kind])
        else:
            yield from (Instance(kind, seed, mixed) for mixed in (False, True) for seed in SIZES[kind].seeds)


def main() -> None:
    """Print some lines a problem."""
    kinds = [*SIZES, *FAMILIES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", default=kinds, choices=kinds)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60, help="seconds for one run of one engine")
    parser.add_argument("--no-others", action="store_true", help="leave clingo and CaDiCaL out")
    words = parser.parse_args()
    for instance in instances(words.kinds):
        for line in lines(instance, words.runs, words.limit, alone=words.no_others):
            print(line, flush=True)
    if not words.no_others and not importlib.util.find_spec("pysat"):
        print("CaDiCaL was left out: it needs python-sat, which `pip install python-sat` brings.")


if __name__ == "__main__":
    main()
