"""Numbered errors with a place and a hint.

One base class carries a code, a sentence, an optional place in a file and a hint; what codes mean is stated once, in
:mod:`reasoner.codes`.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass

from reasoner.codes import CODES

#: What a write meets where there is no room.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def no_room(error: BaseException) -> bool:
    """Whether a disk is full, or a quota or the largest size of a file is reached."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


#: What to do where a package is missing.
INSTALL = "install dislodge with all that it needs: pip install ."


def missing_package(error: BaseException) -> str:
    """That a package which this one needs is not installed, in a sentence; empty for any other error."""
    name = error.name if isinstance(error, ModuleNotFoundError) else None
    if not name or name.partition(".")[0] == "reasoner":
        return ""
    return f"the package {name} is not installed, and dislodge needs it"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: line and column count from 1; 0 means that the place is the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Render as ``file:line:column``, leaving out what is unknown."""
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class DislodgeError(Exception):
    """Base of every error that a user may see: one sentence, a code, where, and what to do."""

    def __init__(self, message: str, *, code: str, hint: str = "", span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint or (CODES[code].remedy if code in CODES else "")
        self.span = span

    def __str__(self) -> str:
        """Render as ``place: code: sentence (hint)`` on one line."""
        where = f"{self.span}: " if self.span else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.code}: {self.message}{hint}"


class ReadingError(DislodgeError):
    """A file that cannot be read: malformed, unsafe, empty, missing (E1xx)."""


class RuleError(DislodgeError):
    """A rule that is malformed or unsafe (E2xx)."""


class OntologyError(DislodgeError):
    """Facts that contradict the vocabulary or each other (E3xx); ``facts`` are those that it is about, if known."""

    def __init__(
        self, message: str, *, code: str, hint: str = "", span: Span | None = None, facts: Sequence[object] = ()
    ) -> None:
        super().__init__(message, code=code, hint=hint, span=span)
        self.facts = tuple(facts)


class QuestionError(DislodgeError):
    """A question that cannot be asked: unknown or ambiguous name, missing option (E4xx)."""


class LimitError(DislodgeError):
    """A limit that cut the work short (E5xx)."""


class BudgetError(LimitError):
    """More bindings of rules, or more time, than a question was given (E510).

    ``rule`` is the rule that took most, ``bindings`` how many.
    """

    def __init__(
        self, message: str, *, code: str, hint: str, span: Span | None = None, rule: str = "", bindings: int = 0
    ) -> None:
        super().__init__(message, code=code, hint=hint, span=span)
        self.rule = rule
        self.bindings = bindings


class WritingError(DislodgeError):
    """Something that cannot be written without a loss, so that nothing is written (E6xx)."""


class Faults(DislodgeError):
    """Several errors of one reading, in the order of their places."""

    def __init__(self, faults: Sequence[DislodgeError]) -> None:
        self.faults = tuple(faults)
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        super().__init__(faults[0].message + more, code=faults[0].code, hint=faults[0].hint, span=faults[0].span)

    def __str__(self) -> str:
        """Render one fault a line."""
        return "\n".join(str(fault) for fault in self.faults)


def raise_all(faults: Sequence[DislodgeError]) -> None:
    """Raise what was found to be wrong, if anything: a single error as it is, several as :class:`Faults`."""
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
