"""What ontology files state, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reasoner.errors import DislodgeError
from reasoner.model.atom import Fact
from reasoner.model.axiom import Axiom
from reasoner.model.iris import RDFS
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal
from reasoner.model.triple import Triple
from reasoner.model.vocabulary import Vocabulary

#: Stands as the datatype of a text that is an IRI in the file, not a literal.
IRI_VALUE = RDFS + "Resource"


class SourceFile(NamedTuple):
    """A file that was read: its path as it was given, and the SHA-256 of its content."""

    path: str
    sha256: str


class Header(NamedTuple):
    """The ontology header of the first file that has one; ``imports`` of all files."""

    iri: str = ""
    version: str = ""
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ontology:
    """What a set of ontology files states, in the order of the files.

    ``axiom_annotations`` are those of facts; ``statement_annotations`` those of other triples (subject, predicate,
    object as names).  ``texts`` maps a subject to annotation assertions, property and value; properties of other
    vocabularies (``rdfs:label``, ``skos:altLabel``) are whole IRIs, and an IRI as value has the datatype
    :data:`IRI_VALUE`.  ``files`` are all that was read, in that order.  ``sources`` maps a subject to the file that
    describes it first, ``elsewhere`` a fact that this file does not state to the first one that does, and what is
    supposed to no file.  ``rules`` are SWRL rules found in the files.  ``unread`` are triples that no reader took.
    """

    facts: list[Fact] = field(default_factory=list)
    axioms: list[Axiom] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    axiom_annotations: dict[Fact, list[tuple[str, Ground]]] = field(default_factory=dict)
    statement_annotations: dict[tuple[str, str, Ground], list[tuple[str, Ground]]] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, Literal]]] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[Fact, str] = field(default_factory=dict)
    header: Header = field(default_factory=Header)
    sha256: str = ""
    rules: list[Rule] = field(default_factory=list)
    warnings: list[DislodgeError] = field(default_factory=list)
    unread: list[Triple] = field(default_factory=list)

    def file_of(self, fact: Fact) -> str:
        """The first file that states a fact, or describes the subject of what is not stated; empty where none does."""
        return self.elsewhere[fact] if fact in self.elsewhere else self.sources.get(fact.subject, "")
