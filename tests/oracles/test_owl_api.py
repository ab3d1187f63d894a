"""The exported file before the judges that curators use: the OWL API of Protégé, HermiT and Openllet.

Needs a JDK and the jars (see ``owl_api.py``); skipped with the reason otherwise.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from owl_api import OwlApi, Unavailable, skip_unless_here

from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned
from reasoner.model.names import iri, local
from reasoner.model.term import Literal
from reasoner.model.triple import Triple, is_blank
from reasoner.reading.rdf.catalog import entries
from reasoner.reading.rdf.triples import read_triples
from reasoner.resources import shipped
from reasoner.writing.ontology_text import FORMS, ontology_text

pytestmark = pytest.mark.java


skip_unless_here()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("owlapi")


@pytest.fixture(scope="module", params=[4, 5, "maven"], ids=["OWL API 4.5.22", "OWL API 5.1", "OWL API 4.5.29"])
def api(request: pytest.FixtureRequest, work: Path) -> Iterator[OwlApi]:
    yield from _running(request.param, work)


@pytest.fixture(scope="module")
def judges(work: Path) -> Iterator[OwlApi]:
    yield from _running("maven", work)


def _running(version: int | str, work: Path) -> Iterator[OwlApi]:
    try:
        running = OwlApi(version, work)
    except Unavailable as reason:
        pytest.skip(f"ROBOT, SWRLAPI and OWL API 4.5.29 are not here: {reason}")
    yield running
    running.close()


@pytest.fixture(scope="module")
def api5(work: Path) -> Iterator[OwlApi]:
    yield from _running(5, work)


@pytest.fixture(scope="module")
def kb() -> Reasoned:
    return Reasoned.load()


@pytest.fixture(scope="module")
def files(work: Path) -> dict[str, Path]:
    """The export in every syntax, its conclusions and a scenario."""
    found = {form: work / f"export.{form}" for form in FORMS}
    for form, path in found.items():
        run("-o", str(path), *(["--inferred", str(work / "inferred.owl")] if form == "owl" else []))
    run("--scenario", "CML: plerixafor+imatinib", "--cell", "CML_LSC", "-o", str(work / "scenario.owl"))
    return {**found, "inferred": work / "inferred.owl", "scenario": work / "scenario.owl"}


def run(*arguments: str) -> None:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exit_code == 0, result.output


def test_every_parser_finds_the_same_axioms_in_owl_2_dl(
    api: OwlApi, files: dict[str, Path], work: Path, kb: Reasoned
) -> None:
    found = {}
    for form in FORMS:
        answers = api.ask("load", files[form], form)
        assert answers.get("violation", []) == []
        assert answers["rules"] == [str(len(kb.base.rules))]
        found[form] = api.axioms(files[form], form, work)
    assert all(axioms == found["owl"] for axioms in found.values())
    assert len(found["owl"]) > 15_000


@pytest.mark.parametrize("form", [form for form in FORMS if form != "nt"])
def test_what_protege_saves_comes_back_whole(api: OwlApi, files: dict[str, Path], work: Path, form: str) -> None:
    """Saved by the OWL API, read and written again by us, read by the OWL API: the same axioms at every station."""
    before = api.axioms(files["owl"], "owl", work)
    saved, again = work / f"saved.{form}", work / f"again.{form}"
    api.ask("save", saved, form)
    triples = read_triples(saved)
    assert named(triples) == named(read_triples(files["ttl"]))
    again.write_text(ontology_text(triples, form), encoding="utf-8")
    assert api.axioms(again, form, work) == before
    formatted(saved)
    assert saved.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("reasoner", ["hermit", "openllet"])
def test_it_is_consistent_and_every_class_can_have_members(
    api5: OwlApi, files: dict[str, Path], work: Path, reasoner: str
) -> None:
    api5.ask("load", files["owl"], "owl")
    (work / "none.txt").write_text("")
    answers = api5.ask("reason", reasoner, work / "none.txt", work / "facts.txt")
    assert answers["consistent"] == ["true"]
    assert "unsatisfiable" not in answers


def test_openllet_derives_the_same_facts_from_the_export(
    api5: OwlApi, files: dict[str, Path], work: Path, kb: Reasoned
) -> None:
    """All members of all classes and all pairs of all object properties, asserted and derived, are compared."""
    vocabulary = kb.base.ontology.vocabulary
    predicates = set(vocabulary.classes | vocabulary.object_properties)
    found = conclusions(api5, files["owl"], predicates, work)
    assert found == facts_of(kb.closure, predicates)
    concluded = {atom.predicate for rule in kb.base.rules for atom in rule.head}
    assert len(facts_of(kb.closure, concluded)) > 2_000 and len(found) > 10_000


def test_openllet_draws_the_same_outcomes_from_a_scenario(api5: OwlApi, files: dict[str, Path], work: Path) -> None:
    """The closed facts of the scenario with the rules: the conclusions that the file already holds are taken away."""
    outcomes = {"dislodges", "sensitises", "awakens", "restrains", "delivers", "mobilises", "hasHazard", "wardsOff"}
    stated = read_triples(files["scenario"])
    concluded = {(p, s, o) for s, p, o in stated if local(p) in outcomes}
    assert concluded
    bare = work / "bare.owl"
    bare.write_text(ontology_text([t for t in stated if local(t[1]) not in outcomes], "owl"), encoding="utf-8")
    catalog = ("https://w3id.org/dislodge", str(files["owl"]))
    found = {fact for fact in conclusions(api5, bare, outcomes, work, catalog) if fact[1].startswith(iri("scenario"))}
    assert found == concluded


def test_conclusions_and_scenarios_are_owl_2_dl_and_import_the_export(api: OwlApi, files: dict[str, Path]) -> None:
    for name in ("inferred", "scenario"):
        answers = api.ask("load", files[name], "owl", "https://w3id.org/dislodge", files["owl"])
        assert answers.get("missing", []) == answers.get("violation", []) == []


#: ROBOT calls a label in a second language a second label.
TWO_LANGUAGES = "multiple_labels"


def test_robot_reports_no_error(judges: OwlApi, files: dict[str, Path], work: Path) -> None:
    judges.ask("load", files["owl"], "owl")
    judges.ask("report", work / "report.tsv")
    # ROBOT ends no line: a row begins with its level.
    text = (work / "report.tsv").read_text(encoding="utf-8")
    found = re.findall(r"(ERROR|WARN|INFO)\t(\w+)\t(\S+)", text)
    assert {check for level, check, _ in found if level == "ERROR"} <= {TWO_LANGUAGES}
    assert {level for level, _, _ in found} > {"INFO"}


@pytest.mark.parametrize("reasoner", ["hermit", "elk"])
def test_robot_reasons_over_it(judges: OwlApi, files: dict[str, Path], reasoner: str) -> None:
    judges.ask("load", files["owl"], "owl")
    assert judges.ask("robot-reason", reasoner)["added"]


def test_swrltab_parses_every_rule_to_the_same_rule(
    judges: OwlApi, files: dict[str, Path], work: Path, kb: Reasoned
) -> None:
    """The logic of the rule files, pasted into the SWRLTab of Protégé, is the rule that the export holds."""
    judges.ask("load", files["owl"], "owl")
    (work / "rules.tsv").write_text("".join(f"{rule.id}\t{rule.logic}\n" for rule in kb.base.rules), encoding="utf-8")
    answers = judges.ask("swrltab", work / "rules.tsv")
    assert answers == {"parsed": [str(len(kb.base.rules))]}
    (work / "rules.tsv").write_text("R-OUT-001\tbreaksRoute(?x, ?r) -> narrowsRoute(?x, ?r)\n", encoding="utf-8")
    assert "changed" in judges.ask("swrltab", work / "rules.tsv")


@pytest.fixture(scope="module")
def modules(work: Path) -> Path:
    """The ontology folder in canonical form."""
    folder = work / "ontology"
    shutil.copytree(shipped("ontology"), folder)
    assert CliRunner().invoke(main, ["format", str(folder)]).exit_code == 0
    return folder


def catalog_of(folder: Path) -> list[str]:
    return [word for name, file in entries(folder / "catalog-v001.xml").items() for word in (name, str(folder / file))]


def test_the_folder_opens_from_its_header_without_a_missing_import(api: OwlApi, modules: Path) -> None:
    answers = api.ask("load", modules / "dislodge.ttl", "ttl", *catalog_of(modules))
    assert answers.get("missing", []) == answers.get("violation", []) == []


def test_every_module_that_protege_saves_is_byte_for_byte_the_same_after_format(
    api: OwlApi, modules: Path, work: Path, tmp_path: Path
) -> None:
    """Ctrl-S names no format: the OWL API writes what it found, which is Turtle of Rio in the OWL API of Protégé."""
    saved = shutil.copytree(modules, tmp_path / "saved")
    for path in sorted(saved.rglob("*.ttl")):
        api.ask("open", path, *catalog_of(saved))
        for _ in range(2):
            api.ask("store")
        assert path.read_bytes() != (modules / path.relative_to(saved)).read_bytes()
    alone = shutil.copytree(saved, tmp_path / "alone")
    formatted(saved)
    for path in sorted(alone.rglob("*.ttl")):
        formatted(path)
    for path in sorted(modules.rglob("*.ttl")):
        inside, before = path.relative_to(modules), path.read_text(encoding="utf-8")
        assert (saved / inside).read_text(encoding="utf-8") == before
        assert (alone / inside).read_text(encoding="utf-8") == before


def formatted(path: Path) -> None:
    result = CliRunner().invoke(main, ["format", str(path)])
    assert result.exit_code == 0, result.output


AXIOMS = """Prefix(:=<https://w3id.org/dislodge#>) Prefix(rdfs:=<http://www.w3.org/2000/01/rdf-schema#>)
Ontology({})"""
#: An annotation that goes, and what comes: it in other words, and a fact.
LABEL = 'AnnotationAssertion(rdfs:label :bone_marrow "bone marrow"@en)'
EDIT = LABEL.replace('"bone', '"the bone') + " ObjectPropertyAssertion(:partOf :bone_marrow :peripheral_tissue)"


@pytest.mark.parametrize("command", ["store", "save"])
def test_only_what_was_edited_in_protege_differs_after_format(
    api: OwlApi, modules: Path, tmp_path: Path, command: str
) -> None:
    saved = shutil.copytree(modules, tmp_path / "saved")
    path = saved / "facts/sites.ttl"
    before = path.read_text(encoding="utf-8")
    api.ask("open", path, *catalog_of(saved))
    for word, axioms in (("remove", LABEL), ("add", EDIT)):
        (tmp_path / "axioms.ofn").write_text(AXIOMS.format(axioms), encoding="utf-8")
        assert api.ask(word, tmp_path / "axioms.ofn").get("removed", ["1"]) == ["1"]
    api.ask(*(("store",) if command == "store" else ("save", path, "ttl")))
    formatted(saved)
    subject = next(block for block in before.split("\n\n") if block.startswith(":bone_marrow a"))
    edited = subject.replace('"bone marrow"@en , "moelle osseuse"@fr', '"the bone marrow"@en , "moelle osseuse"@fr')
    edited = edited.replace('" .', '" ;\n    :partOf :peripheral_tissue .')
    assert path.read_text(encoding="utf-8") == before.replace(subject, edited)


@pytest.mark.parametrize(("form", "ending"), [("RioRDFXML", "owl"), ("RioTurtle", "ttl"), ("NTriples", "nt")])
def test_what_rio_saves_is_formatted_without_a_loss(
    judges: OwlApi, files: dict[str, Path], work: Path, form: str, ending: str
) -> None:
    before = judges.axioms(files["owl"], "owl", work)
    path = work / f"rio.{ending}"
    judges.ask("save", path, form)
    formatted(path)
    assert "Generated by" not in path.read_text(encoding="utf-8")
    assert judges.axioms(path, ending, work) == before


def named(triples: list[Triple]) -> set[Triple]:
    """The statements without blank nodes; for the others the OWL API itself is asked."""
    return {t for t in triples if not is_blank(t[0]) and not is_blank(t[2])}


def conclusions(
    api: OwlApi, file: Path, predicates: set[str], work: Path, catalog: tuple[str, ...] = ()
) -> set[tuple[str, ...]]:
    api.ask("load", file, "owl", *catalog)
    (work / "predicates.txt").write_text("".join(f"{iri(name)}\n" for name in sorted(predicates)))
    assert api.ask("reason", "openllet", work / "predicates.txt", work / "facts.txt")["consistent"] == ["true"]
    return {tuple(line.split("\t")) for line in (work / "facts.txt").read_text(encoding="utf-8").splitlines()}


def facts_of(closure, predicates: set[str]) -> set[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    return {
        (iri(f.predicate), iri(f.subject), *(() if f.object is None else (iri(f.object),)))
        for f in closure
        if f.predicate in predicates and not isinstance(f.object, Literal)
    }
