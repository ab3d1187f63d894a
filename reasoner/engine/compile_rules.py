"""Python source for joins: nested loops over the indexes of the tables, compiled once per shape.

The text that is compiled is made of fixed words and of numbers only: tables and constants arrive as arguments, so no
text of a user reaches the compiler, and clauses that differ only in names share one function.  Names in the source:
``v0`` a variable, ``k0`` a constant, ``m0`` the epochs of the members of body atom 0, ``s0`` and ``o0`` its index by
subject and by object, ``d0`` the objects of its bound subject, ``t0`` a test of two values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reasoner.engine.join_order import BY_OBJECT, DELTA, SCAN, Args, Step
from reasoner.engine.symbols import TESTS

#: What the tests are called in the source.
_TEST_NAMES = {test: f"t{number}" for number, test in enumerate(TESTS)}


@dataclass(frozen=True, slots=True)
class Shape:
    """A clause without names: the arguments of its head (None for a query), body atoms and comparisons.

    ``guarded``: the subject of the head may be bound to a literal, which derives nothing.
    """

    head: Args | None
    body: tuple[Args, ...]
    tests: tuple[tuple[str, int, int], ...]
    constants: int
    variables: int
    guarded: bool = False


@lru_cache(maxsize=4096)
def forward(shape: Shape, steps: tuple[Step, ...], buffered: bool) -> Callable[..., None]:
    """``run(tables, constants, values, delta, head, pending, epoch)`` adds to ``head`` what the clause derives.

    ``delta`` is a pair of columns for a DELTA step.  ``buffered``: new rows go to ``pending`` instead, because the
    clause reads the table that it fills.
    """
    function: Callable[..., None] = _function(_Forward(shape, steps, buffered).source())
    return function


@lru_cache(maxsize=4096)
def finder(shape: Shape, steps: tuple[Step, ...], bound: tuple[int, ...]) -> Callable[..., Any]:
    """``run(tables, constants, values, given, epoch)`` yields the values of all variables for each match of the body.

    ``given`` are the values of the variables ``bound``; only facts of epochs below ``epoch`` count.
    """
    function: Callable[..., Any] = _function(_Finder(shape, steps, bound).source())
    return function


def _function(source: str) -> Any:
    scope: dict[str, Any] = {"EMPTY": {}, **{_TEST_NAMES[test]: holds for test, holds in TESTS.items()}}
    exec(compile(source, "<clause>", "exec"), scope)
    return scope["run"]


def _name(arg: int) -> str:
    return f"v{arg}" if arg >= 0 else f"k{~arg}"


class _Join:
    """Writes the loops and checks of a body; what happens at a match is for the subclasses."""

    def __init__(self, shape: Shape, steps: tuple[Step, ...], bound: frozenset[int], dated: bool) -> None:
        self.shape = shape
        self.steps = steps
        self.bound = bound
        self.dated = dated
        self.loops = 0
        self.lines: list[str] = []
        self.atoms = list(range(len(shape.body)))
        self.tests = list(shape.tests)
        self.fetched: set[int] = set()

    def source(self) -> str:
        """The whole function."""
        self.prologue()
        self.flush()
        for step in self.steps:
            self.loop(step)
        self.leaf()
        return "\n".join(self.lines)

    def prologue(self) -> None:
        """The first lines: arguments to local names."""
        for number in range(self.shape.constants):
            self.write(f"k{number} = K[{number}]")
        by_object = {step.atom for step in self.steps if step.access == BY_OBJECT}
        for atom, args in enumerate(self.shape.body):
            if len(args) == 1:
                self.write(f"m{atom} = T[{atom}].epochs")
                continue
            self.write(f"s{atom} = T[{atom}].by_subject")
            if atom in by_object:
                self.write(f"o{atom} = T[{atom}].by_object")

    def leaf(self) -> None:
        """What happens at a match."""
        raise NotImplementedError

    def on_bound(self) -> None:
        """Called whenever variables got values."""

    def write(self, line: str) -> None:
        """Add a line at the present depth of loops."""
        self.lines.append(" " * (self.loops + 1) + line)

    def open(self, line: str) -> None:
        """Open a loop."""
        self.write(line)
        self.loops += 1

    @property
    def leave(self) -> str:
        """The statement that gives up the present candidate."""
        return "continue" if self.loops else "return"

    def has(self, arg: int) -> bool:
        """Whether an argument has a value here."""
        return arg < 0 or arg in self.bound

    def bind(self, *variables: int) -> None:
        """Note values of variables and write every check that they make possible."""
        self.bound = self.bound.union(variables)
        self.flush()

    def flush(self) -> None:
        """Write the checks that are possible and not yet written."""
        for test in [test for test in self.tests if self.has(test[1]) and self.has(test[2])]:
            self.tests.remove(test)
            left, right = (f"values.get({_name(arg)})" for arg in test[1:])
            self.write(f"if not {_TEST_NAMES[test[0]]}({left}, {right}): {self.leave}")
        self.on_bound()
        for atom in list(self.atoms):
            args = self.shape.body[atom]
            if len(args) == 2 and atom not in self.fetched and self.has(args[0]):
                self.fetched.add(atom)
                self.write(f"d{atom} = s{atom}.get({_name(args[0])})")
                self.write(f"if d{atom} is None: {self.leave}")
            if all(self.has(arg) for arg in args):
                self.atoms.remove(atom)
                self.check(f"m{atom}" if len(args) == 1 else f"d{atom}", _name(args[-1]))

    def check(self, index: str, key: str) -> None:
        """Give up unless ``index`` holds ``key``, early enough."""
        condition = f"{index}.get({key}, e) >= e" if self.dated else f"{key} not in {index}"
        self.write(f"if {condition}: {self.leave}")

    def loop(self, step: Step) -> None:
        """Write the loop of one step and the checks inside."""
        if step.atom not in self.atoms:
            return
        args = self.shape.body[step.atom]
        if step.access == DELTA:
            self.atoms.remove(step.atom)
            self.delta(args)
        elif step.access == SCAN:
            self.scan(step.atom, args)
        elif step.access == BY_OBJECT:
            self.atoms.remove(step.atom)
            self.open(f"for {_name(args[0])} in o{step.atom}.get({_name(args[1])}, ()):")
            if self.dated:
                self.write(f"if s{step.atom}[{_name(args[0])}][{_name(args[1])}] >= e: continue")
            self.bind(args[0])
        else:
            self.over_objects(step.atom, args[1])

    def scan(self, atom: int, args: Args) -> None:
        """Loop over all rows of a table."""
        if len(args) == 1:
            self.atoms.remove(atom)
            self.over(f"m{atom}", args[0])
            return
        self.fetched.add(atom)
        self.open(f"for {_name(args[0])}, d{atom} in s{atom}.items():")
        self.bind(args[0])
        if atom in self.atoms:
            self.over_objects(atom, args[1])

    def over_objects(self, atom: int, variable: int) -> None:
        """Loop over the objects of a bound subject."""
        self.atoms.remove(atom)
        self.over(f"d{atom}", variable)

    def over(self, index: str, variable: int) -> None:
        """Loop over the keys of an index."""
        if self.dated:
            self.open(f"for {_name(variable)}, q in {index}.items():")
            self.write("if q >= e: continue")
        else:
            self.open(f"for {_name(variable)} in {index}:")
        self.bind(variable)

    def delta(self, args: Args) -> None:
        """Loop over new rows; constants and repeated variables are compared."""
        names = ["w0", "w1"][: len(args)]
        fresh: list[int] = []
        for place, arg in enumerate(args):
            if arg >= 0 and arg not in fresh:
                names[place] = _name(arg)
                fresh.append(arg)
        self.open(f"for {names[0]} in D[0]:" if len(args) == 1 else f"for {names[0]}, {names[1]} in zip(*D):")
        for name, arg in zip(names, args, strict=True):
            if name != _name(arg):
                self.write(f"if {name} != {_name(arg)}: continue")
        self.bind(*fresh)


class _Finder(_Join):
    """Yields matches."""

    def __init__(self, shape: Shape, steps: tuple[Step, ...], bound: tuple[int, ...]) -> None:
        super().__init__(shape, steps, frozenset(bound), dated=True)
        self.given = bound

    def prologue(self) -> None:
        self.lines.append("def run(T, K, values, G, e):")
        for place, variable in enumerate(self.given):
            self.write(f"v{variable} = G[{place}]")
        super().prologue()

    def leaf(self) -> None:
        self.write(f"yield ({''.join(f'v{number}, ' for number in range(self.shape.variables))})")


class _Forward(_Join):
    """Inserts heads; leaves loops that only look for existence at the first match."""

    def __init__(self, shape: Shape, steps: tuple[Step, ...], buffered: bool) -> None:
        super().__init__(shape, steps, frozenset(), dated=False)
        assert shape.head is not None
        self.head = shape.head
        self.buffered = buffered
        self.hoisted = self.checked = False
        self.loops_at_check = 0

    def prologue(self) -> None:
        self.lines.append("def run(T, K, values, D, H, P, e):")
        super().prologue()
        self.write("hm = H.epochs" if len(self.head) == 1 else "hs = H.by_subject")
        if not self.buffered:
            self.write("add_subject = H.subjects.append")
            if len(self.head) == 2:
                self.write("add_object = H.objects.append")

    def on_bound(self) -> None:
        if not self.hoisted and self.has(self.head[0]):
            self.hoisted = True
            subject = _name(self.head[0])
            if self.shape.guarded:
                self.write(f"if {subject} in values: {self.leave}")
            if len(self.head) == 2:
                self.write(f"h = hs.get({subject}, EMPTY)")
                if self.buffered:
                    self.write(f"p = P.get({subject}, EMPTY)")
        if not self.checked and all(self.has(arg) for arg in self.head):
            self.checked = True
            self.loops_at_check = self.loops
            key = _name(self.head[-1])
            known, pending = ("hm", "P") if len(self.head) == 1 else ("h", "p")
            also = f" or {key} in {pending}" if self.buffered else ""
            self.write(f"if {key} in {known}{also}: {self.leave}")

    def leaf(self) -> None:
        subject, key = _name(self.head[0]), _name(self.head[-1])
        if self.buffered:
            if len(self.head) == 2:
                self.write(f"if p is EMPTY: p = P[{subject}] = {{}}")
            self.write(f"{'P' if len(self.head) == 1 else 'p'}[{key}] = e")
        else:
            self.write(f"add_subject({subject})")
            if len(self.head) == 2:
                self.write(f"add_object({key})")
                self.write(f"if h is EMPTY: h = hs[{subject}] = {{}}")
            self.write(f"{'hm' if len(self.head) == 1 else 'h'}[{key}] = e")
        self.leave_inner_loops()

    def leave_inner_loops(self) -> None:
        """After an insertion, go on with the next candidate of the innermost loop that binds the head."""
        inner = self.loops - self.loops_at_check
        if inner and not self.loops_at_check:
            self.write("return")
            return
        if inner:
            self.write("break")
        for _ in range(inner - 1):
            self.loops -= 1
            self.write("else: continue")
            self.write("break")
