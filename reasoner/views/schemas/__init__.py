"""JSON Schemas of the documents, by command: made from the types in :mod:`reasoner.model.documents`.

No command reads them.  A wheel also holds them as files, ``reasoner/_data/schemas/*.json``, for programs in any other
language.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Any, get_args, get_type_hints, is_typeddict

from reasoner.model import documents
from reasoner.model.documents.frame import OverBudget
from reasoner.views.schemas.generator import schema_of

#: The document of any command that cannot answer within its budget goes by this name.
LIMIT = "limit"


def schema(command: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document of a command; KeyError for a command without one.

    That of ``limit`` is the document of any command that cannot answer within its budget.
    """
    if command not in types():
        return _kept_by_hand(command)
    return schema_of(types()[command], command)


def commands() -> list[str]:
    """The commands whose documents have a schema."""
    by_hand = [entry.name for entry in files(__package__).iterdir() if entry.name.endswith(".json")]
    return sorted({*types(), *(name.removesuffix(".json").replace("_", "-") for name in by_hand)} - {LIMIT})


def _kept_by_hand(command: str) -> dict[str, Any]:
    path = files(__package__) / f"{command.replace('-', '_')}.json"
    if not path.is_file():
        raise KeyError(command)
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def types() -> dict[str, tuple[type, ...]]:
    """The types of the documents of each command: those that say so under ``command``."""
    modules = [import_module(f"{documents.__name__}.{found.name}") for found in iter_modules(documents.__path__)]
    kinds = [kind for module in modules for kind in vars(module).values() if is_typeddict(kind)]
    found: dict[str, tuple[type, ...]] = {LIMIT: (OverBudget,)}
    for kind in dict.fromkeys(kinds):
        for command in get_args(get_type_hints(kind).get("command")):
            found[command] = (*found.get(command, ()), kind)
    return found
