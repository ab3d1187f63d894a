"""One file that was read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reasoner.model.triple import Triple


class Document(NamedTuple):
    """One file that was read: where, its content and its triples."""

    path: Path
    data: bytes
    triples: list[Triple]
