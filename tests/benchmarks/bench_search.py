"""How long the search for minimal sets takes, against clingo: ``python -m tests.benchmarks.bench_search``.

Each problem is solved in a process of its own and stopped at 120 s.  Times are processor times in seconds, the best of
three runs; those of dislodge include evaluating every set from scratch, all at once, as the search does.  Afterwards,
outside the time, each set is evaluated once more by itself.  Problems with suppressions and restoring agents are left
to dislodge alone: clingo's stable models are not the well-founded one.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterable
from multiprocessing.connection import Connection

from reasoner.engine.search import Problem, solve
from reasoner.engine.well_founded import OFF
from tests.benchmarks.synthetic_search import SIZES, Size, problem

LIMIT = 120
GOALS = {"20/100/4": 0.1, "50/500/4": 0.3, "200/5000/3": 1.0}
Sets = list[tuple[int, ...]]
Figures = dict[str, float | int | str]


def measure_dislodge(given: Problem, largest: int) -> Figures:
    """Search, which evaluates every set anew."""
    times = []
    for _ in range(3):
        start = time.process_time()
        found = solve(given, largest).sets
        times.append(time.process_time() - start)
    assert all(evaluated(given, chosen) for chosen in found)
    return {**about(found), "time": min(times)}


def evaluated(given: Problem, chosen: tuple[int, ...]) -> bool:
    """Whether every arm of every goal is off under a set, on the whole program."""
    effects = given.base
    for number in chosen:
        effects |= given.effects[number]
    valuation = given.program.evaluate(effects)
    return all(valuation.all_of(arm) == OFF for goal in given.goals for arm in goal.arms)


def measure_clingo(given: Problem, largest: int) -> Figures:
    """All subset-minimal sets by clingo's domain heuristic; only integers reach it."""
    import clingo

    start = time.process_time()
    control = clingo.Control(["--warn=none", "--heuristic=Domain", "--enum-mode=domRec", "--dom-mod=5,16", "0"])
    control.add("base", [], "\n".join(clingo_program(given, largest)))
    control.ground([("base", [])])
    found: Sets = []

    def read(model: clingo.Model) -> None:
        found.append(tuple(sorted(symbol.arguments[0].number for symbol in model.symbols(shown=True))))

    control.solve(on_model=read)
    return {**about(sorted(found, key=lambda s: (len(s), s))), "time": time.process_time() - start}


def clingo_program(given: Problem, largest: int) -> Iterable[str]:
    """The problem as rules over integers."""
    yield f"{{x(0..{len(given.effects) - 1})}}."
    yield f":- #count{{A : x(A)}} > {largest}."
    yield "#show x/1."
    for number, effects in enumerate(given.effects):
        for node in nodes(effects.cut):
            yield f"cut({node}) :- x({number})."
    for node in nodes(given.program.given):
        yield f"on({node}) :- not cut({node})."
    for requires, effect, _ in given.program.positive:
        (target,) = nodes(effect)
        yield f"on({target}) :- {', '.join(f'on({node})' for node in nodes(requires))}, not cut({target})."
    for goal in given.goals:
        for arm in goal.arms:
            yield f":- {', '.join(f'on({node})' for node in nodes(arm))}."


def nodes(mask: int) -> list[int]:
    return [number for number in range(mask.bit_length()) if mask >> number & 1]


def about(found: Sets) -> Figures:
    """How many sets of which size, and a hash of all."""
    sizes = " ".join(f"{count}x{size}" for size, count in sorted(Counter(map(len, found)).items()))
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:12]
    return {"sets": len(found), "sizes": sizes or "none", "hash": digest}


ENGINES = {"dislodge": measure_dislodge, "clingo": measure_clingo}


def _child(engine: str, size: Size, seed: int, mixed: bool, answer: Connection) -> None:
    answer.send(ENGINES[engine](problem(size, seed, mixed=mixed), size.largest))


def run(engine: str, size: Size, seed: int, mixed: bool) -> Figures | None:
    """The figures of one engine; None when it was stopped."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_child, args=(engine, size, seed, mixed, there))
    child.start()
    there.close()
    try:
        return here.recv() if here.poll(LIMIT) else None
    except EOFError:
        return None
    finally:
        child.kill()
        child.join()


def main() -> None:
    """Print one line a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--no-clingo", action="store_true")
    words = parser.parse_args()
    for name in words.sizes:
        size = SIZES[name]
        for mixed in (False, True):
            for seed in size.seeds:
                own = run("dislodge", size, seed, mixed)
                other = None if mixed or words.no_clingo else run("clingo", size, seed, mixed)
                print(line(name, seed, mixed, own, other, tried=not (mixed or words.no_clingo)), flush=True)


def line(name: str, seed: int, mixed: bool, own: Figures | None, other: Figures | None, *, tried: bool) -> str:
    """One problem in words."""
    kind = "mixed" if mixed else "cuts only"
    if own is None:
        return f"{name} seed {seed}, {kind}: no result in {LIMIT} s"
    said = f"{name} seed {seed}, {kind}: {own['sets']} sets ({own['sizes']}) in {own['time']:.2f} s"
    said += f" (goal {GOALS[name]} s)"
    if not tried:
        return said
    if other is None:
        return f"{said}; clingo: no result in {LIMIT} s, ratio above {LIMIT / float(own['time']):.0f}"
    same = "the same sets" if other["hash"] == own["hash"] else f"OTHER SETS ({other['sets']})"
    return f"{said}; clingo {other['time']:.2f} s, {same}, ratio {float(other['time']) / float(own['time']):.0f}"


if __name__ == "__main__":
    main()
