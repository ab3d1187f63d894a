"""A small knowledge base over the shipped vocabulary, with names that are easy to confuse."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped

FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
<https://w3id.org/dislodge/test> a owl:Ontology .

:diseaseA a owl:NamedIndividual , :Disease ; rdfs:label "disease A"@en , "maladie A"@fr .
:diseaseA_late a owl:NamedIndividual , :Disease ; rdfs:label "late disease A"@en ; :subtypeOf :diseaseA .
:mutX a owl:NamedIndividual , :Lesion ; rdfs:label "mutation X"@en ; :lesionOf :KINX .
:in_glass a owl:NamedIndividual , :EvidenceSetting ; rdfs:label "in glass"@en .

:Stem_A a owl:NamedIndividual , :MalignantCell ; rdfs:label "stem cell of A"@en , "cellule souche de A"@fr ;
    skos:altLabel "A-SC"@en ; oboInOwl:hasDbXref "CL:0000001" ; :occursIn :diseaseA .
:Stem_N a owl:NamedIndividual , :NormalCell ; rdfs:label "normal stem cell"@en ; skos:altLabel "stem cell"@en .
:Stem_M a owl:NamedIndividual , :NormalCell ; rdfs:label "other stem cell"@en ; skos:altLabel "stem cell"@en .
:KINX a owl:NamedIndividual , :GeneProduct ; rdfs:label "kinase X"@en ; skos:altLabel "shared name"@en .
:KINX__in__Stem_A a owl:NamedIndividual , :MoleculeActivity ; rdfs:label "kinase X at work in stem cell of A"@en ;
    :ofMolecule :KINX ; :inCell :Stem_A .
:drug-a a owl:NamedIndividual , :Agent ; rdfs:label "drug alpha"@en , "médicament alpha"@fr ;
    skos:altLabel "shared name"@en , "Drugamab" .
:drug-b a owl:NamedIndividual , :Agent ; rdfs:label "drug beta"@en .
:routeR a owl:NamedIndividual , :Route ; rdfs:label "route of A"@en ; :retains :Stem_A ; :hasArm :armR .
:armR a owl:NamedIndividual , :Arm ; rdfs:label "arm of R"@en ; :needs :KINX__in__Stem_A .
[] a owl:Axiom ; owl:annotatedSource :routeR ; owl:annotatedProperty :retains ; owl:annotatedTarget :Stem_A ;
    :supportedBy :CL-1 ; :opposedBy :CL-2 .

:paperP a owl:NamedIndividual , :Paper ; rdfs:label "paper P"@en .
:CL-1 a owl:NamedIndividual , :Evidence ; :statement "R keeps A cells." ; :kindOfClaim "mechanism" ;
    :modality "established" ; :polarity "supports" ; :citesPaper :paperP ; :hasTier :in_vivo ; :inDisease :diseaseA ;
    :mentions :drug-a , :Stem_A .
:CL-2 a owl:NamedIndividual , :Evidence ; :statement "R does not keep A cells." ; :kindOfClaim "mechanism" ;
    :modality "suggested" ; :polarity "opposes" ; :hasTier :in_vitro ; :inDisease :diseaseA_late ; :mentions :drug-a .
:CL-3 a owl:NamedIndividual , :Evidence ; :statement "Alpha and beta differ." ; :kindOfClaim "concept" ;
    :modality "suggested" ; :polarity "supports" ; :mentions :drug-b .
:conflict1 a owl:NamedIndividual , :Conflict ; rdfs:label "alpha against beta"@en ; :claimFor :CL-1 ;
    :claimAgainst :CL-3 ; :hasModerator :by_disease ; :aboutSubject :drug-b ; :handling "keep both" .
"""


@cache
def small() -> Reasoned:
    """The small knowledge base, reasoned over without rules of its own."""
    with TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.ttl"
        facts.write_text(FACTS, encoding="utf-8")
        ontology = read_ontology([*sorted(shipped("ontology").glob("modules/*.ttl")), facts])
    return Reasoned(StatedKnowledge(ontology, [], "cd" * 32))
