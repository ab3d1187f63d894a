"""The one way in which a regimen is written: ``A+B``, in steps ``A then B``, with a place ``CML,T315I: A+B``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from reasoner.errors import QuestionError

#: The mode of a hypothetical agent that is aimed at a cell, ``deplete:C``.
DEPLETE = "deplete"
#: The mode of a hypothetical agent that stands in for the ligand of a receptor, ``activate:N``.
ACTIVATE = "activate"
#: Modes of a hypothetical agent, written ``block:N``; all but the last are aimed at a molecule or an activity.
HYPOTHETICAL = ("block", "lower", "restore", "supply", ACTIVATE, DEPLETE)
#: How a hypothetical agent is written, for hints.
FORMS = ", ".join(f"{mode}:N" for mode in HYPOTHETICAL[:-1]) + f" (N a molecule or an activity), {DEPLETE}:CELL"

_QUOTED = re.compile(r'"([^"]*)"')
#: The mark of a quoted part.
KEPT = re.compile("\ue000(\\d+)\ue001")
_PLACE = re.compile(r"([^+]*?):(?:\s+|$)(.*)", re.DOTALL)
_THEN = re.compile(r"(?:^|\s+)then(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Regimen:
    """Names as written: steps in order, each a tuple of agents given together, and the place they are given in."""

    steps: tuple[tuple[str, ...], ...] = ()
    place: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Render as written."""
        steps = " then ".join("+".join(map(_quoted, step)) for step in self.steps)
        return f"{','.join(map(_quoted, self.place))}: {steps}".rstrip() if self.place else steps


def read_regimen(text: str) -> Regimen:
    """Read a regimen; a name that holds ``+``, ``,`` or the word *then* stands in double quotes.

    A place alone (``CML:``) is the untreated case there.

    >>> str(read_regimen("CML, T315I: imatinib then plerixafor + block:CXCR4"))
    'CML,T315I: imatinib then plerixafor+block:CXCR4'
    >>> read_regimen('"BCR-ABL1+ cell inhibitor"+plerixafor').steps
    (('BCR-ABL1+ cell inhibitor', 'plerixafor'),)

    Raises :class:`QuestionError` (E410) at a separator with no name beside it or a quote that does not close.
    """
    masked, kept = mask_quotes(text)
    if '"' in masked:
        raise _fault(text, "a double quote is not closed")
    placed = _PLACE.fullmatch(masked)
    place = _names(text, placed[1].split(","), kept) if placed else ()
    rest = placed[2] if placed else masked
    if placed and not rest.strip():
        return Regimen((), place)
    if _PLACE.fullmatch(rest):
        raise _fault(text, "only one place may stand before the agents")
    if "," in rest:
        raise _fault(text, "agents are joined by +, not by a comma")
    return Regimen(tuple(_names(text, step.split("+"), kept) for step in _THEN.split(rest)), place)


def _names(text: str, parts: Iterable[str], kept: list[str]) -> tuple[str, ...]:
    """Names with their quoted parts put back and blanks folded, each once."""
    names = [" ".join(unmask(part, kept).split()) for part in parts]
    if not all(names):
        raise _fault(text, "a name is missing")
    return tuple(dict.fromkeys(names))


def mask_quotes(text: str) -> tuple[str, list[str]]:
    """The text with each quoted part replaced by a numbered mark, and what the quotes held."""
    numbers = count()
    bare = text.replace("\ue000", "").replace("\ue001", "")
    return _QUOTED.sub(lambda _: f"\ue000{next(numbers)}\ue001", bare), _QUOTED.findall(bare)


def unmask(text: str, kept: Sequence[str]) -> str:
    """The text with the marks of :func:`mask_quotes` turned back into what the quotes held."""
    return KEPT.sub(lambda found: kept[int(found[1])], text)


def join_arguments(arguments: Iterable[str]) -> str:
    """Arguments of a shell as one regimen: neighbours are given together unless a separator stands between them.

    >>> join_arguments(["imatinib", "plerixafor"]), join_arguments(["CML:", "imatinib", "then", "plerixafor"])
    ('imatinib + plerixafor', 'CML: imatinib then plerixafor')
    """
    text = ""
    for part in map(str.strip, arguments):
        open_before = not text or text.endswith((" then", "+", ",", ":"))
        joined = open_before or part == "then" or part.startswith(("+", ",", "then "))
        text += (" " if text else "") + ("" if joined else "+ ") + part
    return text


def hypothetical(name: str) -> tuple[str, str] | None:
    """Mode and target of a hypothetical agent such as ``block:CXCR4``; None for an ordinary name."""
    mode, colon, target = name.partition(":")
    return (mode, target.strip()) if colon and mode in HYPOTHETICAL and target.strip() else None


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search(r"[+,]|:(\s|$)|\bthen\b", name) else name


def _fault(text: str, what: str) -> QuestionError:
    return QuestionError(
        f"regimen {text!r} cannot be read: {what}", code="E410", hint="write A+B, A then B, or DISEASE,STATE: A+B"
    )
