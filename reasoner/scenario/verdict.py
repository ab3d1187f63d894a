"""The verdict on a conclusion: what was derived, crossed with what sources say of that very conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from reasoner.inference.observations import Evidence

if TYPE_CHECKING:
    from reasoner.model.documents.words import Derived, Verdict

YES: Final = "yes"
NO: Final = "no"
MAYBE: Final = "undetermined"

#: Rows: derived; columns: for, both, against, other diseases or agents, none.
TABLE: Mapping[Derived, tuple[Verdict, ...]] = {
    YES: ("supported", "contested", "contested", "by_analogy", "predicted"),
    MAYBE: ("supported", "contested", "refuted", "by_analogy", "undetermined"),
    NO: ("reported", "contested", "refuted", "not_derived", "not_derived"),
}


def column(evidence: Evidence) -> int:
    """Which column of :data:`TABLE` the evidence stands in."""
    if evidence.supporting and evidence.opposing:
        return 1
    if evidence.supporting:
        return 0
    if evidence.opposing:
        return 2
    return 3 if evidence.analogous else 4


def verdict(derived: Derived, evidence: Evidence, by_analogy: bool = False) -> Verdict:
    """The verdict word.

    ``by_analogy`` says that a premise of the derivation was itself taken from another disease, cell or agent: a
    conclusion that would be *predicted* is then *by analogy*.

    >>> verdict("yes", Evidence(supporting=["a"], opposing=["b"])), verdict("no", Evidence(opposing=["b"]))
    ('contested', 'refuted')
    """
    word = TABLE[derived][column(evidence)]
    return "by_analogy" if word == "predicted" and by_analogy else word
