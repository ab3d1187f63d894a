"""The kinds of a lesion: what it changes of its molecule, and what a lesion of no stated kind is read as."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.mechanism.stated import LESION_KINDS, StatedFacts
from reasoner.model.atom import Fact

#: A lesion of no stated kind is read as one of this: drugs may fail, and nothing is taken as off or on.
READ_AS = "BindingChange"


def of_no_kind(stated: StatedFacts) -> list[str]:
    """The lesions for which no kind is stated, neither of themselves nor of a broader lesion.

    This is the absence of facts, which no rule can conclude from.
    """
    of_a_kind = {name for kind in LESION_KINDS for name in stated.all(kind)}
    return sorted(name for name in stated.all("Lesion") if of_a_kind.isdisjoint(stated.above("subtypeOf", name)))


def kinds_read(stated: StatedFacts) -> Iterator[tuple[Fact, Fact]]:
    """What lesions of no stated kind are read as, each with the asserted fact that it is a lesion."""
    for lesion in of_no_kind(stated):
        cls = next(cls for cls in sorted(stated.below("Lesion")) if lesion in stated.members[cls])
        yield Fact(READ_AS, lesion), Fact(cls, lesion)
