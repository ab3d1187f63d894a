"""Real answers over a small knowledge base, one of each command that looks up, proves or curates."""

from __future__ import annotations

from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reasoner.answers.catalogue import list_kind, rules, show
from reasoner.answers.conflicts import conflicts
from reasoner.answers.evidence import evidence
from reasoner.answers.explain import explain
from reasoner.answers.robustness import robustness
from reasoner.answers.why_not import why_not
from reasoner.asking.resolving import conclusion_request, scenario_request
from reasoner.curating.check import about, check
from reasoner.curating.diff import diff
from reasoner.curating.export import asserted
from reasoner.curating.format import format_files
from reasoner.curating.pull import pull
from reasoner.curating.template_import import import_tables
from reasoner.inference.reasoned import Reasoned
from reasoner.resources import shipped, shipped_rules
from reasoner.writing.ontology_text import ontology_text

#: Ligand N keeps kinase K at work, on which both arms of a route stand; molecule M is denied.
FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .

:dysA a :Disease ; rdfs:label "disease A"@en .
:stemX a :MalignantCell ; rdfs:label "stem cell X"@en , "cellule souche X"@fr ; skos:altLabel "X-SC"@en ;
    oboInOwl:hasDbXref "CL:0000001" ; :occursIn :dysA .
:stemN a :NormalCell ; rdfs:label "normal stem cell"@en .
:molM a :Molecule . :ligN a :Molecule . :kinK a :Molecule ; rdfs:label "kinase K"@en .
:molM__in__stemX a :MoleculeActivity ; :ofMolecule :molM ; :inCell :stemX ; :deniedIn :dysA .
:ligN__in__stemX a :MoleculeActivity ; :ofMolecule :ligN ; :inCell :stemX ; :givenIn :dysA .
:kinK__in__stemX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :stemX .
:mechA a :Mechanism ; :requires :ligN__in__stemX ; :promotes :kinK__in__stemX .
:routeR a :NicheRoute ; rdfs:label "route R"@en ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armR , :armS .
:armR a :Arm ; :needs :kinK__in__stemX .
:armS a :Arm ; :needs :kinK__in__stemX .
:drugA a :Agent ; rdfs:label "drug A"@en .
:drugA_block_ligN a :Action ; :hasAgent :drugA ; :hasTarget :ligN ; :hasMode :block .
:drugB a :Agent ; rdfs:label "drug B"@en .
:drugClass a :AgentClass ; rdfs:label "class of drugs"@en .

:paperP a :Paper ; rdfs:label "paper P"@en .
:CL-1 a :Evidence ; :statement "A blocks N." ; :kindOfClaim "mechanism" ; :modality "established" ;
    :polarity "supports" ; :citesPaper :paperP ; :hasTier :in_vivo ; :inDisease :dysA ; :mentions :drugA , :stemX .
:CL-2 a :Evidence ; :statement "R does not keep X." ; :kindOfClaim "mechanism" ; :modality "suggested" ;
    :polarity "opposes" ; :hasTier :in_vitro ; :inDisease :dysA ; :mentions :drugA .
:CL-3 a :Evidence ; :statement "A and B differ." ; :kindOfClaim "concept" ; :polarity "supports" ; :mentions :drugB .
:conflict1 a :Conflict ; rdfs:label "A against B"@en ; :claimFor :CL-1 ; :claimAgainst :CL-3 ;
    :hasModerator :by_disease ; :aboutSubject :drugB ; :handling "keep both" .
[] a owl:Axiom ; owl:annotatedSource :drugA_block_ligN ; owl:annotatedProperty :hasTarget ;
    owl:annotatedTarget :ligN ; :supportedBy :CL-1 .
[] a owl:Axiom ; owl:annotatedSource :routeR ; owl:annotatedProperty :retains ; owl:annotatedTarget :stemX ;
    :supportedBy :CL-1 ; :opposedBy :CL-2 .
[] a owl:Axiom ; owl:annotatedSource :molM__in__stemX ; owl:annotatedProperty :deniedIn ;
    owl:annotatedTarget :dysA ; :supportedBy :CL-2 .
"""
_RULE = """
rule R-TST-001 "what is aimed at M is an agent"
    status   curated
    source   definition
    because  "{x} is aimed at M"

    hasTarget(?a, molM) ^ hasAgent(?a, ?x)
    -> Agent(?x)

    fires    hasTarget(act1, molM) ^ hasAgent(act1, drug1) -> Agent(drug1)
    silent   hasAgent(act1, drug1)
"""
_TABLE = (
    "ID\ttype\tagent\ttarget\tmode\n"
    "ID\tTYPE\tI dislodge:hasAgent\tI dislodge:hasTarget\tI dislodge:hasMode\n"
    "drugA_block_ligN\tAction\tdrugA\tligN\tlower\n"
)


#: What another state of the facts says: drug A is aimed at M, and another claim stands beside the denial.
_EDITS = (
    (":hasTarget :ligN", ":hasTarget :molM"),
    ("owl:annotatedTarget :ligN ;", "owl:annotatedTarget :molM ;"),
    (":dysA ; :supportedBy :CL-2", ":dysA ; :supportedBy :CL-1"),
    (":drugClass a :AgentClass", ":Drug a owl:Class ; rdfs:subClassOf :Agent . :drugClass a :AgentClass"),
)


@cache
def answers() -> dict[str, Any]:
    """A document of each of these commands, by the command."""
    with TemporaryDirectory() as folder, chdir(folder):
        facts, table, own = Path("facts.ttl"), Path("table.tsv"), Path("rules.swrl")
        facts.write_text(FACTS, encoding="utf-8")
        files = [*sorted(shipped("ontology").glob("modules/*.ttl")), facts]
        kb = Reasoned.load(files)
        told = [*_asked(kb, files), format_files([facts], check_only=True)]
        own.write_text(_RULE, encoding="utf-8")
        edited = _edited(files, own)
        told += [diff(kb, edited), _pulled(edited, own)]
        table.write_text(_TABLE, encoding="utf-8")
        told.append(import_tables([table], files, None, check_only=True))
    return {document["command"]: document for document in told}


def _asked(kb: Reasoned, files: list[Path]) -> list[Any]:
    holds = conclusion_request(kb, "dislodges(drugA, stemX)", scenario_request(kb))
    fails = conclusion_request(kb, "on(molM__in__stemX)", scenario_request(kb))
    return [
        explain(kb, *holds),
        robustness(kb, *holds),
        why_not(kb, *fails, abduce=1),
        evidence(kb, ["drugA"]),
        conflicts(kb),
        list_kind(kb, "cells"),
        show(kb, "stemX"),
        rules(kb),
        about(check(kb, coverage=True, files=files), files[-1:]),
    ]


def _edited(files: list[Path], own: Path) -> Reasoned:
    """The knowledge base after edits of facts, claims, axioms and rules."""
    text = FACTS
    for old, new in _EDITS:
        text = text.replace(old, new)
    path = Path("edited.ttl")
    path.write_text(text, encoding="utf-8")
    return Reasoned.load([*files[:-1], path], rules=[own])


def _pulled(kb: Reasoned, own: Path) -> Any:
    """What an editor changed that keeps the label and the logic of a rule alone."""
    exported = Path("edited.ofn")
    exported.write_text(ontology_text(asserted(kb), "ofn"), encoding="utf-8")
    own.write_text(_RULE.replace("?a, molM", "?a, ligN"), encoding="utf-8")
    return pull(exported, [*shipped_rules(), own], check_only=True)
