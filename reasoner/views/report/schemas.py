"""JSON Schemas of the two documents that are drawn or written whole, not printed: ``niche`` and ``report``."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``niche`` or ``report``."""
    loaded: dict[str, Any] = json.loads((files(__package__) / f"{name}.schema.json").read_text("utf-8"))
    return loaded
