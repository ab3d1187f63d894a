"""Ontology files to one value: facts, axioms, vocabulary, annotations, texts.

Everything in the files ends in one of these, in ``rules``, in ``warnings`` or in ``unread``: nothing is dropped in
silence.  Files are joined, so a module may use what another declares; faults are collected over all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from reasoner.errors import raise_all
from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.axiom import NOTHING
from reasoner.model.groups import AllDifferent
from reasoner.model.iris import OWL, PROPERTY, RDF, RDFS, SOURCE, SWRL, TARGET, TYPE
from reasoner.model.ontology import IRI_VALUE, Header, Ontology, SourceFile
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal
from reasoner.model.triple import Node, Value
from reasoner.reading.owl.axioms import Axioms
from reasoner.reading.owl.declarations import OBJECT_CHARACTERISTICS, Declarations
from reasoner.reading.owl.expressions import Expressions
from reasoner.reading.owl.sorted_triples import SortedTriples
from reasoner.reading.rdf.ontology_files import OntologyFile, read_ontology_files

_AXIOM = OWL + "Axiom"
_ANNOTATED_NODES = frozenset(
    OWL + name for name in ("AllDifferent", "AllDisjointClasses", "AllDisjointProperties", "NegativePropertyAssertion")
)
_AXIOM_PARTS = frozenset({TYPE, SOURCE, PROPERTY, TARGET})


def read_ontology(paths: Iterable[Path]) -> Ontology:
    """Read and join files (Turtle, N-Triples, RDF/XML) and what their catalogs map their imports to.

    Raises :class:`~reasoner.errors.ReadingError` for a file that cannot be read,
    :class:`~reasoner.errors.OntologyError` for names that are not declared and structures that are malformed, and
    :class:`~reasoner.errors.Faults` when there are several.
    """
    return joined(read_ontology_files(paths))


def joined(loaded: list[OntologyFile]) -> Ontology:
    """What ontology files state together; raises as :func:`read_ontology` does."""
    triples = SortedTriples(loaded)
    triples.sort()
    ontology = _Reader(triples).read()
    raise_all(triples.faults)
    return ontology


class _Reader:
    """One pass over sorted triples."""

    def __init__(self, triples: SortedTriples) -> None:
        self.triples = triples
        self.declared = Declarations(triples)
        self.expressions = Expressions(triples, self.declared)
        self.axioms = Axioms(triples, self.declared, self.expressions)
        self.facts: dict[Fact, None] = {}
        self.texts: dict[str, list[tuple[str, Literal]]] = {}
        self.annotations: dict[Fact, list[tuple[str, Ground]]] = {}
        self.other_annotations: dict[tuple[str, str, Ground], list[tuple[str, Ground]]] = {}
        self.elsewhere: dict[Fact, str] = {}
        self.imports: dict[str, None] = {}
        self.version: dict[Node, str] = {}
        self._index: dict[Node, set[tuple[Node, Value]]] = {}

    def read(self) -> Ontology:
        """The value; faults are left with the triples."""
        self.declared.collect()
        self._read_types()
        self._read_statements()
        self.axioms.read_characteristics()
        self.axioms.read_nodes()
        self._read_elsewhere()
        groups = self._read_distinct()
        rules = self._read_rules()
        self._read_annotated_axioms()
        self._read_annotated_nodes()
        triples = self.triples
        triples.unread.extend(triples.left_over())
        axioms = list(self.axioms.found)
        files = tuple(SourceFile(str(d.path), hashlib.sha256(d.data).hexdigest()) for d in triples.loaded)
        from reasoner.reading.owl.vocabulary import vocabulary_of

        return Ontology(
            facts=list(self.facts),
            groups=tuple(groups),
            axioms=axioms,
            vocabulary=vocabulary_of(self.declared, axioms),
            axiom_annotations=self.annotations,
            statement_annotations=self.other_annotations,
            texts=self.texts,
            files=files,
            sources={
                triples.name(node): file for node, file in triples.homes.first.items() if node not in triples.nodes
            },
            elsewhere=self.elsewhere,
            header=self._header(),
            sha256=_digest(files),
            rules=rules,
            warnings=triples.warnings,
            unread=triples.unread,
        )

    def _read_types(self) -> None:
        """Class membership: facts for named classes, axioms for anonymous ones."""
        name, facts, nodes = self.triples.name, self.facts, self.triples.nodes
        classes = self.declared.classes
        for node, value in self.triples.types:
            if isinstance(value, Literal):
                file = self.triples.homes.stating((node, TYPE, value))
                self.triples.fault("a literal is no class", code="E306", about=node, file=file)
            elif value in nodes:
                self.axioms.assert_type(node, value)
            elif value in classes or self.declared.is_class(value):
                facts[Fact(name(value), name(node))] = None
        for node, kinds in self.triples.kinds.items():
            if NOTHING in kinds:
                facts[Fact(NOTHING, name(node))] = None
            self.triples.unread.extend((node, TYPE, kind) for kind in kinds - _KNOWN_KINDS)

    def _read_statements(self) -> None:
        table: dict[str, Callable[[Node, Value], None]] = {
            **{p: self._object_reader(p) for p in self.declared.object_properties},
            **{p: self._data_reader(p) for p in self.declared.data_properties},
            **self.axioms.readers(),
            OWL + "sameAs": self._identity(SAME),
            OWL + "differentFrom": self._identity(DIFFERENT),
            OWL + "imports": self._import,
            OWL + "versionIRI": self._version,
        }
        for node, predicate, value in self.triples.statements:
            reader = table.get(predicate)
            if reader is None:
                reader = table[predicate] = self._other_reader(predicate)
            reader(node, value)

    def _object_reader(self, predicate: Node) -> Callable[[Node, Value], None]:
        name, facts, nodes = self.triples.name, self.facts, self.triples.nodes
        short = name(predicate)

        def read(node: Node, value: Value) -> None:
            if isinstance(value, Literal) or value in nodes:
                self._wrong_kind(node, predicate, value, "an individual")
            else:
                facts[Fact(short, name(node), name(value))] = None

        return read

    def _data_reader(self, predicate: Node) -> Callable[[Node, Value], None]:
        name, facts = self.triples.name, self.facts
        short = name(predicate)

        def read(node: Node, value: Value) -> None:
            if isinstance(value, Literal):
                facts[Fact(short, name(node), value)] = None
            else:
                self._wrong_kind(node, predicate, value, "a literal")

        return read

    def _wrong_kind(self, node: Node, predicate: Node, value: Value, wanted: str) -> None:
        shown = value if isinstance(value, Literal) else self.triples.name(value)
        self.triples.fault(
            f"{self.triples.name(predicate)} of {self.triples.name(node)} needs {wanted}, not {shown}",
            code="E306",
            hint="an object property joins two individuals, a data property an individual and a literal",
            about=node,
            words=(node, predicate),
            file=self.triples.homes.stating((node, predicate, value)),
        )

    def _identity(self, predicate: str) -> Callable[[Node, Value], None]:
        def read(node: Node, value: Value) -> None:
            if isinstance(value, Literal):
                self._wrong_kind(node, OWL + predicate, value, "an individual")
            else:
                self.facts[Fact(predicate, self.triples.name(node), self.triples.name(value))] = None

        return read

    def _import(self, node: Node, value: Value) -> None:
        self.imports[str(value)] = None

    def _version(self, node: Node, value: Value) -> None:
        self.version.setdefault(node, str(value))

    def _other_reader(self, predicate: Node) -> Callable[[Node, Value], None]:
        """Annotations; a word of OWL that no reader knows; or a property that nobody declared."""
        if self.declared.is_annotation_property(predicate):
            name, texts = self.triples.name, self.texts
            key = name(predicate)

            def annotate(node: Node, value: Value) -> None:
                texts.setdefault(name(node), []).append((key, _text(value)))

            return annotate
        if predicate.startswith((OWL, RDF, RDFS, SWRL)):
            return lambda node, value: self.triples.unread.append((node, predicate, value))
        self.declared.undeclared_property(predicate)
        return lambda node, value: None

    def _read_elsewhere(self) -> None:
        """Note which facts another file states than the one that describes their subject."""
        for triple, file in self.triples.homes.elsewhere.items():
            fact = _fact(self.triples.name, *triple)
            if fact in self.facts:
                self.elsewhere[fact] = file

    def _read_distinct(self) -> list[AllDifferent]:
        """The groups of different individuals; a member named again differs from the others, and from itself."""
        for node, group in self.axioms.distinct:
            for fact in _said_again(group):
                if fact not in self.facts:
                    self.facts[fact] = None
                    self.elsewhere[fact] = self.triples.homes.of(node)
        alone = frozenset(fact for fact in self.facts if fact.predicate == DIFFERENT)
        found = [AllDifferent(tuple(dict.fromkeys(g)), self.triples.homes.of(node)) for node, g in self.axioms.distinct]
        return [group for group in (stated.without(alone) for stated in found) if len(group)]

    def _read_rules(self) -> list[Rule]:
        if not any(SWRL + "Imp" in content.get(TYPE, ()) for content in self.triples.nodes.values()):
            return []
        from reasoner.reading.owl.swrl import rules_of

        return rules_of(self.triples, self.declared)

    def _read_annotated_axioms(self) -> None:
        """Annotations of axioms, by the statement that they are about; it must be stated by some file."""
        taken = self.triples.taken
        for node, content in self.triples.nodes.items():
            if _AXIOM not in content.get(TYPE, ()):
                continue
            parts = [value for part in (SOURCE, PROPERTY, TARGET) for value in content.get(part, ())]
            if len(parts) != 3 or len(content.keys() & _AXIOM_PARTS) != 4:
                self.triples.fault(
                    "an owl:Axiom needs one annotatedSource, annotatedProperty and annotatedTarget",
                    code="E304",
                    hint="write one owl:Axiom for each statement",
                    about=node,
                )
                continue
            self._annotate((parts[0], parts[1], parts[2]), content, self.triples.homes.of(node))
            taken.update((node, predicate) for predicate in content)

    def _read_annotated_nodes(self) -> None:
        """Annotations of axioms that have a node of their own stand on that node."""
        name, taken = self.triples.name, self.triples.taken
        for node, content in self.triples.nodes.items():
            for kind in _ANNOTATED_NODES.intersection(map(str, content.get(TYPE, ()))):
                for predicate, values in content.items():
                    if (node, predicate) not in taken and self.declared.is_annotation_property(predicate):
                        taken.add((node, predicate))
                        notes = self.other_annotations.setdefault((name(node), name(TYPE), name(kind)), [])
                        notes.extend((name(predicate), v if isinstance(v, Literal) else name(v)) for v in values)

    def _annotate(self, statement: tuple[Value, Value, Value], content: dict[str, list[Value]], file: str) -> None:
        source, prop, target = statement
        if isinstance(source, Literal) or isinstance(prop, Literal):
            self.triples.fault("an owl:Axiom is about a literal", code="E304", file=file)
            return
        notes = [
            (self._annotation_key(predicate), value if isinstance(value, Literal) else self.triples.name(value))
            for predicate, values in content.items()
            if predicate not in _AXIOM_PARTS
            for value in values
        ]
        name = self.triples.name
        fact = _fact(name, source, prop, target)
        if fact in self.facts:
            self.annotations.setdefault(fact, []).extend(notes)
        elif (prop, target) in self._stated(source) or self._spelt_again(source, prop, target):
            shown: Ground = target if isinstance(target, Literal) else name(target)
            self.other_annotations.setdefault((name(source), name(prop), shown), []).extend(notes)
        else:
            self.triples.fault(
                f"an annotation is about {fact}, which no file states",
                code="E303",
                hint="state the fact, or remove or mend the owl:Axiom",
                about=source,
                words=[source, prop] + ([target] if isinstance(target, str) else []),
                file=file,
            )

    def _spelt_again(self, source: Node, prop: Node, target: Value) -> bool:
        """Whether the target is an expression that some statement spells out too; Protégé writes it twice."""
        if isinstance(target, Literal) or target not in self.triples.nodes:
            return False
        wanted = self.triples.signature(target)
        known = [v for p, v in self._stated(source) if p == prop and v in self.triples.nodes and v != target]
        if any(self.triples.signature(value) == wanted for value in known):
            self.triples.take_all(target)
            return True
        return False

    def _annotation_key(self, predicate: Node) -> str:
        if not self.declared.is_annotation_property(predicate):
            self.declared.undeclared_property(predicate)
        return self.triples.name(predicate)

    def _stated(self, source: Node) -> set[tuple[Node, Value]]:
        """Predicate and object of every triple with this subject; the index is built when first needed."""
        if not self._index:
            for ontology_file in self.triples.loaded:
                for subject, predicate, value in ontology_file.triples:
                    self._index.setdefault(subject, set()).add((predicate, value))
        return self._index.get(source, set())

    def _header(self) -> Header:
        for node, kinds in self.triples.kinds.items():
            if OWL + "Ontology" in kinds:
                return Header("" if node.startswith("_:") else node, self.version.get(node, ""), tuple(self.imports))
        return Header(imports=tuple(self.imports))


_KNOWN_KINDS = OBJECT_CHARACTERISTICS.union(
    [OWL + name for name in ("Class", "NamedIndividual", "Thing", "Nothing", "Ontology", "DataRange")],
    [OWL + kind + "Property" for kind in ("Object", "Datatype", "Annotation", "Ontology", "Functional")],
    [RDFS + name for name in ("Class", "Datatype", "Resource")],
    [RDF + "Property", SWRL + "Variable"],
)


def _fact(name: Callable[[Node], str], source: Node, prop: Node, target: Value) -> Fact:
    if prop == TYPE and isinstance(target, str):
        return Fact(name(target), name(source))
    short = prop.removeprefix(OWL) if prop in (OWL + SAME, OWL + DIFFERENT) else name(prop)
    return Fact(short, name(source), target if isinstance(target, Literal) else name(target))


def _said_again(group: Sequence[str]) -> Iterator[Fact]:
    """The differences of members at the places where they are named once more."""
    seen: set[str] = set()
    for place, member in enumerate(group):
        if member in seen:
            yield from (Fact(DIFFERENT, other, member) for other in dict.fromkeys(group[:place]))
            yield from (Fact(DIFFERENT, member, other) for other in dict.fromkeys(group[place + 1 :]))
        seen.add(member)


def _text(value: Value) -> Literal:
    return value if isinstance(value, Literal) else Literal(value, IRI_VALUE)


def _digest(files: Iterable[SourceFile]) -> str:
    """SHA-256 over the contents of the files, whatever their order and names."""
    return hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
