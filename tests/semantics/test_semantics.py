"""The specification: what is stated, what is asked, what must be answered (see README.md)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from specification import MODULES, REFUSED, Case, Row, answers, misses, read_cases

from reasoner.cli import main
from reasoner.errors import DislodgeError

HERE = Path(__file__).parent
CASES = [case for path in sorted(HERE.glob("*.md")) if path.name != "README.md" for case in read_cases(path)]
#: The first case of each file, and what is refused, is asked through the command line as well.
FIRST = {case.file: case for case in reversed(CASES)}.values()
TYPED = [case for case in CASES if case in FIRST or any(row.expected == REFUSED for row in case.rows)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_question_of_a_case_is_answered_as_specified(case: Case, tmp_path: Path) -> None:
    wrong = [fault for row, found in answers(case, tmp_path) for fault in misses(row, found)]
    assert not wrong, "\n".join([case.title, *wrong])


@pytest.mark.parametrize("case", TYPED, ids=str)
def test_the_command_line_answers_alike(case: Case, tmp_path: Path) -> None:
    facts = tmp_path / "facts.ttl"
    facts.write_text(case.facts, encoding="utf-8")
    for row in case.rows:
        words = ["assess", *row.agents, "--cell", row.cell, "--disease", row.disease, "--json"]
        words += [word for state in row.states for word in ("--state", state)]
        words += [word for clone in row.clones for word in ("--clone", "+".join(clone) or "none")]
        words += [word for path in (*MODULES, facts) for word in ("--ontology", str(path))]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == (2 if row.expected == REFUSED else 0), result.stderr
        if row.expected != REFUSED:
            assert not misses(row, json.loads(result.stdout))


def test_every_case_asks_something_and_every_answer_says_something() -> None:
    assert len(CASES) >= 60
    assert len({str(case) for case in CASES}) == len(CASES)
    for case in CASES:
        assert case.rows and all(row.expected for row in case.rows), case


def test_a_wrong_answer_is_noticed() -> None:
    """The comparison itself: each kind of expectation fails on a document that says otherwise."""
    row = Row((), "stemX", "dysA", (), ())
    document = {
        "routes": [{"route": "routeR", "status": "broken", "by": [["drugK"]], "narrowed_by": [["drugL"]]}],
        "killers": ["drugK"],
        "defeated": [{"agent": "drugL", "by": "mutM"}],
        "kept_from_acting": [{"agent": "drugI", "by": "mutM"}],
        "harms": [{"function": "funcF", "extent": "lost", "sets": [["drugK"], ["drugL", "drugI"]]}],
        "hazards": [{"hazard": "opposed_agents"}],
        "analogies": [{"route": "routeT"}],
        "clones": [{"clone": "mutM", "routes": [{"route": "routeR", "status": "open", "by": [], "narrowed_by": []}]}],
    }
    held = (
        "routeR broken", "routeR broken by drugK", "killer drugK", "drugL defeated", "drugL defeated by mutM",
        "funcF lost", "funcF lost by drugK or drugI+drugL", "hazard opposed_agents", "funcG kept",
        "drugI idle by mutM", "drugK not idle", "routeR not open", "routeR narrowed by drugL",
        "analogy routeT", "no analogy routeR", "mutM: routeR open", "mutM: killer drugK",
    )  # fmt: skip
    failed = (
        "routeR open", "routeR broken by drugL", "routeR not narrowed", "routeR narrowed by drugK",
        "killer drugL", "drugK defeated", "refused", "drugI idle by mutN", "drugI not idle",
        "drugL defeated by mutN", "funcF touched", "funcF kept", "funcF lost by drugK",
        "funcF lost by drugK or drugI or drugL", "no hazard opposed_agents", "hazard eviction",
        "analogy routeR", "no analogy routeT", "mutM: routeR broken",
    )  # fmt: skip
    assert [text for text in held if misses(row._replace(expected=(text,)), document)] == []
    assert [text for text in failed if not misses(row._replace(expected=(text,)), document)] == []
    assert misses(row._replace(expected=("routeR open",)), DislodgeError("no", code="E301", hint="none"))
