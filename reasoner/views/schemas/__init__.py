"""JSON Schemas of the documents, by command: made from the types in :mod:`reasoner.model.documents`.

No command reads them.  A wheel also holds them as files, ``reasoner/_data/schemas/*.json``, for programs in any other
language.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
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
    return schema_of(types()[command], command)


def commands() -> list[str]:
    """The commands whose documents have a schema."""
    return sorted(types().keys() - {LIMIT})


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
