"""What is to be supposed for one question, as it is written."""

from __future__ import annotations

from typing import NamedTuple


class Supposition(NamedTuple):
    """Conjunctions in rule syntax, and names of papers and claims."""

    assume: tuple[str, ...] = ()
    retract: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is supposed at all."""
        return any(self)


#: Nothing is supposed.
NOTHING = Supposition()
