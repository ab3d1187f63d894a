"""Engines for the search for minimal sets: ours, clingo by itself, and hitting-set loops of clingo and CaDiCaL.

In a *loop* the engine proposes sets that hold one candidate of each reason known so far, one size after the other; our
evaluation judges each, and gives a reason for each arm that is not off; a set that reaches every goal is kept and its
supersets are barred.  Where agents only cut and nothing is suppressed clingo needs no loop: the graph is rules of its
own.  Elsewhere its stable models are not the well-founded one, so it too is told by our evaluation.

All engines are measured alike, from the same problem in memory to its sets in the same order: *build* until the engine
can begin, *search*, and *read* back what it found as numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from reasoner.model.masks import bits
from reasoner.search.conditions import ArmOff, CandidateReach, IndexedProgram
from reasoner.search.search import Problem, Search

Sets = list[tuple[int, ...]]
#: A clause: signed numbers of candidates from 1 on, one of which must hold (a negative one: is not taken).
Clause = list[int]


@dataclass
class Answer:
    """All minimal sets, the processor seconds of each stage, and how many sets our evaluation was asked about."""

    sets: Sets
    stages: dict[str, float] = field(default_factory=dict)
    judged: int = 0

    @property
    def time(self) -> float:
        """The seconds of all stages."""
        return sum(self.stages.values())


class Stopwatch:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._since = time.process_time()

    def lap(self, stage: str) -> None:
        """End a stage, which began with the end of the one before."""
        now = time.process_time()
        self.stages[stage] = self.stages.get(stage, 0) + now - self._since
        self._since = now


def by_dislodge(given: Problem, largest: int) -> Answer:
    """Our search, which also evaluates every set that it found anew; it spells out its masks while it searches."""
    watch = Stopwatch()
    search = Search(given)
    watch.lap("build")
    solution = search.solve(largest)
    watch.lap("search")
    found = in_order(solution.sets)
    watch.lap("read")
    return Answer(found, watch.stages, solution.looked_at)


def by_clingo(given: Problem, largest: int) -> Answer:
    """All subset-minimal sets by clingo's domain heuristic; only integers reach it."""
    import clingo

    watch = Stopwatch()
    control = clingo.Control(["--warn=none", "--heuristic=Domain", "--enum-mode=domRec", "--dom-mod=5,16", "0"])
    control.add("base", [], "\n".join(clingo_program(given, largest)))
    control.ground([("base", [])])
    watch.lap("build")
    models: list[list[clingo.Symbol]] = []
    control.solve(on_model=lambda model: models.append(list(model.symbols(shown=True))))
    watch.lap("search")
    found = in_order(tuple(sorted(symbol.arguments[0].number for symbol in model)) for model in models)
    watch.lap("read")
    return Answer(found, watch.stages)


def clingo_program(given: Problem, largest: int) -> Iterator[str]:
    """The problem as rules over integers."""
    yield f"{{x(0..{len(given.effects) - 1})}}."
    yield f":- #count{{A : x(A)}} > {largest}."
    yield "#show x/1."
    for number, effects in enumerate(given.effects):
        for node in bits(effects.cut):
            yield f"cut({node}) :- x({number})."
    for node in bits(given.program.given):
        yield f"on({node}) :- not cut({node})."
    for requires, effect, _ in given.program.positive:
        (target,) = bits(effect)
        yield f"on({target}) :- {', '.join(f'on({node})' for node in bits(requires))}, not cut({target})."
    for goal in given.goals:
        for arm in goal.arms:
            yield f":- {', '.join(f'on({node})' for node in bits(arm))}."


class Judge:
    """What our evaluation says of a set: a clause that it breaks for each arm that is not off."""

    def __init__(self, given: Problem) -> None:
        graph, reach = IndexedProgram(given.program), CandidateReach(given.effects)
        arms = dict.fromkeys(arm for goal in given.goals for arm in goal.arms)
        self.conditions = [ArmOff(graph, reach, given.base, arm) for arm in arms]
        self.judged = 0

    def known(self) -> Iterator[Clause]:
        """The reasons of the empty set."""
        for condition in self.conditions:
            for reason in condition.reasons:
                yield list(_with(reason))

    def broken(self, chosen: int) -> Iterator[Clause]:
        """One clause for each arm that is not off under a set.

        Where that may come from what the set itself does, the clause is about the sets that hold those of it that do
        anything there.
        """
        self.judged += 1
        for condition in self.conditions:
            undo = condition.undo(chosen)
            if undo is not None:
                standing = undo if condition.steady else condition.standing(chosen)
                if standing is None:
                    yield [*_without(chosen & condition.touches), *_with(undo)]
                else:
                    yield list(_with(standing))

    def clauses(self, chosen: int) -> tuple[list[Clause], bool]:
        """What is to be barred after a set: what it breaks, or all that hold it, and whether it reaches every goal."""
        broken = list(self.broken(chosen))
        return (broken, False) if broken else ([list(_without(chosen))], True)


def _with(candidates: int) -> Iterator[int]:
    return (candidate + 1 for candidate in bits(candidates))


def _without(candidates: int) -> Iterator[int]:
    return (-candidate - 1 for candidate in bits(candidates))


def by_cadical(given: Problem, largest: int) -> Answer:
    """The loop of CaDiCaL."""
    from pysat.card import ITotalizer
    from pysat.solvers import Solver

    watch = Stopwatch()
    judge = Judge(given)
    candidates = list(range(1, len(given.effects) + 1))
    counter = ITotalizer(candidates, ubound=largest, top_id=len(candidates))
    solver = Solver("cadical195", bootstrap_with=[*counter.cnf.clauses, *judge.known()])
    watch.lap("build")
    models: list[list[int]] = []
    for size in range(largest + 1):
        while solver.solve([-counter.rhs[size]] if size < len(candidates) else []):
            model = solver.get_model()[: len(candidates)]
            chosen = sum(1 << literal - 1 for literal in model if literal > 0)
            clauses, solves = judge.clauses(chosen)
            if solves:
                models.append(model)
            for clause in clauses:
                solver.add_clause(clause)
    watch.lap("search")
    found = in_order(tuple(literal - 1 for literal in model if literal > 0) for model in models)
    watch.lap("read")
    return Answer(found, watch.stages, judge.judged)


class _Told:
    """A propagator that has each whole set judged; sets that solve are in ``found``, as literals of clingo."""

    def __init__(self, judge: Judge, known: list[Clause]) -> None:
        self.judge, self.known = judge, known
        self.found: list[list[int]] = []
        self.numbers: dict[int, int] = {}

    def init(self, init: Any) -> None:
        """Take the literals of the candidates, and bar what is known already."""
        for atom in init.symbolic_atoms.by_signature("x", 1):
            self.numbers[atom.symbol.arguments[0].number + 1] = init.solver_literal(atom.literal)
        for clause in self.known:
            init.add_clause(self._literals(clause))

    def check(self, control: Any) -> None:
        """Judge the set, and bar it."""
        chosen = sum(1 << n - 1 for n, literal in self.numbers.items() if control.assignment.is_true(literal))
        clauses, solves = self.judge.clauses(chosen)
        self.known += clauses
        if solves:
            self.found.append([self.numbers[candidate] for candidate in _with(chosen)])
        for clause in clauses:
            if not control.add_clause(self._literals(clause), lock=True):
                return

    def _literals(self, clause: Clause) -> list[int]:
        return [self.numbers[n] if n > 0 else -self.numbers[-n] for n in clause]


def by_clingo_loop(given: Problem, largest: int) -> Answer:
    """The loop of clingo, told of each set while it searches; a program for each size, with all that is known."""
    import clingo

    watch = Stopwatch()
    judge = Judge(given)
    known = list(judge.known())
    found: Sets = []
    for size in range(largest + 1):
        told = _Told(judge, known)
        control = clingo.Control(["--warn=none"])
        control.add("base", [], f"{{x(0..{len(given.effects) - 1})}}. :- #count{{A : x(A)}} > {size}.")
        control.ground([("base", [])])
        control.register_propagator(told)
        watch.lap("build")
        control.solve()
        watch.lap("search")
        number_of = {literal: number for number, literal in told.numbers.items()}
        found += (tuple(sorted(number_of[literal] - 1 for literal in model)) for model in told.found)
        watch.lap("read")
    return Answer(in_order(found), watch.stages, judge.judged)


def in_order(found: Iterable[tuple[int, ...]]) -> Sets:
    """Sets, the smaller ones first."""
    return sorted(found, key=lambda chosen: (len(chosen), chosen))


ENGINES: dict[str, Callable[[Problem, int], Answer]] = {
    "dislodge": by_dislodge,
    "clingo": by_clingo,
    "clingo loop": by_clingo_loop,
    "CaDiCaL loop": by_cadical,
}
