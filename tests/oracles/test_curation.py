# ruff: noqa: E501
"""What a curator does in Protégé, through its OWL API: one edit at a time, saved, compared, formatted, read again.

After each edit the changes of the answers are exactly those that it should make, and no axiom is lost on the way.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from owl_api import OwlApi, Unavailable, jars

from reasoner.cli import main
from reasoner.model.names import NAMESPACE
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped_rules

pytestmark = pytest.mark.java
try:
    jars()
except Unavailable as missing:
    pytest.skip(f"the OWL API is not here: {missing}", allow_module_level=True)

_OBJECT = (
    "hasSender",
    "hasLigand",
    "hasReceptor",
    "hasReceiver",
    "holdsIn",
    "hasArm",
    "needs",
    "retains",
    "opensRoute",
)
_OBJECT += ("breaksRoute", "dislodges", "hasCell", "leavesNone", "hasHazard")
DECLARED = "".join(
    f"Declaration({kind}Property(:{name})) "
    for kind, names in {"Object": _OBJECT, "Annotation": ("supportedBy",)}.items()
    for name in names
)
HEAD = """Prefix(:=<https://w3id.org/dislodge#>) Prefix(v:=<urn:swrl:var#>) Prefix(obo:=<http://purl.obolibrary.org/obo/>)
Prefix(rdfs:=<http://www.w3.org/2000/01/rdf-schema#>) Prefix(owl:=<http://www.w3.org/2002/07/owl#>)
Prefix(xsd:=<http://www.w3.org/2001/XMLSchema#>) Prefix(dcterms:=<http://purl.org/dc/terms/>)
Prefix(swrla:=<http://swrl.stanford.edu/ontologies/3.3/swrla.owl#>)
"""
#: SWRLTab replaces a rule by another with three annotations of its own.
OTHER_RULE = """DLSafeRule(Annotation(rdfs:label "R-HAZ-001: dislodging without an effective killer")
    Annotation(rdfs:comment "") Annotation(swrla:isRuleEnabled "true"^^xsd:boolean)
    Body(ObjectPropertyAtom(:dislodges Variable(v:x) Variable(v:c)) ObjectPropertyAtom(:hasCell Variable(v:x) Variable(v:c))
        ObjectPropertyAtom(:leavesNone Variable(v:x) :killer_in_place) ObjectPropertyAtom(:opensRoute Variable(v:x) Variable(v:r)))
    Head(ObjectPropertyAtom(:hasHazard Variable(v:x) :eviction_without_killer)))
Declaration(AnnotationProperty(swrla:isRuleEnabled))"""


SHORTER_RULE = """DLSafeRule(Annotation(rdfs:label "R-OUT-001: breaking a route that retains a cell dislodges it")
    Annotation(rdfs:comment "") Annotation(swrla:isRuleEnabled "true"^^xsd:boolean)
    Body(ObjectPropertyAtom(:breaksRoute Variable(v:x) Variable(v:r)) ObjectPropertyAtom(:retains Variable(v:r) Variable(v:c)))
    Head(ObjectPropertyAtom(:dislodges Variable(v:x) Variable(v:c))))
Declaration(AnnotationProperty(swrla:isRuleEnabled))"""


@dataclass
class Edit:
    """Axioms that go and come, a term that is renamed, and what becomes of facts, answers and checks."""

    removed: str = ""
    added: str = ""
    renamed: tuple[str, str] | None = None
    asserted: set[str] = field(default_factory=set)
    retracted: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)
    checks: set[tuple[str, str]] = field(default_factory=set)


EDITS = {
    "add a pair with evidence": Edit(
        added="""Declaration(NamedIndividual(:Zeta_pair)) ClassAssertion(:Interaction :Zeta_pair)
            AnnotationAssertion(rdfs:label :Zeta_pair "zeta pair"@en)
            ObjectPropertyAssertion(Annotation(:supportedBy :BOR-012) :hasLigand :Zeta_pair :CXCL12)
            ObjectPropertyAssertion(:hasSender :Zeta_pair :MSC) ObjectPropertyAssertion(:hasReceptor :Zeta_pair :CXCR4)
            ObjectPropertyAssertion(:hasReceiver :Zeta_pair :Lung_cancer_cell)
            ObjectPropertyAssertion(:holdsIn :Zeta_pair :Lung_cancer)
            Declaration(NamedIndividual(:Zeta_arm)) ClassAssertion(:Arm :Zeta_arm)
            AnnotationAssertion(rdfs:label :Zeta_arm "zeta arm"@en) ObjectPropertyAssertion(:hasArm :RP13 :Zeta_arm)
            ObjectPropertyAssertion(Annotation(:supportedBy :BOR-012) :needs :Zeta_arm :Zeta_pair)""",
        asserted={
            "Arm(Zeta_arm)",
            "Interaction(Zeta_pair)",
            "hasArm(RP13, Zeta_arm)",
            "hasLigand(Zeta_pair, CXCL12)",
            "hasReceiver(Zeta_pair, Lung_cancer_cell)",
            "hasReceptor(Zeta_pair, CXCR4)",
            "hasSender(Zeta_pair, MSC)",
            "holdsIn(Zeta_pair, Lung_cancer)",
            "needs(Zeta_arm, Zeta_pair)",
        },
        answers={
            ("changed", "hasHazard(YIGSR_peptide+cisplatin, extrinsic_to_intrinsic)"),
            ("changed", "hasHazard(YIGSR_peptide+doxorubicin, extrinsic_to_intrinsic)"),
            ("changed", "hasHazard(YIGSR_peptide+etoposide, extrinsic_to_intrinsic)"),
            ("changed", "sensitises(YIGSR_peptide+cisplatin, Lung_cancer_cell)"),
            ("changed", "sensitises(YIGSR_peptide+doxorubicin, Lung_cancer_cell)"),
            ("changed", "sensitises(YIGSR_peptide+etoposide, Lung_cancer_cell)"),
            ("newly", "breaksRoute(YIGSR_peptide+plerixafor, RP13)"),
            ("newly", "breaksRoute(plerixafor+YIGSR_peptide, RP13)"),
            ("newly", "closes(YIGSR_peptide+plerixafor, RP13)"),
            ("newly", "narrowsRoute(YIGSR_peptide, RP13)"),
            ("newly", "narrowsRoute(plerixafor, RP13)"),
            ("no longer", "breaksRoute(YIGSR_peptide, RP13)"),
            ("no longer", "closes(YIGSR_peptide, RP13)"),
        },
    ),
    "replace a rule": Edit(
        removed="@R-HAZ-001",
        added=OTHER_RULE,
        rules={"R-HAZ-001"},
        answers={
            ("changed", "hasHazard(plerixafor, eviction_without_killer)"),
            ("no longer", "hasHazard(GCS-100, eviction_without_killer)"),
            ("no longer", "hasHazard(anti-OPN_antibody, eviction_without_killer)"),
        },
    ),
    "remove an annotated axiom": Edit(
        removed="ObjectPropertyAssertion(:retains :RP08 :CML_LSC)",
        retracted={"retains(RP08, CML_LSC)"},
        answers={
            ("changed", "dislodges(GCS-100, CML_LSC)"),
            ("changed", "dislodges(TKI+plerixafor, CML_LSC)"),
            ("changed", "dislodges(plerixafor+imatinib, CML_LSC)"),
            ("no longer", "breaksRoute(anti-OPN_antibody, RP08)"),
            ("no longer", "closes(anti-OPN_antibody, RP08)"),
            ("no longer", "dislodges(anti-OPN_antibody, CML_LSC)"),
            ("no longer", "hasHazard(anti-OPN_antibody, eviction_without_killer)"),
        },
    ),
    "rename a term": Edit(
        renamed=("A_bosutinib_block_SRC", "A_bosutinib_blocks_SRC"),
        asserted={
            "Action(A_bosutinib_blocks_SRC)",
            "hasAgent(A_bosutinib_blocks_SRC, bosutinib)",
            "hasMode(A_bosutinib_blocks_SRC, block)",
            "hasTarget(A_bosutinib_blocks_SRC, SRC)",
        },
        retracted={
            "Action(A_bosutinib_block_SRC)",
            "hasAgent(A_bosutinib_block_SRC, bosutinib)",
            "hasMode(A_bosutinib_block_SRC, block)",
            "hasTarget(A_bosutinib_block_SRC, SRC)",
        },
    ),
    "deprecate a term": Edit(
        added="""AnnotationAssertion(owl:deprecated :GCS-100 "true"^^xsd:boolean)
            AnnotationAssertion(obo:IAO_0100001 :GCS-100 :plerixafor)
            Declaration(AnnotationProperty(obo:IAO_0100001))""",
        checks={
            ("Q113", "A_GCS_100_block_LGALS3"),
            ("Q113", "CHO-190"),
            ("Q113", "CHO-210"),
            ("Q113", "O_GCS_100_proposal"),
            ("Q114", "GCS-100"),
        },
    ),
}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("curation")


@pytest.fixture(scope="module")
def protege(work: Path) -> Iterator[OwlApi]:
    """The OWL API of today's Protégé; where Maven cannot bring it, that of an earlier one."""
    try:
        running = OwlApi("maven", work)
    except Unavailable:
        running = OwlApi(4, work)
    yield running
    running.close()


@pytest.fixture(scope="module")
def export(work: Path) -> Path:
    dislodge("export", "-o", work / "export.owl")
    dislodge("export", "-o", work / "export.ofn")
    return work / "export.owl"


def dislodge(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == code, result.output
    return result.stdout


def asked(*words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dislodge(*words, "--json"))
    return found


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_comes_back_whole_and_changes_the_answers_that_it_should(
    protege: OwlApi, export: Path, work: Path, name: str
) -> None:
    edit, edited = EDITS[name], work / "edited.owl"
    protege.ask("load", export, "owl")
    for word, axioms in (("remove", edit.removed), ("add", edit.added)):
        if axioms.startswith("@"):
            axioms = rule_line(export, axioms[1:])
        if axioms:
            (work / "axioms.ofn").write_text(f"{HEAD}Ontology({DECLARED}\n{axioms}\n)", encoding="utf-8")
            answer = protege.ask(word, work / "axioms.ofn")
            assert answer.get("removed", ["1"]) == ["1"]
    if edit.renamed:
        protege.ask("rename", *(NAMESPACE + term for term in edit.renamed))
    protege.ask("save", edited, "owl")
    wanted = protege.axioms(edited, "owl", work)

    found = asked("diff", export, edited)
    assert set(found["facts"]["asserted"]) == edit.asserted
    assert set(found["facts"]["retracted"]) == edit.retracted
    assert {row["id"] for row in found["rules"]} == edit.rules
    assert {(row["change"], row["conclusion"]) for row in found["answers"]} == edit.answers
    assert all(row["proof"] for row in found["answers"])

    shutil.copy(edited, work / "saved.owl")
    dislodge("format", edited)
    assert protege.axioms(edited, "owl", work) == wanted
    assert "all in canonical form" in dislodge("format", "--check", edited)
    assert asked("diff", work / "saved.owl", edited)["verdict"] == "same"
    assert findings(edited) - findings(export) == edit.checks


def rule_line(export: Path, name: str) -> str:
    """A rule by its id, as the export writes it in functional syntax."""
    text = export.with_suffix(".ofn").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("DLSafeRule") and f'"{name}:' in line)


def findings(file: Path) -> set[tuple[str, str]]:
    """Findings of the schema by code and subject."""
    result = CliRunner().invoke(main, ["check", "--ontology", str(file), "--no-rules", "--level", "schema", "--json"])
    told = json.loads(result.stdout)["findings"]
    return {(finding["code"], finding["subject"]) for finding in told if finding["code"].startswith("Q")}


def test_a_rule_that_swrltab_replaced_comes_back_into_its_file(protege: OwlApi, export: Path, work: Path) -> None:
    """The logic comes back; status, sources and examples, which SWRLTab drops, are attached again by the id."""
    folder = work / "rules"
    shutil.copytree(shipped_rules()[0].parent, folder)
    files = [word for path in sorted(folder.glob("*.swrl")) for word in ("--rules", path)]
    protege.ask("load", export, "owl")
    for word, axioms in (("remove", rule_line(export, "R-OUT-001")), ("add", SHORTER_RULE)):
        (work / "axioms.ofn").write_text(f"{HEAD}Ontology({DECLARED}\n{axioms}\n)", encoding="utf-8")
        protege.ask(word, work / "axioms.ofn")
    protege.ask("save", work / "pulled.owl", "owl")
    before = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.swrl")}
    report = asked("rules", "--pull", work / "pulled.owl", *files)
    (row,) = report["answers"]
    assert (row["id"], row["change"]) == ("R-OUT-001", "changed") and {"status", "source"} <= set(row["dropped"])
    after = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.swrl")}
    assert {name for name in before if before[name] != after[name]} == {"outcome.swrl"}
    (rule,) = [rule for rule in read_rules(after["outcome.swrl"], "outcome.swrl") if rule.id == "R-OUT-001"]
    (was,) = [rule for rule in read_rules(before["outcome.swrl"], "outcome.swrl") if rule.id == "R-OUT-001"]
    assert (rule.status, rule.source, rule.fires, rule.because) == (was.status, was.source, was.fires, was.because)
    assert sorted([*map(str, rule.body), "hasCell(?x, ?c)"]) == sorted(map(str, was.body))
