# ruff: noqa: E501
"""One axiom a case, in functional syntax, and what becomes of it in each syntax: kept, or refused with an error.

``:a`` … are names of the project.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    axioms: str
    #: The error of reading it, and those of writing it by syntax; without them it is kept.
    reading: str = ""
    writing: dict[str, str] = field(default_factory=dict)


DECLARED = """
Declaration(Class(:A)) Declaration(Class(:B)) Declaration(Class(:C))
Declaration(ObjectProperty(:p)) Declaration(ObjectProperty(:q)) Declaration(ObjectProperty(:r))
Declaration(DataProperty(:d)) Declaration(DataProperty(:e)) Declaration(AnnotationProperty(:n))
Declaration(NamedIndividual(:a)) Declaration(NamedIndividual(:b)) Declaration(NamedIndividual(:c))
"""
XML_ONLY = {"owl": "E603", "owx": "E603"}
NO_STRUCTURE = {"ofn": "E604", "owx": "E604"}

_PLAIN = {
    "subclass": "SubClassOf(:A :B)",
    "subclass of an intersection": "SubClassOf(:A ObjectIntersectionOf(:B :C))",
    "union": "SubClassOf(ObjectUnionOf(:A :B) :C)",
    "complement": "SubClassOf(:A ObjectComplementOf(:B))",
    "some": "SubClassOf(:A ObjectSomeValuesFrom(:p :B))",
    "only": "SubClassOf(:A ObjectAllValuesFrom(:p :B))",
    "has value": "SubClassOf(:A ObjectHasValue(:p :a))",
    "has self": "SubClassOf(:A ObjectHasSelf(:p))",
    "one of": "EquivalentClasses(:A ObjectOneOf(:a :b))",
    "at least": "SubClassOf(:A ObjectMinCardinality(2 :p :B))",
    "at most": "SubClassOf(:A ObjectMaxCardinality(1 :p))",
    "exactly": "SubClassOf(:A ObjectExactCardinality(3 :p :B))",
    "over an inverse": "SubClassOf(:A ObjectSomeValuesFrom(ObjectInverseOf(:p) :B))",
    "a general class axiom": "SubClassOf(ObjectSomeValuesFrom(:p :A) ObjectSomeValuesFrom(:q :B))",
    "nested three deep": "SubClassOf(:A ObjectSomeValuesFrom(:p ObjectAllValuesFrom(:q ObjectUnionOf(:B :C))))",
    "equivalent": "EquivalentClasses(:A :B)",
    "equivalent to an expression": "EquivalentClasses(:A ObjectIntersectionOf(:B ObjectSomeValuesFrom(:p :C)))",
    "disjoint": "DisjointClasses(:A :B)",
    "all disjoint": "DisjointClasses(:A :B :C)",
    "disjoint union": "DisjointUnion(:A :B :C)",
    "key": "HasKey(:A (:p) (:d))",
    "key of object properties": "HasKey(:A (:p :q) ())",
    "subproperty": "SubObjectPropertyOf(:p :q)",
    "chain": "SubObjectPropertyOf(ObjectPropertyChain(:p :q) :r)",
    "chain with an inverse": "SubObjectPropertyOf(ObjectPropertyChain(:p ObjectInverseOf(:q)) :r)",
    "equivalent properties": "EquivalentObjectProperties(:p :q)",
    "disjoint properties": "DisjointObjectProperties(:p :q)",
    "all disjoint properties": "DisjointObjectProperties(:p :q :r)",
    "inverse": "InverseObjectProperties(:p :q)",
    "domain": "ObjectPropertyDomain(:p :A)",
    "range": "ObjectPropertyRange(:p ObjectUnionOf(:A :B))",
    "functional": "FunctionalObjectProperty(:p)",
    "inverse functional": "InverseFunctionalObjectProperty(:p)",
    "reflexive": "ReflexiveObjectProperty(:p)",
    "irreflexive": "IrreflexiveObjectProperty(:p)",
    "symmetric": "SymmetricObjectProperty(:p)",
    "asymmetric": "AsymmetricObjectProperty(:p)",
    "transitive": "TransitiveObjectProperty(:p)",
    "sub data property": "SubDataPropertyOf(:d :e)",
    "equivalent data properties": "EquivalentDataProperties(:d :e)",
    "disjoint data properties": "DisjointDataProperties(:d :e)",
    "data domain": "DataPropertyDomain(:d :A)",
    "data range": "DataPropertyRange(:d xsd:integer)",
    "functional data property": "FunctionalDataProperty(:d)",
    "data some": "SubClassOf(:A DataSomeValuesFrom(:d xsd:string))",
    "data only": "SubClassOf(:A DataAllValuesFrom(:d xsd:integer))",
    "data has value": 'SubClassOf(:A DataHasValue(:d "x"))',
    "data at least": "SubClassOf(:A DataMinCardinality(1 :d xsd:string))",
    "data one of": 'DataPropertyRange(:d DataOneOf("low" "high"))',
    "data union": "DataPropertyRange(:d DataUnionOf(xsd:integer xsd:string))",
    "data intersection": "DataPropertyRange(:d DataIntersectionOf(xsd:integer xsd:decimal))",
    "data complement": "DataPropertyRange(:d DataComplementOf(xsd:string))",
    "facets": 'DataPropertyRange(:d DatatypeRestriction(xsd:integer xsd:minInclusive "1"^^xsd:integer xsd:maxInclusive "5"^^xsd:integer))',
    "datatype definition": 'Declaration(Datatype(:t)) DatatypeDefinition(:t DatatypeRestriction(xsd:string xsd:length "3"^^xsd:integer))',
    "class assertion": "ClassAssertion(:A :a)",
    "assertion of an expression": "ClassAssertion(ObjectSomeValuesFrom(:p :B) :a)",
    "object assertion": "ObjectPropertyAssertion(:p :a :b)",
    "inverse assertion": "ObjectPropertyAssertion(ObjectInverseOf(:p) :a :b)",
    "data assertion": 'DataPropertyAssertion(:d :a "x")',
    "negative object assertion": "NegativeObjectPropertyAssertion(:p :a :b)",
    "negative data assertion": 'NegativeDataPropertyAssertion(:d :a "x")',
    "same": "SameIndividual(:a :b)",
    "different": "DifferentIndividuals(:a :b)",
    "all different": "DifferentIndividuals(:a :b :c)",
    "anonymous individual": "ClassAssertion(:A _:x) ObjectPropertyAssertion(:p _:x :a)",
    "two anonymous individuals in a circle": "ObjectPropertyAssertion(:p _:x _:y) ObjectPropertyAssertion(:p _:y _:x)",
    "punned class and individual": "Declaration(NamedIndividual(:A)) ObjectPropertyAssertion(:p :A :b)",
    "label": 'AnnotationAssertion(rdfs:label :a "ay"@en)',
    "label in another tag": 'AnnotationAssertion(rdfs:label :a "ah"@de-at)',
    "annotation with an IRI": "AnnotationAssertion(:n :a :b)",
    "annotation of something foreign": 'AnnotationAssertion(:n <http://example.org/x> "y")',
    "deprecated": 'AnnotationAssertion(owl:deprecated :a "true"^^xsd:boolean)',
    "sub annotation property": "SubAnnotationPropertyOf(:n rdfs:comment)",
    "annotation domain": "AnnotationPropertyDomain(:n :A)",
    "annotated subclass": 'SubClassOf(Annotation(:n "why") :A :B)',
    "annotated restriction": 'SubClassOf(Annotation(:n "why") :A ObjectSomeValuesFrom(:p :B))',
    "annotated assertion": "ObjectPropertyAssertion(Annotation(:n :c) :p :a :b)",
    "annotated twice": 'ObjectPropertyAssertion(Annotation(:n "one") Annotation(:n "two"@fr) :p :a :b)',
    "annotated data assertion": 'DataPropertyAssertion(Annotation(:n "why") :d :a "x")',
    "annotated label": 'AnnotationAssertion(Annotation(:n "why") rdfs:label :a "ay"@en)',
    "annotated all disjoint": 'DisjointClasses(Annotation(:n "why") :A :B :C)',
    "annotated negative assertion": 'NegativeObjectPropertyAssertion(Annotation(:n "why") :p :a :b)',
    "annotated declaration": 'Declaration(Annotation(:n "why") Class(:D))',
    "annotated characteristic": 'TransitiveObjectProperty(Annotation(:n "why") :p)',
    "annotation of an annotation": 'ObjectPropertyAssertion(Annotation(Annotation(:n "deep") :n "why") :p :a :b)',
    "rule": "DLSafeRule(Body(ClassAtom(:A Variable(<urn:swrl:var#x>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))",
    "labelled rule": 'DLSafeRule(Annotation(rdfs:label "R-X-001: one"@en) Annotation(rdfs:comment "why") Body(ObjectPropertyAtom(:p Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#y>))) Head(ObjectPropertyAtom(:q Variable(<urn:swrl:var#y>) Variable(<urn:swrl:var#x>))))',
    "rule with two heads": "DLSafeRule(Body(ClassAtom(:A Variable(<urn:swrl:var#x>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>)) ClassAtom(:C Variable(<urn:swrl:var#x>))))",
    "rule with an individual": "DLSafeRule(Body(ObjectPropertyAtom(:p Variable(<urn:swrl:var#x>) :a)) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))",
    "rule with a literal": 'DLSafeRule(Body(DataPropertyAtom(:d Variable(<urn:swrl:var#x>) "high")) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))',
    "rule with a comparison": 'DLSafeRule(Body(DataPropertyAtom(:d Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#n>)) BuiltInAtom(<http://www.w3.org/2003/11/swrlb#greaterThan> Variable(<urn:swrl:var#n>) "5"^^xsd:integer)) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))',
    "rule with differentFrom": "DLSafeRule(Body(ClassAtom(:A Variable(<urn:swrl:var#x>)) ClassAtom(:A Variable(<urn:swrl:var#y>)) DifferentIndividualsAtom(Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#y>))) Head(ObjectPropertyAtom(:p Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#y>))))",
    "rule with a class expression": "DLSafeRule(Body(ClassAtom(ObjectSomeValuesFrom(:p :B) Variable(<urn:swrl:var#x>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))",
    "rule with a data range": "DLSafeRule(Body(DataPropertyAtom(:d Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#n>)) DataRangeAtom(xsd:int Variable(<urn:swrl:var#n>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))",
    "rule with an empty body": "DLSafeRule(Body() Head(ClassAtom(:A :a)))",
    "rule with an empty head": "DLSafeRule(Body(ClassAtom(:A Variable(<urn:swrl:var#x>))) Head())",
    "equivalent to two": "EquivalentClasses(:A :B :C)",
    "annotated inverse": 'InverseObjectProperties(Annotation(:n "why") :p :q)',
    "annotated chain": 'SubObjectPropertyOf(Annotation(:n "why") ObjectPropertyChain(:p :q) :r)',
    "annotated key": 'HasKey(Annotation(:n "why") :A (:p) (:d))',
    "annotated all different": 'DifferentIndividuals(Annotation(:n "why") :a :b :c)',
    "annotated class assertion": "ClassAssertion(Annotation(:n :c) :A :a)",
    "annotated disjoint union": 'DisjointUnion(Annotation(:n "why") :A :B :C)',
    "annotated anonymous data range": 'DataPropertyRange(Annotation(:n "why") :d DataOneOf("low" "high"))',
    "label in a tag with capitals": 'AnnotationAssertion(rdfs:label :a "ah"@de-AT)',
    "punned property and individual": "Declaration(NamedIndividual(:p)) ObjectPropertyAssertion(:q :p :a)",
    "rule with other variables": "DLSafeRule(Body(ClassAtom(:A Variable(<urn:swrl#x>))) Head(ClassAtom(:B Variable(<urn:swrl#x>))))",
    "rule with an inverse": "DLSafeRule(Body(ObjectPropertyAtom(ObjectInverseOf(:p) Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#y>))) Head(ObjectPropertyAtom(:q Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#y>))))",
    "switched off rule": 'Declaration(AnnotationProperty(<http://swrl.stanford.edu/ontologies/3.3/swrla.owl#isRuleEnabled>)) DLSafeRule(Annotation(<http://swrl.stanford.edu/ontologies/3.3/swrla.owl#isRuleEnabled> "false"^^xsd:boolean) Body(ClassAtom(:A Variable(<urn:swrl:var#x>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))',
    "annotation of an annotation of a rule": 'DLSafeRule(Annotation(Annotation(:n "deep") rdfs:label "R-X-001") Body(ClassAtom(:A Variable(<urn:swrl:var#x>))) Head(ClassAtom(:B Variable(<urn:swrl:var#x>))))',
    "a name with a hyphen": "ClassAssertion(:A <https://w3id.org/dislodge#BCR-ABL1>)",
    "a name with a colon": "ClassAssertion(:A <https://w3id.org/dislodge#x:y>)",
    "a name that begins with a digit": "ClassAssertion(:A <https://w3id.org/dislodge#17-AAG>)",
    "a name in another script": "ClassAssertion(:A <https://w3id.org/dislodge#σ>)",
    "an IRI that ends in a slash": "AnnotationAssertion(:n :a <https://creativecommons.org/licenses/by/4.0/>)",
    "an encoded IRI": "AnnotationAssertion(:n :a <http://example.org/a%20b>)",
    "a datatype of one's own": 'Declaration(Datatype(:t)) DataPropertyAssertion(:d :a "x"^^:t)',
}
_LITERALS = {
    "0.10": '"0.10"^^xsd:decimal', "a whole decimal": '"5"^^xsd:decimal', "a tiny decimal": '"0.0000001"^^xsd:decimal',
    "23 digits": '"12345678901234567890.123"^^xsd:decimal', "007": '"007"^^xsd:integer', "+5": '"+5"^^xsd:integer',
    "an integer of 64 bits": '"9223372036854775808"^^xsd:integer', "a boolean as a number": '"1"^^xsd:boolean',
    "a double": '"1.0E3"^^xsd:double', "a non-negative integer": '"3"^^xsd:nonNegativeInteger',
    "a date": '"2026-11-24"^^xsd:date', "a URI": '"http://example.org/"^^xsd:anyURI', "empty": '""',
    "quotes and backslashes": '"a \\"b\\" c\\\\d"', "markup": '"<b> & ]]> -- "', "leading spaces": '"  x  "',
    "two lines": '"a\nb"', "a tab": '"a\tb"', "a carriage return": '"a\rb"', "emoji": '"🧬 β1 é"',
    "infinity": '"INF"^^xsd:double', "not a number": '"NaN"^^xsd:double', "a malformed decimal": '"None"^^xsd:decimal',
    "JSON": '"[1.5]"^^rdf:JSON', "a direction mark": '"a\u202eb"', "64 bits below zero": '"-9223372036854775809"^^xsd:integer',
    "an apostrophe": '"l\'intégrine"@fr', "an XML literal": '"<i>x</i>"^^rdf:XMLLiteral',
}  # fmt: skip

CASES = [
    *(Case(name, text) for name, text in _PLAIN.items()),
    *(Case(f"literal: {name}", f"DataPropertyAssertion(:d :a {text})") for name, text in _LITERALS.items()),
    Case("literal: a control character", 'DataPropertyAssertion(:d :a "a\x01b")', writing=XML_ONLY),
    Case("an IRI with a brace", "AnnotationAssertion(:n :a <http://example.org/{x}>)", reading="E108"),
    Case("an IRI with two hashes", "AnnotationAssertion(:n :a <http://example.org/#a#b>)", reading="E108"),
    Case("an IRI with a bare percent sign", "AnnotationAssertion(:n :a <http://example.org/100%>)", reading="E108"),
    Case("a relative IRI", "AnnotationAssertion(:n :a <x>)", reading="E109"),
    Case("an unknown axiom", "Likes(:a :b)", reading="E107"),
    Case("a subclass of three", "SubClassOf(:A :B :C)", reading="E107"),
    Case("an unknown prefix", "SubClassOf(:A z:B)", reading="E107"),
    Case("an expression nested too deep", f"SubClassOf(:A {'ObjectComplementOf(' * 101}:B{')' * 101})", reading="E111"),
    Case("brackets nested too deep", f"SubClassOf(:A {'ObjectComplementOf(' * 600}:B{')' * 600})", reading="E111"),
    Case(
        "a property that XML cannot name",
        'Declaration(AnnotationProperty(<http://example.org/123>)) AnnotationAssertion(<http://example.org/123> :a "x")',
        writing={"owl": "E602"},
    ),
]
