"""The W3C's own cases for Turtle, N-Triples and RDF/XML, run through the loader.

They are not part of this project: ``DISLODGE_SUITES`` names the folder that holds ``w3c/rdf11``.
"""

import os
from pathlib import Path

import pytest

from reasoner.errors import ReadingError
from reasoner.reading.rdf.triples import parse_triples

SUITES = os.environ.get("DISLODGE_SUITES")
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDFT = "http://www.w3.org/ns/rdftest#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASES = {
    "rdf-turtle": "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/",
    "rdf-n-triples": None,
    "rdf-xml": "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-xml/",
}
#: The parser keeps namespaces in XML literals that canonical XML leaves out; a case that passes must go from here.
KNOWN_DIFFERENCES = {"rdf-turtle": [], "rdf-xml": ["xml-canon/test001.rdf", "xml-canon/test002.rdf"]}

pytestmark = pytest.mark.skipif(
    not SUITES or not Path(SUITES, "w3c", "rdf11").is_dir(),
    reason="set DISLODGE_SUITES to the folder that holds w3c/rdf11 to run the W3C's loader cases",
)


def cases(folder):
    """File, kind and, for evaluation cases, the file with the result."""
    root = Path(SUITES, "w3c", "rdf11", folder)
    base = "http://test/"
    entries = {}
    for subject, predicate, value in parse_triples((root / "manifest.ttl").read_bytes(), "manifest.ttl", base=base):
        entries.setdefault(subject, {})[predicate] = value
    for entry in entries.values():
        kind = str(entry.get(TYPE, ""))
        if kind.startswith(RDFT + "Test") and "Rejected" not in str(entry.get(RDFT + "approval", "")):
            action = entry[MANIFEST + "action"].removeprefix(base)
            result = str(entry.get(MANIFEST + "result", "")).removeprefix(base)
            yield root / action, kind.removeprefix(RDFT), root / result if result else None, action


def load(path, folder, action):
    base = BASES[folder] and BASES[folder] + action
    return parse_triples(path.read_bytes(), str(path), base=base, allow_empty=True)


@pytest.mark.parametrize("folder", BASES)
def test_good_files_load_and_bad_files_do_not(folder):
    wrong, seen = [], 0
    for path, kind, _, action in cases(folder):
        seen += 1
        try:
            load(path, folder, action)
            loaded = True
        except ReadingError:
            loaded = False
        if loaded == ("Negative" in kind):
            wrong.append(action)
    assert seen > 50
    assert not wrong


@pytest.mark.parametrize("folder", ["rdf-turtle", "rdf-xml"])
def test_the_triples_are_those_of_the_expected_result(folder):
    wrong = []
    for path, kind, result, action in cases(folder):
        if kind.endswith("Eval") and result is not None:
            ours, theirs = (
                {tuple("_" if str(term).startswith("_:") else term for term in triple) for triple in triples}
                for triples in (load(path, folder, action), load(result, "rdf-n-triples", action))
            )
            if ours != theirs:
                wrong.append(action)
    assert sorted(wrong) == KNOWN_DIFFERENCES[folder]
