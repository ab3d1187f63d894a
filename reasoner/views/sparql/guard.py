"""What a query may not do: ask other hosts, read files, change anything, read graphs that are not loaded.

The words of a query are told apart as SPARQL does it (texts, IRIs, comments and prefixed names are no keywords).  Only
a query in which a dangerous keyword is left is parsed a second time, by a parser whose tree is walked; one
that this parser cannot read is refused.  That no file and no connection can be opened at all is ensured elsewhere, by
the limits of the process in which the query runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from reasoner.errors import QuestionError
from reasoner.model.names import nearest
from reasoner.views.sparql.graphs import GRAPH, PREFIXES

_TOKEN = re.compile(
    r"""
      (?P<blank>\s+|\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<prefixed>(?:\w[\w.\-]*)?:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>\w+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
#: Found in every query in which :func:`keywords` may find SERVICE or FROM.
_MAYBE_SUSPECT = re.compile(r"service|from|\\u", re.IGNORECASE)
#: Characters of a query that are told apart in no time.
LONG = 10_000
_UPDATES = frozenset({"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"})
_HEADS = frozenset({"select", "ask", "construct", "describe"})
_ELSEWHERE = "only loaded graphs are read: no SERVICE, no LOAD, no files, no other hosts"


@dataclass(frozen=True, slots=True)
class Named:
    """The graphs that a query names with FROM and FROM NAMED, as IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(slots=True)
class _Walked:
    service: bool = False
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def keywords(query: str) -> list[str]:
    r"""The bare words of a query in lower case: keywords, names of functions, the letter ``a``.

    >>> keywords("ASK { ?service <urn:SERVICE> 'SERVICE' } # SERVICE")
    ['ask']
    >>> keywords("ASK { S\\u0045RVICE <urn:x> {} }")
    ['ask', 'service']
    """
    return [found[0].lower() for found in _TOKEN.finditer(_unescaped(query)) if found.lastgroup == "word"]


def _unescaped(query: str) -> str:
    """The query with its code point escapes written out, which SPARQL allows anywhere."""
    return _ESCAPE.sub(_letter, query)


def _letter(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else found[0]


def reads_named_graphs(query: str) -> bool:
    """Whether a query may read another graph than the default graph."""
    return any("graph" in word or "from" in word for word in keywords(query))


def make_ready(query: str) -> None:
    """Load all that :func:`checked` needs for this query; a process that may open no file cannot do so any more.

    In a long query words are not told apart: that is done where time is limited.
    """
    if _MAYBE_SUSPECT.search(query) and (len(query) > LONG or _is_suspect(keywords(query))):
        for _ in imports():
            pass


def imports() -> Iterator[None]:
    """Load the second parser, in a few steps."""
    for module in ("pyparsing", "rdflib.term", "rdflib.plugins.sparql.parser"):
        import_module(module)
        yield
    _walked("ASK FROM <urn:x> { SERVICE <urn:y> {} }", None, True)


def _is_suspect(words: list[str]) -> bool:
    return any("service" in word or "from" in word for word in words)


def checked(query: str, graphs: Collection[str], base: str | None = None) -> Named:
    """The graphs that a query names.

    Raises :class:`QuestionError`: E421 an update or SERVICE, E422 a graph that is not loaded.
    """
    words = keywords(query)
    first = next((word for word in words if word in _HEADS or word in _UPDATES), "")
    if first in _UPDATES:
        raise QuestionError("this endpoint only reads: updates are refused", code="E421", hint=_ELSEWHERE)
    if not _is_suspect(words):
        return Named()
    found = _walked(query, base, any("service" in word for word in words))
    if found.service:
        raise _no_service()
    named = Named(tuple(found.default), tuple(found.named))
    for graph in (*named.default, *named.named):
        require_loaded(graph, graphs)
    return named


def _no_service() -> QuestionError:
    return QuestionError("SERVICE is refused: it would ask another host", code="E421", hint=_ELSEWHERE)


def require_loaded(graph: str, graphs: Collection[str]) -> None:
    """Raise :class:`QuestionError` (E422) for a graph that is not loaded, with the nearest that is."""
    if graph not in graphs:
        close = nearest(graph.removeprefix(GRAPH), [name.removeprefix(GRAPH) for name in graphs])
        hint = f"did you mean {GRAPH}{close[0]}?" if close else f"loaded: {', '.join(sorted(graphs)[:6])}"
        raise QuestionError(f"no graph <{graph}> is loaded", code="E422", hint=f"{hint}; {_ELSEWHERE}")


def _walked(query: str, base: str | None, service: bool) -> _Walked:
    """What the parsed query names, its prefixes and its base applied."""
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(query)
    except Exception as error:  # the parser raises whatever its grammar makes of the text
        if service:
            raise _no_service() from None
        message = f"the dataset of the query cannot be read: {error}".splitlines()[0]
        raise QuestionError(message, code="E420", hint="write FROM <graph> before WHERE") from None
    found = _Walked()
    prologue, body = parsed
    prefixes, base = prefixes_of(prologue, base)
    for part in parts(body):
        if part.name == "ServiceGraphPattern":
            found.service = True
        elif part.name == "DatasetClause":
            for key, names in (("default", found.default), ("named", found.named)):
                if key in part:
                    names.append(full_iri(part[key], prefixes, base))
    return found


def prefixes_of(prologue: Any, base: str | None) -> tuple[dict[str, str], str | None]:
    """The prefixes of a query, those included that are always ready, and its base."""
    prefixes = dict(PREFIXES)
    for part in prologue:
        if part.name == "Base":
            base = _joined(base, str(part["iri"]))
        else:
            prefixes[str(part["prefix"]) if "prefix" in part else ""] = _joined(base, str(part["iri"]))
    return prefixes, base


def full_iri(node: Any, prefixes: dict[str, str], base: str | None) -> str:
    """An IRI of the parse tree in full; a prefix that nobody declared stays, so that it names no loaded graph."""
    if getattr(node, "name", "") == "pname":
        prefix = str(node["prefix"]) if "prefix" in node else ""
        rest = str(node["localname"]) if "localname" in node else ""
        return prefixes.get(prefix, f"{prefix}:") + rest
    return _joined(base, str(node))


def _joined(base: str | None, iri: str) -> str:
    return urljoin(base, iri) if base else iri


def parts(node: Any) -> Iterator[Any]:
    """Every part of a parsed query, in no particular order."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    stack, seen = [node], set()
    while stack:
        part = stack.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, CompValue):
            yield part
            stack.extend(part.values())
        elif isinstance(part, ParseResults | list | tuple):
            stack.extend(part)
