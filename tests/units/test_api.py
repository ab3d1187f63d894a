"""The Python API: a small surface over the same documents."""

import json
import runpy
import sys
from functools import cache
from pathlib import Path

import pytest

from reasoner.api import KnowledgeBase
from reasoner.errors import QuestionError

TUTORIAL = Path(__file__).parents[1] / "tutorial" / "first_steps.py"


@cache
def kb() -> KnowledgeBase:
    return KnowledgeBase.shipped()


def test_the_tutorial_runs_and_tells_the_story(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(TUTORIAL))
    told = capsys.readouterr().out
    assert "opened by imatinib: RP05, RP06" in told
    assert "sensitises CML_LSC - contested" in told
    assert "no agent closes RP07" in told
    assert "plerixafor block CXCR4" in told


def test_an_answer_is_the_document_of_the_command_line() -> None:
    answer = kb().assess(["imatinib", "plerixafor"], cell="CML LSC")
    assert answer["regimen"] == ["imatinib", "plerixafor"]
    assert json.loads(json.dumps(dict(answer))) == answer.document
    assert str(answer).startswith("imatinib + plerixafor")


def test_a_name_that_is_not_known_raises_with_the_nearest() -> None:
    with pytest.raises(QuestionError) as refused:
        kb().assess("plerixafro", cell="CML LSC")
    assert "plerixafor" in refused.value.hint


def test_a_notebook_shows_pages_pictures_and_tables() -> None:
    answer = kb().assess("imatinib", cell="CML LSC")
    assert "<h3>imatinib" in answer._repr_html_()
    assert answer.picture._repr_svg_().startswith("<svg")
    assert ">plerixafor</td>" in kb().sparql("agents-on-target")._repr_html_()


def test_tables_become_frames_where_pandas_is_there() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = kb().assess("imatinib", cell="CML LSC").frame("routes")
    assert isinstance(frame, pandas.DataFrame)
    assert set(frame[frame.status == "opened"].route) >= {"RP05", "RP06"}
    assert list(kb().sparql("SELECT ?r { ?r :retains :CML_LSC }").frame().columns) == ["r"]


def test_a_table_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(QuestionError) as refused:
        kb().assess(cell="CML LSC").frame()
    assert "routes" in refused.value.hint
    with pytest.raises(QuestionError):
        kb().assess("imatinib", cell="CML LSC").frame("nope")
    assert kb().conflicts("SU5614").frame().empty


def test_without_pandas_a_table_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        kb().sparql("agents-on-target").frame()


def test_a_picture_is_saved_whole(tmp_path: Path) -> None:
    kb().assess("imatinib", cell="CML LSC").picture.save(tmp_path / "niche.svg")
    assert (tmp_path / "niche.svg").read_text("utf-8").endswith("</svg>\n")


def test_further_facts_can_be_loaded(tmp_path: Path) -> None:
    facts = tmp_path / "mine.ttl"
    facts.write_text("@prefix : <https://w3id.org/dislodge#> . :newdrug a :Agent .")
    assert KnowledgeBase.load(facts).sparql("ASK { :newdrug a :Agent }")[0] == {"answer": "yes"}


def test_a_single_file_of_rules_is_one_file(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text(
        'rule R-OWN-001 "no route is ever closed"\n'
        '    status draft\n    source definition\n    because "{x} breaks {r}"\n\n'
        "    breaksRoute(?x, ?r) -> leavesOpen(?x, ?r)\n",
        encoding="utf-8",
    )
    several, one = KnowledgeBase.load(rules=[rules]), KnowledgeBase.load(rules=str(rules))
    assert one.rules("R-OWN-001")["answers"] == several.rules("R-OWN-001")["answers"] != []
