"""Rules about identity, which are evaluated on groups as wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reasoner.closure import clause
from reasoner.closure.clause import ALWAYS, Clause
from reasoner.closure.equalities import Equalities, Union
from reasoner.closure.fact_store import FactStore, Instance, StoredFact
from reasoner.closure.grouped import Differences, FactTable, Row
from reasoner.closure.tables import Members
from reasoner.model.atom import DIFFERENT, SAME, Atom
from reasoner.model.rule import Rule
from reasoner.model.term import Term, Variable

#: OWL has no unique names: only stated differences count, and each holds both ways.
DIFFERENCE_IS_SYMMETRIC = Rule(
    id="eq-diff-sym",
    body=(Atom(DIFFERENT, (Variable("x"), Variable("y"))),),
    head=(Atom(DIFFERENT, (Variable("y"), Variable("x"))),),
    label="what differs from something differs both ways",
    because="{x} differs from {y}",
    origin="owl:differentFrom",
)


class Mirror(Clause):
    """That a difference goes both ways: a group is turned round as a whole."""

    __slots__ = ()

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Add what is new the other way round."""
        table, start = self.body[0], self.marks[0]
        assert isinstance(table, Differences)
        if not table.blocks_from(start):
            super().evaluate(store, epoch)
            return
        self.marks = [len(table)]
        blocks = [block for block in table.blocks_from(start) if block.forward]
        for subject, object_ in table.stated_from(start):
            if object_ not in store.symbols.values and (object_, subject) not in table.kept_out:
                table.add((object_, subject), epoch)
        for block in blocks:
            table.mirror(block, epoch)


class Symmetry(Clause):
    """That equality goes both ways: in a class it does."""

    __slots__ = ()

    def __init__(self, rule: Rule, head: Atom, store: FactStore) -> None:
        super().__init__(rule, head, store)
        _equalities(self.body[0]).symmetry = rule

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Nothing, where classes are formed: :class:`Transitivity` does it."""
        if not _equalities(self.body[0]).is_closing:
            super().evaluate(store, epoch)

    def drop(self) -> None:
        """Be in force no more."""
        _equalities(self.body[0]).symmetry = None


class Transitivity(Clause):
    """That what equals the same is equal: links join classes."""

    __slots__ = ()

    def __init__(self, rule: Rule, head: Atom, store: FactStore) -> None:
        super().__init__(rule, head, store)
        _equalities(self.body[0]).transitivity = rule

    @property
    def extent(self) -> int:
        """The rows and the unions: where links state every row of a class, the class is all that is new."""
        table = _equalities(self.body[0])
        return len(table) + len(table.blocks)

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Join the classes of the links that are new; a value is in no class."""
        table = _equalities(self.body[0])
        if not table.is_closing:
            super().evaluate(store, epoch)
            return
        for link in table.unjoined():
            if link[1] not in store.symbols.values:
                table.join(link, epoch)
        self.marks = [len(table)] * 2

    def instance(self, store: FactStore, stored: StoredFact) -> Instance:
        """One way in which the rules of equality conclude a row of a class."""
        table, row = stored
        if not _equalities(table).is_closing:
            return super().instance(store, stored)
        rule, premises = _equalities(table).reasons(row)
        return rule, tuple((table, premise) for premise in premises)

    def drop(self) -> None:
        """Be in force no more."""
        _equalities(self.body[0]).transitivity = None


class Replacement(Clause):
    """That what holds of something holds of all that equals it, at one place of one predicate."""

    __slots__ = ("place",)

    def __init__(self, rule: Rule, head: Atom, store: FactStore) -> None:
        super().__init__(rule, head, store)
        self.place = next(place for place, arg in enumerate(head.args) if arg != rule.body[1].args[place])

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Add the rows of each class that has a new row or is new."""
        same, table = _equalities(self.body[0]), self.body[1]
        if not same.is_closing:
            super().evaluate(store, epoch)
            return
        marks, self.marks = self.marks, [len(same), len(table)]
        wanted: dict[tuple[int, Row], None] = {}
        for row in (*self._fresh(same, table, marks[1]), *self._joined(same, table, marks[0])):
            member = row[self.place]
            if member in same.members:
                wanted[same.root(member), row[: self.place] + row[self.place + 1 :]] = None
        bindings, limit = 0, self.tally.before_look()
        for root, rest in wanted:
            members = same.of_root(root)
            bindings += len(members)
            if bindings > limit:
                limit = self.tally.look(bindings)
            for member in members:
                table.add((*rest[: self.place], member, *rest[self.place :]), epoch)
        self.tally.add(bindings)

    def _fresh(self, same: Equalities, table: FactTable, start: int) -> Iterable[Row]:
        """The rows of the table that are new, as far as they can be about members."""
        if isinstance(table, Differences) and table.blocks_from(start):
            return self._about(table, same.members)
        return zip(*table.columns(start, len(table)), strict=True)

    def _joined(self, same: Equalities, table: FactTable, start: int) -> Iterable[Row]:
        """The rows about the members of classes that have grown."""
        roots = {same.root(block.roots[0]) for block in same.blocks_from(start) if isinstance(block, Union)}
        return self._about(table, [member for root in sorted(roots) for member in same.of_root(root)])

    def _about(self, table: FactTable, members: Iterable[int]) -> Iterator[Row]:
        if isinstance(table, Members):
            yield from ((member,) for member in members if member in table.epochs)
            return
        if self.place:
            table.index_objects(len(table))
        for member in list(members):
            if self.place:
                yield from ((subject, member) for subject in list(table.by_object.get(member, ())))
            else:
                yield from ((member, object_) for object_ in list(table.by_subject.get(member, ())))


class Clash(Clause):
    """That nothing is both the same and different: looked for class by class."""

    __slots__ = ()

    def matches(
        self, store: FactStore, given: Sequence[tuple[int, int]] = (), before: int = ALWAYS, *, one: bool = False
    ) -> Iterator[tuple[int, ...]]:
        """The two, where they are one."""
        same, different = self.body
        if given or before != ALWAYS or not _equalities(same).is_closing or not isinstance(different, Differences):
            return super().matches(store, given, before, one=one)
        return self._clashes(_equalities(same), different)

    def _clashes(self, same: Equalities, different: Differences) -> Iterator[Row]:
        yield from (row for row in different.singles.rows() if same.epoch(row) >= 0)
        for block in different.blocks:
            classes: dict[int, list[int]] = defaultdict(list)
            for member in block.members:
                if member in same.members:
                    classes[same.root(member)].append(member)
            for members in classes.values():
                rows = ((subject, object_) for subject in members for object_ in members)
                yield from (row for row in rows if block.holds(*row) and block.is_own(*row))


def _equalities(table: FactTable) -> Equalities:
    assert isinstance(table, Equalities)
    return table


def clauses_of(rule: Rule, store: FactStore) -> list[Clause]:
    """The clauses of a rule: one for each different head atom, one without a head for a constraint."""
    if rule is DIFFERENCE_IS_SYMMETRIC:
        return [Mirror(rule, rule.head[0], store)]
    kind = _kind(rule)
    if kind is Clash:
        return [Clash(rule, None, store)]
    return clause.clauses_of(rule, store) if kind is None else [kind(rule, rule.head[0], store)]


def _kind(rule: Rule) -> type[Symmetry | Transitivity | Replacement | Clash] | None:
    """What a rule says of equality, by its form; None for any other rule."""
    if not rule.body or rule.body[0].predicate != SAME or len(rule.head) > 1 or not _is_plain(rule):
        return None
    (x, y), rest = rule.body[0].args, rule.body[1:]
    if not rule.head:
        return Clash if [(atom.predicate, atom.args) for atom in rest] == [(DIFFERENT, (x, y))] else None
    head = rule.head[0]
    if head.predicate == SAME:
        if not rest and head.args == (y, x):
            return Symmetry
        chained = len(rest) == 1 and rest[0].predicate == SAME and rest[0].args[0] == y
        return Transitivity if chained and head.args == (x, rest[0].args[1]) and x != rest[0].args[1] else None
    return Replacement if len(rest) == 1 and _replaces(rest[0], head, x, y) else None


def _is_plain(rule: Rule) -> bool:
    """Whether atoms hold different variables only."""
    atoms = (*rule.body, *rule.head)
    return all(len(atom.variables) == len(atom.args) and not atom.is_builtin for atom in atoms)


def _replaces(atom: Atom, head: Atom, x: Term, y: Term) -> bool:
    """Whether a head says of y what an atom says of x, and nothing else."""
    if atom.predicate != head.predicate or len(atom.args) != len(head.args) or y in atom.args:
        return False
    changed = [(old, new) for old, new in zip(atom.args, head.args, strict=True) if old != new]
    return changed == [(x, y)]
