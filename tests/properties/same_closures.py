"""Two closures that have to agree in all that can be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasoner.closure.clause import Clause
from reasoner.closure.saturate import Closure
from reasoner.errors import LimitError
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Variable

X, Y, Z = map(Variable, "xyz")


def justified(closure: Closure, fact: Fact) -> set[frozenset[Fact]] | str:
    """The justifications of a fact, or that there are too many."""
    try:
        return set(closure.justifications(fact, 50))
    except LimitError as error:
        return error.code


def matched(closure: Closure, atoms: Sequence[Atom]) -> list[dict[str, Ground]]:
    """The bindings of variables, by name, under which all atoms hold; ``[{}]`` for ground atoms that all hold."""
    store = closure._store
    mark = store.mark()
    try:
        query = Clause(Rule("query", tuple(atoms), ()), None, store)
        names = [variable.name for variable in query.variables]
        terms = store.symbols.terms
        return [dict(zip(names, (terms[v] for v in values), strict=True)) for values in query.matches(store)]
    finally:
        store.restore(mark)


def same(one: Closure, other: Closure, predicate: str, names: Iterable[str]) -> None:
    """Equal facts, each once, equal answers about each name and by a property of groups, equal contradictions."""
    every = list(one)
    assert sorted(every, key=str) == sorted(other, key=str)
    assert len(one) == len(every) == len(set(every))
    assert sorted([*one.singles, *one.grouped], key=str) == sorted(every, key=str)
    for fact in every:
        assert one.is_asserted(fact) == other.is_asserted(fact)
        assert fact in one
    for name in names:
        assert sorted(map(str, one.objects(predicate, name))) == sorted(map(str, other.objects(predicate, name)))
        assert sorted(one.subjects(predicate, name)) == sorted(other.subjects(predicate, name))
        assert sorted(one.about(name), key=str) == sorted((f for f in every if name in (f.subject, f.object)), key=str)
        about = sorted((f for f in one.grouped if name in (f.subject, f.object)), key=str)
        assert sorted(one.grouped_about(name), key=str) == about
    for atoms in ([Atom(predicate, (X, Y))], [Atom("p", (X, Y)), Atom(predicate, (Y, Z))], [Atom(predicate, (X, X))]):
        assert sorted(map(str, matched(one, atoms))) == sorted(map(str, matched(other, atoms)))
    found = [
        sorted((str(d.conclusion), *(str(p.conclusion) for p in d.premises)) for d in c.inconsistencies())
        for c in (one, other)
    ]
    assert found[0] == found[1]
