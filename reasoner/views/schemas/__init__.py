"""JSON Schemas of the documents, one file a command."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema(command: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document of a command; KeyError for a command without one.

    That of ``limit`` is the document of any command that cannot answer within its budget.
    """
    name = f"{command.replace('-', '_')}.json"
    path = files(__package__) / name
    if not path.is_file():
        raise KeyError(command)
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def commands() -> list[str]:
    """The commands whose documents have a schema."""
    names = [entry.name for entry in files(__package__).iterdir() if entry.name.endswith(".json")]
    return sorted(name.removesuffix(".json").replace("_", "-") for name in names if name != "limit.json")
