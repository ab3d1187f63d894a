"""Hostile, broken and mistaken files: each is refused at once, with a place and a hint, and nothing else happens."""

import gzip
import os
import random
import socket
import sys

import pytest

from reasoner.errors import DislodgeError, Faults, ReadingError
from reasoner.knowledge import StatedKnowledge
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf import triples
from reasoner.resources import shipped
from tests.effort import effort

RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/" xmlns:owl="{owl}">'
RDF_XML = RDF_XML.replace("{owl}", "http://www.w3.org/2002/07/owl#")
BODY = RDF_XML + '<rdf:Description rdf:about="http://e.org/a"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
MODULE = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
HEADER = f"<http://e.org/o> a <{OWL}Ontology> .\n"
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


def xml(doctype, text="x"):
    return f'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF {doctype}>\n{BODY.format(text)}'


def deep_xml(depth):
    return RDF_XML + "<rdf:Description><e:p>" * depth + "</e:p></rdf:Description>" * depth + "</rdf:RDF>"


def iri(bad):
    return f"<http://e.org/{bad}> <http://e.org/p> <http://e.org/o> .\n"


GOOD_XML = BODY.format("x")
GOOD_TURTLE = '@prefix e: <http://e.org/> .\ne:a e:p [ e:q "text" ] ;\n    e:r ( 1 2 ) .\n'

#: name of the file, content, code of the error
ATTACKS = {
    "billion laughs": ("a.owl", xml(f'[<!ENTITY l0 "lol">{LAUGHS}]', "&l9;"), "E110"),
    "billion laughs in UTF-16": ("a.owl", xml(f'[<!ENTITY l0 "lol">{LAUGHS}]', "&l9;").encode("utf-16"), "E110"),
    "billion laughs named as Turtle": ("a.ttl", xml(f'[<!ENTITY l0 "lol">{LAUGHS}]', "&l9;"), "E110"),
    "quadratic entity": ("a.owl", xml(f'[<!ENTITY a "{"a" * 60000}">]', "&a;" * 20000), "E110"),
    "many short entities": ("a.owl", xml(f'[<!ENTITY a "{"a" * 1900}">]', "&a;" * 20000), "E110"),
    "too many entities": ("a.owl", xml("[" + "".join(f'<!ENTITY e{i} "x">' for i in range(600)) + "]"), "E110"),
    "recursive entity": ("a.owl", xml('[<!ENTITY a "&a;">]', "&a;"), "E110"),
    "entities in a circle": ("a.owl", xml('[<!ENTITY a "&b;"><!ENTITY b "&a;">]', "&a;"), "E110"),
    "parameter entity": ("a.owl", xml("[<!ENTITY % p \"<!ENTITY q 'x'>\"> %p;]"), "E110"),
    "external parameter entity": ("a.owl", xml('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]'), "E110"),
    "external entity of a file": ("a.owl", xml('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), "E110"),
    "external entity of a host": ("a.owl", xml('[<!ENTITY x SYSTEM "http://127.0.0.1:9/">]', "&x;"), "E110"),
    "unparsed entity": ("a.owl", xml('[<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x" NDATA n>]'), "E110"),
    "external document type": ("a.owl", xml('SYSTEM "http://127.0.0.1:9/x.dtd"'), "E110"),
    "public document type": ("a.owl", xml('PUBLIC "-//W3C//DTD" "file:///etc/passwd"'), "E110"),
    "entity with markup": ("a.owl", xml('[<!ENTITY x "&#60;e:q/>">]', "&x;"), "E110"),
    "entity with a bare ampersand": ("a.owl", xml('[<!ENTITY x "&#38;y;">]', "&x;"), "E110"),
    "attribute defaults": ("a.owl", xml('[<!ATTLIST e:p rdf:resource CDATA "http://e.org/x">]'), "E110"),
    "undefined entity": ("a.owl", xml("[]", "&nope;"), "E107"),
    "UTF-7": ("a.owl", '<?xml version="1.0" encoding="UTF-7"?>' + GOOD_XML, "E105"),
    "an encoding of many bytes": ("a.owl", '<?xml version="1.0" encoding="shift_jis"?>' + GOOD_XML, "E105"),
    "UTF-16 without a mark": ("a.owl", GOOD_XML.encode("utf-16-le"), "E105"),
    "UTF-16 Turtle": ("a.ttl", GOOD_TURTLE.encode("utf-16"), "E105"),
    "UTF-32": ("a.owl", GOOD_XML.encode("utf-32"), "E105"),
    "Latin-1 Turtle": ("a.ttl", '<http://e.org/a> <http://e.org/p> "é" .'.encode("latin-1"), "E105"),
    "elements nested 50,000 deep": ("a.owl", deep_xml(50_000), "E111"),
    "CDATA that closes and nests": ("a.owl", BODY.format("<![CDATA[" + "<a>" * 9) + "]]>", "E107"),
    "brackets nested 100,000 deep": (
        "a.ttl",
        "<http://e.org/a> <http://e.org/p> " + "[<http://e.org/p> " * 100_000,
        "E111",
    ),
    "lists nested 100,000 deep": ("a.ttl", "<http://e.org/a> <http://e.org/p> " + "(" * 100_000, "E111"),
    "lists hidden behind an escaped quote": (
        "a.ttl",
        "@prefix e: <http://e.org/> . e:a\\' e:p " + "(" * 100_000 + ")" * 100_000 + " .",
        "E111",
    ),
    "lists hidden behind an escaped hash": (
        "a.ttl",
        "@prefix e: <http://e.org/> . e:a\\# e:p " + "(" * 100_000 + ")" * 100_000 + " .",
        "E111",
    ),
    "Python module in Turtle": ("a.ttl", HEADER + f'<http://e.org/o> <{MODULE}> "evil" .', "E112"),
    "Python module in N-Triples": ("a.nt", f'<http://e.org/o> <{MODULE}> "evil" .', "E112"),
    "Python module in RDF/XML": (
        "a.owl",
        RDF_XML + f'<owl:Ontology rdf:about="http://e.org/o"><m:python_module xmlns:m="{MODULE[:-13]}">evil'
        "</m:python_module></owl:Ontology></rdf:RDF>",
        "E112",
    ),
    "Python module through entities": (
        "a.owl",
        f'<!DOCTYPE rdf:RDF [<!ENTITY m "{MODULE[:-13]}">]>\n' + RDF_XML + '<owl:Ontology rdf:about="http://e.org/o">'
        '<m:python_module xmlns:m="&m;">evil</m:python_module></owl:Ontology></rdf:RDF>',
        "E112",
    ),
    "import of a file": ("a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <file:///etc/passwd> .", "E113"),
    "import of a host": ("a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <http://127.0.0.1:9/x> .", "E113"),
    "import of a path": ("a.ttl", f"@base <http://e.org/a/> . <o> <{OWL}imports> <../../etc/passwd> .", "E113"),
    "import of a coded path": ("a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <file:/%2e%2e/x> .", "E113"),
    "empty": ("a.ttl", "", "E104"),
    "empty RDF/XML": ("a.owl", "", "E104"),
    "blank": ("a.ttl", " \n\t\n", "E104"),
    "comments only": ("a.ttl", "# nothing here\n@prefix e: <http://e.org/> .\n", "E104"),
    "RDF/XML without a statement": ("a.owl", RDF_XML + "</rdf:RDF>", "E104"),
    "gzip": ("a.ttl", gzip.compress(GOOD_TURTLE.encode() * 50), "E105"),
    "an image": ("a.owl", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00", "E105"),
    "zeros": ("a.ttl", bytes(5000), "E105"),
    "Manchester syntax": ("a.omn", "Prefix: : <http://e.org/>\nOntology: <http://e.org/o>", "E106"),
    "OBO": ("a.obo", "format-version: 1.2\nontology: x\n", "E106"),
    "JSON-LD": ("a.jsonld", '{"@context": "http://127.0.0.1:9/c"}', "E106"),
    "a web page": ("a.owl", "<!DOCTYPE html><html><body>404</body></html>", "E106"),
    "statements about statements": ("a.ttl", "@prefix e: <http://e.org/> . << e:a e:b e:c >> e:d e:e .", "E115"),
    "relative IRI in Turtle": ("a.ttl", "<a> <http://e.org/p> <http://e.org/o> .", "E109"),
    "relative IRI in RDF/XML": ("a.owl", GOOD_XML.replace("http://e.org/a", "a"), "E109"),
    "brace in an IRI": ("a.ttl", iri("{x}"), "E108"),
    "bar in an IRI": ("a.ttl", iri("a|b"), "E108"),
    "caret in an IRI": ("a.ttl", iri("a^b"), "E108"),
    "space in an IRI": ("a.ttl", iri("a b"), "E108"),
    "escaped space in an IRI": ("a.ttl", iri("a\\u0020b"), "E108"),
    "bare percent in an IRI": ("a.ttl", iri("100%"), "E108"),
    "two hashes in an IRI": ("a.ttl", iri("a#b#c"), "E108"),
    "direction mark in an IRI": ("a.ttl", iri("a\u202eb"), "E108"),
    "brace in an IRI of RDF/XML": ("a.owl", GOOD_XML.replace("http://e.org/a", "http://e.org/{a}"), "E108"),
    "two hashes in an IRI of RDF/XML": ("a.owl", GOOD_XML.replace("http://e.org/a", "http://e.org/#a#b"), "E108"),
    "unclosed text": ("a.ttl", '<http://e.org/a> <http://e.org/p> "text', "E107"),
    "unclosed element": ("a.owl", GOOD_XML[:-10], "E107"),
    "missing dot": ("a.nt", "<http://e.org/a> <http://e.org/p> <http://e.org/o>", "E107"),
}

_opened: list[str] = []
_watching: list[str] = []


def _hook(event, args):
    if _watching and event == "open" and isinstance(args[0], str | os.PathLike):
        _opened.append(os.fspath(args[0]))


sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_args, **_keywords):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture
def opened():
    """Files that were opened, without Python's own modules."""
    _opened.clear()
    _watching.append("on")
    yield lambda: [path for path in _opened if not path.endswith((".py", ".pyc", ".so"))]
    _watching.clear()


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path):
    """The error, which must come soon."""
    _opened.clear()
    caught = []

    def read():
        with pytest.raises(ReadingError) as error:
            read_ontology([path])
        caught.append(error.value)

    assert effort(read) < 30
    return caught[0]


@pytest.mark.parametrize("name", ATTACKS)
def test_a_bad_file_is_refused_soon_with_its_name_a_code_and_a_sentence(name, tmp_path, opened):
    file, content, code = ATTACKS[name]
    path = write(tmp_path, file, content)
    error = refusal(path)
    assert error.code == code, str(error)
    assert error.span.file == str(path)
    assert error.message
    assert "\n" not in str(error)
    assert {os.path.dirname(file) for file in opened()} <= {str(tmp_path)}


@pytest.mark.parametrize("name", [name for name, (_, _, code) in ATTACKS.items() if code not in ("E105",)])
def test_every_refusal_says_what_to_do(name, tmp_path):
    file, content, _ = ATTACKS[name]
    assert refusal(write(tmp_path, file, content)).hint


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path):
    assert refusal(tmp_path / "missing.ttl").code == "E101"
    assert refusal(tmp_path).code == "E102"
    os.mkfifo(tmp_path / "pipe.ttl")
    assert refusal(tmp_path / "pipe.ttl").code == "E102"
    assert refusal(os.devnull).code == "E102"


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "E101"), ("folder", "E102"), ("pipe", "E102"), (b"", "E104"), (b" \n", "E104"), (b"rule \xff", "E105")],
)
def test_a_rule_file_that_cannot_be_read_is_refused_with_its_name(content, code, tmp_path):
    """A pipe too, at once, where reading would wait for ever."""
    path = tmp_path / "mine.swrl"
    if content == "folder":
        path.mkdir()
    elif content == "pipe":
        os.mkfifo(path)
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        StatedKnowledge.load(rules=[path])
    assert (caught.value.code, caught.value.span.file) == (code, str(path))
    assert caught.value.hint


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    assert refusal(tmp_path / "a\x00b.ttl").code == "E101"
    assert refusal(tmp_path / ("a" * 5000)).code == "E101"


def test_a_file_above_the_size_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.ttl"
    with open(path, "wb") as stream:
        stream.truncate(triples.MAX_BYTES + 1)
    assert refusal(path).code == "E103"


@pytest.mark.parametrize(
    "target",
    [
        "../outside.ttl",
        "%2e%2e/outside.ttl",
        "sub/../../outside.ttl",
        "/etc/passwd",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "http://127.0.0.1:9/x.ttl",
        "\\\\host\\share\\x.ttl",
        "link.ttl",
        "folder_link/outside.ttl",
        "outside\x00.ttl",
    ],
)
def test_a_catalog_leads_nowhere_outside_its_folder(target, tmp_path, opened):
    folder = tmp_path / "inside"
    folder.mkdir()
    write(tmp_path, "outside.ttl", "<http://e.org/x> a <http://e.org/Y> .")
    (folder / "link.ttl").symlink_to(tmp_path / "outside.ttl")
    (folder / "folder_link").symlink_to(tmp_path)
    shown = target.replace("\x00", "%00")
    write(folder, "catalog-v001.xml", f'<catalog><uri name="http://e.org/x" uri="{shown}"/></catalog>')
    path = write(folder, "a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <http://e.org/x> .")
    assert refusal(path).code == "E124"
    assert {os.path.dirname(file) for file in opened()} == {str(folder)}


def test_a_catalog_that_is_itself_a_link_out_of_the_folder_is_refused(tmp_path):
    folder = tmp_path / "inside"
    folder.mkdir()
    write(tmp_path, "catalog-v001.xml", '<catalog><uri name="http://e.org/x" uri="b.ttl"/></catalog>')
    write(folder, "b.ttl", HEADER)
    (folder / "catalog-v001.xml").symlink_to(tmp_path / "catalog-v001.xml")
    path = write(folder, "a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <http://e.org/x> .")
    assert refusal(path).code == "E124"


def test_a_catalog_is_guarded_like_any_other_file(tmp_path):
    bomb = f'<!DOCTYPE catalog [<!ENTITY l0 "lol">{LAUGHS}]><catalog><uri name="&l9;" uri="b.ttl"/></catalog>'
    write(tmp_path, "catalog-v001.xml", bomb)
    path = write(tmp_path, "a.ttl", HEADER + f"<http://e.org/o> <{OWL}imports> <http://e.org/x> .")
    assert refusal(path).code == "E110"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("long.ttl", '<a:b> <a:c> "{}" .'),
        ("long.nt", '<a:b> <a:c> "{}" .\n'),
        ("open.ttl", '<a:b> <a:c> """{}'),
    ],
)
def test_a_text_longer_than_the_parser_holds_is_a_fault_of_its_file(name, content, tmp_path):
    error = refusal(write(tmp_path, name, content.format("x" * 17_000_000)))
    assert (error.code, error.span.file) == ("E103", str(tmp_path / name))
    assert "16 MB" in error.message
    assert error.hint


def test_faults_of_several_files_are_reported_together(tmp_path):
    paths = [write(tmp_path, "a.ttl", ""), write(tmp_path, "b.ttl", iri("{x}"))]
    with pytest.raises(Faults) as caught:
        read_ontology(paths)
    assert [fault.code for fault in caught.value.faults] == ["E104", "E108"]


@pytest.mark.parametrize(("file", "content"), [("a.owl", GOOD_XML), ("a.ttl", GOOD_TURTLE)])
def test_a_file_that_is_cut_off_anywhere_does_not_pass_for_whole(file, content, tmp_path):
    for length in range(1, len(content.rstrip()) - 1):
        cut = content[:length]
        with pytest.raises(ReadingError):
            triples.parse_triples(cut.encode(), file)


def test_a_syntax_error_has_its_line_and_column(tmp_path):
    error = refusal(write(tmp_path, "a.ttl", "@prefix e: <http://e.org/> .\ne:a e:p e:o .\ne:b e:p ; .\n\n"))
    assert error.span.line == 3
    assert error.span.column > 1
    error = refusal(write(tmp_path, "a.owl", RDF_XML + "\n<rdf:Description>\n</rdf:RDF>"))
    assert error.span.line == 3


@pytest.mark.parametrize("suffix", ["ttl", "nt", "owl"])
def test_damaged_files_give_the_documented_error_and_no_other(suffix):
    generator = random.Random(20)
    good = {"ttl": (shipped("ontology") / "modules" / "core.ttl").read_bytes(), "owl": xml('[<!ENTITY e "x">]', "&e;")}
    good["nt"] = "".join(iri(i) + f'_:b{i} <http://e.org/p> "t\\n{i}"@en .\n' for i in range(40))
    content = good[suffix] if isinstance(good[suffix], bytes) else good[suffix].encode()
    passed = 0
    for _ in range(400):
        damaged = bytearray(content)
        for _ in range(generator.randint(1, 4)):
            place = generator.randrange(len(damaged))
            if generator.random() < 0.5:
                damaged[place] = generator.randrange(256)
            else:
                del damaged[place : place + generator.randint(1, 40)]
        try:
            triples.parse_triples(bytes(damaged), f"a.{suffix}")
            passed += 1
        except DislodgeError as error:
            assert error.code.startswith("E1")
    assert passed < 400
