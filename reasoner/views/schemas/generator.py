"""JSON Schemas (draft 2020-12) of the documents, made from their types.

Libraries that do this were tried and could not be taken: pydantic reads no ``typing.TypedDict`` before Python 3.12,
mashumaro follows recursive types for ever, msgspec says neither that further keys are forbidden nor what stands under a
key, and each would be needed to build a wheel.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
#: A document that answers nothing says why, unless it was cut short.
_EMPTY_WITH_REASON = {
    "if": {"properties": {"answers": {"maxItems": 0}, "limit_reached": {"const": False}}},
    "then": {"required": ["reasons"], "properties": {"reasons": {"minItems": 1}}},
}


def schema_of(documents: Sequence[type], name: str) -> Schema:
    """The schema of a document, named as its command; what it is made of stands in ``$defs``.

    Where it may be one of several, the first gives the title.
    """
    parts: dict[str, Schema] = {}
    first, *others = documents
    whole = {"type": "object", "anyOf": [_part(kind, parts) for kind in documents]} if others else _object(first, parts)
    title = (inspect.getdoc(first) or "").partition("\n")[0].removesuffix(".")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/dislodge/schemas/{name}.json",
        "title": title,
    }
    return head | whole | ({"$defs": dict(sorted(parts.items()))} if parts else {})


def _object(kind: type, parts: dict[str, Schema]) -> Schema:
    """A mapping with fixed keys, and none beside them."""
    hints = get_type_hints(kind, include_extras=True)
    told = dict(_told(kind))
    properties = {key: _type(hint, parts) for key, hint in hints.items()}
    for key, text in told.items():
        properties[key] = {"description": text} | properties[key]
    required = sorted(key for key, hint in hints.items() if get_origin(hint) is not NotRequired)
    return {
        **({"description": text} if (text := _docstring(kind)) else {}),
        "type": "object",
        "required": required,
        "properties": dict(sorted(properties.items())),
        "additionalProperties": False,
        **(_EMPTY_WITH_REASON if "answers" in hints and "reasons" in hints.keys() - set(required) else {}),
    }


def _type(hint: Any, parts: dict[str, Schema]) -> Schema:
    """The schema of a value of a type."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if is_typeddict(hint):
        return _part(hint, parts)
    if origin is NotRequired:
        return _type(args[0], parts)
    if origin is Annotated:
        return _type(args[0], parts) | {more.name: more.value for more in args[1:]}
    if origin is Literal:
        return {"const": args[0]} if len(args) == 1 else {"enum": list(args)}
    if origin in (Union, UnionType):
        return {"anyOf": [_type(arg, parts) for arg in args]}
    if origin is list:
        return {"type": "array", "items": _type(args[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(args[1], parts)}
    raise TypeError(f"a document cannot hold {hint}")


def _part(kind: type, parts: dict[str, Schema]) -> Schema:
    """What a document is made of, described once, also where it holds itself."""
    if kind.__name__ not in parts:
        parts[kind.__name__] = {}
        parts[kind.__name__] |= _object(kind, parts)
    return {"$ref": f"#/$defs/{kind.__name__}"}


# --- what is told beside the types ------------------------------------------------------------------------------------


def _docstring(kind: type) -> str:
    """What a type says of itself, on one line."""
    return " ".join((kind.__doc__ or "").split())


def _told(kind: type) -> Iterator[tuple[str, str]]:
    """The sentence under each key, those of the types that it widens first."""
    module = sys.modules[kind.__module__]
    node = _classes(module).get(kind.__name__)
    for base in node.bases if node else ():
        wider = getattr(module, ast.unparse(base))
        yield from _told(wider) if is_typeddict(wider) else ()
    body = node.body if node else []
    for line, below in pairwise(body):
        match line, below:
            case ast.AnnAssign(target=ast.Name(id=key)), ast.Expr(value=ast.Constant(value=str(text))):
                yield key, " ".join(text.split())


@cache
def _classes(module: ModuleType) -> dict[str, ast.ClassDef]:
    """The classes of a module as they are written."""
    return {node.name: node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ClassDef)}
