"""How long one rule of many atoms takes over a dense graph: ``python -m tests.benchmarks.bench_long_bodies``.

The rule joins the two ends of a chain of ten links and feeds itself, over 60 individuals with some six links each: as
many paths as would take minutes to walk, and no more pairs than there are.  CPU times in milliseconds, the median of
some runs, and bindings, which are the same everywhere.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure
from reasoner.model.atom import Atom, Fact
from reasoner.model.budget import Budget
from reasoner.model.rule import Rule
from reasoner.model.term import Variable

SEED, RUNS = 20, 7


def chain(atoms: int) -> Rule:
    """The ends of a chain are linked."""
    variables = [Variable(f"v{number}") for number in range(atoms + 1)]
    body = tuple(Atom("p", pair) for pair in pairwise(variables))
    return Rule("chain", body, (Atom("p", (variables[0], variables[-1])),))


def cycle(atoms: int) -> Rule:
    """Whoever lies on a cycle of so many links is an A."""
    variables = [Variable(f"v{number}") for number in range(atoms)]
    body = tuple(Atom("p", pair) for pair in zip(variables, [*variables[1:], variables[0]], strict=True))
    return Rule("cycle", body, (Atom("A", (variables[0],)),))


def graph(nodes: int, links: int) -> list[Fact]:
    """A random graph, the same in every run."""
    chance = random.Random(SEED)
    ends = [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(links)]
    return [Fact("p", f"n{one}", f"n{other}") for one, other in ends]


def cpu_milliseconds(call: Callable[[], object]) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        call()
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken)


def main() -> None:
    """Print a row for each rule."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--nodes", type=int, default=60)
    arguments.add_argument("--links", type=int, default=380)
    chosen = arguments.parse_args()
    facts = graph(chosen.nodes, chosen.links)
    print(f"{'rule':12} {'facts':>8} {'bindings':>10} {'CPU ms':>8} {'proof ms':>9}")
    for rule in (chain(3), chain(10), chain(16), cycle(6)):
        closure = Closure([rule], facts, meter=Meter(Budget(10**12)))
        bindings, last = closure.meter.spent, list(closure)[-1]
        cpu = cpu_milliseconds(partial(Closure, [rule], facts))
        proof = cpu_milliseconds(partial(closure.derivation, last))
        print(f"{rule.id + ' ' + str(len(rule.body)):12} {len(closure):8,} {bindings:10,} {cpu:8.1f} {proof:9.2f}")


if __name__ == "__main__":
    main()
