"""Why a fact holds: one derivation from the epochs, every firing, all minimal sets of asserted facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasoner.closure.clause import Clause
from reasoner.closure.fact_store import FactStore, Instance, Producer, StoredFact
from reasoner.closure.justify import minimal_supports
from reasoner.errors import LimitError
from reasoner.model.atom import Fact
from reasoner.model.derivation import INCONSISTENT, Derivation, Firing

#: The most rule instances that a search for justifications looks through.
MAX_INSTANCES = 200_000


def derivation(
    store: FactStore, stored: StoredFact, known: dict[StoredFact, Derivation] | None = None
) -> Derivation | None:
    """One derivation of a fact, None if it does not hold.

    The clause that brought a fact is known from its epoch; one match of its body on facts of smaller epochs is looked
    for, and so on down, so that nothing has to be stored while saturating.
    """
    if stored[0].epoch(stored[1]) < 0:
        return None
    known = {} if known is None else known
    instances: dict[StoredFact, Instance] = {}
    stack = [stored]
    while stack:
        top = stack[-1]
        if top in known:
            stack.pop()
        elif store.is_asserted(top):
            known[top] = Derivation(store.fact(top))
        else:
            if top not in instances:
                instances[top] = _origin(store, top).instance(store, top)
            rule, premises = instances[top]
            missing = [premise for premise in premises if premise not in known]
            if missing:
                stack.extend(reversed(missing))
            else:
                steps = tuple(known[premise] for premise in premises)
                known[top] = Derivation(store.fact(top), rule, steps)
    return known[stored]


def _origin(store: FactStore, stored: StoredFact) -> Producer:
    origin = store.origins[stored[0].epoch(stored[1])]
    assert origin is not None, "a derived fact has a clause"
    return origin


def firings(store: FactStore, clauses: Iterable[Clause], stored: StoredFact) -> list[Firing]:
    """Every rule instance whose conclusion is the fact."""
    return [
        Firing(clause.rule, tuple(store.fact(premise) for premise in premises))
        for clause, premises in _instances(store, _concluding(clauses, stored), stored)
    ]


def _concluding(clauses: Iterable[Clause], stored: StoredFact) -> list[Clause]:
    return [clause for clause in clauses if clause.head is stored[0]]


def _instances(
    store: FactStore, clauses: Iterable[Clause], stored: StoredFact
) -> Iterable[tuple[Clause, tuple[StoredFact, ...]]]:
    for clause in clauses:
        given = clause.unify(stored[1])
        if given is not None:
            for values in clause.matches(store, given):
                yield clause, clause.premises(values)


def inconsistencies(store: FactStore, clauses: Iterable[Clause]) -> list[Derivation]:
    """The matches of constraints, which are clauses without a head; matches on the same facts count once."""
    known: dict[StoredFact, Derivation] = {}
    found: list[Derivation] = []
    for clause in clauses:
        seen: set[frozenset[StoredFact]] = set()
        for values in list(clause.matches(store)):
            premises = clause.premises(values)
            if frozenset(premises) not in seen:
                seen.add(frozenset(premises))
                steps = [derivation(store, premise, known) for premise in premises]
                conclusion = Fact(INCONSISTENT, clause.rule.id)
                found.append(Derivation(conclusion, clause.rule, tuple(step for step in steps if step)))
    return found


def justifications(
    store: FactStore, clauses: Sequence[Clause], stored: StoredFact, limit: int
) -> list[frozenset[Fact]]:
    """All minimal sets of asserted facts that entail the fact, by size and then by order of assertion."""
    if stored[0].epoch(stored[1]) < 0:
        return []
    numbers, bodies, asserted = _backward_cone(store, clauses, stored)
    supports = minimal_supports(0, bodies, asserted, limit)
    each = list(numbers)
    return [frozenset(store.fact(each[number]) for number in support) for support in supports]


def _backward_cone(
    store: FactStore, clauses: Sequence[Clause], goal: StoredFact
) -> tuple[dict[StoredFact, int], list[list[tuple[int, ...]]], list[bool]]:
    """All facts that the goal may rest on, numbered from the goal, with the premises of every way to conclude each."""
    by_head: dict[object, list[Clause]] = {}
    for clause in clauses:
        by_head.setdefault(clause.head, []).append(clause)
    numbers: dict[StoredFact, int] = {goal: 0}
    queue = [goal]
    bodies: list[list[tuple[int, ...]]] = []
    count = 0
    for stored in queue:
        ways: dict[tuple[int, ...], None] = {}
        for _, premises in _instances(store, by_head.get(stored[0], ()), stored):
            count += 1
            if count > MAX_INSTANCES:
                raise LimitError(
                    f"{store.fact(goal)} rests on more than {MAX_INSTANCES} rule instances",
                    code="E513",
                    hint="ask for one derivation instead",
                )
            for premise in premises:
                if premise not in numbers:
                    numbers[premise] = len(numbers)
                    queue.append(premise)
            ways[tuple(sorted({numbers[premise] for premise in premises}))] = None
        bodies.append(list(ways))
    return numbers, bodies, [store.is_asserted(stored) for stored in queue]
