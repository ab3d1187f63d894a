"""The layers of ``check`` that look at files as they are: their characters, and schema and shape by query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.curating.asserted import Asserted
from reasoner.curating.checks.findings import finding
from reasoner.curating.checks.forbidden import forbidden
from reasoner.model.characters import NO_XML
from reasoner.model.findings import ERROR
from reasoner.model.names import local
from reasoner.model.rule import Rule
from reasoner.model.term import Literal
from reasoner.reading.quality import flaws, read_quality
from reasoner.reading.rdf.homes import Homes
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.resources import shipped

if TYPE_CHECKING:
    from reasoner.model.documents.findings import FindingRow


def characters(loaded: Iterable[OntologyFile], rules: Iterable[Rule]) -> Iterator[FindingRow]:
    """Texts that no XML document can hold, so that ``export`` refuses to write RDF/XML and OWL/XML."""
    for ontology_file in loaded:
        for found in forbidden(ontology_file):
            yield _unwritable(found.subject, found.text, str(ontology_file.path), found.line)
    for rule in rules:
        for text in (rule.label, rule.because, rule.logic):
            if rule.span and NO_XML.search(text):
                yield _unwritable(rule.id, text, rule.span.file, rule.span.line)


def _unwritable(subject: str, text: str, file: str, line: int) -> FindingRow:
    character = NO_XML.findall(text)[0]
    what = f"a text with the character U+{ord(character):04X}, which XML cannot hold: {text[:60]!r}"
    message = f"{subject or 'a nameless node'} has {what}"
    fix = "remove the character: what holds it cannot be written as RDF/XML or OWL/XML, by Protégé neither"
    return finding("safety", ERROR, "C601", subject, message, fix, file, line)


def quality(loaded: Sequence[OntologyFile], layers: Collection[str]) -> Iterator[FindingRow]:
    """Findings of every check of these layers that ships, over the asserted triples of the files ``loaded``."""
    found = [read_quality(path) for path in sorted((shipped("ontology") / "checks").glob("*.rq"))]
    checks = [check for check in found if check.layer in layers]
    place = _places(loaded)
    for flaw in flaws(checks, (triple for ontology_file in loaded for triple in ontology_file.triples)):
        check = flaw.quality
        file = place(flaw.subject, flaw.detail)
        yield finding(check.layer, check.level, check.code, flaw.subject, flaw.message, check.fix, file)


def _places(loaded: Sequence[OntologyFile]) -> Callable[[str, str], str]:
    """Which file made a subject what a check found: of those that add to it the last, with a value that is shown.

    A subject to which no other file adds is what the file makes it that describes it.
    """
    homes = Homes(loaded)
    first = {local(subject): file for subject, file in homes.first.items()}
    added: dict[str, list[tuple[str, str]]] = defaultdict(list)
    annotated = ((statement, str(loaded[n].path)) for statement, n in Asserted(loaded).annotated())
    for (subject, _, value), file in (*homes.elsewhere.items(), *annotated):
        if first.get(local(subject)) != file:
            added[local(subject)].append((value.lexical if isinstance(value, Literal) else local(value), file))

    def place(subject: str, detail: str) -> str:
        found = added.get(subject, [])
        shown = [file for value, file in found if value and value in detail]
        return next(reversed(shown or [file for _, file in found if not detail]), first.get(subject, ""))

    return place
