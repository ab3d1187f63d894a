"""Python source for joins: nested loops over the indexes of the tables, compiled once per shape.

The text that is compiled is made of fixed words and of numbers only: tables and constants arrive as arguments, so no
text of a user reaches the compiler, and clauses that differ only in names share one function.  Names in the source:
``v0`` a variable, ``k0`` a constant, ``m0`` the epochs of the members of body atom 0, ``s0`` and ``o0`` its index by
subject and by object, ``d0`` the objects of its bound subject, ``c0`` the subjects of its bound object, ``t0`` a test
of two values; ``n`` the bindings so far (where they are not counted, how often it came to where it may remember), ``b``
how many there may be before the meter is asked; behind loop 0, ``r0`` what was gone through, ``a0`` how often it came
again, ``u0`` how much is noted before that is reviewed, ``f0`` from when on it is noted.

A variable that nothing ahead speaks of is dead: whatever is joined to it comes to the same for each of its values.
Once a run has made :data:`REMEMBER_AFTER` bindings, the values of the live variables are remembered behind each loop
after which a variable is dead, and not gone through again.  So a chain or a tree of atoms costs what its links cost,
not the number of its paths.  Where the same values hardly ever come again, that is given up for a while, if the body is
not long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from reasoner.closure.join_order import BY_OBJECT, DELTA, LONG, SCAN, Args, JoinStep
from reasoner.closure.symbols import TESTS

#: Bindings of one run after which it remembers; most runs are over before.
REMEMBER_AFTER = 1_000
#: Values that are remembered behind one loop before it is reviewed whether that pays, and before they are forgotten.
TRIAL, MOST_REMEMBERED = 1 << 12, 1 << 18
#: It pays where at least one in so many came again; else it is tried again after so many times the bindings so far.
_PAYS, _PAUSE = 8, 8
#: What the tests are called in the source.
_TEST_NAMES = {test: f"t{number}" for number, test in enumerate(TESTS)}


@dataclass(frozen=True, slots=True)
class ClauseShape:
    """A clause without names: the arguments of its head (None for a query), body atoms and comparisons.

    ``guarded``: the subject of the head may be bound to a literal, which derives nothing.
    """

    head: Args | None
    body: tuple[Args, ...]
    tests: tuple[tuple[str, int, int], ...]
    constants: int
    variables: int
    guarded: bool = False

    @property
    def lasting(self) -> frozenset[int]:
        """The variables of the head, and of comparisons."""
        args = (*(self.head or ()), *(arg for test in self.tests for arg in test[1:]))
        return frozenset(arg for arg in args if arg >= 0)


class Join(NamedTuple):
    """A compiled join, the body atoms whose indexes by object it reads, and whether it reads that of the head."""

    run: Callable[..., Any]
    by_object: tuple[int, ...]
    reads_head: bool


@lru_cache(maxsize=4096)
def forward(shape: ClauseShape, steps: tuple[JoinStep, ...], buffered: bool, counted: bool) -> Join:
    """``run(tables, constants, values, delta, size, head, pending, epoch, meter)`` adds to ``head`` what follows.

    ``delta`` is a pair of columns for a DELTA step, ``size`` their length.  ``buffered``: new rows go to ``pending``
    instead, because the clause reads the table that it fills.  ``counted``: bindings are counted, which costs a fifth
    of the time.
    """
    return _compiled(_Forward(shape, steps, buffered, counted))


@lru_cache(maxsize=4096)
def finder(shape: ClauseShape, steps: tuple[JoinStep, ...], bound: tuple[int, ...], one: bool, counted: bool) -> Join:
    """``run(tables, constants, values, given, epoch, meter)`` yields the values of all variables for each match.

    ``given`` are the values of the variables ``bound``; only facts of epochs below ``epoch`` count.  ``one``: there is
    no match but the first.
    """
    return _compiled(_Finder(shape, steps, bound, one, counted))


def review(seen: set[tuple[int, ...]], again: int, bindings: int) -> tuple[int, int, int]:
    """Whether to go on remembering: how often it paid from now on, when to review that again, and from when on."""
    if again * _PAYS < len(seen):
        seen.clear()
        return 0, TRIAL, _PAUSE * bindings
    if len(seen) >= MOST_REMEMBERED:
        seen.clear()
    return 0, max(TRIAL, 2 * len(seen)), 0


def _compiled(join: _JoinWriter) -> Join:
    scope: dict[str, Any] = {"EMPTY": {}, "review": review}
    scope |= {_TEST_NAMES[test]: holds for test, holds in TESTS.items()}
    exec(compile(join.source(), "<clause>", "exec"), scope)
    return Join(scope["run"], tuple(sorted(join.by_object)), join.reads_head)


def _name(arg: int) -> str:
    return f"v{arg}" if arg >= 0 else f"k{~arg}"


class _JoinWriter:
    """Writes the loops and checks of a body; what happens at a match is for the subclasses."""

    signature: str
    reads_head = False

    def __init__(
        self, shape: ClauseShape, steps: tuple[JoinStep, ...], bound: frozenset[int], *, dated: bool, counted: bool
    ) -> None:
        self.shape = shape
        self.steps = steps
        self.bound = bound
        self.dated = dated
        self.counted = counted
        self.loops = 0
        self.depth = 1
        self.lines: list[str] = []
        self.atoms = list(range(len(shape.body)))
        self.tests = list(shape.tests)
        self.fetched: set[int] = set()
        self.dead: frozenset[int] = frozenset()
        self.by_object = {step.atom for step in steps if step.access == BY_OBJECT}

    def source(self) -> str:
        """The whole function."""
        self.lines.append(self.signature)
        self.prologue()
        self.write("n = 0")
        if self.counted:
            self.lines += [" b = M.before_look()", " try:"]
            self.depth = 2
        self.flush()
        for step in self.steps:
            self.loop(step)
        self.leaf()
        if self.counted:
            self.lines += [" finally:", "  M.add(n)"]
        return "\n".join(self.lines)

    def prologue(self) -> None:
        """The first lines: arguments to local names."""
        for number in range(self.shape.constants):
            self.write(f"k{number} = K[{number}]")
        for atom, args in enumerate(self.shape.body):
            if len(args) == 1:
                self.write(f"m{atom} = T[{atom}].epochs")
                continue
            self.write(f"s{atom} = T[{atom}].by_subject")
            if atom in self.by_object:
                self.write(f"o{atom} = T[{atom}].by_object")

    def leaf(self) -> None:
        """What happens at a match."""
        raise NotImplementedError

    def on_bound(self) -> None:
        """Called whenever variables got values."""

    def write(self, line: str) -> None:
        """Add a line at the present depth of loops."""
        self.lines.append(" " * (self.loops + self.depth) + line)

    def open(self, line: str) -> None:
        """Begin a loop over facts that fit an atom; what is written next runs once for each of them."""
        self.write(line)
        self.loops += 1

    @property
    def leave(self) -> str:
        """The statement that gives up the present candidate."""
        return "continue" if self.loops else "return"

    @property
    def brief(self) -> bool:
        """Whether the loops from here on may be left before their end."""
        raise NotImplementedError

    @property
    def wanted(self) -> frozenset[int]:
        """The variables whose values make matches differ."""
        raise NotImplementedError

    def over(self, variables: str, rows: str, number: str = "") -> None:
        """Open a loop; ``number`` (default: the length of the rows) is how many bindings it makes."""
        brief = self.brief
        if self.counted and not brief:
            self.count(number or f"len({rows})")
        self.open(f"for {variables} in {rows}:")
        if self.counted and brief:
            self.count("1")

    def count(self, bindings: str) -> None:
        """Count bindings, and ask the meter when there are many."""
        self.write(f"if (n := n + {bindings}) > b: b = M.look(n)")

    def remember(self) -> None:
        """Go on only where the values of the live variables are new, if a variable has died here."""
        args = [self.shape.body[atom] for atom in self.atoms] + [test[1:] for test in self.tests]
        live = self.bound & self.wanted.union(*args)
        dead = self.bound - live
        if not self.atoms or dead <= self.dead:
            return
        self.dead = dead
        if not self.counted:
            self.write("n += 1")
        at, key = self.loops, "".join(f"v{number}, " for number in sorted(live))
        if self.shape.variables >= LONG:
            self.lines.insert(1, f" r{at} = set()")
            self.write(f"if n > {REMEMBER_AFTER}:")
            self.write(f" k = ({key})")
            self.write(f" if k in r{at}: {self.leave}")
            self.write(f" if len(r{at}) >= {MOST_REMEMBERED}: r{at}.clear()")
            self.write(f" r{at}.add(k)")
            return
        self.lines.insert(1, f" r{at}, a{at}, u{at}, f{at} = set(), 0, {TRIAL}, {REMEMBER_AFTER}")
        self.write(f"if n > f{at}:")
        self.write(f" k = ({key})")
        self.write(f" if k in r{at}:")
        self.write(f"  a{at} += 1")
        self.write(f"  {self.leave}")
        self.write(f" r{at}.add(k)")
        self.write(f" if len(r{at}) >= u{at}: a{at}, u{at}, f{at} = review(r{at}, a{at}, n)")

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

    def loop(self, step: JoinStep) -> None:
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
            self.write(f"c{step.atom} = o{step.atom}.get({_name(args[1])}, ())")
            self.over(_name(args[0]), f"c{step.atom}")
            if self.dated:
                self.write(f"if s{step.atom}[{_name(args[0])}][{_name(args[1])}] >= e: continue")
            self.bind(args[0])
        else:
            self.over_objects(step.atom, args[1])
        self.remember()

    def scan(self, atom: int, args: Args) -> None:
        """Loop over all rows of a table."""
        if len(args) == 1:
            self.atoms.remove(atom)
            self.over_keys(f"m{atom}", args[0])
            return
        self.fetched.add(atom)
        self.over(f"{_name(args[0])}, d{atom}", f"s{atom}.items()", f"len(s{atom})")
        self.bind(args[0])
        if atom in self.atoms:
            self.over_objects(atom, args[1])

    def over_objects(self, atom: int, variable: int) -> None:
        """Loop over the objects of a bound subject."""
        self.atoms.remove(atom)
        self.over_keys(f"d{atom}", variable)

    def over_keys(self, index: str, variable: int) -> None:
        """Loop over the keys of an index."""
        if self.dated:
            self.over(f"{_name(variable)}, q", f"{index}.items()", f"len({index})")
            self.write("if q >= e: continue")
        else:
            self.over(_name(variable), index)
        self.bind(variable)

    def delta(self, args: Args) -> None:
        """Loop over new rows; constants and repeated variables are compared."""
        names = ["w0", "w1"][: len(args)]
        fresh: list[int] = []
        for place, arg in enumerate(args):
            if arg >= 0 and arg not in fresh:
                names[place] = _name(arg)
                fresh.append(arg)
        self.over(", ".join(names), "D[0]" if len(args) == 1 else "zip(*D)", "S")
        for name, arg in zip(names, args, strict=True):
            if name != _name(arg):
                self.write(f"if {name} != {_name(arg)}: continue")
        self.bind(*fresh)


class _Finder(_JoinWriter):
    """Yields matches, all of them or one."""

    signature = "def run(T, K, values, G, e, M):"

    def __init__(
        self, shape: ClauseShape, steps: tuple[JoinStep, ...], bound: tuple[int, ...], one: bool, counted: bool
    ) -> None:
        super().__init__(shape, steps, frozenset(bound), dated=True, counted=counted)
        self.given = bound
        self.one = one

    def prologue(self) -> None:
        for place, variable in enumerate(self.given):
            self.write(f"v{variable} = G[{place}]")
        super().prologue()

    @property
    def brief(self) -> bool:
        return self.one

    @property
    def wanted(self) -> frozenset[int]:
        return frozenset() if self.one else frozenset(range(self.shape.variables))

    def leaf(self) -> None:
        self.write(f"yield ({''.join(f'v{number}, ' for number in range(self.shape.variables))})")


class _Forward(_JoinWriter):
    """Inserts heads; leaves loops that only look for existence at the first match."""

    signature = "def run(T, K, values, D, S, H, P, e, M):"

    def __init__(self, shape: ClauseShape, steps: tuple[JoinStep, ...], buffered: bool, counted: bool) -> None:
        super().__init__(shape, steps, frozenset(), dated=False, counted=counted)
        assert shape.head is not None
        self.head = shape.head
        self.buffered = buffered
        self.hoisted = self.checked = False
        self.loops_at_check = 0
        self.ends = self._ends() if buffered and len(steps) > 2 and len(self.head) == 2 else ()
        self.reads_head = bool(self.ends)

    def _ends(self) -> tuple[str, ...]:
        """For subject and object of the head, the index whose keys are everything that it can be.

        A long body that feeds itself is often gone through when all of that is known already, from one end or the
        other: then there is nothing to look for.
        """
        found = []
        for end in self.head:
            atom, args = next(((atom, args) for atom, args in enumerate(self.shape.body) if end in args), (-1, ()))
            if end < 0 or atom < 0:
                return ()
            if args[0] != end:
                self.by_object.add(atom)
            found.append(f"o{atom}" if args[0] != end else f"m{atom}" if len(args) == 1 else f"s{atom}")
        return tuple(found)

    def prologue(self) -> None:
        super().prologue()
        self.write("hm = H.epochs" if len(self.head) == 1 else "hs = H.by_subject")
        if not self.buffered:
            self.write("add_subject = H.subjects.append")
            if len(self.head) == 2:
                self.write("add_object = H.objects.append")

    @property
    def brief(self) -> bool:
        return self.checked

    @property
    def wanted(self) -> frozenset[int]:
        return frozenset(arg for arg in self.head if arg >= 0)

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
                if self.ends:
                    self.write(f"if {self.ends[1]}.keys() <= h.keys(): {self.leave}")
        if self.ends and not self.hoisted and self.has(self.head[1]):
            subjects = self.ends[0]
            self.ends = ()
            self.write(f"g = H.by_object.get({_name(self.head[1])}, ())")
            self.write(f"if len(g) >= len({subjects}) and {subjects}.keys() <= set(g): {self.leave}")
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
