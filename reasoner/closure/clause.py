"""Clauses: a rule with one of its head atoms, its names resolved to tables and numbers, ready to be evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.closure.compile_rules import ClauseShape, finder, forward
from reasoner.closure.fact_store import FactStore, Instance, StoredFact
from reasoner.closure.grouped import FactTable
from reasoner.closure.join_order import Args, JoinStep, join_order
from reasoner.errors import RuleError
from reasoner.model.atom import Atom
from reasoner.model.rule import MAX_VARIABLES, Rule
from reasoner.model.term import Ground, Variable

#: An epoch above all others.
ALWAYS = 1 << 62


class Clause:
    """One head atom (or none: a constraint or query) with the body that concludes it.

    ``marks[i]`` is how many rows of body atom i's table have been read; the clause has nothing to do while the tables
    hold no more.  ``rank`` orders evaluation: the heads' tables in the order in which rules feed each other.
    """

    __slots__ = (
        "_orders",
        "atoms",
        "body",
        "constants",
        "head",
        "marks",
        "number",
        "queued",
        "rank",
        "rule",
        "shape",
        "tally",
        "variables",
    )

    def __init__(self, rule: Rule, head: Atom | None, store: FactStore) -> None:
        numbering = _Numbering(store)
        self.rule = rule
        self.tally = store.meter.tally(rule)
        self.atoms = tuple(dict.fromkeys(atom for atom in rule.body if not atom.is_builtin))
        body = tuple(numbering.args(atom) for atom in self.atoms)
        self.variables = tuple(numbering.variables)
        tests = dict.fromkeys((atom.predicate, *numbering.args(atom, 2)) for atom in rule.body if atom.is_builtin)
        head_args = None if head is None else numbering.args(head)
        _check_safety(rule, numbering.variables, len(self.variables))
        self.constants = tuple(numbering.constants)
        self.body: tuple[FactTable, ...] = tuple(store.table(atom.predicate, len(atom.args)) for atom in self.atoms)
        self.head = None if head is None else store.table(head.predicate, len(head.args))
        guarded = head_args is not None and _may_be_literal(head_args[0], body, self.constants, store)
        self.shape = ClauseShape(
            head_args,
            body,
            tuple((test, left, right) for test, left, right in tests),  # type: ignore[misc]
            len(self.constants),
            len(self.variables),
            guarded,
        )
        self.marks = [0] * len(body)
        self.number = self.rank = 0
        self.queued = False
        self._orders: dict[tuple[str, int | tuple[int, ...]], tuple[JoinStep, ...]] = {}

    @property
    def extent(self) -> int:
        """What grows where an evaluation has brought anything: the rows of the head."""
        return 0 if self.head is None else len(self.head)

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Add to the head what follows from the rows that came since the last evaluation."""
        sizes = [len(table) for table in self.body]
        marks, self.marks = self.marks, sizes
        fresh = [atom for atom, size in enumerate(sizes) if size > marks[atom]]
        if 0 in sizes:
            return
        pending: dict[int, int] | dict[int, dict[int, int]] = {}
        if not self.body or any(not marks[atom] for atom in fresh) or _is_mostly_new(fresh, marks, sizes):
            self._run(store, epoch, self._order(store, "full", 0), pending)
        else:
            for atom in reversed(fresh):
                # Atoms before this one need only their old rows: what is new in both is found from the earlier one.
                self._run(store, epoch, self._order(store, "delta", atom), pending, atom, marks)
        if pending and self.head is not None:
            self.head.merge(pending)  # type: ignore[arg-type]

    def matches(
        self, store: FactStore, given: Sequence[tuple[int, int]] = (), before: int = ALWAYS, *, one: bool = False
    ) -> Iterator[tuple[int, ...]]:
        """The values of all variables for every match of the body on facts of epochs below ``before``, or for ``one``.

        ``given`` are (variable, value) pairs.  The store must not change while the matches are read.  Raises
        :class:`~reasoner.errors.BudgetError` where that takes more bindings than the meter allows.
        """
        given = sorted(given)
        bound = tuple(variable for variable, _ in given)
        steps = self._order(store, "given", bound)
        join = finder(self.shape, steps, bound, one, store.meter.counting)
        self._index(join.by_object, [len(table) for table in self.body])
        found: Iterator[tuple[int, ...]] = join.run(
            self.body, self.constants, store.symbols.values, [value for _, value in given], before, self.tally
        )
        return found

    def unify(self, row: tuple[int, ...]) -> list[tuple[int, int]] | None:
        """The values of head variables under which the head is ``row``, or None."""
        if self.shape.head is None:
            return None
        given: dict[int, int] = {}
        for arg, value in zip(self.shape.head, row, strict=True):
            if (self.constants[~arg] if arg < 0 else given.setdefault(arg, value)) != value:
                return None
        return list(given.items())

    def premises(self, values: Sequence[int]) -> tuple[StoredFact, ...]:
        """The facts that the body is under values of all variables."""
        return tuple(
            (table, tuple(self.constants[~arg] if arg < 0 else values[arg] for arg in args))
            for table, args in zip(self.body, self.shape.body, strict=True)
        )

    def instance(self, store: FactStore, stored: StoredFact) -> Instance:
        """One way in which a row that this clause brought was concluded, from facts of smaller epochs."""
        given = self.unify(stored[1])
        assert given is not None, "the clause of a fact concludes it"
        return self.rule, self.premises(next(self.matches(store, given, before=stored[0].epoch(stored[1]), one=True)))

    def drop(self) -> None:
        """Be in force no more; called when the clause is taken away."""

    def _order(self, store: FactStore, kind: str, key: int | tuple[int, ...]) -> tuple[JoinStep, ...]:
        steps = self._orders.get((kind, key))
        if steps is None:
            bound = frozenset(key) if isinstance(key, tuple) else frozenset()
            delta = key if kind == "delta" and isinstance(key, int) else None
            steps = join_order(self.shape.body, self.body, bound, len(store.symbols), delta, self.shape.lasting)
            self._orders[kind, key] = steps
        return steps

    def _index(self, atoms: Iterable[int], upto: Sequence[int]) -> None:
        for atom in atoms:
            self.body[atom].index_objects(upto[atom])

    def _run(
        self,
        store: FactStore,
        epoch: int,
        steps: tuple[JoinStep, ...],
        pending: object,
        delta: int | None = None,
        marks: Sequence[int] = (),
    ) -> None:
        sizes = self.marks
        columns: tuple[Iterable[int], ...] = ()
        fresh = 0
        upto: Sequence[int] = sizes
        if delta is not None:
            upto = [marks[atom] if atom < delta else size for atom, size in enumerate(sizes)]
            columns = self.body[delta].columns(marks[delta], sizes[delta])
            fresh = sizes[delta] - marks[delta]
        join = forward(self.shape, steps, self.head in self.body, store.meter.counting)
        self._index(join.by_object, upto)
        if join.reads_head and self.head is not None:
            self.head.index_objects(len(self.head))
        join.run(self.body, self.constants, store.symbols.values, columns, fresh, self.head, pending, epoch, self.tally)


def _is_mostly_new(fresh: Sequence[int], marks: Sequence[int], sizes: Sequence[int]) -> bool:
    """Whether to go through everything again costs less than a run for each atom with new rows.

    That is so only for the long bodies whose joins remember what they went through: no run of theirs goes over more.
    """
    return len(fresh) > 2 and sum(1 - marks[atom] / sizes[atom] for atom in fresh) > 1


class _Numbering:
    """Numbers for the variables and constants of one clause."""

    def __init__(self, store: FactStore) -> None:
        self.store = store
        self.variables: dict[Variable, int] = {}
        self.constants: dict[int, int] = {}

    def args(self, atom: Atom, arity: int | None = None) -> Args:
        """The arguments of an atom as numbers."""
        if len(atom.args) != (arity or max(1, min(2, len(atom.args)))):
            raise RuleError(f"{atom} has {len(atom.args)} arguments", code="E208", hint="atoms have one or two")
        return tuple(self._arg(arg) for arg in atom.args)

    def _arg(self, term: Ground | Variable) -> int:
        if isinstance(term, Variable):
            return self.variables.setdefault(term, len(self.variables))
        symbol = self.store.symbols.intern(term)
        return ~self.constants.setdefault(symbol, len(self.constants))


def _check_safety(rule: Rule, variables: dict[Variable, int], bound: int) -> None:
    """Refuse a clause with a variable that no atom of its body binds, or with more variables than loops may nest."""
    unbound = [str(variable) for variable, number in variables.items() if number >= bound]
    if unbound:
        raise RuleError(
            f"rule {rule.id}: {', '.join(unbound)} is bound by no atom of the body",
            code="E205",
            hint="every variable needs a class or property atom in the body",
            span=rule.span,
        )
    if bound > MAX_VARIABLES:
        raise RuleError(
            f"rule {rule.id} has {bound} variables; {MAX_VARIABLES} is the most",
            code="E211",
            hint="split the rule",
            span=rule.span,
        )


def _may_be_literal(arg: int, body: Iterable[Args], constants: Sequence[int], store: FactStore) -> bool:
    """Whether the subject of a head may be bound to a literal: nothing in the body uses it as a subject."""
    if arg < 0:
        return constants[~arg] in store.symbols.values
    return all(args[0] != arg for args in body)


def clauses_of(rule: Rule, store: FactStore) -> list[Clause]:
    """The clauses of a rule: one for each different head atom, one without a head for a constraint."""
    heads: list[Atom | None] = list(dict.fromkeys(rule.head)) or [None]
    return [Clause(rule, head, store) for head in heads]
