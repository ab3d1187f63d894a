"""Facts given as columns of numbers, so that a benchmark measures the closure and not the making of its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reasoner.closure.fact_store import FactStore
from reasoner.closure.saturate import Closure
from reasoner.closure.symbols import Symbols
from reasoner.model.rule import ProgramPart
from reasoner.model.term import Ground


def closure_of_columns(
    rules: Iterable[ProgramPart],
    terms: Sequence[Ground],
    members: Mapping[str, Sequence[int]],
    pairs: Mapping[str, tuple[Sequence[int], Sequence[int]]],
) -> Closure:
    """The closure of facts given as positions in ``terms`` (different values)."""
    closure = Closure.__new__(Closure)
    store = FactStore(Symbols(terms))
    closure._open(store)
    epoch = store.begin(None)
    for name, subjects in members.items():
        table = store.table(name, 1)
        store.changing(table)
        for subject in subjects:
            table.add((subject,), epoch)
    for name, (subjects, objects) in pairs.items():
        table = store.table(name, 2)
        store.changing(table)
        for row in zip(subjects, objects, strict=True):
            table.add(row, epoch)
    closure._start(rules)
    return closure
