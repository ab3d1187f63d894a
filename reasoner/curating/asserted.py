"""What a set of files states, statement by statement, with the file of each and the annotations beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reasoner.model.datatypes import is_true
from reasoner.model.iris import OWL, PROPERTY, SOURCE, TARGET, TYPE
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, Value, is_blank
from reasoner.reading.rdf.ontology_files import OntologyFile

AXIOM = OWL + "Axiom"
_PARTS = frozenset({TYPE, SOURCE, PROPERTY, TARGET})


class Asserted:
    """The statements of ontology files by subject; a file is known by its number in ``loaded``."""

    def __init__(self, loaded: Sequence[OntologyFile]) -> None:
        self.loaded = loaded
        self._values: dict[tuple[Node, str], dict[Value, set[int]]] = {}
        self._predicates: dict[Node, dict[str, None]] = {}
        self._nodes: dict[Node, list[tuple[str, Value]]] = defaultdict(list)
        self._home: dict[Node, int] = {}
        for number, ontology_file in enumerate(loaded):
            for subject, predicate, value in ontology_file.triples:
                if is_blank(subject):
                    self._nodes[subject].append((predicate, value))
                    self._home[subject] = number
                else:
                    self._values.setdefault((subject, predicate), {}).setdefault(value, set()).add(number)
                    self._predicates.setdefault(subject, {})[predicate] = None
        self._beside = self._annotated()

    def _annotated(self) -> dict[Triple, list[Node]]:
        """The ``owl:Axiom`` nodes of each statement."""
        found: dict[Triple, list[Node]] = defaultdict(list)
        for node, content in self._nodes.items():
            if (TYPE, AXIOM) in content:
                parts = dict(content)
                source, prop, target = parts.get(SOURCE), parts.get(PROPERTY), parts.get(TARGET)
                if isinstance(source, str) and isinstance(prop, str) and target is not None:
                    found[source, prop, target].append(node)
        return found

    def predicates(self, subject: Node) -> Iterable[str]:
        """The predicates of a subject, in the order of the files."""
        return self._predicates.get(subject, ())

    def values(self, subject: Node, predicate: str) -> Iterable[Value]:
        """The values of a predicate of a subject, in the order of the files."""
        return self._values.get((subject, predicate), ())

    def files(self, statement: Triple) -> set[int]:
        """The files that hold the statement."""
        return self._values.get(statement[:2], {}).get(statement[2], set())

    def is_deprecated(self, subject: Node) -> bool:
        """Whether the subject was retired."""
        values = self.values(subject, OWL + "deprecated")
        return any(isinstance(value, Literal) and is_true(value) for value in values)

    def remarks(self, statement: Triple) -> list[tuple[int, Node]]:
        """The ``owl:Axiom`` nodes beside a statement, with their files."""
        return [(self._home[node], node) for node in self._beside.get(statement, ())]

    def annotated(self) -> Iterator[tuple[Triple, int]]:
        """Each statement with an ``owl:Axiom`` node beside it, and the file of that node."""
        for statement in self._beside:
            yield from ((statement, number) for number, _ in self.remarks(statement))

    def notes(self, statement: Triple) -> list[tuple[str, Value]]:
        """The annotations beside a statement: property and value."""
        return [note for _, node in self.remarks(statement) for note in self.content(node)]

    def content(self, node: Node) -> list[tuple[str, Value]]:
        """What a node of a remark says of its statement."""
        return [(predicate, value) for predicate, value in self._nodes[node] if predicate not in _PARTS]


def remark(node: Node, statement: Triple) -> list[Triple]:
    """The triples of an ``owl:Axiom`` node that say which statement it is about."""
    subject, predicate, value = statement
    return [(node, TYPE, AXIOM), (node, SOURCE, subject), (node, PROPERTY, predicate), (node, TARGET, value)]
