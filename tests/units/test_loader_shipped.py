"""The shipped ontology: header, catalog and files agree, and nothing in them is dropped."""

import pytest

from reasoner.model.names import NAMESPACE
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.catalog import CATALOG, entries, header_of
from reasoner.reading.rdf.triples import read_triples
from reasoner.resources import shipped, shipped_ontology

ROOT = shipped("ontology")
HEADER = ROOT / "dislodge.ttl"
BASE = NAMESPACE.rstrip("#")


@pytest.fixture(scope="module")
def shipped_value():
    return read_ontology(shipped_ontology())


def test_header_catalog_and_files_agree():
    files = {}
    for path in shipped_ontology():
        relative = path.relative_to(ROOT).as_posix()
        (iri,) = header_of(read_triples(path))[0] if path != HEADER else [BASE]
        files[iri] = relative
    imported = header_of(read_triples(HEADER))[1]
    lines = [f"owl:imports <{iri}> ;  <uri name={iri!r} uri={file!r}/>" for iri, file in files.items()]
    advice = "dislodge.ttl and catalog-v001.xml must name exactly these:\n" + "\n".join(lines)
    assert entries(ROOT / CATALOG) == files, advice
    assert sorted(imported) == sorted(set(files) - {BASE}), advice


def test_the_header_alone_brings_in_the_whole_ontology(shipped_value):
    ontology = read_ontology([HEADER])
    assert set(ontology.facts) == set(shipped_value.facts)
    assert set(ontology.axioms) == set(shipped_value.axioms)


def test_the_header_states_iri_version_licence_title_and_creator(shipped_value):
    assert shipped_value.header.iri == BASE
    assert shipped_value.header.version == f"{BASE}/0.1.0"
    texts = {(prop.rsplit("/")[-1], value.lexical) for prop, value in shipped_value.texts[BASE]}
    assert ("license", "https://spdx.org/licenses/CC-BY-4.0") in texts
    assert {"title", "description", "creator"} <= {prop for prop, _ in texts}


def test_nothing_of_the_shipped_ontology_is_unread_or_doubtful(shipped_value):
    assert shipped_value.unread == []
    assert list(map(str, shipped_value.warnings)) == []


def test_every_annotation_property_in_use_is_declared(shipped_value):
    used = {prop for texts in shipped_value.texts.values() for prop, _ in texts}
    used |= {prop for notes in shipped_value.axiom_annotations.values() for prop, _ in notes}
    built_in = {"http://www.w3.org/2002/07/owl#versionInfo"}
    assert used <= shipped_value.vocabulary.annotation_properties | built_in


def test_no_class_and_property_differ_by_case_alone(shipped_value):
    vocabulary = shipped_value.vocabulary
    names = [*vocabulary.classes, *vocabulary.object_properties, *vocabulary.data_properties]
    names += [name for name in vocabulary.annotation_properties if "://" not in name]
    assert len({name.lower() for name in names}) == len(names)
