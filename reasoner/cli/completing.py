"""What a shell offers while a name is typed: the ids of the shipped knowledge that may stand there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.asking.parameter import CLASS, GOAL, REGIMEN, REGIMENS, THING, Kind, Name
from reasoner.errors import DislodgeError

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: The kinds of name of which regimens and goals are made.
_MADE_OF = {REGIMEN: "agent", REGIMENS: "agent", GOAL: "goal"}


def beginning_with(kind: Kind, begun: str) -> list[str]:
    """The words of a kind that begin so, in order; of a regimen ``A+B`` its last agent is completed.

    Where the shipped knowledge cannot be read there are none: whoever asks then is told why.
    """
    from reasoner.inference.cached import load

    joined = kind in _MADE_OF or kind == Name("agent")
    before, plus, last = begun.rpartition("+") if joined else ("", "", begun)
    try:
        names = _names(load(), kind)
    except DislodgeError:
        return []
    return [f"{before}{plus}{name}" for name in sorted(names) if name.lower().startswith(last.lower())]


def _names(reasoned: Reasoned, kind: Kind) -> Iterable[str]:
    from reasoner.answers.catalogue import KINDS
    from reasoner.asking.names import KINDS as OF_NAMES
    from reasoner.asking.names import individuals

    if kind is CLASS:
        return KINDS
    if kind is THING:
        return individuals(reasoned)
    name = _MADE_OF.get(kind) or (kind.name if isinstance(kind, Name) else "")
    classes, _ = OF_NAMES.get("state" if name == "clone" else name, (frozenset(), ""))
    return {member for cls in classes for member in reasoned.closure.members(cls)}
