import csv
import io
import json
import re
from typing import Any, get_args

import jsonschema
import pytest
from sample_documents import DOCUMENTS, SHOWN, label
from sample_scenarios import contested

from reasoner.answers.missing.row import CODES as MISSING_CODES
from reasoner.asking.question import FORMS
from reasoner.model.documents.combination import SearchCode
from reasoner.model.documents.why_not import MissingCode
from reasoner.model.documents.words import RouteStatus, Verdict
from reasoner.views import schemas
from reasoner.views.documents import render
from reasoner.views.look import Look
from reasoner.views.records import guarded
from reasoner.views.words import CODES, RESEARCH_USE, STATUS_ORDER, STATUSES, VERDICTS, WHY_NOT_CODES

LOOK = Look(label=label)
HOSTILE = "a\x1b[2J\x9b31m\x00\u202eb\u2066c\r\nd\u200f"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def strings_replaced(value: object, text: str) -> object:
    """The document with free text made hostile; words that views branch on stay."""
    fixed = {
        *VERDICTS,
        *STATUSES,
        "breaks",
        "opens",
        "narrows",
        "lost",
        "touched",
        "on",
        "off",
        "error",
        "yes",
        *DOCUMENTS,
    }
    if isinstance(value, dict):
        return {key: strings_replaced(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [strings_replaced(item, text) for item in value]
    return value + text if isinstance(value, str) and value not in fixed else value


@pytest.mark.parametrize("command", schemas.commands())
def test_the_document_of_every_command_fits_its_schema(command: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas.schema(command))
    jsonschema.validate(DOCUMENTS[command], schemas.schema(command))


def test_an_empty_answer_without_reasons_breaks_the_schema() -> None:
    empty = {**DOCUMENTS["evidence"], "answers": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(empty, schemas.schema("evidence"))
    jsonschema.validate({**empty, "reasons": [{"code": "NOT_REPORTED", "text": "none"}]}, schemas.schema("evidence"))


@pytest.mark.parametrize("command", SHOWN)
@pytest.mark.parametrize("width", [80, 100])
def test_a_table_fits_its_width(command: str, width: int) -> None:
    text = render(DOCUMENTS[command], "table", Look(width=width, label=label))
    assert max(map(len, text.splitlines())) <= width
    assert text.endswith("\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("command", SHOWN)
@pytest.mark.parametrize("form", ["table", "md"])
def test_pages_for_people_end_in_the_research_use_line(command: str, form: str) -> None:
    assert render(DOCUMENTS[command], form, LOOK).rstrip().endswith(RESEARCH_USE)


@pytest.mark.parametrize("command", SHOWN)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("misfits")
def test_no_control_character_of_the_data_gets_out(command: str, form: str) -> None:
    document: dict[str, Any] = strings_replaced(DOCUMENTS[command], HOSTILE)  # type: ignore[assignment]
    document["command"] += HOSTILE if form == "json" else ""
    text = render(document, form, Look(label=lambda name: name + HOSTILE))
    found = UNSAFE.findall(text)
    assert set(found) <= ({"\t"} if form == "tsv" else set())


@pytest.mark.parametrize("command", SHOWN)
def test_colour_only_adds_escape_codes(command: str) -> None:
    coloured = render(DOCUMENTS[command], "table", Look(label=label, colour=True))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render(DOCUMENTS[command], "table", LOOK)
    assert "\x1b[" in coloured


@pytest.mark.parametrize("command", SHOWN)
def test_json_is_sorted_and_reads_back(command: str) -> None:
    text = render(DOCUMENTS[command], "json", LOOK)
    assert json.loads(text) == DOCUMENTS[command]
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize("command", SHOWN)
def test_csv_and_tsv_hold_the_same_rows(command: str) -> None:
    rows = [
        list(csv.reader(io.StringIO(render(DOCUMENTS[command], form, LOOK)), delimiter=by))
        for form, by in (("csv", ","), ("tsv", "\t"))
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 1
    assert {len(row) for row in rows[0]} == {len(rows[0][0])}


def test_a_row_of_csv_stands_for_each_answer() -> None:
    rows = list(csv.DictReader(io.StringIO(render(DOCUMENTS["breaks"], "csv", LOOK))))
    told = DOCUMENTS["breaks"]
    assert [row["agent"] for row in rows if row["agent"]] == [answer["agent"] for answer in told["answers"]]
    assert [row["route"] for row in rows if not row["agent"]] == told["unbroken"] != []
    assert [row["evidence"] for row in rows if row["agent"]] == ["; ".join(row["evidence"]) for row in told["answers"]]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-3.5", "+1", "1e-6", "", "CXCR4", "a=b"])
def test_numbers_and_plain_text_are_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_a_repeated_step_of_a_proof_is_not_told_twice() -> None:
    text = render(DOCUMENTS["explain"], "table", LOOK)
    assert text.count("drug A cuts ligN__in__stemX") == 1
    assert "(as above)" in text
    assert "CL-1 (paper P)" in text


def test_both_sides_of_a_contested_outcome_are_shown() -> None:
    text = render(contested(), "table", LOOK)
    rows = [row for row in contested()["outcomes"] if row["for"] and row["against"]]
    assert rows
    for row in rows:
        assert f"for: {' '.join(row['for'])}" in text
        assert f"against: {' '.join(row['against'])}" in text


def test_what_speaks_from_elsewhere_is_shown_on_its_side() -> None:
    text = render(DOCUMENTS["assess"], "table", LOOK)
    rows = [row for row in DOCUMENTS["assess"]["outcomes"] if row["against_elsewhere"]]
    assert rows
    for row in rows:
        assert "disputed_elsewhere" in (row["verdict"], row["elsewhere"])
        assert f"elsewhere against: {' '.join(row['against_elsewhere'])}" in text
    assert "partly" in text


def test_a_route_that_nothing_closes_says_so() -> None:
    assert "no agent in the knowledge base" in " ".join(render(DOCUMENTS["escapes"], "table", LOOK).split())


def test_markdown_escapes_what_would_be_markup() -> None:
    document = {
        **DOCUMENTS["evidence"],
        "answers": [{**DOCUMENTS["evidence"]["answers"][0], "statement": "<b>|*x*| [y](z) &amp; & c"}],
    }
    assert r"\<b\>\|\*x\*\| \[y\](z) \&amp; & c" in render(document, "md", LOOK)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_rows_for_programs_keep_both_sides_of_a_dispute(form: str) -> None:
    told = contested()
    rows = list(csv.DictReader(io.StringIO(render(told, form, LOOK)), delimiter="," if form == "csv" else "\t"))
    for section, answers in (("outcome", told["outcomes"]), ("route", told["routes"])):
        found = [row["against"] for row in rows if row["section"] == section]
        assert found == ["; ".join(answer["against"]) for answer in answers]
    assert any(row["against"] for row in rows)


def test_words_are_there_for_every_verdict_status_and_code() -> None:
    assert set(STATUS_ORDER) == set(STATUSES) == set(get_args(RouteStatus))
    assert set(get_args(Verdict)) == set(VERDICTS)
    assert set(get_args(MissingCode)) == set(WHY_NOT_CODES)
    assert get_args(MissingCode) == MISSING_CODES
    assert set(get_args(SearchCode)) <= set(CODES)
