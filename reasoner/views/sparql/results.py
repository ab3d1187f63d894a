"""Rows of results for people and spreadsheets, read off SPARQL JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reasoner.answers.frame import limit, supposed
from reasoner.model.names import iri
from reasoner.views.blocks import Block, Column, Line, Table
from reasoner.views.controls import escaped
from reasoner.views.look import Look
from reasoner.views.pages.closing import supposition
from reasoner.views.sparql.graphs import shortened
from reasoner.views.words import RESEARCH_USE, plural

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Solutions:
    """Variables and rows; a truth value is one row with the variable ``answer``."""

    names: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def rows_of(body: bytes, *, short: bool = True) -> Solutions:
    """The rows of SPARQL JSON; IRIs ``short`` or in full, texts without tag or type."""
    document = json.loads(body)
    if "boolean" in document:
        return Solutions(("answer",), ({"answer": "yes" if document["boolean"] else "no"},))
    names = tuple(document["head"]["vars"])
    rows = tuple({name: _shown(term, short) for name, term in row.items()} for row in document["results"]["bindings"])
    return Solutions(names, rows)


def _shown(term: dict[str, Any], short: bool) -> str:
    if term["type"] == "triple":
        inner = term["value"]
        return f"<<{' '.join(_shown(inner[part], short) for part in _TRIPLE)}>>"
    value = str(term["value"])
    if term["type"] == "uri":
        return shortened(value) if short else value
    return f"_:{value}" if term["type"] == "bnode" else value


def linked(body: bytes, names: Iterable[str]) -> bytes:
    """SPARQL JSON with the IRIs of what the knowledge contradicts itself about as ``link`` of its head.

    The standard keeps ``link`` for where more is to be read about the results.

    >>> linked(b'{"head":{"vars":["r"]},"results":{"bindings":[]}}', ["x"])
    b'{"head":{"link":["https://w3id.org/dislodge#x"],"vars":["r"]},"results":{"bindings":[]}}'
    """
    links = json.dumps([iri(name) for name in names], ensure_ascii=False).encode()
    head, opened, rest = body.partition(b'"head":{')
    joint = b"" if rest.startswith(b"}") else b","
    return head + opened + b'"link":' + links + joint + rest if opened else body


def triples_as_json(body: bytes) -> bytes:
    """N-Triples as SPARQL JSON with the variables subject, predicate and object."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    def term(node: object) -> dict[str, str]:
        if isinstance(node, NamedNode):
            return {"type": "uri", "value": node.value}
        if isinstance(node, Literal):
            found = {"type": "literal", "value": node.value}
            if node.language:
                return {**found, "xml:lang": node.language}
            kind = node.datatype.value
            return found if kind.endswith("#string") else {**found, "datatype": kind}
        return {"type": "bnode", "value": str(getattr(node, "value", node))}

    bindings = [
        {"subject": term(t.subject), "predicate": term(t.predicate), "object": term(t.object)}
        for t in parse(body, format=RdfFormat.N_TRIPLES)
    ]
    document = {"head": {"vars": list(_TRIPLE)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def blocks(rows: Solutions, reasoned: Reasoned) -> Sequence[Block]:
    """The rows as a table with what was asked of what."""
    base = reasoned.base
    stamp = f"{plural(len(rows.rows), 'row')} · knowledge base {base.version}, sha256 {base.sha256[:12]}"
    said = supposition(supposed(reasoned))
    closing = [*([Line(said, "warn", hang=2)] if said else []), Line(stamp, "soft"), Line(RESEARCH_USE, "soft")]
    if rows.names == ("answer",) and len(rows.rows) == 1:
        return [Line(rows.rows[0]["answer"]), *closing]
    if not rows.rows:
        nothing = "nothing in the graphs that were asked matches; that is no statement that it is not so"
        return [Line(f"no row: {nothing}"), *closing]
    # What no row has leaves its room to the others.
    names = [name for name in rows.names if any(row.get(name) for row in rows.rows)]
    table = Table([Column(name) for name in names], [[row.get(name, "") for name in names] for row in rows.rows])
    return [table, Line(""), *closing]


def rendered(body: bytes, form: str, look: Look, reasoned: Reasoned) -> str:
    """SPARQL JSON as a table, CSV, TSV or readable JSON.

    CSV and TSV hold plain values with IRIs in full, guarded against being read as formulas.
    """
    if form == "json":
        if reasoned.cut:
            told = {**json.loads(body), **limit(reasoned.cut)}
        else:
            told = json.loads(
                linked(body, sorted(reasoned.contradictions.subjects)) if reasoned.contradictions else body
            )
        return escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"
    if form == "table":
        from reasoner.views.text import as_text

        return as_text(blocks(rows_of(body), reasoned), look)
    from reasoner.views.records import delimited

    rows = rows_of(body, short=False)
    return delimited(rows.names, rows.rows, "," if form == "csv" else "\t")
