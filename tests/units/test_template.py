"""``template``: tables out and in; nothing changes that was not edited, and nothing is written unless all is right."""

from __future__ import annotations

import csv
import io
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.curating.format import format_files
from reasoner.curating.tables.kinds import KINDS
from reasoner.curating.template_export import exported
from reasoner.curating.template_import import import_tables
from reasoner.questions import question
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.tables.template import read_template
from reasoner.resources import shipped_ontology
from reasoner.writing.template import template_text
from tests.units.curated import ACTION, GOOD, Curated


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return Curated(tmp_path)


def edited(table: str, row: str, column: str, text: str) -> str:
    """The table with one cell replaced: the row by its id, the column by its header."""
    rows = list(csv.reader(io.StringIO(table), delimiter="\t"))
    place = rows[0].index(column)
    hit = [cells for cells in rows[2:] if cells[0] == f"dislodge:{row}"]
    assert hit
    hit[0][place] = text
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


# --- out and in ------------------------------------------------------------------------------------------------------


@pytest.mark.ci
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_exported_changes_nothing(kind: str, tmp_path: Path) -> None:
    files = shipped_ontology()
    table, left_out = exported(files, kind)
    assert table.rows and not left_out
    path = tmp_path / "table.tsv"
    path.write_text(template_text(table), encoding="utf-8")
    read = read_template(path)
    assert (read.columns, [row.cells for row in read.rows]) == (table.columns, [row.cells for row in table.rows])
    assert import_tables([path], files, None, check_only=True)["verdict"] == "same"


def test_an_edited_cell_comes_back_in_the_next_export_and_alone(curated: Curated) -> None:
    before = curated.text()
    table = edited(curated.export("action"), "drug-a_block_KINX", "hasTarget", "dislodge:KINY")
    result = curated.take(table)
    assert result.exit_code == 0, result.output
    assert curated.export("action") == table
    gone, come = Counter(before.splitlines()), Counter(curated.text().splitlines())
    gone, come = gone - come, come - gone
    assert sum(gone.values()) == sum(come.values()) == 2
    assert {line.replace("KINY", "KINX") for line in come} == set(gone)
    assert curated.take(edited(table, "drug-a_block_KINX", "hasTarget", "dislodge:KINX")).exit_code == 0
    assert curated.text() == before


def test_a_new_value_goes_to_the_file_that_states_the_values_of_its_column(curated: Curated) -> None:
    """The individual is described in one file, its targets and their claims stand in another."""
    more = curated.folder / "more.ttl"
    statement = ":drug-b_block_KINY :hasTarget :KINY ."
    remark = (
        "[] a owl:Axiom ; owl:annotatedSource :drug-b_block_KINY ; owl:annotatedProperty :hasTarget ;"
        " owl:annotatedTarget :KINY ; :supportedBy :CL-1 ."
    )
    prefixes = "@prefix : <https://w3id.org/dislodge#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
    more.write_text(f"{prefixes}\n{statement}\n{remark}\n")
    curated.facts.write_text(
        curated.text()
        + ':drug-b_block_KINY a owl:NamedIndividual , :Action ; rdfs:label "drug beta blocks kinase Y"@en ;'
        " :hasAgent :drug-b ; :hasMode :block .\n"
    )
    format_files([curated.facts, more])
    curated.files.append(more)
    before = curated.text()
    table = edited(curated.export("action"), "drug-b_block_KINY", "hasTarget", "dislodge:KINX")
    result = curated.take(table, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["files"] == [str(more)]
    assert curated.text() == before
    assert ":KINX" in more.read_text() and ":KINY" not in more.read_text().replace("drug-b_block_KINY", "")
    assert curated.export("action") == table


def test_claims_come_and_go_beside_a_fact(curated: Curated) -> None:
    table = curated.export("mechanism")
    table = edited(table, "mechM", "requires: opposedBy", "dislodge:CL-2|dislodge:CL-3")
    table = edited(table, "mechM", "promotes: opposedBy", "")
    result = curated.take(table, "--json")
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)["answers"]
    assert row["removed"] == ["promotes(mechM, KINX__in__Stem_A) opposedBy CL-2"]
    assert row["added"] == [f"requires(mechM, KINX__in__Stem_A) opposedBy CL-{n}" for n in (2, 3)]
    assert ":supportedBy :CL-1 ;\n    :opposedBy" in curated.text() or ":opposedBy :CL-2 , :CL-3" in curated.text()
    assert curated.export("mechanism") == table


def test_values_with_other_claims_stand_in_rows_of_their_own(curated: Curated) -> None:
    table = edited(curated.export("mechanism"), "mechM", "requires", "dislodge:KINX__in__Stem_A|dislodge:mutX")
    assert curated.take(table).exit_code == 0
    assert len(curated.export("mechanism").splitlines()) == 3
    table = edited(table, "mechM", "requires", "dislodge:KINX__in__Stem_A")
    header = table.splitlines()[0].split("\t")
    cells = {"ID": "dislodge:mechM", "type": "dislodge:Mechanism", "requires": "dislodge:mutX"}
    cells["requires: supportedBy"] = "dislodge:CL-3"
    table += "\t".join(cells.get(name, "") for name in header) + "\n"
    assert curated.take(table).exit_code == 0
    assert curated.export("mechanism") == table
    facts = {
        fact: notes for fact, notes in read_ontology(curated.files).axiom_annotations.items() if fact[0] == "requires"
    }
    assert {(f.object, *n) for f, notes in facts.items() for n in notes} == {
        ("KINX__in__Stem_A", "supportedBy", "CL-1"),
        ("mutX", "supportedBy", "CL-3"),
    }


def test_a_new_id_goes_to_the_named_file_with_names_resolved(curated: Curated) -> None:
    before = curated.text()
    new = curated.folder / "new.ttl"
    row = "new_action\tdislodge:Action\tbeta blocks\tDrug Beta\tkinase y\tcl-1\t\tblock\n"
    result = curated.take(ACTION + row, "--into", new)
    assert result.exit_code == 0, result.output
    assert curated.text() == before
    assert new.read_text(encoding="utf-8") == (
        "@prefix : <https://w3id.org/dislodge#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
        ':new_action a owl:NamedIndividual , :Action ;\n    rdfs:label "beta blocks"@en ;\n    :hasAgent :drug-b ;\n'
        "    :hasMode :block ;\n    :hasTarget :KINY .\n"
        "[] a owl:Axiom ; owl:annotatedSource :new_action ; owl:annotatedProperty :hasTarget ; "
        "owl:annotatedTarget :KINY ;\n"
        "    :supportedBy :CL-1 .\n"
    )
    again = curated.take(ACTION + row, "--into", new)
    assert "every row is stated already" in again.stdout


def test_tables_may_name_what_other_tables_add(curated: Curated) -> None:
    other = curated.folder / "molecules.tsv"
    other.write_text("ID\ttype\tlabel\nID\tTYPE\tAL rdfs:label@en\nKINZ\tGeneProduct\tkinase Z\n", encoding="utf-8")
    result = curated.take(ACTION + GOOD.replace("KINY", "Kinase Z"), other, "--into", curated.facts)
    assert result.exit_code == 0, result.output
    assert ":hasTarget :KINZ" in curated.text()


def test_comments_and_what_no_column_states_stay(curated: Curated) -> None:
    curated.facts.write_text(curated.text().replace("\n:KINY a", "\n# about Y\n:KINY a"), encoding="utf-8")
    before = curated.text()
    result = curated.take("ID\tlabel\nID\tAL rdfs:label@en\nKINY\tthe kinase Y\n")
    assert result.exit_code == 0, result.output
    assert curated.text() == before.replace('"kinase Y"@en', '"the kinase Y"@en')


def test_a_column_for_people_alone_states_nothing(curated: Curated) -> None:
    before = curated.text()
    assert "0 individuals changed" in curated.take("ID\tnote\nID\t\nKINY\tlook at this\n").stdout
    assert curated.text() == before


def test_a_dry_run_says_it_and_writes_nothing(curated: Curated) -> None:
    before = curated.text()
    result = curated.take(ACTION + GOOD, "--into", curated.facts, "--dry-run")
    assert result.exit_code == 0
    assert "new_action would be added" in result.stdout and "nothing was written" in result.stdout
    assert "+ hasTarget(new_action, KINY) supportedBy CL-1" in result.stdout
    assert curated.text() == before


def test_spreadsheets_may_add_a_mark_line_ends_and_empty_lines(curated: Curated) -> None:
    table = "\ufeff" + (ACTION + GOOD).replace("\n", "\r\n") + "\t" * 7 + "\r\n\r\n"
    assert curated.take(table, "--into", curated.facts).exit_code == 0
    assert ":new_action a" in curated.text()


def test_texts_that_no_table_can_hold_stay_where_they_are(curated: Curated) -> None:
    text = curated.text().replace('"kinase Y"@en', '" kinase Y"@en , "a\\\\b"@en , "Y"@en')
    curated.facts.write_text(text, encoding="utf-8")
    result = curated.run("export", "molecule")
    assert "2 values that no table can hold" in result.stderr
    assert curated.take(edited(result.stdout, "KINY", "label (en)", "why")).exit_code == 0
    assert '" kinase Y"@en , "a\\\\b"@en , "why"@en' in curated.text()


def test_a_mark_that_stands_inside_a_value_is_not_taken(curated: Curated) -> None:
    curated.facts.write_text(curated.text().replace('"kinase Y"@en', '"a|b"@en , "c;d"@en'), encoding="utf-8")
    table = curated.export("molecule")
    assert "AL rdfs:label@en SPLIT=¦" in table
    before = curated.text()
    assert curated.take(table).exit_code == 0 and curated.text() == before


def test_retired_things_have_no_row(curated: Curated) -> None:
    assert "KINX" in curated.export("molecule") and "KINO" not in curated.export("molecule")


def test_every_kind_is_named_in_the_help() -> None:
    words = question("template export").help.replace(",", " ").replace(".", " ").split()
    assert set(KINDS) <= set(words)


# --- what is refused -------------------------------------------------------------------------------------------------


def _row(**cells: str) -> str:
    names = ("id", "type", "label", "agent", "target", "claims", "against", "mode")
    values = dict(zip(names, GOOD.rstrip("\n").split("\t"), strict=True))
    return ACTION + "\t".join({**values, **cells}[name] for name in names) + "\n"


MECHANISM = (
    "ID\ttype\tlabel\tneeds\tfor\tup\tfor\tdown\tfor\n"
    "ID\tTYPE\tAL rdfs:label@en\tI dislodge:requires\t>AI dislodge:supportedBy\tI dislodge:promotes"
    "\t>AI dislodge:supportedBy\tI dislodge:suppresses\t>AI dislodge:supportedBy\n"
    "m2\tMechanism\tm\tKINX__in__Stem_A\tCL-1\t"
)
CLAIM = (
    "ID\ttype\tlabel\tstatement\tkind\tmodality\tpolarity\ttier\tpaper\n"
    "ID\tTYPE\tAL rdfs:label@en\tI dislodge:statement\tI dislodge:kindOfClaim\tI dislodge:modality\tI dislodge:polarity"
    "\tI dislodge:hasTier\tI dislodge:citesPaper\nCL-9\tEvidence\tCL-9\tIt is so.\t"
)
REFUSED: dict[str, tuple[str | bytes, str, str]] = {
    "an unknown target": (_row(target="KINQ"), "3:5: E320", "did you mean"),
    "an unknown agent": (_row(agent="drug beeta"), "3:4: E320", "did you mean drug-b?"),
    "an unknown class": (_row(type="Actoin"), "3:2: E320", "did you mean dislodge:Action"),
    "an unknown claim": (_row(claims="CL-11"), "3:6: E320", "did you mean CL-1"),
    "a cell as an agent": (_row(agent="Stem_A"), "3:4: E322", "one of drug-a, drug-b"),
    "an agent as a claim": (_row(claims="drug-a"), "3:6: E322", ""),
    "a mode of an interaction": (_row(mode="soluble"), "3:8: E322", ""),
    "a mode that is none": (_row(mode="blocks"), "3:8: E320", "did you mean block?"),
    "no claim": (_row(claims=""), "3:5: E323", ">AI dislodge:supportedBy"),
    "claims beside nothing": (_row(target=""), "3:6: E330", "fill in 'target'"),
    "no target": (_row(target="", claims=""), "3:1: E327", "hasTarget"),
    "two targets": (_row(target="KINX|KINY"), "3:5: E327", "a row with an id of its own"),
    "no label": (_row(label=""), "3:1: E327", "rdfs:label@en"),
    "no class": (_row(type=""), "3:1: E327", "TYPE"),
    "no id": (_row(id=""), "3:1: E329", "remove the row"),
    "an id with a space": (_row(id="new action"), "3:1: E329", "letters"),
    "an id of the vocabulary": (_row(id="hasMode"), "3:1: E329", "another id"),
    "an id spelt otherwise": (_row(id="Kin-X"), "3:1: E329", "write KINX"),
    "an id of another thing": (_row(id="KINY"), "3:2: E329", "another id"),
    "an id that was retired": (_row(id="KINO"), "3:1: E326", "use KINX"),
    "a target that was retired": (_row(target="KINO"), "3:5: E326", "use KINX"),
    "an id twice": (_row() + _row(id="other", label="x").splitlines()[2] + "\n" + GOOD, "5:1: E325", "right below"),
    "an id twice in a row": (_row() + GOOD, "4:3: E325", "leave the cell empty"),
    "another class below": (_row() + "new_action\tKilling" + "\t" * 6 + "\n", "4:2: E325", "repeat"),
    "a cell too few": (_row().rstrip("\n").rpartition("\t")[0] + "\n", "3:8: E120", "leave a cell empty"),
    "a cell too many": (_row().rstrip("\n") + "\tx\n", "3:9: E120", "apart by tabs"),
    "template strings too few": (_row().replace("\tI dislodge:hasMode", ""), "2:8: E120", ""),
    "no template strings": (_row().replace(ACTION.splitlines()[1], ""), "2:1: E120", ""),
    "not UTF-8": (_row(label="caf\xe9").encode("latin-1"), "3:3: E105", "UTF-8"),
    "UTF-16": (_row().encode("utf-16"), "E105", "UTF-8"),
    "an empty file": ("", "E104", ""),
    "one row": ("ID\ttype\n", "2: E119", "dislodge template export"),
    "an open quote": (_row(label='"never closed'), "3: E120", "double every"),
    "an unknown template string": (_row().replace("TYPE", "TIPE"), "2:2: E121", "known: ID, TYPE"),
    "a class expression": (_row().replace("AL rdfs:label@en", "SC %"), "2:3: E121", ""),
    "an unknown property": (_row().replace("hasTarget", "hasTargit"), "2:5: E320", "did you mean dislodge:hasTarget"),
    "an unknown text": (_row().replace("rdfs:label", "rdfs:lable"), "2:3: E320", "did you mean rdfs:label"),
    "an unknown kind of claim": (_row().replace("supportedBy", "suportedBy"), "2:6: E320", "dislodge:supportedBy"),
    "a claim column first": (_row().replace("ID\tTYPE", ">AI dislodge:supportedBy\tTYPE"), "2:1: E121", ""),
    "no column of ids": (_row().replace("\nID\tTYPE", "\nA rdfs:seeAlso\tTYPE"), "2: E121", "ID"),
    "a column twice": (_row().replace("I dislodge:hasMode", "I dislodge:hasAgent"), "2:8: E121", "SPLIT="),
    "a language that is none": (_row().replace("label@en", "label@e n"), "2:3: E121", ""),
    "a property of another kind of thing": (
        _row().replace("I dislodge:hasAgent", "I dislodge:subtypeOf"), "3:4: E32", ""
    ),
    "no sign": (f"{MECHANISM}\t\t\t\n", "3:1: E327", "promotes, suppresses, influences"),
    "two signs": (f"{MECHANISM}KINX__in__Stem_A\tCL-1\tmutX\tCL-1\n", "3:6: E327", "fill in one of promotes"),
    "a polarity that is none": (
        f"{CLAIM}mechanism\treported\tsupport\tin_vivo\tpaperP\n", "3:7: E324", "did you mean supports?"
    ),
    "a modality that is none": (
        f"{CLAIM}mechanism\tcertain\tsupports\tin_vivo\tpaperP\n", "3:6: E324", "did you mean"
    ),
    "a kind that is none": (
        f"{CLAIM}mecanism\treported\tsupports\tin_vivo\tpaperP\n", "3:5: E324", "did you mean mechanism?"
    ),
    "no paper": (f"{CLAIM}mechanism\treported\tsupports\tin_vivo\t\n", "3:1: E327", "citesPaper"),
    "a word that is no truth value": (
        "ID\tpartial\nID\tI dislodge:diseasesTogether\nCL-1\tmaybe\n", "3:2: E324", "mend"
    ),
    "a datatype that is none": (
        "ID\tpartial\nID\tI dislodge:diseasesTogether\nCL-1\ttrue^^bool\n", "3:2: E324", "xsd:boolean"
    ),
    "a backslash": (_row(label="a\\b"), "3:3: E324", "backslash"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "place", "hint"), REFUSED.values(), ids=REFUSED)
def test_a_bad_table_is_refused_with_its_place_and_nothing_is_written(
    curated: Curated, table: str | bytes, place: str, hint: str
) -> None:
    before = {path: path.read_bytes() for path in curated.files}
    result = curated.take(table, "--into", curated.folder / "new.ttl")
    assert result.exit_code == 2, result.output
    assert f"table.tsv:{place}" in result.stderr or (":" not in place and f": {place}" in result.stderr), result.stderr
    assert hint in result.stderr
    assert "Traceback" not in result.output
    assert {path: path.read_bytes() for path in curated.files} == before
    assert not (curated.folder / "new.ttl").exists()


def test_the_good_row_of_these_cases_is_taken(curated: Curated) -> None:
    assert curated.take(_row(), "--into", curated.folder / "new.ttl").exit_code == 0
    assert curated.take(f"{MECHANISM}\t\tmutX\tCL-1\n", "--into", curated.facts).exit_code == 0
    assert (
        curated.take(f"{CLAIM}mechanism\treported\tsupports\tin_vivo\tpaperP\n", "--into", curated.facts).exit_code == 0
    )


def test_one_name_of_several_things_is_refused(curated: Curated) -> None:
    curated.facts.write_text(curated.text().replace('"kinase Y"@en', '"kinase X"@en'), encoding="utf-8")
    result = curated.take(_row(target="kinase x"), "--into", curated.facts)
    assert "table.tsv:3:5: E321" in result.stderr and "KINX, KINY" in result.stderr


def test_every_fault_of_every_table_is_said_in_the_order_of_places(curated: Curated) -> None:
    other = curated.folder / "zz.tsv"
    other.write_text("ID\ttype\tlabel\nID\tTYPE\tAL rdfs:label@en\nKINZ\tGenProduct\tkinase Z\n", encoding="utf-8")
    result = curated.take(_row(agent="x", mode="y"), other, "--into", curated.facts)
    places = [line.split(": ")[1].rpartition("/")[2] for line in result.stderr.splitlines() if line.startswith("Error")]
    assert places == ["table.tsv:3:4", "table.tsv:3:8", "zz.tsv:3:2"]


def test_a_new_id_needs_a_file(curated: Curated) -> None:
    result = curated.take(ACTION + GOOD)
    assert result.exit_code == 2
    assert "table.tsv:3:1: E328: new_action is new" in result.stderr and "--into FILE" in result.stderr


def test_an_unknown_kind_is_refused_with_the_nearest(curated: Curated) -> None:
    result = curated.run("export", "actoin")
    assert (result.exit_code, "did you mean action?" in result.stderr) == (2, True)


def test_an_export_never_goes_over_a_file_that_is_read(curated: Curated) -> None:
    before = curated.text()
    result = curated.run("export", "action", "-o", curated.facts)
    assert (result.exit_code, "E412" in result.stderr, curated.text()) == (2, True, before)


def test_a_report_never_goes_over_a_table_and_a_missing_folder_stops_all(curated: Curated) -> None:
    before = curated.text()
    table = ACTION + GOOD + "drug-a_block_KINX\tAction\tanother label\tdrug-a\tKINX\tCL-1\t\tblock\n"
    assert "E412" in curated.take(table, "-o", curated.folder / "table.tsv").stderr
    assert "E412" in curated.take(table, "--into", curated.folder / "no" / "new.ttl").stderr
    assert curated.text() == before
    assert curated.take(table, "--into", curated.folder / "new.ttl").exit_code == 0
    assert "another label" in curated.text()


def test_without_a_verb_the_help_is_shown(curated: Curated) -> None:
    result = CliRunner().invoke(main, ["template"])
    assert result.exit_code == 0 and "dislodge template import" in result.stdout


def test_a_fact_that_never_had_a_claim_may_stay_so_but_loses_none(curated: Curated) -> None:
    table = curated.export("arm")
    assert "KINX__in__Stem_A" in table  # no claim stands beside it
    assert curated.take(edited(table, "armR", "label (en)", "the arm of R")).exit_code == 0
    table = edited(curated.export("action"), "drug-a_block_KINX", "hasTarget: supportedBy", "")
    assert "E323" in curated.take(table).stderr


# --- killed ----------------------------------------------------------------------------------------------------------


def _kills(curated: Curated, times: int) -> tuple[int, int]:
    """Kill the command at random moments; how often the old files and how often new ones were found, all whole."""
    rows = "".join(f"bulk{n}\tPaper\tpaper {n}\t\n" for n in range(1500))
    bulk, new = curated.folder / "bulk.tsv", curated.folder / "bulk.ttl"
    bulk.write_text("ID\ttype\tlabel\tsee\nID\tTYPE\tAL rdfs:label@en\tAI rdfs:seeAlso\n" + rows, encoding="utf-8")
    assert curated.run("import", bulk, "--into", new).exit_code == 0
    curated.files.append(new)
    old = {path: path.read_bytes() for path in (curated.facts, new)}
    both = curated.folder / "both.tsv"
    both.write_text(bulk.read_text().replace("\t\n", "\thttp://example.org/a\n") + "drug-a\tAgent\talpha\t\n")
    words = [str(word) for file in curated.files for word in ("--ontology", file)]
    call = [sys.executable, "-m", "reasoner", "template", "import", str(both), *words]
    start = time.perf_counter()
    assert subprocess.run(call, stdout=subprocess.DEVNULL, check=True).returncode == 0
    whole = time.perf_counter() - start
    wanted = {path: path.read_bytes() for path in old}
    assert all(old[path] != wanted[path] for path in old)
    chance = random.Random(7)
    found = {True: 0, False: 0}
    for _ in range(times):
        for path, data in old.items():
            path.write_bytes(data)
        with subprocess.Popen(call, stdout=subprocess.DEVNULL) as child:
            # half of the kills come near the end, where the files are written
            time.sleep(chance.uniform(0.7, 1.3) * whole if chance.random() < 0.5 else chance.uniform(0.05, 1.2) * whole)
            child.send_signal(signal.SIGKILL)
        now = {path: path.read_bytes() for path in old}
        assert all(now[path] in (old[path], wanted[path]) for path in old)
        found[now != old] += 1
    assert curated.run("import", both).exit_code == 0
    assert {path: path.read_bytes() for path in old} == wanted
    return found[False], found[True]


@pytest.mark.ci
def test_a_kill_in_mid_write_leaves_whole_files(curated: Curated) -> None:
    _kills(curated, 10)


@pytest.mark.slow
def test_two_hundred_kills_leave_whole_files(curated: Curated) -> None:
    before, after = _kills(curated, 200)
    print(f"200 of 200 whole: {before} found the old files, {after} new ones")
    assert min(before, after) >= 10
