"""The explorer in a real browser: headless Chromium, driven by playwright-core, judged by axe-core.

Needs Debian's ``chromium``, Node, and ``npm ci --prefix tests/browser``.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and NODE and (HERE / "node_modules" / "playwright-core").exists()),
        reason="needs chromium, node and: npm ci --prefix tests/browser",
    ),
]
sys.path.insert(0, str(HERE.parent / "units"))
from hostile import knowledge  # noqa: E402

from reasoner.inference.reasoned import Reasoned  # noqa: E402
from reasoner.views.limited import Limits  # noqa: E402
from tests.effort import PATIENCE  # noqa: E402
from tests.served import Served, serving, whole  # noqa: E402


@pytest.fixture(scope="module")
def http() -> Iterator[Served]:
    with serving(whole(Reasoned.load(), Limits(PATIENCE, niced=True))) as served:
        yield served


def drive(url: str, step: str, **environment: str) -> dict[str, Any]:
    """What the browser saw; pictures go to the folder that ``DISLODGE_PICTURES`` names."""
    pictures = os.environ.get("DISLODGE_PICTURES", "")
    done = subprocess.run(
        [str(NODE), str(HERE / "explorer.mjs"), url, str(CHROMIUM), step, *([pictures] if pictures else [])],
        capture_output=True, text=True, timeout=PATIENCE, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert seen["errors"] == []
    assert seen["console"] == []
    assert seen["elsewhere"] == []
    assert seen["dialogs"] == 0
    told: dict[str, Any] = seen["told"]
    return told


def test_the_story_of_imatinib_and_plerixafor_can_be_clicked_and_mailed(http: Served) -> None:
    told = drive(http.url, "story")
    assert told["untreated"] == [None, "open"]
    assert told["imatinib"] == ["opened", "open"]
    assert told["opened"] > 3
    assert told["both"] == told["mailed"] == ["cut", "open"]
    assert told["struck"] > 5
    assert "dislodges proposed partial" in told["headline"]
    assert "broken by plerixafor" in told["proof"]
    assert "CHO-127" in told["proof"]
    assert "with imatinib in place" in told["verdict"]
    assert "CXCL12" in told["evidence"]
    shown, address = told["lesion"]
    assert "imatinib is defeated by BCR-ABL1 T315I" in shown
    assert "state=T315I" in address
    assert 0 < max(told["changes"]) < told["opening"], "a change asks for less than opening the page"


def test_the_keyboard_reaches_all_that_a_pointer_does(http: Served) -> None:
    told = drive(http.url, "keyboard")
    reached = told["reached"]
    for wanted in (
        "Skip to the content",
        "Matrix",
        "SPARQL",
        "cell",
        "disease",
        "state",
        "agent",
        "Add",
        "proof",
        "evidence",
    ):
        assert any(wanted in name for name in reached), (wanted, reached)
    for part in ("node route", "node agent", "node molecule", "edge signal", "edge needs"):
        assert any(name.startswith(part) for name in reached), (part, reached)
    assert told["visible"] is True
    assert told["opened"]
    assert told["returned"] == "RP06"
    assert told["claims"] > 0
    assert told["stops"] == 1
    title, proof = told["matrix"]
    assert title.startswith("RP06")
    assert title.endswith("under imatinib")
    assert "imatinib" in proof
    assert told["skipped"] == "content"
    assert told["stayed"], "the link to the content leaves the view alone"


def test_every_view_is_accessible_at_both_widths_and_in_both_modes(http: Served) -> None:
    told = drive(http.url, "views")
    assert told["axe"] == []
    assert told["wide"] == []


def test_a_library_query_gives_the_rows_of_the_command_line(http: Served) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reasoner", "sparql", "--name", "agents-on-target", "--json"],
        capture_output=True, text=True, check=True, cwd=HERE.parents[1],
    )  # fmt: skip
    names = json.loads(done.stdout)["head"]["vars"]
    rows = [
        [row[name]["value"].rpartition("#")[2] for name in names]
        for row in json.loads(done.stdout)["results"]["bindings"]
    ]
    told = drive(http.url, "query")
    assert told["rows"] == rows
    head, *saved = csv.reader(told["csv"].splitlines())
    assert head == names
    assert [[cell.rpartition("#")[2] for cell in row] for row in saved] == rows
    assert "SERVICE is refused" in told["refused"]
    assert told["own"] == told["large"] > 1


def test_a_busy_server_is_asked_again_and_the_page_says_so(http: Served) -> None:
    told = drive(http.url, "busy")
    assert told["asked"] == 3
    assert "busy" in told["said"]
    assert told["after"] == ["", 0]
    assert told["refused"] == 7
    assert "too many questions" in told["alert"]
    assert told["quiet"] == ""


def test_hostile_labels_are_inert_in_every_view(tmp_path: Path) -> None:
    facts = tmp_path / "hostile.ttl"
    facts.write_text(knowledge(), encoding="utf-8")
    pages = (
        "#niche?cell=Hz_cell&agents=HzKill+HA1", "#matrix?cell=Hz_cell&agents=HzKill",
        "#combine?cell=Hz_cell&agents=HzKill",
        "#query?cell=Hz_cell&query=SELECT%20*%20%7B%20%3Fa%20rdfs:label%20%3Fl%20%7D%20LIMIT%20400", "#conflicts",
    )  # fmt: skip
    with serving(whole(Reasoned.load(extra=[facts]), Limits(PATIENCE, niced=True))) as served:
        told = drive(served.url, "hostile", PAGES=" ".join(pages))
    assert told["pwned"] is None
    assert told["markup"] == 0
    assert told["text"] > 1000
    cells = [cell for row in csv.reader(told["csv"].splitlines()) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) > 10
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell and not re.fullmatch(r"[+-]?[\d.]+", cell)] == []
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told["csv"])


def report(target: Path, *words: str) -> str:
    subprocess.run(
        [sys.executable, "-m", "reasoner", "report", *words, "-o", str(target)], check=True, cwd=HERE.parents[1]
    )
    return target.as_uri()


@pytest.mark.parametrize("scripts", ["0", "1"])
def test_a_report_is_read_from_a_file_with_and_without_scripts(tmp_path: Path, scripts: str) -> None:
    url = report(tmp_path / "r.html", "imatinib", "plerixafor", "--cell", "CML LSC", "--search")
    told = drive(url, "file", SCRIPTS=scripts)
    assert told["pictures"] == 1
    assert "For research use only" in told["text"]
    assert not told["wide"]
    assert told.get("axe", []) == []


def test_hostile_labels_are_inert_in_a_report(tmp_path: Path) -> None:
    facts = tmp_path / "hostile.ttl"
    facts.write_text(knowledge(), encoding="utf-8")
    url = report(tmp_path / "r.html", "HzKill", "HA1", "--cell", "Hz_cell", "--with", str(facts))
    told = drive(url, "hostile", PAGES=url)
    assert told["pwned"] is None
    assert told["text"] > 100
