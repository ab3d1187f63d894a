"""Which facts of groups a query can see: those on which a pattern of the query can match.

A group of thousands stands for millions of triples.  They are put before a query only where it can match them, and
where every such pattern names a subject or an object, only those about what is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from reasoner.views.sparql.guard import full_iri, parts, prefixes_of


class Everything(Exception):
    """The query can see all facts of groups."""


def touched(query: str, properties: Collection[str], base: str | None, bound: Collection[str]) -> frozenset[str] | None:
    """The IRIs about which a query can see facts of these properties; None where it can see all.

    ``bound`` are variables whose value is given beforehand, and stand in no need of being named.
    """
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, body = parseQuery(query)
        prefixes, base = prefixes_of(prologue, base)
        return frozenset(_Parsed(properties, prefixes, base, bound).named(body))
    except Exception:  # the parser raises whatever its grammar makes of the text
        return None


class _Parsed:
    """One query, its prefixes and its base."""

    def __init__(
        self, properties: Collection[str], prefixes: dict[str, str], base: str | None, bound: Collection[str]
    ) -> None:
        self.properties = properties
        self.prefixes = prefixes
        self.base = base
        self.bound = bound

    def named(self, body: Any) -> Iterator[str]:
        """What is named in the patterns that can match."""
        for part in parts(body):
            if part.name == "DescribeQuery":
                for term in part.get("var", ()):
                    yield self._name(term)
            for triples in part.get("triples", ()) if part.name != "ConstructQuery" else ():
                flat = list(triples)
                for place in range(0, len(flat) - 2, 3):
                    yield from self._pattern(*flat[place : place + 3])

    def _pattern(self, subject: Any, predicate: Any, value: Any) -> Iterator[str]:
        path = _plain(predicate)
        if self._is_variable(path):
            yield self._either(subject, value)
        elif _is_path(path):
            if _is_negated(path) or any(self._iri(part) in self.properties for part in _inside(path)):
                raise Everything
        elif self._iri(path) in self.properties:
            yield self._either(subject, value)

    def _either(self, subject: Any, value: Any) -> str:
        """The IRI that a pattern names as its subject or, where that is open, as its object."""
        for term in (subject, value):
            if not self._is_variable(term):
                return self._name(term)
        for term in (subject, value):
            if str(term) in self.bound:
                return f"?{term}"
        raise Everything

    def _name(self, term: Any) -> str:
        if self._is_variable(term):
            if str(term) in self.bound:
                return f"?{term}"
            raise Everything
        return self._iri(term)

    def _iri(self, term: Any) -> str:
        return full_iri(term, self.prefixes, self.base)

    @staticmethod
    def _is_variable(term: Any) -> bool:
        from rdflib.term import BNode, Variable

        return isinstance(term, Variable | BNode)


def _plain(predicate: Any) -> Any:
    """A predicate out of the shell of a path of one step."""
    while _is_path(predicate) and "mod" not in predicate:
        inner = predicate.get("part")
        if isinstance(inner, str) or hasattr(inner, "name"):
            predicate = inner
        elif inner is not None and len(inner) == 1 and predicate.name != "PathNegatedPropertySet":
            predicate = inner[0]
        else:
            break
    return predicate


def _is_path(predicate: Any) -> bool:
    return str(getattr(predicate, "name", "")).startswith("Path")


def _is_negated(path: Any) -> bool:
    return any(part.name == "PathNegatedPropertySet" for part in parts(path))


def _inside(path: Any) -> Iterator[Any]:
    """The properties that a path walks."""
    from pyparsing import ParseResults

    stack = [path]
    while stack:
        part = stack.pop()
        if _is_path(part):
            stack.extend(value for key, value in part.items() if key == "part")
        elif isinstance(part, ParseResults | list | tuple):
            stack.extend(part)
        else:
            yield part
