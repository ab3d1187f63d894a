"""``format``: the same bytes for the same content, comments kept, nothing written unless all is right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import parse_triples
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped_ontology, shipped_rules
from reasoner.writing.ontology_text import ontology_text
from reasoner.writing.turtle import turtle

HEAD = "@prefix : <https://w3id.org/dislodge#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["format", *map(str, arguments)])


def formatted(folder: Path, text: str, name: str = "file.ttl") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0, result.output
    return path.read_text(encoding="utf-8")


def test_subjects_and_statements_are_sorted_and_annotations_follow_their_subject(tmp_path: Path) -> None:
    text = HEAD + ":b a owl:NamedIndividual , :C . :a :q :b ; :p :c , :b ; a owl:NamedIndividual .\n"
    text += "[] a owl:Axiom ; owl:annotatedTarget :b ; owl:annotatedSource :a ; owl:annotatedProperty :p ; :n :x ."
    assert formatted(tmp_path, text) == (
        HEAD + "\n:a a owl:NamedIndividual ;\n    :p :b , :c ;\n    :q :b .\n"
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ;\n    :n :x .\n"
        "\n:b a owl:NamedIndividual , :C .\n"
    )


def test_the_shipped_files_are_in_canonical_form() -> None:
    result = run("--check")
    assert result.exit_code == 0, f"run: dislodge format ontology rules\n{result.output}"


def test_formatting_twice_changes_nothing_more(tmp_path: Path) -> None:
    for source in shipped_ontology():
        once = formatted(tmp_path, source.read_text(encoding="utf-8"))
        assert formatted(tmp_path, once) == once


def test_the_shipped_knowledge_says_the_same_after_it(tmp_path: Path) -> None:
    before = read_ontology(shipped_ontology())
    files = []
    for number, source in enumerate(shipped_ontology()):
        files.append(tmp_path / f"{number:02}.ttl")
        files[-1].write_bytes(source.read_bytes())
    assert run(tmp_path).exit_code == 0
    after = read_ontology(files)
    assert set(after.facts) == set(before.facts)
    assert {f"{a.kind} {sorted(map(str, a.args))}" for a in after.axioms} == {
        f"{a.kind} {sorted(map(str, a.args))}" for a in before.axioms
    } or len(after.axioms) == len(before.axioms)
    assert {f: sorted(map(str, n)) for f, n in after.axiom_annotations.items()} == {
        f: sorted(map(str, n)) for f, n in before.axiom_annotations.items()
    }
    assert {s: sorted(map(str, t)) for s, t in after.texts.items()} == {
        s: sorted(map(str, t)) for s, t in before.texts.items()
    }


def test_rules_say_the_same_after_it(tmp_path: Path) -> None:
    for source in shipped_rules():
        text = source.read_text(encoding="utf-8")
        after = formatted(tmp_path, text, "file.swrl")
        assert read_rules(after, "after") == read_rules(text, "before")
        assert [line for line in after.splitlines() if line.startswith("#")] == [
            line for line in text.splitlines() if line.startswith("#")
        ]


def test_comments_stay_before_their_subject_at_the_head_and_at_the_foot(tmp_path: Path) -> None:
    text = f"# who wrote this\n\n{HEAD}\n# about b,\n# in two lines\n:b a :C .\n\n# about a\n:a a :C .\n# the end\n"
    after = formatted(tmp_path, text)
    assert after.startswith("# who wrote this\n")
    assert "# about a\n:a a :C .\n" in after
    assert "# about b,\n# in two lines\n:b a :C .\n" in after
    assert after.endswith("# the end\n")


@pytest.mark.parametrize(
    "line",
    [":a a :C ; # here\n    :p :b .", ":a a :C . # here", "# here\n[] a owl:Axiom .", ":a :p ( :b\n# here\n:c ) ."],
    ids=["in a block", "after a block", "before a node", "in a list"],
)
def test_a_comment_that_has_no_place_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "file.ttl"
    path.write_text(f"{HEAD}{line}\n")
    result = run(path)
    assert (result.exit_code, path.read_text()) == (2, f"{HEAD}{line}\n")
    assert "E116" in result.stderr and "before a subject" in result.stderr and "file.ttl:" in result.stderr


def test_a_hash_inside_a_text_or_an_iri_is_no_comment(tmp_path: Path) -> None:
    text = f'{HEAD}:a :p "a # b" , """c\n# d""" ; :q <http://example.org/x#y> .\n'
    assert parse_triples(formatted(tmp_path, text).encode(), "f") == parse_triples(text.encode(), "f")


def test_banners_of_the_owl_api_are_not_kept(tmp_path: Path) -> None:
    banner = "#################################################################\n"
    text = f"{HEAD}\n{banner}#    Individuals\n{banner}\n###  https://w3id.org/dislodge#a\n:a a :C .\n"
    text += "###  Generated by the OWL API (version 4.5.29) https://github.com/owlcs/owlapi\n"
    assert "#  " not in formatted(tmp_path, text)


def test_a_module_saved_by_rio_keeps_the_comments_of_persons_alone(tmp_path: Path) -> None:
    """What Ctrl-S in Protégé writes: every banner above the first statement, terms relative to a base."""
    text = """# kept by the curators
#
@base <https://w3id.org/dislodge#> .
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
#
#
# #################################################################
# #
# #    Individuals
# #
# #################################################################
#
# https://w3id.org/dislodge#a
#
# Generated by the OWL API (version 4.5.29) https://github.com/owlcs/owlapi
# about the file
<dislodge/mine> a owl:Ontology .
# about a: see https://example.org/1
:a a :C .
"""
    assert formatted(tmp_path, text) == (
        "# kept by the curators\n\n@prefix : <https://w3id.org/dislodge#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\n"
        "# about the file\n<https://w3id.org/dislodge/mine> a owl:Ontology .\n\n"
        "# about a: see https://example.org/1\n:a a :C .\n"
    )


BANNERS = {
    "owl": [
        "<!-- \n///////////////\n//\n// Classes\n//\n///////////////\n -->",
        "<!-- http://example.org/a&#45;&#45;b -->",
        "<!-- Generated by the OWL API (version 4.5.29) https://github.com/owlcs/owlapi -->",
        "<!-- ################################ -->\n<!-- # -->\n<!-- #    Classes -->",
    ],
    "ofn": [
        "############################\n#   Named Individuals\n############################",
        "# Class: :A (an (odd) A)",
        "# Individual: <http://example.org/i> (a label\n# of two (three)\n# lines)",
    ],
    "nt": ["# ", "# #    Individuals", "# urn:a:b", "# x:y#z"],
}


@pytest.mark.parametrize(("form", "banner"), [(form, banner) for form in BANNERS for banner in BANNERS[form]])
def test_banners_of_other_syntaxes_are_nobodys_and_what_stands_beside_them_is_not(
    tmp_path: Path, form: str, banner: str
) -> None:
    text = ontology_text(parse_triples(f"{HEAD}<x:y#z> a owl:NamedIndividual . :A a owl:Class .".encode(), "f"), form)
    assert formatted(tmp_path, f"{text}{banner}\n", f"file.{form}") == text
    mine = "<!-- (mine) -->" if form == "owl" else "# (mine)"
    path = tmp_path / f"file.{form}"
    path.write_text(f"{text}{banner}\n\n{mine}\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 2 and "(mine)" in result.stderr


@pytest.mark.parametrize("form", ["owl", "owx", "ofn", "nt"])
def test_other_syntaxes_are_formatted_in_their_own_and_refuse_comments(tmp_path: Path, form: str) -> None:
    source = next(path for path in shipped_ontology() if path.name == "core.ttl")
    text = (
        ontology_text(parse_triples(source.read_bytes(), "core.ttl"), form)
        if form in ("owl", "nt")
        else (ontology_text(parse_triples(f"{HEAD}:a a owl:NamedIndividual . :A a owl:Class .".encode(), "f"), form))
    )
    assert formatted(tmp_path, text, f"file.{form}") == text
    comment = "<!-- mine -->" if form in ("owl", "owx") else "# mine\n"
    path = tmp_path / f"file.{form}"
    path.write_text(text + comment, encoding="utf-8")
    assert run(path).exit_code == 2
    assert path.read_text(encoding="utf-8") == text + comment


def test_a_hash_in_a_text_of_several_lines_is_no_comment_in_functional_syntax(tmp_path: Path) -> None:
    text = ontology_text(
        parse_triples(f'{HEAD}:A a owl:Class ; :p "a\\n# b" . :p a owl:AnnotationProperty .'.encode(), "f"), "ofn"
    )
    assert "\n# b" in text and formatted(tmp_path, text, "file.ofn") == text


def test_members_of_sets_are_sorted_and_those_of_chains_are_not(tmp_path: Path) -> None:
    after = formatted(tmp_path, HEAD + ":A owl:unionOf ( :c :b ) . :p owl:propertyChainAxiom ( :c :b ) .")
    assert "unionOf ( :b :c )" in after and "Axiom ( :c :b )" in after


def test_a_bare_declaration_of_what_another_file_describes_goes(tmp_path: Path) -> None:
    """Protégé adds one for everything that a module mentions."""
    (tmp_path / "one.ttl").write_text(HEAD + ":a a owl:NamedIndividual , :C .")
    (tmp_path / "two.ttl").write_text(HEAD + ":a a owl:NamedIndividual . :b :p :a ; a owl:NamedIndividual .")
    assert run(tmp_path).exit_code == 0
    assert ":a a" not in (tmp_path / "two.ttl").read_text()
    assert ":b a" in (tmp_path / "two.ttl").read_text()


def test_a_module_alone_loses_the_declarations_of_what_its_catalog_mates_describe(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "one.ttl").write_text(HEAD + ":a a :C . :b a owl:NamedIndividual .")
    (tmp_path / "bad.ttl").write_text("not a module")
    path = tmp_path / "facts" / "two.ttl"
    uris = "".join(f'<uri name="urn:{n}" uri="{uri}"/>' for n, uri in enumerate(("one.ttl", "bad.ttl", "/etc/x.ttl")))
    catalog = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{}</catalog>'
    (tmp_path / "catalog-v001.xml").write_text(catalog.format(uris))
    text = HEAD + "\n:a a owl:NamedIndividual .\n\n:b a owl:NamedIndividual ;\n    :p :a .\n"
    path.write_text(text)
    assert run("--check", path).exit_code == 0, "the catalog does not name this file"
    (tmp_path / "catalog-v001.xml").write_text(catalog.format(f'{uris}<uri name="urn:two" uri="facts/two.ttl"/>'))
    assert run(path).exit_code == 0
    assert path.read_text() == text.replace(":a a owl:NamedIndividual .\n\n", "")


def test_check_writes_nothing_and_says_so_by_its_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "file.ttl"
    path.write_text(HEAD + ":a :p :c , :b .")
    result = run("--check", path)
    assert (result.exit_code, path.read_text()) == (1, HEAD + ":a :p :c , :b .")
    assert "would rewrite" in result.stdout
    assert run(path).exit_code == 0
    assert run("--check", path).exit_code == 0


def test_nothing_is_written_when_one_file_is_bad(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEAD + ":a :p :c , :b .")
    (tmp_path / "b.ttl").write_text(HEAD + ":a :p ")
    result = run(tmp_path)
    assert result.exit_code == 2 and "b.ttl" in result.stderr
    assert (tmp_path / "a.ttl").read_text() == HEAD + ":a :p :c , :b ."


def _kills(folder: Path, times: int) -> None:
    """Kill the command at random moments: every file is the whole old or the whole new one."""
    old = HEAD + "".join(f":s{n} :p :c , :b .\n" for n in reversed(range(2000)))
    new = turtle(parse_triples(old.encode(), "f"))
    files = [folder / f"{n}.ttl" for n in range(3)]
    chance = random.Random(5)
    for _ in range(times):
        for file in files:
            file.write_text(old)
        with subprocess.Popen(
            [sys.executable, "-m", "reasoner", "format", str(folder)], stdout=subprocess.DEVNULL
        ) as child:
            time.sleep(chance.uniform(0.05, 0.6))
            child.send_signal(signal.SIGKILL)
        assert all(file.read_text() in (old, new) for file in files)
    assert sum(name.endswith(".part") for name in os.listdir(folder)) <= times


@pytest.mark.ci
def test_a_kill_in_mid_write_leaves_whole_files(tmp_path: Path) -> None:
    _kills(tmp_path, 20)


@pytest.mark.slow
def test_two_hundred_kills_leave_whole_files(tmp_path: Path) -> None:
    _kills(tmp_path, 200)
