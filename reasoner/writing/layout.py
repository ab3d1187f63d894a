"""The order of a file: which subject, which statement, which value comes when."""

from __future__ import annotations

from reasoner.model.iris import (
    DOMAIN,
    OBO_IN_OWL,
    OWL,
    PROPERTY,
    RANGE,
    RDFS,
    SKOS,
    SOURCE,
    SUB_CLASS,
    SUB_PROPERTY,
    TARGET,
    TYPE,
)
from reasoner.model.triple import Node, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Content, Item

AXIOM = OWL + "Axiom"
#: What an annotated axiom is about.
ABOUT = (SOURCE, PROPERTY, TARGET)
#: What stands first in a block, and what stands last.
_FIRST = {
    predicate: place
    for place, predicate in enumerate(
        (
            TYPE, SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE, OWL + "inverseOf", OWL + "versionIRI", OWL + "versionInfo",
            RDFS + "label", SKOS + "altLabel", SKOS + "definition", OBO_IN_OWL + "hasDbXref",
        )
    )
}  # fmt: skip
_LAST = {OWL + "imports": 101, RDFS + "comment": 102}
#: Kinds of subject in the order in which they are written; individuals follow, then what has no name.
_KINDS = (
    frozenset({OWL + "Ontology"}),
    frozenset({OWL + "AnnotationProperty"}),
    frozenset({OWL + "Class", RDFS + "Class"}),
    frozenset({RDFS + "Datatype"}),
    frozenset({OWL + "ObjectProperty"}),
    frozenset({OWL + "DatatypeProperty"}),
)


class FileLayout:
    """The blocks of a file: each subject, with the annotations of its axioms."""

    def __init__(self, graph: Canonical) -> None:
        self.graph = graph
        self.remarks: dict[Node, list[Node]] = {}
        named = [node for node in graph.roots() if not self._is_remark(node)]
        missing = self.remarks.keys() - set(named)
        self.subjects = sorted([*named, *missing], key=self._rank)
        for found in self.remarks.values():
            found.sort(key=self._remark_order)

    def types(self, node: Node) -> list[Item]:
        """The types of a node, those of OWL first."""
        return self.values(TYPE, self.graph.content[node].get(TYPE, []))

    def values(self, predicate: str, values: list[Item]) -> list[Item]:
        """The values of a statement in their order."""
        if predicate == TYPE:
            return sorted(values, key=lambda value: not str(value).startswith(OWL))
        return values

    def statements(self, content: Content) -> list[tuple[str, list[Item]]]:
        """Predicates with their values, in their order."""
        found = sorted(content.items(), key=lambda entry: (_place(entry[0]), entry[0]))
        return [(predicate, self.values(predicate, values)) for predicate, values in found]

    def _is_remark(self, node: Node) -> bool:
        """Whether a node only annotates an axiom about something that has a name."""
        content = self.graph.content[node]
        if not is_blank(node) or self.graph.references[node] or content.get(TYPE) != [AXIOM]:
            return False
        if any(len(content.get(part, ())) != 1 for part in ABOUT):
            return False
        source = content[SOURCE][0]
        if not isinstance(source, str) or is_blank(source):
            return False
        self.remarks.setdefault(source, []).append(node)
        return True

    def _remark_order(self, node: Node) -> tuple[str, ...]:
        content = self.graph.content[node]
        return (*(self.graph.key(content[part][0]) for part in ABOUT[1:]), self.graph.key(node))

    def _rank(self, node: Node) -> tuple[int, str]:
        kinds = self.graph.content.get(node, {}).get(TYPE, [])
        found = (place for place, group in enumerate(_KINDS) if not group.isdisjoint(map(str, kinds)))
        if is_blank(node):
            return next(found, len(_KINDS) + 1), f"{kinds[:1]} {self.graph.key(node)}"
        return next(found, len(_KINDS)), node


def _place(predicate: str) -> int:
    return _FIRST.get(predicate, _LAST.get(predicate, 50))
