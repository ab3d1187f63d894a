"""Schemas are made from the types of documents: what each type becomes, and what a document may not hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import jsonschema
import pytest
from sample_documents import DOCUMENTS

import reasoner
from reasoner.model.documents.words import Count, Keyword
from reasoner.views import schemas
from reasoner.views.schemas.generator import schema_of

ROOT = Path(reasoner.__file__).resolve().parent.parent


class Named(TypedDict):
    """What has a name."""

    name: str
    """As people write it."""


class Tree(Named):
    """A tree.

    Its branches are trees.
    """

    kind: Literal["oak", "fir"]
    height: Count | None
    branches: list[Tree]
    nests: NotRequired[Annotated[dict[str, list[str]], Keyword("maxProperties", 3)]]
    felled: bool
    seen: NotRequired[Literal[True]]


class Odd(TypedDict):
    """What JSON cannot hold."""

    when: set[str]


def tree() -> dict[str, Any]:
    return schema_of([Tree], "tree")


def test_a_type_becomes_a_schema() -> None:
    made = tree()
    assert made["title"] == "A tree"
    assert made["required"] == ["branches", "felled", "height", "kind", "name"]
    assert made["properties"] == {
        "name": {"description": "As people write it.", "type": "string"},
        "kind": {"enum": ["oak", "fir"]},
        "height": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
        "branches": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
        "nests": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "maxProperties": 3,
        },
        "felled": {"type": "boolean"},
        "seen": {"const": True},
    }
    assert made["$defs"]["Tree"]["description"] == "A tree. Its branches are trees."


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"height": None, "seen": True}, True),
        ({"branches": [{"name": "a", "kind": "fir", "height": 1, "branches": [], "felled": False}]}, True),
        ({"branches": [{"name": "a", "kind": "fir", "height": 1, "branches": [], "felled": False, "x": 1}]}, False),
        ({"height": -1}, False),
        ({"kind": "elm"}, False),
        ({"seen": False}, False),
        ({"leaves": 3}, False),
        ({"nests": {"wren": "high"}}, False),
    ],
)
def test_the_schema_lets_through_what_the_type_does(change: dict[str, Any], fits: bool) -> None:
    told = {"name": "b", "kind": "oak", "height": 7, "branches": [], "felled": False} | change
    assert jsonschema.Draft202012Validator(tree()).is_valid(told) == fits


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        schema_of([Odd], "odd")


# --- the documents ----------------------------------------------------------------------------------------------------


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


@pytest.mark.parametrize("command", [schemas.LIMIT, *schemas.commands()])
def test_every_schema_is_one_and_allows_no_key_that_it_does_not_name(command: str) -> None:
    made = schemas.schema(command)
    jsonschema.Draft202012Validator.check_schema(made)
    for part in parts(made):
        if isinstance(part.get("properties"), dict) and part.get("type") == "object":
            assert part["additionalProperties"] is False


def test_no_two_parts_of_documents_share_a_name() -> None:
    """Else one would stand for the other in the schema of a document that holds both."""
    told: dict[str, Any] = {}
    for command in schemas.commands():
        for name, part in schemas.schema(command).get("$defs", {}).items():
            assert told.setdefault(name, part) == part, name


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_document_that_lacks_a_key_or_holds_another_does_not_fit(command: str) -> None:
    validator = jsonschema.Draft202012Validator(schemas.schema(command))
    document = DOCUMENTS[command]
    assert validator.is_valid(document)
    assert not validator.is_valid({**document, "another": 1})
    for key in document:
        if key not in ("reasons", "contradicted", "combine", "coverage") and not key.startswith(("abduced", "limit")):
            assert not validator.is_valid({name: value for name, value in document.items() if name != key}), key


def test_a_command_without_a_document_has_no_schema() -> None:
    with pytest.raises(KeyError):
        schemas.schema("serve")


# --- when they are made -----------------------------------------------------------------------------------------------


def test_no_question_waits_for_the_types_of_documents_to_be_imported() -> None:
    code = (
        "import sys; from reasoner.cli import main;"
        "main(['assess', '--cell', 'CML_LSC', '-o', '/dev/null'], standalone_mode=False);"
        "print([name for name in sys.modules if name.startswith('reasoner.model.documents')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
