"""Why a fact does not hold: for each rule, the substitution that makes most of its body true, and what is left.

A branch-and-bound search over the atoms of the body.  It starts from what the fact itself binds and goes on through
atoms that share a bound term, so that it never counts an unrelated fact as support; atoms that hang together with
nothing bound may match anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reasoner.closure.clause import Clause
from reasoner.closure.fact_store import FactStore
from reasoner.closure.grouped import FactTable
from reasoner.closure.symbols import TESTS
from reasoner.closure.tables import Members
from reasoner.model.atom import Atom, Fact
from reasoner.model.datatypes import alike, known_value
from reasoner.model.derivation import NearMiss
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal, Term, Variable

#: Bounds: substitutions looked at for one rule and for one fact, and matches of one atom tried.
MAX_NODES, MAX_TOTAL, MAX_MATCHES = 2_000, 10_000, 100

Substitution = dict[Variable, Ground]


def near_misses(store: FactStore, clauses: Iterable[Clause], fact: Fact) -> list[NearMiss]:
    """The best partial match of every rule whose head the fact matches, fewest missing atoms first.

    Rules that do conclude the fact are left out.
    """
    table = store.tables.get((fact.predicate, 1 if fact.object is None else 2))
    rules = {id(clause.rule): clause.rule for clause in clauses if clause.head is table and table is not None}
    bound = [(rule, _unify(head, fact)) for rule in rules.values() for head in rule.head]
    starts = [(rule, start) for rule, start in bound if start is not None]
    found: list[NearMiss] = []
    for rule, start in starts:
        miss = _NearestMiss(store, rule, start, min(MAX_NODES, MAX_TOTAL // len(starts))).best()
        if miss is not None and miss not in found:
            found.append(miss)
    return sorted(found, key=lambda miss: len(miss.missing))


def _unify(head: Atom, fact: Fact) -> Substitution | None:
    ground: tuple[Ground, ...] = (fact.subject,) if fact.object is None else (fact.subject, fact.object)
    if head.predicate != fact.predicate or len(head.args) != len(ground):
        return None
    bindings: Substitution = {}
    for arg, value in zip(head.args, ground, strict=True):
        if not alike(bindings.setdefault(arg, value) if isinstance(arg, Variable) else arg, value):
            return None
    return bindings


def _bound(atom: Atom, bindings: Mapping[Variable, Ground]) -> Atom:
    args: list[Term] = [bindings.get(arg, arg) if isinstance(arg, Variable) else arg for arg in atom.args]
    return Atom(atom.predicate, tuple(args))


class _NearestMiss:
    def __init__(self, store: FactStore, rule: Rule, bindings: Substitution, most: int) -> None:
        self.store = store
        self.rule = rule
        self.body = tuple(dict.fromkeys(rule.body))
        self.start = bindings
        self.left = most
        self.fewest = len(self.body) + 1
        self.found: tuple[Substitution, frozenset[int]] | None = None
        self.free = _unconnected(self.body, bindings)

    def best(self) -> NearMiss | None:
        """The best partial match; None if the whole body matches."""
        self.search(self.start, frozenset(range(len(self.body))), frozenset())
        if self.found is None or not self.fewest:
            return None
        bindings, failed = self.found
        atoms = [_bound(atom, bindings) for atom in self.body]
        holds = [atom for number, atom in enumerate(atoms) if number not in failed and not atom.is_builtin]
        missing = tuple(atoms[number] for number in sorted(failed))
        return NearMiss(self.rule, tuple(_fact(atom) for atom in holds), missing)

    def search(self, bindings: Substitution, left: frozenset[int], failed: frozenset[int]) -> None:
        """Try to make the atoms ``left`` hold, one after the other; each may also be given up."""
        self.left -= 1
        left, failed = self.settle(bindings, left, failed)
        if len(failed) >= self.fewest or (self.left < 0 and self.found):
            return
        chosen = self.choose(bindings, left)
        if chosen is None:
            failed = failed | left
            if len(failed) < self.fewest:
                self.fewest, self.found = len(failed), (bindings, failed)
            return
        atom, matches = chosen
        for match in matches:
            self.search({**bindings, **match}, left - {atom}, failed)
        self.search(bindings, left - {atom}, failed | {atom})

    def settle(
        self, bindings: Substitution, left: frozenset[int], failed: frozenset[int]
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Decide the atoms whose variables are all bound."""
        for number in sorted(left):
            atom = _bound(self.body[number], bindings)
            if not atom.variables:
                left = left - {number}
                if not self.holds(atom):
                    failed = failed | {number}
        return left, failed

    def holds(self, atom: Atom) -> bool:
        """Whether a ground atom holds."""
        if atom.is_builtin:
            return TESTS[atom.predicate](*(known_value(arg) if isinstance(arg, Literal) else None for arg in atom.args))
        numbers = tuple(self.store.symbols.find(arg) for arg in atom.args if not isinstance(arg, Variable))
        table = self.store.tables.get((atom.predicate, len(numbers)))
        return table is not None and table.epoch(numbers) >= 0

    def choose(self, bindings: Substitution, left: Iterable[int]) -> tuple[int, list[Substitution]] | None:
        """The atom to try next, with its matches: the one with the fewest, those with a bound term first."""
        best: tuple[tuple[bool, bool, int], int, list[Substitution]] | None = None
        for number in sorted(left):
            atom = _bound(self.body[number], bindings)
            anchored = len(atom.variables) < len(atom.args)
            if atom.is_builtin or not (anchored or number in self.free):
                continue
            matches = list(self.matches(atom))
            key = (not anchored, not matches, len(matches))
            if best is None or key < best[0]:
                best = (key, number, matches)
        return None if best is None else (best[1], best[2])

    def matches(self, atom: Atom) -> Iterator[Substitution]:
        """Bindings of the variables of an atom to facts that hold, at most ``MAX_MATCHES``."""
        table = self.store.tables.get((atom.predicate, len(atom.args)))
        terms = self.store.symbols.terms
        count = 0
        for row in () if table is None else self.rows(table, atom.args):
            binding: Substitution = {}
            for arg, number in zip(atom.args, row, strict=True):
                value = terms[number]
                if not alike(binding.setdefault(arg, value) if isinstance(arg, Variable) else arg, value):
                    break
            else:
                yield binding
                count += 1
                if count == MAX_MATCHES:
                    return

    def rows(self, table: FactTable, args: Sequence[Term]) -> Iterable[tuple[int, ...]]:
        """The rows of a table that may match."""
        if isinstance(table, Members):
            return table.rows()
        subject, object_ = args
        if not isinstance(subject, Variable):
            number = self.store.symbols.find(subject)
            return [(number, other) for other in table.by_subject.get(number, ())]
        if not isinstance(object_, Variable):
            table.index_objects(len(table))
            number = self.store.symbols.find(object_)
            return [(other, number) for other in table.by_object.get(number, ())]
        return table.rows()


def _unconnected(body: Sequence[Atom], bindings: Mapping[Variable, Ground]) -> frozenset[int]:
    """The atoms that no chain of shared variables ties to a bound term or constant."""
    reached = set(bindings)
    tied: set[int] = set()
    grew = True
    while grew:
        grew = False
        for number, atom in enumerate(body):
            constants = any(not isinstance(arg, Variable) for arg in atom.args)
            if number not in tied and not atom.is_builtin and (constants or atom.variables & reached):
                tied.add(number)
                reached |= atom.variables
                grew = True
    return frozenset(range(len(body))) - tied


def _fact(atom: Atom) -> Fact:
    subject, *rest = atom.args
    assert not isinstance(subject, Variable) and not any(isinstance(arg, Variable) for arg in rest)
    return Fact(atom.predicate, str(subject), *[arg for arg in rest if not isinstance(arg, Variable)])
