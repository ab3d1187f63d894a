"""From ontology files to facts, axioms, vocabulary, annotations and texts."""

from pathlib import Path

import pytest

from reasoner.errors import DislodgeError, Faults, OntologyError
from reasoner.model.atom import Atom, Fact
from reasoner.model.axiom import Expression
from reasoner.model.ontology import IRI_VALUE
from reasoner.model.term import XSD, Literal, Variable
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import parse_triples
from reasoner.reading.rdf.xml_guard import guarded

PREFIXES = """@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix swrl: <http://www.w3.org/2003/11/swrl#> .
@prefix swrlb: <http://www.w3.org/2003/11/swrlb#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DECLARED = """:Drug a owl:Class . :Agent a owl:Class . :Cell a owl:Class .
:blocks a owl:ObjectProperty . :hits a owl:ObjectProperty . :dose a owl:DatatypeProperty .
:supportedBy a owl:AnnotationProperty .
"""


@pytest.fixture
def read(tmp_path):
    def read_text(*texts, suffix="ttl", prefixes=True):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"file{number}.{suffix}")
            paths[-1].write_text((PREFIXES if prefixes else "") + text)
        return read_ontology(paths)

    return read_text


def axioms(ontology):
    return {(axiom.kind, axiom.args) for axiom in ontology.axioms}


def refused(read, text, code):
    with pytest.raises(DislodgeError) as caught:
        read(DECLARED + text)
    faults = caught.value.faults if isinstance(caught.value, Faults) else [caught.value]
    assert code in {fault.code for fault in faults}, caught.value
    return next(fault for fault in faults if fault.code == code)


def test_members_of_named_classes_and_property_values_are_facts_in_file_order(read):
    ontology = read(DECLARED + ':a a :Drug , owl:NamedIndividual ; :blocks :b , :c ; :dose 5 , "x"@EN .')
    assert ontology.facts == [
        Fact("Drug", "a"),
        Fact("blocks", "a", "b"),
        Fact("blocks", "a", "c"),
        Fact("dose", "a", Literal("5", XSD + "integer")),
        Fact("dose", "a", Literal("x", language="en")),
    ]
    assert ontology.unread == []
    assert ontology.sources["a"].endswith("file0.ttl")


def test_literals_keep_the_form_in_which_they_stand_in_the_file(read):
    forms = ['"1.00"^^xsd:decimal', '"-3"^^xsd:negativeInteger', '"007"^^xsd:integer', '"1"^^xsd:boolean', '" x "']
    ontology = read(DECLARED + f":a :dose {' , '.join(forms)} .")
    assert [fact.object.lexical for fact in ontology.facts] == ["1.00", "-3", "007", "1", " x "]


def test_names_of_other_namespaces_stay_whole(read):
    ontology = read(DECLARED + ":a :blocks <http://example.org/b> .")
    assert ontology.facts == [Fact("blocks", "a", "http://example.org/b")]


def test_a_fact_that_two_files_state_counts_once_and_blank_nodes_of_two_files_stay_apart(read):
    ontology = read(DECLARED + ":a :blocks :b , _:x .", ":a :blocks :b , _:x .")
    assert len(ontology.facts) == 3
    assert len({fact.object for fact in ontology.facts if fact.object.startswith("urn:dislodge:anonymous:")}) == 2


def test_identity_is_stated_by_facts_and_all_different_by_groups(read):
    ontology = read(":a owl:sameAs :b . :c owl:differentFrom :d . [] a owl:AllDifferent ; owl:members ( :x :y :z ) .")
    assert set(map(str, ontology.facts)) == {"sameAs(a, b)", "differentFrom(c, d)"}
    assert [group.members for group in ontology.groups] == [("x", "y", "z")]
    assert set(map(str, ontology.stated)) == {
        "sameAs(a, b)",
        "differentFrom(c, d)",
        "differentFrom(x, y)",
        "differentFrom(x, z)",
        "differentFrom(y, z)",
    }


def test_class_expressions_are_values(read):
    ontology = read(
        DECLARED
        + """:Drug rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :blocks ; owl:someValuesFrom
            [ a owl:Class ; owl:intersectionOf ( :Cell [ a owl:Class ; owl:complementOf :Agent ] ) ] ] ,
          [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :blocks ] ; owl:hasValue :x ] ,
          [ a owl:Restriction ; owl:onProperty :dose ; owl:allValuesFrom
            [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 5 ] ) ] ] ,
          [ a owl:Restriction ; owl:onProperty :blocks ; owl:onClass :Cell ;
            owl:maxQualifiedCardinality "2"^^xsd:nonNegativeInteger ] ,
          [ a owl:Restriction ; owl:onProperty :blocks ; owl:hasSelf true ] ."""
    )
    five = Literal("5", XSD + "integer")
    assert axioms(ontology) == {
        (
            "SubClassOf",
            (
                "Drug",
                Expression(
                    "someValuesFrom",
                    ("blocks", Expression("intersectionOf", ("Cell", Expression("complementOf", ("Agent",))))),
                ),
            ),
        ),
        ("SubClassOf", ("Drug", Expression("hasValue", (Expression("inverseOf", ("blocks",)), "x")))),
        (
            "SubClassOf",
            (
                "Drug",
                Expression(
                    "dataAllValuesFrom",
                    ("dose", Expression("datatypeRestriction", (XSD + "integer", "minInclusive", five))),
                ),
            ),
        ),
        ("SubClassOf", ("Drug", Expression("maxCardinality", (2, "blocks", "Cell")))),
        ("SubClassOf", ("Drug", Expression("hasSelf", ("blocks",)))),
    }
    assert ontology.unread == []


def test_every_kind_of_axiom_is_read_and_nothing_is_left_over(read):
    ontology = read(
        DECLARED
        + """:Drug owl:equivalentClass :Agent ; owl:disjointWith :Cell ; owl:hasKey ( :blocks :dose ) .
        :Cell owl:disjointUnionOf ( :Drug :Agent ) . [] a owl:AllDisjointClasses ; owl:members ( :Drug :Cell ) .
        :blocks rdfs:subPropertyOf :hits ; owl:equivalentProperty :hits ; owl:inverseOf :hits ; rdfs:domain :Drug ;
            rdfs:range :Cell ; owl:propertyDisjointWith :hits ;
            owl:propertyChainAxiom ( :hits [ owl:inverseOf :hits ] ) .
        :hits a owl:FunctionalProperty , owl:InverseFunctionalProperty , owl:TransitiveProperty ,
            owl:SymmetricProperty , owl:AsymmetricProperty , owl:ReflexiveProperty , owl:IrreflexiveProperty .
        :dose a owl:FunctionalProperty ; rdfs:range xsd:integer ; rdfs:domain :Drug .
        [] a owl:AllDisjointProperties ; owl:members ( :blocks :hits ) .
        [] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :blocks ;
            owl:targetIndividual :b .
        [] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :dose ; owl:targetValue 5 .
        :a a [ a owl:Class ; owl:unionOf ( :Drug :Cell ) ] .
        :supportedBy rdfs:subPropertyOf rdfs:seeAlso ; rdfs:domain :Drug ; rdfs:range :Cell .
        [ a owl:Class ; owl:unionOf ( :Drug :Agent ) ] rdfs:subClassOf :Cell ."""
    )
    kinds = [axiom.kind for axiom in ontology.axioms]
    expected = """EquivalentClasses DisjointClasses HasKey DisjointUnion AllDisjointClasses SubPropertyOf Range
        EquivalentProperties InverseOf Domain Domain DataRange DisjointProperties PropertyChain FunctionalProperty
        FunctionalDataProperty InverseFunctionalProperty TransitiveProperty SymmetricProperty AsymmetricProperty
        ReflexiveProperty IrreflexiveProperty AllDisjointProperties NegativePropertyAssertion ClassAssertion
        NegativePropertyAssertion SubAnnotationPropertyOf AnnotationDomain AnnotationRange SubClassOf"""
    assert sorted(kinds) == sorted(expected.split())
    assert ontology.unread == []
    assert all(axiom.span.file.endswith("file0.ttl") for axiom in ontology.axioms)


def test_the_vocabulary_knows_kinds_union_domains_superclasses_and_disjointness(read):
    vocabulary = read(
        DECLARED
        + """:Antibody a owl:Class ; rdfs:subClassOf :Drug . :Drug rdfs:subClassOf :Agent ; owl:disjointWith :Cell .
        :Any a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( :Agent :Cell ) ] .
        :blocks rdfs:domain [ a owl:Class ; owl:unionOf ( :Agent :Cell ) ] ; rdfs:range :Cell . :a a :Drug ."""
    ).vocabulary
    assert vocabulary.classes == {"Drug", "Agent", "Cell", "Antibody", "Any"}
    assert vocabulary.object_properties == {"blocks", "hits"}
    assert vocabulary.data_properties == {"dose"}
    assert vocabulary.annotation_properties == {"supportedBy"}
    assert vocabulary.individuals == {"a"}
    assert vocabulary.domains["blocks"] == {"Agent", "Cell"}
    assert vocabulary.ranges["blocks"] == {"Cell"}
    assert vocabulary.above("Antibody") == {"Antibody", "Drug", "Agent", "Any"}
    assert vocabulary.disjoint == {frozenset({"Drug", "Cell"})}


def test_evidence_stands_beside_the_fact_that_it_is_about(read):
    ontology = read(
        DECLARED
        + """:a a :Drug ; :blocks :b ; rdfs:label "a"@en . :c a :Drug .
        [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :blocks ; owl:annotatedTarget :b ;
           :supportedBy :C1 , :C2 ; rdfs:comment "yes" .
        [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty rdf:type ; owl:annotatedTarget :Drug ;
           :supportedBy :C3 .
        [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty rdfs:label ; owl:annotatedTarget "a"@en ;
           :supportedBy :C4 ."""
    )
    comment = "http://www.w3.org/2000/01/rdf-schema#comment"
    assert ontology.axiom_annotations == {
        Fact("blocks", "a", "b"): [("supportedBy", "C1"), ("supportedBy", "C2"), (comment, Literal("yes"))],
        Fact("Drug", "a"): [("supportedBy", "C3")],
    }
    label = ("a", "http://www.w3.org/2000/01/rdf-schema#label", Literal("a", language="en"))
    assert ontology.statement_annotations == {label: [("supportedBy", "C4")]}
    assert ontology.unread == []


def test_evidence_about_a_fact_that_no_file_states_is_an_error_that_names_it(read):
    fault = refused(
        read,
        ":a :blocks :b .\n"
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :blocks ; owl:annotatedTarget :c ;\n"
        "  :supportedBy :C1 .",
        "E303",
    )
    assert "blocks(a, c)" in fault.message
    assert fault.span.line == len((PREFIXES + DECLARED).splitlines()) + 2


def test_texts_are_kept_with_property_language_and_iris_as_such(read):
    ontology = read(DECLARED + ':a rdfs:label "drug"@en , "médicament"@fr ; skos:altLabel "d" ; rdfs:seeAlso :b .')
    rdfs, skos = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
    assert ontology.texts["a"] == [
        (rdfs + "label", Literal("drug", language="en")),
        (rdfs + "label", Literal("médicament", language="fr")),
        (skos + "altLabel", Literal("d")),
        (rdfs + "seeAlso", Literal("https://w3id.org/dislodge#b", IRI_VALUE)),
    ]
    assert ontology.facts == []


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        (":a :block :b .", "E301", "blocks"),
        (":a a :Drugs .", "E302", "Drug"),
        (":Drug rdfs:subClassOf :Agnet .", "E302", "Agent"),
        (":hits rdfs:domain :Cel .", "E302", "Cell"),
        (":hit rdfs:domain :Cell .", "E301", "hits"),
        (":a :block 5 .", "E301", "blocks"),
        ("[] a owl:AllDisjointClasses ; owl:members ( :Drug :Cells ) .", "E302", "Cell"),
    ],
)
def test_a_name_that_is_not_declared_is_an_error_with_its_place_and_the_nearest_name(read, text, code, near):
    fault = refused(read, text, code)
    assert isinstance(fault, OntologyError)
    assert near in fault.hint
    assert fault.span.line == len((PREFIXES + DECLARED).splitlines()) + 1


def test_a_name_that_is_used_often_is_reported_once(read):
    with pytest.raises(OntologyError):
        read(DECLARED + "".join(f":a{i} :block :b .\n" for i in range(50)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (':a :blocks "text" .', "E306"),
        (":a :dose :b .", "E306"),
        (":a a 5 .", "E306"),
        (":blocks a owl:DatatypeProperty .", "E305"),
        (":Drug rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :blocks ] .", "E304"),
        (":Drug rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :Cell ) ; owl:unionOf ( :Agent ) ] .", "E304"),
        (":Drug rdfs:subClassOf _:x . _:x a owl:Class ; owl:complementOf _:x .", "E304"),
        (":Drug owl:equivalentClass [ a owl:Class ; owl:unionOf _:l ] . _:l rdf:first :Cell ; rdf:rest _:l .", "E304"),
        (":Drug owl:equivalentClass [ a owl:Class ; owl:unionOf _:l ] . _:l rdf:first :Cell .", "E304"),
        (":Drug rdfs:subClassOf 5 .", "E304"),
        (":Drug rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :blocks ; owl:maxCardinality -1 ] .", "E304"),
        (":Drug rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :blocks ; owl:hasValue 3 ] .", "E304"),
        ("[] a owl:Axiom ; owl:annotatedSource :a .", "E304"),
        ("[] a owl:AllDifferent .", "E304"),
        ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a .", "E304"),
        (":sameAs a owl:ObjectProperty . :a :sameAs :b .", "E307"),
        ("<https://w3id.org/dislodge#> a :Drug .", "E307"),
        ("<https://w3id.org/dislodge#urn:x> a :Drug .", "E307"),
    ],
)
def test_what_contradicts_the_structure_of_owl_is_an_error(read, text, code):
    assert refused(read, text, code).span.file.endswith("file0.ttl")


def test_a_class_expression_nested_too_deep_is_an_error_and_no_crash(read):
    nested = "[ a owl:Class ; owl:complementOf " * 1500 + ":Cell" + " ]" * 1500
    refused(read, f":Drug rdfs:subClassOf {nested} .", "E304")


def test_axiom_nodes_and_headers_may_have_an_iri_or_none(read):
    ontology = read(
        "[] a owl:Ontology ; rdfs:label 'mine' .\n"
        + DECLARED
        + """:a :blocks :b . :note1 a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :blocks ;
            owl:annotatedTarget :b ; :supportedBy :C1 ."""
    )
    assert ontology.header.iri == ""
    assert ontology.axiom_annotations == {Fact("blocks", "a", "b"): [("supportedBy", "C1")]}
    assert ontology.facts == [Fact("blocks", "a", "b")]
    assert not ontology.unread


def test_words_of_owl_that_no_reader_knows_are_kept_as_unread(read):
    ontology = read(DECLARED + ":a owl:topObjectPropertyOf :b . [] a owl:Annotation ; owl:annotatedSource :a .")
    assert len(ontology.unread) == 3


def test_rules_in_a_file_are_rules(read):
    ontology = read(
        DECLARED
        + """:x a swrl:Variable . <urn:swrl:var#y> a swrl:Variable .
        [] a swrl:Imp ; rdfs:label "R-TST-001 drugs that block hit" ;
           swrl:body ( [ a swrl:ClassAtom ; swrl:classPredicate :Drug ; swrl:argument1 :x ]
                       [ a swrl:IndividualPropertyAtom ; swrl:propertyPredicate :blocks ;
                         swrl:argument1 :x ; swrl:argument2 <urn:swrl:var#y> ]
                       [ a swrl:DifferentIndividualsAtom ; swrl:argument1 :x ; swrl:argument2 <urn:swrl:var#y> ]
                       [ a swrl:DatavaluedPropertyAtom ; swrl:propertyPredicate :dose ;
                         swrl:argument1 :x ; swrl:argument2 5 ]
                       [ a swrl:BuiltinAtom ; swrl:builtin swrlb:notEqual ; swrl:arguments ( :x <urn:swrl:var#y> ) ] ) ;
           swrl:head ( [ a swrl:IndividualPropertyAtom ; swrl:propertyPredicate :hits ;
                         swrl:argument1 :x ; swrl:argument2 <urn:swrl:var#y> ] ) ."""
    )
    (rule,) = ontology.rules
    x, y = Variable("x"), Variable("y")
    assert rule.id == "R-TST-001"
    assert (
        rule.logic
        == "Drug(?x) ^ blocks(?x, ?y) ^ differentFrom(?x, ?y) ^ dose(?x, 5) ^ notEqual(?x, ?y) -> hits(?x, ?y)"
    )
    assert rule.head == (Atom("hits", (x, y)),)
    assert not ontology.unread and not ontology.warnings and not ontology.facts


def test_a_rule_that_cannot_be_kept_is_a_warning_that_says_why(read):
    ontology = read(
        DECLARED
        + """:x a swrl:Variable . [] a swrl:Imp ; rdfs:label "sum" ;
           swrl:body ( [ a swrl:BuiltinAtom ; swrl:builtin swrlb:add ; swrl:arguments ( :x 1 2 ) ] ) ;
           swrl:head ( [ a swrl:ClassAtom ; swrl:classPredicate :Drug ; swrl:argument1 :x ] ) ."""
    )
    (warning,) = ontology.warnings
    assert "'sum'" in warning.message and "add" in warning.message
    assert not ontology.rules and not ontology.unread


RDF_XML = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE rdf:RDF [
    <!-- prefixes, as Protégé writes them: ]> -->
    <!ENTITY owl "http://www.w3.org/2002/07/owl#" >
    <!ENTITY base 'https://w3id.org/dislodge'>
    <!ENTITY here "&base;#" >
] >
<rdf:RDF xmlns="&here;" xmlns:owl="&owl;" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <owl:Class rdf:about="&here;Drug"/>
    <owl:DatatypeProperty rdf:about="&here;note"/>
    <Drug rdf:about="&here;a"><note>&lt;é&gt; &here; <![CDATA[&here;]]></note></Drug>
    <!-- &here; -->
</rdf:RDF>
"""


@pytest.mark.parametrize("encoding", ["UTF-8", "iso-8859-1", "UTF-16"])
def test_rdf_xml_with_the_entities_of_protege_is_read(tmp_path, encoding):
    path = tmp_path / "a.owl"
    path.write_bytes(RDF_XML.format(encoding=encoding).encode(encoding))
    ontology = read_ontology([path])
    note = Literal("<é> https://w3id.org/dislodge# &here;")
    assert ontology.facts == [Fact("Drug", "a"), Fact("note", "a", note)]


def test_a_guarded_document_has_no_document_type_and_its_lines_where_they_were():
    clean = guarded(RDF_XML.format(encoding="UTF-8").encode(), "a.owl").decode()
    assert "DOCTYPE" not in clean and "ENTITY" not in clean and "<?xml" not in clean
    assert clean.splitlines()[8].strip() == '<owl:Class rdf:about="https://w3id.org/dislodge#Drug"/>'


def test_a_document_type_that_says_nothing_is_read():
    text = b'<!DOCTYPE rdf:RDF>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert parse_triples(text, "a.owl", allow_empty=True) == []


def test_n_triples_and_a_byte_order_mark_are_read():
    text = "\ufeff<http://e.org/a> <http://e.org/p> _:x .\n".encode()
    assert parse_triples(text, "a.nt") == [("http://e.org/a", "http://e.org/p", "_:0")]


def test_an_import_is_satisfied_by_a_file_that_is_given_and_by_its_version(tmp_path):
    (tmp_path / "a.ttl").write_text(PREFIXES + "<http://e.org/a> a owl:Ontology ; owl:imports <http://e.org/b/1> .")
    (tmp_path / "b.ttl").write_text(
        PREFIXES
        + "<http://e.org/b> a owl:Ontology ; owl:versionIRI <http://e.org/b/1> ; owl:imports <http://e.org/a> ."
    )
    ontology = read_ontology([tmp_path / "a.ttl", tmp_path / "b.ttl"])
    assert ontology.header.iri == "http://e.org/a"
    assert ontology.header.imports == ("http://e.org/b/1", "http://e.org/a")


def test_an_import_is_satisfied_by_the_catalog_of_the_folder_and_goes_on_from_there(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.ttl").write_text(PREFIXES + "<http://e.org/a> a owl:Ontology ; owl:imports <http://e.org/b> .")
    (tmp_path / "sub" / "b c.ttl").write_text(
        PREFIXES + "<http://e.org/b> a owl:Ontology ; owl:imports <http://e.org/c> . :D a owl:Class . :d a :D ."
    )
    (tmp_path / "sub" / "c.ttl").write_text(PREFIXES + "<http://e.org/c> a owl:Ontology . :E a owl:Class . :e a :E .")
    entry = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="{}" uri="{}"/></catalog>'
    (tmp_path / "catalog-v001.xml").write_text(entry.format("http://e.org/b", "sub/b%20c.ttl"))
    (tmp_path / "sub" / "catalog-v001.xml").write_text(entry.format("http://e.org/c", "./c.ttl"))
    assert read_ontology([tmp_path / "a.ttl"]).facts == [Fact("D", "d"), Fact("E", "e")]


def test_the_hash_depends_on_contents_alone(tmp_path):
    for name, text in (("a", ":C a owl:Class ."), ("b", ":D a owl:Class ."), ("c", ":C a owl:Class .")):
        (tmp_path / f"{name}.ttl").write_text(PREFIXES + text)
    a, b, c = (tmp_path / f"{name}.ttl" for name in "abc")
    assert read_ontology([a, b]).sha256 == read_ontology([c, b]).sha256 == read_ontology([b, a]).sha256
    assert len({read_ontology(files).sha256 for files in ([a], [b], [a, b], [a, b, c])}) == 4
    assert len(read_ontology([a]).sha256) == 64


def test_a_member_that_a_group_names_twice_differs_from_itself_and_a_fact_of_its_own_stays_one(read):
    ontology = read(":x owl:differentFrom :y . [] a owl:AllDifferent ; owl:members ( :x :y :x :z ) .")
    assert sorted(map(str, ontology.facts)) == [
        "differentFrom(x, x)",
        "differentFrom(x, y)",
        "differentFrom(x, z)",
        "differentFrom(y, x)",
    ]
    assert sorted(map(str, ontology.stated)) == sorted([*map(str, ontology.facts), "differentFrom(y, z)"])
    assert ontology.size == 5


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("rdfs:subPropertyOf :blocks", "SubPropertyOf"),
        ("owl:equivalentProperty :blocks", "EquivalentProperties"),
        ("owl:propertyDisjointWith :blocks", "DisjointProperties"),
        ("owl:propertyChainAxiom ( :blocks :blocks )", "PropertyChain"),
        ("rdfs:domain :Thing1", "Domain"),
        ("rdfs:range :Thing1", "Range"),
        ("a owl:FunctionalProperty", "FunctionalProperty"),
        ("a owl:ObjectProperty , owl:TransitiveProperty", "TransitiveProperty"),
    ],
)
def test_what_is_stated_of_the_inverse_of_a_property_is_an_axiom(tmp_path: Path, stated: str, kind: str) -> None:
    path = tmp_path / "inverse.ttl"
    path.write_text(f"""@prefix : <http://example.org/i#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:blocks a owl:ObjectProperty . :hits a owl:ObjectProperty . :Thing1 a owl:Class .
[ owl:inverseOf :hits ] {stated} .
""")
    ontology = read_ontology([path])
    (axiom,) = ontology.axioms
    assert (axiom.kind, axiom.args[0]) == (kind, Expression("inverseOf", ("http://example.org/i#hits",)))
    assert not ontology.unread
