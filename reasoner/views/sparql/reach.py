"""Which graphs a query can read at all, by the algebra of a second parser."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from reasoner.views.sparql.graphs import PREFIXES


def reads_only(query: str, graphs: Collection[str], base: str | None = None) -> bool:
    """Whether everything that a query matches stands in these graphs: in FROM, or in GRAPH around each pattern.

    False where that cannot be told: for a query that the parser cannot read, for a graph that is a variable, and for
    DESCRIBE, which reads what it likes.

    >>> reads_only("ASK { GRAPH graph:asserted { ?s a ?c } }", {"https://w3id.org/dislodge/graph/asserted"})
    True
    >>> reads_only("ASK { ?s a ?c }", {"https://w3id.org/dislodge/graph/asserted"})
    False
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        # The empty prefix of the third argument is not seen by this parser.
        algebra = translateQuery(parseQuery(f"PREFIX : <{PREFIXES['']}> {query}"), base, PREFIXES).algebra
    except Exception:  # the parser raises whatever its grammar makes of the text
        return False
    defaults = [str(clause.default) for clause in algebra.datasetClause or () if clause.default is not None]
    inside = bool(defaults) and set(defaults) <= set(graphs)
    return algebra.name != "DescribeQuery" and all(_patterns(algebra, graphs, inside))


def _patterns(node: Any, graphs: Collection[str], inside: bool) -> Iterator[bool]:
    """For each pattern of a part of the algebra, whether it is matched in one of the graphs."""
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import URIRef

    if isinstance(node, CompValue):
        if node.name == "Graph":
            inside = isinstance(node.term, URIRef) and str(node.term) in graphs
            yield inside
        elif node.name in ("BGP", "TriplesBlock") and node.triples:
            yield inside
        for key, part in node.items():
            if key != "datasetClause":
                yield from _patterns(part, graphs, inside)
    elif isinstance(node, list | tuple | set):
        for part in node:
            yield from _patterns(part, graphs, inside)
