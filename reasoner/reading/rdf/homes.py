"""Which file describes a thing first, and which file states what: one map for every place that names a file."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.model.iris import OWL, RDFS, TYPE
from reasoner.model.triple import Node, Triple
from reasoner.reading.rdf.ontology_files import OntologyFile

#: A file that says no more of a term than this only borrows it.
DECLARING = frozenset(
    [OWL + f"{kind}Property" for kind in ("Object", "Datatype", "Annotation")]
    + [OWL + "Class", OWL + "NamedIndividual", RDFS + "Datatype"]
)


class Homes:
    """The files of subjects and of their statements.

    ``first`` maps each subject to the file that describes it first; what is only declared, is described by the file
    that declares it.  ``elsewhere`` maps each statement that this file does not hold to the first file that does.
    """

    def __init__(self, loaded: Sequence[OntologyFile]) -> None:
        files = [str(ontology_file.path) for ontology_file in loaded]
        self.first: dict[Node, str] = {}
        for file, ontology_file in zip(files, loaded, strict=True):
            last = ""
            for subject, predicate, value in ontology_file.triples:
                if subject is not last and not (predicate == TYPE and value in DECLARING):
                    last = subject
                    self.first.setdefault(subject, file)
        self._statements(files, loaded)

    def _statements(self, files: Sequence[str], loaded: Sequence[OntologyFile]) -> None:
        shared: set[Node] = set()
        for file, ontology_file in zip(files, loaded, strict=True):
            last = ""
            for subject, _, _ in ontology_file.triples:
                if subject is not last:
                    last = subject
                    if self.first.setdefault(subject, file) != file:
                        shared.add(subject)
        found: dict[Triple, str] = {}
        for file, ontology_file in zip(files, loaded, strict=True) if shared else ():
            for triple in ontology_file.triples:
                if triple[0] in shared and (triple not in found or self.first[triple[0]] == file):
                    found[triple] = file
        self.elsewhere = {triple: file for triple, file in found.items() if self.first[triple[0]] != file}

    def of(self, subject: Node) -> str:
        """The file that describes a subject first; empty for what no file describes."""
        return self.first.get(subject, "")

    def stating(self, statement: Triple) -> str:
        """The first file that holds a statement, beginning with the one that describes its subject."""
        return self.elsewhere.get(statement) or self.of(statement[0])
