"""Combinations over the shipped knowledge: what is found, what is certified, what it costs, how it ends early."""

import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from reasoner.answers.combine import combine
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from reasoner.resources import shipped as folder
from reasoner.scenario.scenario import Scenario
from reasoner.views.documents import render
from reasoner.views.look import Look
from tests.effort import PATIENCE
from tests.in_process import Document, asked, document

PLACE = ("--cell", "CML_LSC", "--disease", "CML")
ANTAGONIST = """
@prefix : <https://w3id.org/dislodge#> .
:selectinex a :Agent .
:selectinex_blocks_SELE a :Action ; :hasAgent :selectinex ; :hasTarget :SELE ; :hasMode :block .
"""

KIND_OF_NORMAL_CELL = """
@prefix : <https://w3id.org/dislodge#> .
:HSC_of_old_age a :NormalCell ; :subtypeOf :HSC .
:Normal_cell_of_no_kind a :NormalCell .
"""


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def combined(*words: str) -> Document:
    return document(shipped(), "combine", *PLACE, *words)


def test_no_agent_acts_on_the_one_route_that_keeps_the_stem_cell_under_imatinib() -> None:
    found = combined("--with-agent", "imatinib")
    assert found["regimens"] == []
    assert found["uncovered"] == ["RP07"]
    (row,) = found["certificate"]
    assert row["touched_by"] == row["not_given"] == row["unnamed"] == []
    assert row["text"].startswith("no agent of the knowledge base acts on that")
    assert row["evidence"]
    assert not found["complete"]


def test_what_comes_closest_names_its_price_for_the_normal_stem_cell() -> None:
    found = combined("--with-agent", "imatinib", "--spare", "HSC")
    with_plerixafor = [row for row in found["front"] if "plerixafor" in row["agents"]]
    assert with_plerixafor
    for row in with_plerixafor:
        assert {"cell": "HSC", "function": "HSC_retention", "extent": "touched"}.items() <= {
            **next(harm for harm in row["harms"] if harm["function"] == "HSC_retention")
        }.items()
    assert found["dropped"] == []


def test_strict_sparing_drops_what_touches_the_normal_stem_cell() -> None:
    found = combined("--with-agent", "imatinib", "--spare", "HSC", "--spare-strict")
    dropped = {row["agent"]: row["touches"] for row in found["dropped"]}
    assert dropped["plerixafor"] == ["HSC_retention"]
    assert not {row["agent"] for row in found["dropped"]} & {a for row in found["front"] for a in row["agents"]}
    assert all(harm["function"] != "HSC_retention" for row in found["front"] for harm in row["harms"])


def test_what_is_known_of_a_normal_cell_is_spared_in_a_kind_of_it(tmp_path: Path) -> None:
    facts = tmp_path / "kind.ttl"
    facts.write_text(KIND_OF_NORMAL_CELL, encoding="utf-8")
    kb = Reasoned.load(extra=[facts])
    broader, kind = (
        document(kb, "combine", *PLACE, "--with-agent", "imatinib", "--spare", cell, "--spare-strict")
        for cell in ("HSC", "HSC_of_old_age")
    )
    assert kind["spared"] == [{"cell": "HSC_of_old_age", "function": "HSC_retention"}]
    assert kind["dropped"] == broader["dropped"]
    assert kind["front"] == broader["front"]
    code, _ = asked(kb, "combine", *PLACE, "--with-agent", "imatinib", "--spare", "Normal_cell_of_no_kind")
    assert code == 2


def test_an_invented_antagonist_turns_the_certificate_into_a_regimen_with_no_rule_touched(tmp_path: Path) -> None:
    facts = tmp_path / "antagonist.ttl"
    facts.write_text(ANTAGONIST, encoding="utf-8")
    kb = Reasoned.load(extra=[facts])
    assert [rule.id for rule in kb.base.rules] == [rule.id for rule in shipped().base.rules]
    found = document(kb, "combine", *PLACE, "--with-agent", "imatinib")
    assert found["exhaustive_to"] == 4
    assert found["complete"]
    assert all("selectinex" in row["added"] and len(row["added"]) == 4 for row in found["regimens"])
    assert found["regimens"]
    assert found["uncovered"] == []


@pytest.mark.parametrize("words", [("--close", "RP06"), ("--close", "RP10"), ("--close", "RP20", "--close", "RP06")])
def test_every_regimen_closes_what_was_asked_and_no_part_of_it_does(words: tuple[str, ...]) -> None:
    found = combined("--with-agent", "imatinib", *words)
    goals = words[1::2]
    assert found["regimens"]
    for row in found["regimens"]:
        assert _closed(row["added"], goals)
        assert not any(_closed([a for a in row["added"] if a != left_out], goals) for left_out in row["added"])


def _closed(added: list[str], routes: tuple[str, ...]) -> bool:
    kb = shipped()
    place = next(p for p, analogy in kb._located if p.cell == "CML_LSC" and p.disease == "CML" and not analogy)
    status = {s.route.name: s.status for s in Scenario(kb.located(place), ["imatinib"], added).routes}
    return all(status[route] in ("broken", "inactive") for route in routes)


def test_without_a_background_a_killer_is_part_of_every_regimen() -> None:
    found = combined("--close", "RP06", "--max-size", "2")
    assert found["regimens"]
    for row in found["regimens"]:
        assert row["killers"]
        assert set(row["killers"]) <= set(row["added"])


def test_leaving_out_the_drug_that_opens_a_route_solves_nothing() -> None:
    """Untreated, the route back to the niche is off; with a kinase inhibitor as the killer it has to be cut."""
    for row in combined("--close", "RP06", "--max-size", "2", "--only", "imatinib", "--only", "plerixafor")["regimens"]:
        assert row["added"] == ["imatinib", "plerixafor"]


def test_a_defeated_killer_is_replaced_by_one_that_is_not() -> None:
    found = combined(
        "--with-agent", "imatinib", "--state", "T315I", "--close", "RP06", "--only", "TKI", "--only", "plerixafor"
    )
    assert {killer for row in found["regimens"] for killer in row["killers"]} == {"ponatinib"}


def test_only_and_exclude_take_agents_classes_and_lists() -> None:
    listed = combined("--with-agent", "imatinib", "--close", "RP06", "--only", "Table_I")
    assert [row["added"] for row in listed["regimens"]] == [["plerixafor"]]
    without = combined("--with-agent", "imatinib", "--close", "RP06", "--exclude", "Table_I")
    assert without["regimens"] == []
    assert without["certificate"][0]["not_given"] == ["plerixafor"]


def test_names_may_be_labels_and_synonyms() -> None:
    named = combined(
        "--with-agent", "Imatinib", "--close", "TKI-restored CXCL12/CXCR4 niche return", "--exclude", "table i"
    )
    assert named["certificate"][0]["route"] == "RP06"


def test_arms_and_activities_can_be_goals() -> None:
    arm = combined("--with-agent", "imatinib", "--close", "RP06_CAR_cell")
    assert [row["added"] for row in arm["regimens"]] == [["plerixafor"]]
    assert "RP06/RP06_CAR_cell" in arm["regimens"][0]["closes"]
    activity = combined("--with-agent", "imatinib", "--close", "CXCR4__in__CML_LSC")
    assert [row["added"] for row in activity["regimens"]] == [["plerixafor"]]
    assert "CXCR4__in__CML_LSC" in activity["regimens"][0]["closes"]


def test_more_than_the_limit_is_partial_and_exits_3() -> None:
    code, found = asked(shipped(), "combine", *PLACE, "--with-agent", "imatinib", "--close", "RP10", "--limit", "1")
    assert found is not None
    assert (code, len(found["regimens"]), found["limit_reached"]) == (3, 1, True)
    assert found["found"] > 1


def test_goals_that_are_no_routes_are_left_where_nothing_acts_on_them() -> None:
    """An activity that stays is named with each partial regimen, and printed by its label."""
    words = ("--with-agent", "imatinib", "--close", "CXCR4__in__CML_LSC", "--close", "CD44__in__CML_LSC")
    found = combined(*words)
    assert found["uncovered"] == ["CD44__in__CML_LSC"]
    assert [row["goals_left"] for row in found["front"]] == [["CD44__in__CML_LSC"]]
    look = Look(label=shipped().label)
    text = render(found, "table", look)
    assert "leaves open  CD44 at work in CML leukaemic stem cell" in text
    assert max(map(len, text.splitlines())) <= look.width


def test_in_markdown_what_is_said_of_a_regimen_stands_below_it() -> None:
    lines = render(combined("--with-agent", "imatinib"), "md", Look(label=shipped().label)).splitlines()
    first = lines.index(r"- 1\. imatinib + GCS-100 + anti-osteopontin antibody + plerixafor")
    assert lines[first + 1].startswith("  - closes RP05")


def test_a_certificate_is_an_answer() -> None:
    code, _ = asked(shipped(), "combine", *PLACE, "--with-agent", "imatinib")
    assert code == 0


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--close", "RP99"), "no goal is called 'RP99'"),
        (("--close", "plerixafor"), "is an agent, not a goal"),
        (("--spare", "CML_LSC"), "nothing to spare is known of"),
        (("--only", "nonesuch"), "no agent or list is called"),
        (("--min-strength", "strong"), "no tier is called"),
        (("--max-size", "11"), "is not in the range"),
        (("--limit", "0"), "is not in the range"),
        (("--spare-strict",), "a strict sparing needs something to spare"),
        (("--with-agent", "plerixafor then imatinib"), "has neither steps nor a place"),
        (("--with-agent", "CML: imatinib"), "has neither steps nor a place"),
    ],
)
def test_what_cannot_be_asked_is_refused(words: tuple[str, ...], text: str) -> None:
    from click.testing import CliRunner

    from reasoner.cli import main

    result = CliRunner().invoke(main, ["combine", *PLACE, *words])
    assert result.exit_code == 2
    assert text in result.stderr


def test_a_weak_tier_lets_fewer_agents_in() -> None:
    everything = combined("--with-agent", "imatinib", "--close", "RP06")
    clinical = combined("--with-agent", "imatinib", "--close", "RP06", "--min-strength", "clinical")
    assert len(clinical["regimens"]) <= len(everything["regimens"])


def test_a_search_that_is_told_to_stop_is_marked_as_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reasoner.search.set_tree.PATIENCE", 1)
    request = ScenarioRequest("CML_LSC", "CML", (), ("imatinib",))
    found = combine(shipped(), request, Wish(close=("RP10",)), stop=lambda _, __: True)
    assert found["limit_reached"]
    assert found["interrupted"]
    assert found["exhaustive_to"] == 0
    assert found["reasons"][0]["code"] == "CUT_SHORT"


ENDLESS = """
@prefix : <https://w3id.org/dislodge#> .
:Many a :Disease .
:Many_cell a :MalignantCell ; :occursIn :Many .
:many_kill a :Agent .
:many_killing a :Killing ; :hasAgent :many_kill ; :againstCell :Many_cell .
"""


def endless(routes: int = 9, agents: int = 12) -> str:
    """A knowledge base with so many minimal regimens that no one waits for all of them."""
    lines = [ENDLESS]
    for number in range(routes):
        lines.append(f":m{number} a :GeneProduct . :a{number} a :MoleculeActivity ; :ofMolecule :m{number} ;")
        lines.append(f" :inCell :Many_cell ; :givenIn :Many . :r{number} a :NicheRoute ; :retains :Many_cell ;")
        lines.append(f" :holdsIn :Many ; :hasArm :r{number}_arm . :r{number}_arm a :Arm ; :needs :a{number} .")
        for other in range(agents):
            name = f"d{number}_{other}"
            extra = f"{name}_x"
            lines.append(f":{extra} a :GeneProduct . :{extra}_a a :MoleculeActivity ; :ofMolecule :{extra} ;")
            lines.append(
                f" :inCell :Many_cell . :{extra}_m a :Mechanism ; :requires :{extra}_a ; :promotes :a{number} ."
            )
            lines.append(f":{name} a :Agent . :{name}_1 a :Action ; :hasAgent :{name} ; :hasTarget :m{number} ;")
            lines.append(f" :hasMode :block . :{name}_2 a :Action ; :hasAgent :{name} ; :hasTarget :{extra} ;")
            lines.append(" :hasMode :block .")
    return "\n".join(lines)


@pytest.mark.ci
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to a process on a terminal")
def test_ctrl_c_ends_the_search_with_what_was_found(tmp_path: Path) -> None:
    facts = tmp_path / "many.ttl"
    facts.write_text(endless(), encoding="utf-8")
    words = ["combine", "--cell", "Many_cell", "--with-agent", "many_kill", "--with", str(facts), "--max-size", "10"]
    terminal, stderr = os.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "reasoner", *words, "--json"], stdout=subprocess.PIPE, stderr=stderr, text=True
    )
    said = b""
    while b"sets of agents looked at" not in said:
        said += os.read(terminal, 1000)
        assert running.poll() is None, said
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=PATIENCE)
    os.close(stderr)
    os.close(terminal)
    assert running.returncode == 3
    found = json.loads(out)
    assert found["limit_reached"]
    assert found["interrupted"]
    assert b"Traceback" not in said


DEPENDENT = """
    :D a :Disease . :C a :MalignantCell ; :occursIn :D . :E a :NicheCell .
    :F a :GeneProduct . :X a :GeneProduct .
    :F__in__E a :MoleculeActivity ; :ofMolecule :F ; :inCell :E ; :givenIn :D .
    :X__in__C a :MoleculeActivity ; :ofMolecule :X ; :inCell :C ; :givenIn :D .
    :R a :NicheRoute ; :holdsIn :D ; :retains :C ; :hasArm :R_arm . :R_arm a :Arm ; :needs :X__in__C .
    :antibody a :Agent ; :dependsOnActivity :F__in__E . :k a :Killing ; :hasAgent :antibody ; :againstCell :C .
    :without_F a :Agent . :a1 a :Action ; :hasAgent :without_F ; :hasTarget :F ; :hasMode :block .
    :drug a :Agent . :a2 a :Action ; :hasAgent :drug ; :hasTarget :X ; :hasMode :block .
    :with_F a :Agent . :a3 a :Action ; :hasAgent :with_F ; :hasTarget :F__in__E ; :hasMode :supply .
"""


@pytest.mark.parametrize(
    ("background", "found"),
    [((), [["antibody", "drug"]]), (("without_F",), []), (("antibody",), [["antibody", "drug"]])],
)
def test_a_killer_keeps_what_it_depends_on(tmp_path, background, found):
    facts = tmp_path / "facts.ttl"
    facts.write_text(f"@prefix : <https://w3id.org/dislodge#> .{DEPENDENT}", encoding="utf-8")
    modules = sorted(folder("ontology").glob("modules/*.ttl"))
    kb = Reasoned.load(ontology=[*modules, facts])
    document = combine(kb, ScenarioRequest(cell="C", background=background), Wish())
    assert [row["agents"] for row in document["regimens"]] == found
    if not found:
        assert [reason["code"] for reason in document["reasons"]] == ["KILLER_DEFEATED"]
        assert "antibody does not act without" in document["reasons"][0]["text"]


@pytest.mark.parametrize(
    ("states", "only", "code", "words"),
    [
        (("mutX",), ("poison", "drug"), "KILLER_DEFEATED", "mutX defeats poison"),
        ((), ("drug",), "NO_KILLER", "no agent that may be given acts against C"),
    ],
)
def test_a_killer_that_a_lesion_defeats_is_named(tmp_path, states, only, code, words):
    facts = tmp_path / "facts.ttl"
    poison = """
    :poison a :Agent . :a4 a :Action ; :hasAgent :poison ; :hasTarget :X ; :hasMode :block .
    :k4 a :Killing ; :hasAgent :poison ; :againstCell :C ; :actsThrough :X . :mutX a :BindingChange ; :lesionOf :X ."""
    facts.write_text(f"@prefix : <https://w3id.org/dislodge#> .{DEPENDENT}{poison}", encoding="utf-8")
    kb = Reasoned.load(ontology=[*sorted(folder("ontology").glob("modules/*.ttl")), facts])
    (reason,) = combine(kb, ScenarioRequest(cell="C", states=states), Wish(only=only))["reasons"]
    assert (reason["code"], reason["text"]) == (code, words)
