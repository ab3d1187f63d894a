# ruff: noqa: E501
"""``rules --pull``: what was edited in an editor of SWRL comes back, with what the editor dropped."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.model.iris import DCTERMS, RDFS
from reasoner.model.names import NAMESPACE
from reasoner.reading.rdf.triples import parse_triples
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped_ontology, shipped_rules
from reasoner.writing.ontology_text import ontology_text

pytestmark = pytest.mark.ci


@cache
def exported() -> str:
    """The vocabulary with all rules: as much as the rules need, and quick to read."""
    modules = [
        word for path in shipped_ontology() if path.parent.name == "modules" for word in ("--ontology", str(path))
    ]
    return CliRunner().invoke(main, ["export", "--format", "ofn", *modules]).stdout


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    for path in shipped_rules():
        shutil.copy(path, folder)
    assert CliRunner().invoke(main, ["format", str(folder)]).exit_code == 0
    return folder


OWN_RULE = """rule R-OWN-001 "a draft"
    status   draft
    because  "{x} breaks {r}"

    breaksRoute(?x, ?r) -> narrowsRoute(?x, ?r)
"""


def pull(folder: Path, text: str, *options: str, form: str = "ofn") -> Result:
    edited = folder.parent / f"edited.{form}"
    edited.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, call(folder, edited, *options))


def call(folder: Path, edited: Path, *options: str) -> list[str]:
    named = [word for path in sorted(folder.glob("*.swrl")) for word in ("--rules", str(path))]
    return ["rules", "--pull", str(edited), *named, *options]


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.swrl")}


def rule_line(rule: str) -> str:
    return next(line for line in exported().splitlines() if line.startswith("DLSafeRule") and f'"{rule}:' in line)


def test_pulling_what_was_exported_changes_no_byte(rules: Path) -> None:
    before = contents(rules)
    result = pull(rules, exported())
    assert result.exit_code == 0 and "0 changed" in result.stdout
    assert contents(rules) == before


def test_an_editor_that_keeps_only_labels_loses_nothing(rules: Path) -> None:
    """SWRLTab keeps label, comment and whether a rule is on; the order of atoms is nobody's."""
    kept = [
        triple
        for triple in parse_triples(exported().encode(), "e.ofn")
        if triple[1] not in (DCTERMS + "source", NAMESPACE + "ruleStatus", RDFS + "comment")
    ]
    before = contents(rules)
    result = pull(rules, ontology_text(kept, "owl"), form="owl")
    assert result.exit_code == 0, result.output
    assert "R-OUT-001: the editor dropped status, source, comment; kept from" in " ".join(result.stdout.split())
    assert contents(rules) == before


def test_changed_logic_comes_back_with_status_sources_and_comment(rules: Path) -> None:
    old = rule_line("R-OUT-003")
    atom = "ObjectPropertyAtom(:shields Variable(<urn:swrl:var#p>) Variable(<urn:swrl:var#c>)) "
    assert atom in old
    result = pull(rules, exported().replace(old, old.replace(atom, "")))
    assert result.exit_code == 0, result.output
    assert "R-OUT-003 changed" in result.stdout
    after = {r.id: r for path in rules.glob("*.swrl") for r in read_rules(path.read_text(), str(path))}
    before = {r.id: r for path in shipped_rules() for r in read_rules(path.read_text(), str(path))}
    new, was = after["R-OUT-003"], before["R-OUT-003"]
    assert sorted(map(str, new.body)) == sorted(str(a) for a in was.body if a.predicate != "shields")
    assert (new.status, new.source, new.because, new.fires) == (was.status, was.source, was.because, was.fires)
    assert {k: v for k, v in after.items() if k != "R-OUT-003"} == {k: v for k, v in before.items() if k != "R-OUT-003"}


def test_a_changed_label_and_comment_come_back(rules: Path) -> None:
    text = exported().replace('"R-OUT-001: breaking a route', '"R-OUT-001: cutting a route')
    assert pull(rules, text).exit_code == 0
    assert 'rule R-OUT-001 "cutting a route that retains a cell dislodges it"' in contents(rules)["outcome.swrl"]


def test_a_new_rule_goes_to_the_file_of_its_family_as_a_draft(rules: Path) -> None:
    new = 'DLSafeRule(Annotation(rdfs:label "R-OUT-099: a draft"@en) Body(ObjectPropertyAtom(:breaksRoute Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#r>))) Head(ObjectPropertyAtom(:narrowsRoute Variable(<urn:swrl:var#x>) Variable(<urn:swrl:var#r>))))'
    text = exported().rstrip().removesuffix(")") + new + "\n)\n"
    result = pull(rules, text)
    assert result.exit_code == 0, result.output
    assert "R-OUT-099 added" in result.stdout
    found = {rule.id: rule for rule in read_rules(contents(rules)["outcome.swrl"], "outcome")}
    assert found["R-OUT-099"].status == "draft"
    assert found["R-OUT-099"].logic == "breaksRoute(?x, ?r) -> narrowsRoute(?x, ?r)"


def test_a_removed_rule_goes_and_is_named(rules: Path) -> None:
    result = pull(rules, exported().replace(rule_line("R-OUT-008") + "\n", ""))
    assert result.exit_code == 0 and "R-OUT-008 removed" in result.stdout
    assert "rule R-OUT-008" not in contents(rules)["outcome.swrl"]


def test_the_id_of_a_removed_rule_is_never_taken_again(rules: Path) -> None:
    line = rule_line("R-OUT-008")
    assert pull(rules, exported().replace(line + "\n", "")).exit_code == 0
    after = contents(rules)
    assert "# retired R-OUT-008: " in after["outcome.swrl"]
    result = pull(rules, exported().replace(line, line.replace("R-OUT-008: ", "R-OUT-008: another ")))
    assert (result.exit_code, "E219" in result.stderr) == (2, True)
    assert contents(rules) == after


def test_a_rule_file_with_a_retired_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.swrl").write_text("# retired R-OWN-001: what it said\n" + OWN_RULE)
    result = CliRunner().invoke(main, ["check", str(tmp_path / "own.swrl")])
    assert result.exit_code == 1 and "E219" in result.stdout and "own.swrl" in result.stdout
    (tmp_path / "own.swrl").write_text(OWN_RULE)
    assert CliRunner().invoke(main, ["check", str(tmp_path / "own.swrl")]).exit_code == 0


REFUSED = {
    "no id": ('"R-OUT-001: breaking', '"S1 breaking', "E203"),
    "a family without a file": ('"R-OUT-001: breaking', '"R-NEW-001: breaking', "E218"),
    "the id of another": ('"R-OUT-001: breaking', '"R-OUT-002: breaking', "E202"),
    "an unbound head": (":dislodges Variable(<urn:swrl:var#x>)", ":dislodges Variable(<urn:swrl:var#z>)", "E308"),
    "an unknown predicate": ("ObjectPropertyAtom(:dislodges ", "ObjectPropertyAtom(:dislodge ", "E301"),
    "false to its example": (
        ":keepsQuiescent Variable(<urn:swrl:var#r>)",
        ":retains Variable(<urn:swrl:var#r>)",
        "E216",
    ),
}


@pytest.mark.parametrize(("old", "new", "code"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_written_unless_all_is_right(rules: Path, old: str, new: str, code: str) -> None:
    before = contents(rules)
    assert old in exported()
    result = pull(rules, exported().replace(old, new))
    assert (result.exit_code, code in result.stderr) == (2, True), result.output
    assert contents(rules) == before


def test_a_file_without_rules_does_not_take_them_all_away(rules: Path) -> None:
    before = contents(rules)
    result = pull(rules, re.sub(r"DLSafeRule.*\n", "", exported()))
    assert (result.exit_code, "E217" in result.stderr) == (2, True)
    assert contents(rules) == before


def test_a_rule_that_was_switched_off_is_refused(rules: Path) -> None:
    off = 'Annotation(<http://swrl.stanford.edu/ontologies/3.3/swrla.owl#isRuleEnabled> "false"^^xsd:boolean) '
    declared = "Declaration(AnnotationProperty(<http://swrl.stanford.edu/ontologies/3.3/swrla.owl#isRuleEnabled>))\n"
    text = exported().replace("DLSafeRule(", f"{declared}DLSafeRule({off}", 1)
    assert pull(rules, text).exit_code == 2


def test_a_dry_run_says_it_and_writes_nothing(rules: Path) -> None:
    before = contents(rules)
    result = pull(rules, exported().replace(rule_line("R-OUT-008") + "\n", ""), "--dry-run")
    assert "R-OUT-008 removed" in result.stdout and "nothing was written" in result.stdout
    assert contents(rules) == before


def _kills(rules: Path, times: int) -> None:
    old = contents(rules)
    edited = rules.parent / "edited.ofn"
    text = exported().replace(": breaking a route", ": cutting a route").replace(rule_line("R-MEC-007") + "\n", "")
    edited.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, call(rules, edited)).exit_code == 0
    new = contents(rules)
    assert sum(old[name] != new[name] for name in old) >= 2
    chance = random.Random(11)
    for _ in range(times):
        for name, content in old.items():
            (rules / name).write_text(content, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "reasoner", *call(rules, edited)], stdout=subprocess.DEVNULL
        ) as child:
            time.sleep(chance.uniform(0.2, 1.5))
            child.send_signal(signal.SIGKILL)
        now = contents(rules)
        assert all(now[name] in (old[name], new[name]) for name in old)


def test_a_kill_in_mid_write_leaves_whole_files(rules: Path) -> None:
    _kills(rules, 20)


@pytest.mark.slow
def test_two_hundred_kills_leave_whole_files(rules: Path) -> None:
    _kills(rules, 200)
