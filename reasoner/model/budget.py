"""How much reasoning a question may take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reasoner.errors import QuestionError

_BINDINGS = re.compile(r"[1-9][0-9]*(?:_[0-9]+)*")
_SECONDS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|min)")
_UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0}
#: Digits of a number of bindings, beyond which nobody lives to see it used up.
_MOST_DIGITS = 18


class Budget(NamedTuple):
    """The most bindings and the most seconds of one question; None: as many as it takes.

    A binding is a row that a loop of a join goes over.  Their number is the same on every machine, time is not.
    """

    bindings: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        """Render in words: ``1,000 bindings``, ``30 s``, ``1,000 bindings and 30 s``."""
        parts = [] if self.bindings is None else [f"{self.bindings:,} bindings"]
        return " and ".join([*parts, *([] if self.seconds is None else [f"{self.seconds:g} s"])])


#: As much as it takes.
UNBOUNDED = Budget()


def budget_of(texts: Iterable[str | float]) -> Budget:
    """The budget that people write: a number of bindings, a time such as ``30s``, or both.

    Raises :class:`QuestionError` (E429) for anything else, and for two numbers or two times.

    >>> budget_of(["1_000_000", "30s"])
    Budget(bindings=1000000, seconds=30.0)
    """
    bindings: list[int] = []
    seconds: list[float] = []
    for text in map(str, texts):
        if _BINDINGS.fullmatch(text.strip()) and len(text) <= _MOST_DIGITS:
            bindings.append(int(text))
        elif (time := _SECONDS.fullmatch(text.strip())) and float(time[1]) > 0:
            seconds.append(float(time[1]) * _UNITS[time[2]])
        else:
            raise _no_budget(f"{text[:40]!r} is no budget")
    if len(bindings) > 1 or len(seconds) > 1:
        raise _no_budget("a budget is given twice")
    return Budget(bindings[0] if bindings else None, seconds[0] if seconds else None)


def _no_budget(message: str) -> QuestionError:
    hint = "write a number of bindings (1000000), a time (30s, 500ms, 2min), or one of each"
    return QuestionError(message, code="E429", hint=hint)
