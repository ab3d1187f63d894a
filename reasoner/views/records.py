"""Documents as flat rows, for CSV and TSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from reasoner.views.controls import clean

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")


def flat(value: Any) -> str:
    """A JSON value as one cell: lists joined by ``; ``, sets of agents by ``+`` and ``|``.

    >>> flat([["imatinib", "plerixafor"], ["TKI"]]), flat(["CHO-1", "CHO-2"]), flat(True), flat(None)
    ('imatinib+plerixafor | TKI', 'CHO-1; CHO-2', 'yes', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={flat(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        if any(isinstance(item, list | tuple) for item in value):
            return " | ".join("+".join(map(str, item)) for item in value)
        return "; ".join(map(flat, value))
    return str(value)


def guarded(cell: str) -> str:
    """The cell with a leading apostrophe where a spreadsheet would read a formula; numbers stay.

    >>> guarded("=1+1"), guarded("-3.5"), guarded("@x")
    ("'=1+1", '-3.5', "'@x")
    """
    risky = cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and cell[:1] != ""
    text = clean(cell)
    return f"'{text}" if risky and not _NUMBER.match(cell) else text


def delimited(keys: Sequence[str], rows: Sequence[Mapping[str, Any]], delimiter: str) -> str:
    """Rows as CSV or TSV with a header; a key that a row lacks is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([guarded(flat(row.get(key))) for key in keys] for row in rows)
    return out.getvalue()
