"""The shipped queries: one file each, which says in its first comments what it answers and what may be bound.

::

    # title: Agents that act on a molecule
    # description: Every agent with an action on the molecule or on what it is part of.
    # param: molecule (target) = CXCR4: what is acted on
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reasoner.errors import QuestionError
from reasoner.model.names import did_you_mean, nearest
from reasoner.views.sparql.parameters import bound

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.views.sparql.terms import RdfTerm

_PARAMETER = re.compile(r"(\w+) \(([\w ]+)\)(?: = (.*?))?: (.*)\Z")


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A variable that may be bound beforehand: what kind of thing it takes, and what stands there by default."""

    name: str
    kind: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """A shipped query."""

    name: str
    title: str
    description: str
    parameters: tuple[QueryParameter, ...]
    text: str


@cache
def library() -> dict[str, Shipped]:
    """Every shipped query by name, sorted."""
    folder = files("reasoner.views.sparql") / "queries"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {f.name.removesuffix(".rq"): read_query(f.name.removesuffix(".rq"), f.read_text("utf-8")) for f in found}


def read_query(name: str, text: str) -> Shipped:
    """A query with what its first comments say."""
    said: dict[str, str] = {}
    parameters: list[QueryParameter] = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(": ")
        if key == "param" and (found := _PARAMETER.match(value)):
            parameters.append(QueryParameter(*found.groups()))
        else:
            said[key] = value
    return Shipped(name, said.get("title", name), said.get("description", ""), tuple(parameters), text)


def shipped_query(name: str) -> Shipped:
    """A query by name; raises :class:`QuestionError` (E424) with the nearest names."""
    queries = library()
    if name not in queries:
        hint = did_you_mean(nearest(name, queries), "see dislodge sparql --list")
        raise QuestionError(f"no shipped query is called {name!r}", code="E424", hint=hint)
    return queries[name]


def bindings_of(reasoned: Reasoned, query: Shipped | None, given: Mapping[str, str]) -> dict[str, RdfTerm]:
    """The terms that variables are bound to: those given, then the defaults of a shipped query.

    Raises :class:`QuestionError`: E423 a parameter that a shipped query does not have, and those of
    :func:`~reasoner.views.sparql.parameters.bound`.
    """
    declared = {p.name: p for p in query.parameters} if query else {}
    unknown = sorted(set(given) - set(declared)) if query else []
    if unknown:
        hint = f"it takes: {', '.join(declared) or 'none'}"
        raise QuestionError(f"the query has no parameter {unknown[0]!r}", code="E423", hint=hint)
    values = {name: p.default for name, p in declared.items() if p.default is not None} | dict(given)
    return {
        name: bound(reasoned, value, declared[name].kind if name in declared else "") for name, value in values.items()
    }
