"""A folder with a small ontology in canonical form, and its tables."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.curating.format import format_files
from reasoner.resources import shipped
from tests.units.small_knowledge import FACTS

MORE = """
:drug-a_block_KINX a owl:NamedIndividual , :Action ; rdfs:label "drug alpha blocks kinase X"@en ;
    :hasAgent :drug-a ; :hasTarget :KINX ; :hasMode :block .
[] a owl:Axiom ; owl:annotatedSource :drug-a_block_KINX ; owl:annotatedProperty :hasTarget ; owl:annotatedTarget :KINX ;
    :supportedBy :CL-1 .
:mechM a owl:NamedIndividual , :Mechanism ; rdfs:label "kinase X keeps itself at work"@en ; :holdsIn :diseaseA ;
    :requires :KINX__in__Stem_A ; :promotes :KINX__in__Stem_A .
[] a owl:Axiom ; owl:annotatedSource :mechM ; owl:annotatedProperty :requires ;
    owl:annotatedTarget :KINX__in__Stem_A ; :supportedBy :CL-1 .
[] a owl:Axiom ; owl:annotatedSource :mechM ; owl:annotatedProperty :promotes ;
    owl:annotatedTarget :KINX__in__Stem_A ; :supportedBy :CL-1 ; :opposedBy :CL-2 .
:KINY a owl:NamedIndividual , :GeneProduct ; rdfs:label "kinase Y"@en .
:KINO a owl:NamedIndividual , :GeneProduct ; rdfs:label "obsolete kinase"@en ; owl:deprecated true ;
    <http://purl.obolibrary.org/obo/IAO_0100001> :KINX .
<http://purl.obolibrary.org/obo/IAO_0100001> a owl:AnnotationProperty .
"""
ACTION = (
    "ID\ttype\tlabel\tagent\ttarget\tfor\tagainst\tmode\n"
    "ID\tTYPE\tAL rdfs:label@en\tI dislodge:hasAgent\tI dislodge:hasTarget SPLIT=|\t>AI dislodge:supportedBy SPLIT=|"
    "\t>AI dislodge:opposedBy SPLIT=|\tI dislodge:hasMode\n"
)
GOOD = "dislodge:new_action\tAction\tdrug beta blocks kinase Y\tdrug-b\tKINY\tCL-1\t\tblock\n"


class Curated:
    """Modules of the vocabulary and one file of facts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts = folder / "facts.ttl"
        self.facts.write_text(f"{FACTS}{MORE}", encoding="utf-8")
        format_files([self.facts])
        self.files = [*sorted(shipped("ontology").glob("modules/*.ttl")), self.facts]

    def run(self, *words: object) -> Result:
        """Run ``dislodge template`` over these files."""
        named = [word for file in self.files for word in ("--ontology", str(file))]
        return CliRunner().invoke(main, ["template", *map(str, words), *named])

    def export(self, kind: str) -> str:
        """The table of a kind as text."""
        result = self.run("export", kind)
        assert result.exit_code == 0, result.output
        return result.stdout

    def take(self, text: str | bytes, *words: object) -> Result:
        """Import one table."""
        path = self.folder / "table.tsv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return self.run("import", path, *words)

    def text(self) -> str:
        """The facts as they are now."""
        return self.facts.read_text(encoding="utf-8")
