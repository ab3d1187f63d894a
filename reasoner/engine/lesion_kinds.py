"""The kinds of a lesion: what it changes of its molecule, and what a lesion of no stated kind is read as."""

from __future__ import annotations

from reasoner.engine.stated import LESION_KINDS, Table

#: A lesion of no stated kind is read as one of this: drugs may fail, and nothing is taken as off or on.
READ_AS = "BindingChange"


def of_no_kind(table: Table) -> list[str]:
    """The lesions for which no kind is stated, neither of themselves nor of a broader lesion.

    This is the absence of facts, which no rule can conclude from.
    """
    of_a_kind = {name for kind in LESION_KINDS for name in table.all(kind)}
    return sorted(name for name in table.all("Lesion") if of_a_kind.isdisjoint(table.above("subtypeOf", name)))
