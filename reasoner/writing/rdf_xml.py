"""RDF/XML as Protégé and owlready2 read it: nested, typed elements, the annotations of axioms below their subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from reasoner.errors import WritingError
from reasoner.model.characters import NO_XML
from reasoner.model.iris import FIRST, NIL, OWL, RDF, RDFS, REST, SWRL, TYPE
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Node, Triple, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Content, Item, Items
from reasoner.writing.layout import FileLayout
from reasoner.writing.prefixed_names import PREFIXES, checked, element_names

_TYPED = (OWL, SWRL, RDFS)
_DESCRIPTION = "rdf:Description"
_RESERVED = (RDF + "Description", RDF + "RDF", RDF + "ID", RDF + "about", RDF + "li", RDF + "bagID", RDF + "aboutEach")


def rdf_xml(triples: Iterable[Triple]) -> str:
    """The triples as RDF/XML.

    Raises :class:`WritingError` for what RDF/XML or XML cannot hold: a property whose IRI ends in no word (E602), a
    control character (E603).
    """
    return _Writer(Canonical(triples)).text()


class _Writer:
    def __init__(self, graph: Canonical) -> None:
        self.graph = graph
        self.layout = FileLayout(graph)
        self.labels: dict[Node, str] = {}
        elements = {predicate for content in graph.content.values() for predicate in content} | {FIRST, REST, TYPE}
        elements |= {str(kind) for node in graph.content for kind in self.layout.types(node)[:1] if _is_element(kind)}
        for iri in sorted(elements.intersection(_RESERVED)):
            raise WritingError(f"{iri} means something else in RDF/XML", code="E602", hint="write Turtle")
        self.namespaces, self.names = element_names(elements)

    def text(self) -> str:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        spaces = {**{p: PREFIXES[p] for p in ("", "owl", "rdf", "rdfs", "xsd")}, **self.namespaces}
        declared = [f"xmlns{':' * bool(prefix)}{prefix}={attribute(spaces[prefix])}" for prefix in sorted(spaces)]
        headers = [
            node for node in self.layout.subjects if OWL + "Ontology" in self.graph.content.get(node, {}).get(TYPE, ())
        ]
        if headers and not is_blank(headers[0]):  # every IRI is written in full; some readers warn of a missing base
            declared.append(f"xml:base={attribute(checked(headers[0]))}")
        lines.append("<rdf:RDF " + "\n         ".join(declared) + ">")
        for node in self.layout.subjects:
            lines.append("")
            if node in self.graph.content:
                lines += self._element(node, 1)
            for remark in self.layout.remarks.get(node, ()):
                lines += self._element(remark, 1)
        return "\n".join([*lines, "</rdf:RDF>", ""])

    def _element(self, node: Node, depth: int) -> Iterator[str]:
        """A node with its statements."""
        content = self.graph.content[node]
        kinds = self.layout.types(node)
        name = self.names[str(kinds[0])] if kinds and _is_element(kinds[0]) else _DESCRIPTION
        rest: Content = {**content, TYPE: kinds[name != _DESCRIPTION :]}
        opened = f"{_INDENT * depth}<{name}{self._about(node)}"
        inner = [
            line for p, values in self.layout.statements(rest) for v in values for line in self._property(p, v, depth)
        ]
        if inner:
            yield f"{opened}>"
            yield from inner
            yield f"{_INDENT * depth}</{name}>"
        else:
            yield f"{opened}/>"

    def _about(self, node: Node) -> str:
        if not is_blank(node):
            return f" rdf:about={attribute(checked(node))}"
        return f" rdf:nodeID={attribute(self._label(node))}" if self._is_labelled(node) else ""

    def _is_labelled(self, node: Node) -> bool:
        return self.graph.references[node] > 0 and not self.graph.is_inline(node)

    def _label(self, node: Node) -> str:
        if node not in self.labels:
            self.labels[node] = f"b{len(self.labels) + 1}"
        return self.labels[node]

    def _property(self, predicate: str, value: Item, depth: int) -> Iterator[str]:
        """One statement of the node at ``depth``."""
        name, lead = self.names[predicate], _INDENT * (depth + 1)
        if isinstance(value, Literal):
            yield f"{lead}<{name}{_literal_attributes(value)}>{character_data(value.lexical)}</{name}>"
        elif isinstance(value, Items):
            yield from self._list(name, value.members, depth)
        elif not is_blank(value):
            yield f"{lead}<{name} rdf:resource={attribute(checked(value))}/>"
        elif self.graph.is_inline(value):
            yield f"{lead}<{name}>"
            yield from self._element(value, depth + 2)
            yield f"{lead}</{name}>"
        else:
            yield f"{lead}<{name} rdf:nodeID={attribute(self._label(value))}/>"

    def _list(self, name: str, members: tuple[Item, ...], depth: int) -> Iterator[str]:
        lead = _INDENT * (depth + 1)
        if not members:
            yield f"{lead}<{name} rdf:resource={attribute(NIL)}/>"
        elif all(isinstance(member, str) for member in members):
            yield f'{lead}<{name} rdf:parseType="Collection">'
            for member in map(str, members):
                if self.graph.is_inline(member):
                    yield from self._element(member, depth + 2)
                else:
                    about = (
                        f"nodeID={attribute(self._label(member))}"
                        if is_blank(member)
                        else f"about={attribute(checked(member))}"
                    )
                    yield f"{_INDENT * (depth + 2)}<{_DESCRIPTION} rdf:{about}/>"
            yield f"{lead}</{name}>"
        else:
            yield f"{lead}<{name}>"
            yield f"{_INDENT * (depth + 2)}<{_DESCRIPTION}>"
            yield from self._property(FIRST, members[0], depth + 2)
            yield from self._property(REST, Items(members[1:]), depth + 2)
            yield f"{_INDENT * (depth + 2)}</{_DESCRIPTION}>"
            yield f"{lead}</{name}>"


_INDENT = "    "


def _is_element(kind: Item) -> bool:
    return isinstance(kind, str) and kind.startswith(_TYPED)


def _literal_attributes(literal: Literal) -> str:
    if literal.language:
        return f" xml:lang={attribute(literal.language)}"
    return "" if literal.datatype == XSD + "string" else f" rdf:datatype={attribute(checked(literal.datatype))}"


def character_data(text: str) -> str:
    """Character data; a carriage return is written as a reference, or every reader would drop it."""
    return escape(_allowed(text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """The text as an attribute value, in quotes."""
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    if bad := NO_XML.search(text):
        raise WritingError(
            f"a text holds the character U+{ord(bad.group()):04X}, which XML cannot hold: {text[:60]!r}",
            code="E603",
            hint="remove it (dislodge check says where it stands), or write Turtle",
        )
    return text
