"""Triples of several files, sorted into statements and structural nodes, with the faults found on the way.

A *structural node* is a blank node that spells out part of an axiom (a list, a class expression, an ``owl:Axiom``);
what a reader has taken from it is noted, so that nothing is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.errors import DislodgeError, OntologyError, Span
from reasoner.model.atom import BUILTINS, DIFFERENT, DISTINCT, SAME
from reasoner.model.iris import FIRST, NIL, OWL, RDFS, RESERVED, REST, SWRL, TYPE
from reasoner.model.names import ANONYMOUS, NAMESPACE, local
from reasoner.model.triple import Node, Triple, Value
from reasoner.reading.rdf.homes import Homes
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.reading.rdf.places import place_of

MAX_FAULTS = 100

#: Types that make a node structural even when it has an IRI.
STRUCTURAL = frozenset(
    [OWL + n for n in ("Axiom", "Annotation", "AllDifferent", "AllDisjointClasses", "AllDisjointProperties")]
    + [OWL + "NegativePropertyAssertion", SWRL + "Imp"]
)
_MAY_STAND_ON_INDIVIDUALS = frozenset(
    [TYPE, OWL + "sameAs", OWL + "differentFrom"]
    + [RDFS + n for n in ("label", "comment", "seeAlso", "isDefinedBy")]
    + [OWL + n for n in ("deprecated", "versionInfo", "imports", "versionIRI")]
)
#: Types that a blank node may have without being structural: an individual, or the header of an ontology with no IRI.
_INDIVIDUAL_TYPES = frozenset({OWL + "NamedIndividual", OWL + "Thing", OWL + "Nothing", OWL + "Ontology"})
_RESERVED_NAMES = BUILTINS | {SAME, DIFFERENT, DISTINCT}


class SortedTriples:
    """The triples of all ontology files, by the role of their subject."""

    def __init__(self, loaded: list[OntologyFile]) -> None:
        self.loaded = loaded
        self.statements: list[Triple] = []
        self.types: list[tuple[Node, Value]] = []
        self.kinds: dict[Node, set[str]] = {}
        self.nodes: dict[Node, dict[str, list[Value]]] = {}
        self.homes = Homes(loaded)
        self.taken: set[tuple[Node, str]] = set()
        self.faults: list[DislodgeError] = []
        self.warnings: list[DislodgeError] = []
        self.unread: list[Triple] = []
        self._names: dict[str, str] = {}

    def sort(self) -> None:
        """Fill ``statements``, ``types``, ``kinds`` (types that OWL itself defines) and ``nodes``."""
        for ontology_file in self.loaded:
            for triple in ontology_file.triples:
                subject, predicate, value = triple
                if subject[:2] == "_:":
                    self.nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
                elif predicate != TYPE:
                    self.statements.append(triple)
                elif isinstance(value, str) and value.startswith(RESERVED):
                    self.kinds.setdefault(subject, set()).add(value)
                else:
                    self.types.append((subject, value))
        self._capture_named_structure()
        self._release_anonymous_individuals()

    def _capture_named_structure(self) -> None:
        """Move named nodes that are typed like structural ones (an ``owl:Axiom`` or ``swrl:Imp`` with an IRI)."""
        named = {node for node, kinds in self.kinds.items() if not kinds.isdisjoint(STRUCTURAL)}
        if not named:
            return
        typed: list[Triple] = [(node, TYPE, kind) for node in named for kind in sorted(self.kinds.pop(node))]
        typed += [(node, TYPE, value) for node, value in self.types if node in named]
        for node, predicate, value in [*typed, *(triple for triple in self.statements if triple[0] in named)]:
            self.nodes.setdefault(node, {}).setdefault(predicate, []).append(value)
        self.types = [entry for entry in self.types if entry[0] not in named]
        self.statements = [triple for triple in self.statements if triple[0] not in named]

    def _release_anonymous_individuals(self) -> None:
        """Move blank nodes that are individuals of the domain to the statements."""
        for node in [node for node, content in self.nodes.items() if self._is_individual(content)]:
            for predicate, values in self.nodes.pop(node).items():
                for value in values:
                    if predicate != TYPE:
                        self.statements.append((node, predicate, value))
                    elif isinstance(value, str) and value.startswith(RESERVED):
                        self.kinds.setdefault(node, set()).add(value)
                    else:
                        self.types.append((node, value))

    @staticmethod
    def _is_individual(content: dict[str, list[Value]]) -> bool:
        for value in content.get(TYPE, ()):
            if isinstance(value, str) and value.startswith(RESERVED) and value not in _INDIVIDUAL_TYPES:
                return False
        return all(p in _MAY_STAND_ON_INDIVIDUALS or not p.startswith(RESERVED) for p in content)

    def name(self, iri: Node) -> str:
        """The short name of an IRI; refuses names of the project that would be taken for something else."""
        known = self._names.get(iri)
        if known is None:
            known = self._names[iri] = self._named(iri)
        return known

    def _named(self, iri: Node) -> str:
        if iri.startswith("_:"):
            return ANONYMOUS + iri[2:]
        if iri.startswith(NAMESPACE) and _is_reserved(short := iri[len(NAMESPACE) :]):
            self.fault(f"the name {short!r} is reserved", code="E307", hint="choose another local name", about=iri)
        return local(iri)

    def take(self, node: Node, predicate: str) -> list[Value]:
        """The values of a predicate of a structural node, noted as read."""
        values = self.nodes.get(node, {}).get(predicate)
        if values is None:
            return []
        self.taken.add((node, predicate))
        return values

    def items(self, head: Value) -> list[Value]:
        """The members of an RDF list; a list that is broken or runs in a circle is a fault."""
        members: list[Value] = []
        seen: set[Value] = set()
        while head != NIL:
            if isinstance(head, str) and head not in seen:
                seen.add(head)
                self.take(head, TYPE)
                first, rest = self.take(head, FIRST), self.take(head, REST)
                if len(first) == 1 and len(rest) == 1:
                    members.append(first[0])
                    head = rest[0]
                    continue
            about = head if isinstance(head, str) else ""
            self.fault("a list is broken", code="E304", hint="each node needs one rdf:first, one rdf:rest", about=about)
            break
        return members

    def signature(self, value: Value, depth: int = 100) -> str:
        """What a structural node states, whatever its label: equal for two nodes that spell out one expression."""
        content = self.nodes.get(value) if isinstance(value, str) and depth else None
        if content is None:
            return repr(value)
        parts = (
            f"{predicate} {' '.join(sorted(self.signature(item, depth - 1) for item in values))}"
            for predicate, values in content.items()
        )
        return f"[{'; '.join(sorted(parts))}]"

    def take_all(self, node: Node) -> None:
        """Note everything below a structural node as read."""
        queue: list[Value] = [node]
        seen: set[Value] = set()
        while queue:
            current = queue.pop()
            if isinstance(current, str) and current in self.nodes and current not in seen:
                seen.add(current)
                for predicate, values in self.nodes[current].items():
                    self.taken.add((current, predicate))
                    queue.extend(values)

    def left_over(self) -> Iterator[Triple]:
        """The triples of structural nodes that no reader took."""
        for node, content in self.nodes.items():
            for predicate, values in content.items():
                if (node, predicate) not in self.taken:
                    for value in values:
                        yield node, predicate, value

    def fault(
        self, message: str, *, code: str, hint: str = "", about: Node = "", words: Sequence[str] = (), file: str = ""
    ) -> None:
        """Note an error about the node ``about``.

        ``words`` are names that stand on the line to be shown, ``file`` the file in which it is looked for first.
        """
        if len(self.faults) < MAX_FAULTS:
            span = self.span(words or (about,), file or self.file_of(about))
            self.faults.append(OntologyError(message, code=code, hint=hint, span=span))

    def warn(self, message: str, *, code: str, hint: str = "", about: Node = "") -> None:
        """Note something that is kept but will not do what its author may expect."""
        self.warnings.append(OntologyError(message, code=code, hint=hint, span=Span(self.file_of(about))))

    def file_of(self, node: Node) -> str:
        """The file that describes the node first."""
        return self.homes.of(node) or (str(self.loaded[0].path) if self.loaded else "")

    def span(self, words: Sequence[str], file: str) -> Span:
        """The best known place of some names, searched only when something is wrong."""
        return place_of(words, file, self.loaded)


def _is_reserved(name: str) -> bool:
    """Whether a local name would be taken for an IRI, a blank node, a variable or a word of rules."""
    return not name or "://" in name or name.startswith(("urn:", "_:", "?")) or name in _RESERVED_NAMES
