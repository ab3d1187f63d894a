"""``diff``: what an edit changes, above all which answers, each with its proof."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.resources import shipped

pytestmark = pytest.mark.ci

ZETA = """@prefix : <https://w3id.org/dislodge#> .
:Zeta_disease a :Disease .
:Zeta_stem_cell a :MalignantCell ; :subtypeOf :Tumour_cell ; :occursIn :Zeta_disease .
:LIGZ a :Molecule .
:RECZ a :Molecule .
:LRZ a :Interaction ;
    :hasSender :MSC ; :hasLigand :LIGZ ; :hasReceptor :RECZ ; :hasReceiver :Zeta_stem_cell ; :holdsIn :Zeta_disease .
:RZ a :NicheRoute ; :holdsIn :Zeta_disease ; :retains :Zeta_stem_cell ; :hasArm :RZ_arm .
:RZ_arm a :Arm ; :needs :LRZ .
:zetamab a :Agent .
:zetamab_blocks_RECZ a :Action ; :hasAgent :zetamab ; :hasTarget :RECZ ; :hasMode :block .
"""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped knowledge without what plerixafor blocks, with a new axis, and with a rule less."""
    folder = tmp_path_factory.mktemp("edited")
    for name in ("ontology", "rules"):
        shutil.copytree(shipped(name), folder / name)
    actions = folder / "ontology" / "facts" / "actions.ttl"
    blocks = actions.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if not block.strip().startswith(":A_plerixafor_block_CXCR4 a ")]
    assert len(kept) == len(blocks) - 1
    actions.write_text("\n\n".join(kept), encoding="utf-8")
    (folder / "ontology" / "facts" / "zeta.ttl").write_text(ZETA)
    rules = folder / "rules" / "outcome.swrl"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text[: text.index("rule R-OUT-008")] + text[text.index("rule R-OUT-009") :], encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture(scope="module")
def document(edited: Path) -> dict[str, Any]:
    result = run("shipped", edited, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(document: dict[str, Any], change: str, start: str) -> list[dict[str, Any]]:
    return [r for r in document["answers"] if r["change"] == change and r["conclusion"].startswith(start)]


def test_what_was_asserted_and_retracted_is_listed(document: dict[str, Any]) -> None:
    assert "hasTarget(A_plerixafor_block_CXCR4, CXCR4)" in document["facts"]["retracted"]
    assert "needs(RZ_arm, LRZ)" in document["facts"]["asserted"]
    assert [(row["id"], row["after"]) for row in document["rules"]] == [("R-OUT-008", None)]


def test_a_route_that_is_no_longer_broken_comes_with_its_old_proof_and_what_is_missing_now(
    document: dict[str, Any],
) -> None:
    row = next(r for r in rows(document, "no longer", "breaksRoute(plerixafor+imatinib, RP06)"))
    assert (row["cell"], row["disease"], row["after"]) == ("CML_LSC", "CML", None)
    assert any("CHO-183" in line for line in row["proof"])
    assert any(line.startswith("TARGET_NOT_ON_ROUTE") for line in row["missing"])


def test_a_newly_broken_route_comes_with_its_proof(document: dict[str, Any]) -> None:
    (row,) = rows(document, "newly", "breaksRoute(zetamab, RZ)")
    assert row["before"] is None and any("zetamab" in line for line in row["proof"])
    assert rows(document, "newly", "dislodges(zetamab, ")


def test_outcomes_and_verdicts_that_change_are_listed(document: dict[str, Any]) -> None:
    changed = [r for r in document["answers"] if r["conclusion"].startswith("dislodges(plerixafor+imatinib, CML_LSC)")]
    assert changed and all(r["change"] in ("changed", "no longer") for r in changed)
    assert rows(document, "no longer", "mobilises") or rows(document, "changed", "mobilises")


def test_minimal_regimens_that_change_are_listed_with_killers_and_proof(document: dict[str, Any]) -> None:
    """Only those of routes that the edit reaches: what closes the new route, and what no longer closes the old one."""
    gone = next(r for r in rows(document, "no longer", "closes(plerixafor, RP06)"))
    assert (gone["cell"], gone["after"]) == ("CML_LSC", None) and "imatinib" in gone["before"]["killers"]
    assert any("plerixafor" in line for line in gone["proof"]) and any("open" in line for line in gone["missing"])
    assert not [
        row for row in document["answers"] if row["conclusion"].startswith("closes(") and "RP13" in row["conclusion"]
    ]


def test_the_minimal_regimen_of_a_new_route_is_new(edited: Path, tmp_path: Path) -> None:
    shutil.copytree(edited, tmp_path / "more")
    zeta = tmp_path / "more" / "ontology" / "facts" / "zeta.ttl"
    zeta.write_text(
        zeta.read_text() + ":zetakill a :Agent . :zetakill_acts a :Killing ; :hasAgent :zetakill ;"
        " :againstCell :Zeta_stem_cell ; :holdsIn :Zeta_disease ."
    )
    found = json.loads(run(edited, tmp_path / "more", "--json").stdout)
    (row,) = rows(found, "newly", "closes(")
    assert row["conclusion"] == "closes(zetamab, RZ)" and row["after"]["killers"] == ["zetakill"] and row["proof"]


def test_it_reads_well_as_markdown(edited: Path) -> None:
    text = run("shipped", edited, "--format", "md").stdout
    assert text.startswith("## Answers that change") and "R-OUT-008" in text


def test_nothing_differs_from_itself_or_from_the_export(tmp_path: Path) -> None:
    export = tmp_path / "export.owl"
    assert CliRunner().invoke(main, ["export", "-o", str(export)]).exit_code == 0
    for other in ("shipped", export):
        result = run("shipped", other, "--exit-code", "--json")
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        assert (
            found["verdict"] == "same"
            and not found["facts"]["asserted"]
            and not found["facts"]["retracted"]
            and not found["rules"]
        )


def test_the_exit_code_is_one_only_when_asked_for(edited: Path) -> None:
    assert run("shipped", edited, "--exit-code", "--json").exit_code == 1


def test_revisions_of_git_are_compared(edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    for name in ("ontology", "rules"):
        shutil.copytree(edited / name, tmp_path / name)
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (tmp_path / "ontology" / "facts" / "zeta.ttl").unlink()
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    monkeypatch.chdir(tmp_path)
    found = json.loads(run("HEAD~1", "HEAD", "--json").stdout)
    assert "needs(RZ_arm, LRZ)" in found["facts"]["retracted"] and not found["facts"]["asserted"]
    assert rows(found, "no longer", "breaksRoute(zetamab, RZ)")


@pytest.mark.parametrize("name", ["no-such-revision", "--output=x", "a b", "x\0y"])
def test_what_is_neither_file_nor_revision_is_refused(name: str) -> None:
    result = run("shipped", "--", name) if name.startswith("-") else run("shipped", name)
    assert result.exit_code == 2 and "Hint" in result.stderr
