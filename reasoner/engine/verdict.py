"""The verdict on a conclusion: what was derived, crossed with what sources say of that very conclusion."""

from __future__ import annotations

from reasoner.engine.observations import Evidence

YES, NO, MAYBE = "yes", "no", "undetermined"

#: Rows: derived; columns: for, both, against, other diseases or agents, none.
TABLE = {
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


def verdict(derived: str, evidence: Evidence, by_analogy: bool = False) -> str:
    """The verdict word.

    ``by_analogy`` says that a premise of the derivation was itself taken from another disease, cell or agent: a
    conclusion that would be *predicted* is then *by analogy*.

    >>> verdict("yes", Evidence(supporting=["a"], opposing=["b"])), verdict("no", Evidence(opposing=["b"]))
    ('contested', 'refuted')
    """
    word = TABLE[derived][column(evidence)]
    return "by_analogy" if word == "predicted" and by_analogy else word
