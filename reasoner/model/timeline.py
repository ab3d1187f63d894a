"""Dates, times and durations by the seven-property model of XML Schema 1.1, in the calendar that is extended both ways.

There is a year 0000, before it -0001; 24:00:00 is 00:00:00 of the next day; no day stands outside its month.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

#: Seconds, and the digits of their fraction without trailing zeros: in this form, moments order as tuples do.
Moment = tuple[int, str]

#: What a form leaves out: XML Schema places it in a leap year, in December, on the last day of a month.
_YEAR, _MONTH, _DAY = 1972, 12, 31
_DATE = {
    "year": r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))",
    "month": r"(?P<month>0[1-9]|1[0-2])",
    "day": r"(?P<day>0[1-9]|[12][0-9]|3[01])",
}
_CLOCK = (
    r"(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?:\.(?P<fraction>[0-9]+))?"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
)
_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
#: The longest year and the longest duration that are reckoned with, in characters.
_MAX_YEAR, _MAX_DURATION = 18, 1000


class Time(NamedTuple):
    """A moment by the clock of its place, and minutes by which that clock is ahead of UTC; None: no zone is given."""

    local: Moment
    zone: int | None

    @property
    def moment(self) -> Moment:
        """The moment by UTC where there is a zone, else by the clock."""
        seconds, fraction = self.local
        return seconds - 60 * (self.zone or 0), fraction


def form(*parts: str) -> re.Pattern[str]:
    """The form of a datatype from its parts: ``year``, ``month``, ``day``, ``clock``, and marks as they are written."""
    known = {**_DATE, "clock": _CLOCK}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts) + _ZONE)


def read_time(pattern: re.Pattern[str], text: str) -> Time | None:
    """The time that a text of a form means; None if its year has too many digits to reckon with.

    Raises :class:`ValueError` for another text, and for a day that its month does not have.

    >>> read_time(form("year", "-", "month", "-", "day"), "1970-01-02+01:00").moment
    (82800, '')
    """
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no such time")
    parts = found.groupdict()
    written = parts.get("year") or str(_YEAR)
    if len(written) > _MAX_YEAR:
        return None
    year, month = int(written), int(parts.get("month") or _MONTH)
    day = int(parts.get("day") or min(_DAY, _length(year, month)))
    if day > _length(year, month):
        raise ValueError(f"{text!r}: the month has {_length(year, month)} days")
    days = _days(year, month, day)
    if parts.get("midnight"):
        days = days + 1 if "day" in parts else days
        return Time((days * 86_400, ""), _zone(parts["zone"]))
    clock = [int(parts.get(name) or 0) for name in ("hour", "minute", "second")]
    seconds = days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    return Time((seconds, (parts.get("fraction") or "").rstrip("0")), _zone(parts["zone"]))


def _zone(text: str | None) -> int | None:
    if text is None or text == "Z":
        return None if text is None else 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes


def _length(year: int, month: int) -> int:
    """The days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01: years are reckoned from March, so that a leap day is the last of its year."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 719_469


_DURATION = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]+))?S)?)?"
)


def read_duration(text: str) -> tuple[int, Fraction] | None:
    """The months and the seconds of a duration; None if it has too many digits to reckon with.

    Raises :class:`ValueError` for another text.

    >>> read_duration("P1Y2MT1H") == (14, 3600)
    True
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no duration")
    if len(text) > _MAX_DURATION:
        return None
    years, months, days, hours, minutes, seconds = (int(found[place] or 0) for place in range(2, 8))
    fraction = Fraction(int(found[8] or 0), 10 ** len(found[8] or ""))
    sign = -1 if found[1] else 1
    return sign * (12 * years + months), sign * (86_400 * days + 3600 * hours + 60 * minutes + seconds + fraction)
