"""What-if in SPARQL and in reports: what is supposed is in a graph of its own, what is retracted is in none."""

import json
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned
from tests.in_process import asked

pytestmark = pytest.mark.ci


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def run(*words: str) -> Result:
    kb = shipped()
    with patch.object(Reasoned, "load", classmethod(lambda cls, *files, **options: kb)):
        return CliRunner().invoke(main, list(words))


def rows(query: str, *words: str) -> list[list[str]]:
    result = run("sparql", query, "--json", *words)
    assert result.exit_code == 0, result.stderr
    bindings = json.loads(result.stdout)["results"]["bindings"]
    return sorted([node["value"] for node in row.values()] for row in bindings)


def test_an_assumed_fact_is_neither_asserted_nor_inferred_and_what_follows_from_it_is_inferred() -> None:
    query = "SELECT ?g ?c { GRAPH ?g { :drugnew a ?c } }"
    assert rows(query) == []
    found = rows(query, "--assume", "Agent(drugnew)")
    supposed = [graph.rpartition("/")[2] for graph, cls in found if cls.endswith("#Agent")]
    inferred = {graph.rpartition("/")[2] for graph, cls in found if not cls.endswith("#Agent")}
    assert (supposed, inferred) == (["supposed"], {"inferred"})


def test_a_query_that_names_no_graph_reads_what_is_assumed() -> None:
    assert rows("SELECT ?x { ?x a :Agent FILTER(?x = :drugnew) }", "--assume", "Agent(drugnew)")


def test_a_retracted_fact_is_in_no_graph_nor_is_the_axiom_that_annotates_it() -> None:
    fact = "hasTarget(A_plerixafor_block_CXCR4, CXCR4)"
    held = "SELECT ?g { GRAPH ?g { :A_plerixafor_block_CXCR4 :hasTarget :CXCR4 } }"
    beside = "SELECT ?a { ?a owl:annotatedSource :A_plerixafor_block_CXCR4 ; owl:annotatedProperty :hasTarget }"
    assert rows(held)
    assert rows(beside)
    assert rows(held, "--retract", fact) == []
    assert rows(beside, "--retract", fact) == []


def test_a_retracted_individual_is_named_nowhere() -> None:
    anywhere = "SELECT ?x ?p { { ?x ?p :plerixafor } UNION { :plerixafor ?p ?x } }"
    assert rows(anywhere)
    assert rows(anywhere, "--retract", "Agent(plerixafor)") == []


def test_a_claim_that_is_left_out_supports_nothing() -> None:
    query = "SELECT ?x { ?x :supportedBy :CHO-187 }"
    assert rows(query)
    assert rows(query, "--without-claim", "CHO-187") == []


def test_a_scenario_of_the_store_is_evaluated_under_the_suppositions() -> None:
    words = ("--scenario", "CML: imatinib", "--cell", "CML_LSC")
    query = "SELECT ?r { GRAPH ?g { ?x :opensRoute ?r } FILTER(?r = :RP06) }"
    assert rows(query, *words)
    assert rows(query, *words, "--assume", "off(CXCR4__in__CML_LSC)") == []


def test_a_state_is_supposed_only_where_there_is_a_scenario() -> None:
    result = run("sparql", "ASK {}", "--assume", "off(CXCR4__in__CML_LSC)")
    assert result.exit_code == 2
    assert "this question has none" in result.stderr


@pytest.mark.parametrize("regimen", ["CML: block:CXCR4+imatinib", "CML: imatinib+plerixafor then nilotinib"])
def test_hypothetical_agents_and_steps_have_names_that_a_store_takes(regimen: str) -> None:
    query = "SELECT ?r { GRAPH ?g { ?x :breaksRoute ?r } }"
    assert rows(query, "--scenario", regimen, "--cell", "CML_LSC")


def test_what_is_supposed_is_said_in_every_form(tmp_path: Path) -> None:
    words = ("--assume", "Agent(drugnew)")
    said = "What if: assumed: Agent(drugnew). Written to no file."
    assert said in run("sparql", "ASK { :drugnew a :Agent }", *words).stdout
    assert said in run("sparql", "SELECT ?x { ?x a :Lesion }", "--format", "csv", *words).stderr
    for form in ("html", "md"):
        assert said in run("report", "imatinib", "--cell", "CML_LSC", "--format", form, *words).stdout


def test_a_report_is_about_the_supposed_knowledge() -> None:
    words = ("report", "imatinib", "--cell", "CML_LSC", "--format", "json")
    plain = json.loads(run(*words).stdout)
    less = json.loads(run(*words, "--assume", "off(CXCR4__in__CML_LSC)").stdout)
    assert _opened(plain) - _opened(less) >= {"RP06"}
    assert asked(shipped(), "assess", "imatinib", "--cell", "CML_LSC")[1]["assumed"] == []  # type: ignore[index]


def _opened(report: dict[str, object]) -> set[str]:
    told = report["assess"]
    assert isinstance(told, dict)
    return {row["route"] for row in told["routes"] if row["status"] == "opened"}
