"""What a question may take, and what is said where that is not enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reasoner.api import KnowledgeBase
from reasoner.asking.supposition import NOTHING
from reasoner.cli import main
from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure
from reasoner.errors import BudgetError, QuestionError
from reasoner.model.atom import Atom, Fact
from reasoner.model.budget import Budget, budget_of
from reasoner.model.rule import Rule
from reasoner.model.term import Variable
from reasoner.views.schemas import schema

V = [Variable(f"v{number}") for number in range(4)]
#: Every pair of three nodes each, so that no join has fewer bindings than there are pairs.
FACTS = [Fact("p", f"n{one}", f"n{other}") for one in range(30) for other in range(30)]
RULES = [
    Rule("R-SMALL", (Atom("p", (V[0], V[0])),), (Atom("A", (V[0],)),)),
    Rule("R-LARGE", (Atom("p", (V[0], V[1])), Atom("p", (V[1], V[2]))), (Atom("q", (V[0], V[2])),)),
]

TOO_LITTLE = "50000"
GRAPH = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:linkedTo a owl:ObjectProperty . :meets a owl:ObjectProperty . :Node a owl:Class .
"""
RULE = """rule R-BIG-001 "two links"
    status   draft
    because  "{x} is linked to {z}"

    linkedTo(?x, ?y) ^ linkedTo(?y, ?z) -> meets(?x, ?z)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Options that add a rule over a dense graph to the shipped knowledge."""
    folder = tmp_path_factory.mktemp("dense")
    nodes = [f":node{number} a :Node ." for number in range(60)]
    links = [f":node{one} :linkedTo :node{other} ." for one in range(60) for other in range(60)]
    (folder / "dense.ttl").write_text(GRAPH + "\n".join([*nodes, *links]) + "\n")
    (folder / "big.swrl").write_text(RULE)
    return "--with", str(folder / "dense.ttl"), "--rules", str(folder / "big.swrl")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


# --- the meter --------------------------------------------------------------------------------------------------------


def test_the_costly_rule_is_named_and_not_the_one_that_came_last() -> None:
    with pytest.raises(BudgetError) as caught:
        Closure(RULES, FACTS, meter=Meter(Budget(20_000)))
    assert caught.value.rule == "R-LARGE"
    assert caught.value.code == "E510"
    assert caught.value.bindings > 10_000
    assert "R-LARGE" in caught.value.message and "20,000 bindings" in caught.value.message


def test_what_a_closure_takes_is_the_least_budget_that_is_enough() -> None:
    taken = Closure(RULES, FACTS, meter=Meter(Budget(10**9))).meter.spent
    assert len(Closure(RULES, FACTS, meter=Meter(Budget(taken)))) == 900 + 30 + 900
    with pytest.raises(BudgetError):
        Closure(RULES, FACTS, meter=Meter(Budget(taken - 1)))


def test_time_bounds_too() -> None:
    facts = [Fact("p", f"n{one}", f"n{other}") for one in range(150) for other in range(150)]
    with pytest.raises(BudgetError, match=r"the budget of 0\.001 s is used up"):
        Closure(RULES, facts, meter=Meter(Budget(seconds=0.001)))


def test_a_what_if_that_is_cut_leaves_no_trace() -> None:
    meter = Meter(Budget(20_000))
    closure = Closure(RULES, FACTS[:100], meter=meter)
    before = list(closure)
    for _ in range(2):
        meter.renew()
        with pytest.raises(BudgetError), closure.assume(FACTS):
            raise AssertionError("the budget is not enough")
        assert list(closure) == before
    meter.renew()
    with closure.assume([Fact("p", "new", "n0")]):
        assert Fact("q", "new", "n1") in closure
    assert list(closure) == before


def test_questions_that_search_count_as_well() -> None:
    constraint = Rule("R-NEVER", (Atom("p", (V[0], V[1])), Atom("p", (V[1], V[2])), Atom("p", (V[2], V[3]))), ())
    closure = Closure([constraint], FACTS, meter=Meter(Budget(10_000)))
    with pytest.raises(BudgetError, match="R-NEVER"):
        closure.inconsistencies()


@pytest.mark.parametrize(
    ("texts", "budget"),
    [
        ([], Budget()),
        (["1_000"], Budget(1000)),
        ([7], Budget(7)),
        (["2min"], Budget(None, 120)),
        (["0.5s"], Budget(None, 0.5)),
        (["250ms", "10"], Budget(10, 0.25)),
    ],
)
def test_budgets_are_read(texts: list[str | int], budget: Budget) -> None:
    assert budget_of(texts) == budget


@pytest.mark.parametrize(
    "texts", [["0"], ["-1"], ["1e6"], ["s"], ["0s"], ["1h"], [""], ["1", "2"], ["1s", "2s"], ["9" * 30]]
)
def test_other_words_are_no_budget(texts: list[str]) -> None:
    with pytest.raises(QuestionError) as caught:
        budget_of(texts)
    assert caught.value.code == "E429" and "30s" in caught.value.hint


# --- commands ---------------------------------------------------------------------------------------------------------

NEEDS_THE_WHOLE = [
    ("assess", "imatinib", "--cell", "CML_LSC"),
    ("breaks", "--route", "RP06"),
    ("combine", "--cell", "CML_LSC"),
    ("explain", "meets(node1, node2)"),
    ("why-not", "meets(node1, CML_LSC)"),
    ("list", "Node"),
    ("show", "node1"),
    ("check",),
    ("evidence", "no_such_thing"),
    ("sparql", "ASK { :node1 a :Node }"),
    ("sparql", "ASK { GRAPH ?g { :node1 a :Node } }"),
    ("sparql", "ASK { GRAPH graph:asserted { :node1 a :Node } FILTER NOT EXISTS { :node1 :meets ?x } }"),
]


@pytest.mark.ci
@pytest.mark.parametrize("words", NEEDS_THE_WHOLE, ids=" ".join)
def test_from_a_cut_closure_nothing_is_concluded(files: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = run(*words, *files, "--budget", TOO_LITTLE)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "E510" in result.stderr and "rule R-BIG-001 took" in result.stderr and "big.swrl:1" in result.stderr

    told = run(*words, *files, "--budget", TOO_LITTLE, "--json")
    document: dict[str, Any] = json.loads(told.stdout)
    assert (told.exit_code, document["limit_reached"], document["limit"]["rule"]) == (3, True, "R-BIG-001")
    assert (document["command"], document["answers"], document["verdict"]) == (words[0], [], None)
    assert f"{document['limit']['bindings']:,}" in result.stderr, "the same count in every run"


STATED = [
    ("evidence", "plerixafor"),
    ("evidence", "plerixafor", "--tier", "in_vivo"),
    ("rules",),
    ("rules", "R-BIG-001"),
    ("list", "rules"),
]


@pytest.mark.ci
@pytest.mark.parametrize("words", STATED, ids=" ".join)
def test_what_is_stated_is_answered_and_it_is_said_that_nobody_looked_further(
    files: tuple[str, ...], words: tuple[str, ...]
) -> None:
    cut, whole = run(*words, *files, "--budget", TOO_LITTLE, "--json"), run(*words, *files, "--json")
    document, full = json.loads(cut.stdout), json.loads(whole.stdout)
    assert (cut.exit_code, whole.exit_code) == (3, 0)
    assert document["answers"] == full["answers"] != []
    assert (document["limit_reached"], document["limit"]["rule"], document["contradictions"]) == (
        True,
        "R-BIG-001",
        None,
    )
    assert "limit" not in full

    page = run(*words, *files, "--budget", TOO_LITTLE)
    assert "Only what is stated" in page.stdout and "R-BIG-001" in page.stdout
    rows = run(*words, *files, "--budget", TOO_LITTLE, "--format", "csv")
    assert "Only what is stated" in rows.stderr and "Only what is stated" not in rows.stdout


def test_a_query_of_what_is_stated_is_answered(files: tuple[str, ...]) -> None:
    query = "SELECT ?n { GRAPH graph:asserted { ?n a :Node } } ORDER BY ?n LIMIT 2"
    told = run("sparql", query, *files, "--budget", TOO_LITTLE, "--json")
    document = json.loads(told.stdout)
    assert (told.exit_code, document["limit"]["rule"]) == (3, "R-BIG-001")
    assert [row["n"]["value"].rpartition("#")[2] for row in document["results"]["bindings"]] == ["node0", "node1"]
    assert "Only what is stated" in told.stderr


def test_enough_is_enough(files: tuple[str, ...]) -> None:
    told = run("explain", "meets(node1, node2)", *files, "--budget", "10_000_000", "--budget", "10min", "--json")
    assert told.exit_code == 0 and json.loads(told.stdout)["derivations"]


def test_diff_is_cut_on_either_side(files: tuple[str, ...]) -> None:
    folder = Path(files[1]).parent
    result = run("diff", "shipped", str(folder), "--budget", "3000", "--json")
    assert (result.exit_code, json.loads(result.stdout)["limit_reached"]) == (3, True)


def test_the_library_raises(files: tuple[str, ...]) -> None:
    kb = KnowledgeBase.load(files[1], rules=[files[3]], budget=[TOO_LITTLE, "10min"])
    for _ in range(2):
        with pytest.raises(BudgetError) as caught:
            kb.assess("imatinib", cell="CML_LSC")
        assert caught.value.rule == "R-BIG-001"


def test_a_server_does_not_start_on_half_of_what_follows(files: tuple[str, ...]) -> None:
    result = run("serve", "--port", "0", *files, "--budget", TOO_LITTLE)
    assert result.exit_code == 3 and "R-BIG-001" in result.stderr


@pytest.mark.ci
def test_a_document_without_an_answer_is_as_its_schema_says(files: tuple[str, ...]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for words in NEEDS_THE_WHOLE[:3]:
        told = run(*words, *files, "--budget", TOO_LITTLE, "--json")
        jsonschema.validate(json.loads(told.stdout), schema("limit"))
    for words in STATED:
        told = run(*words, *files, "--budget", TOO_LITTLE, "--json")
        jsonschema.validate(json.loads(told.stdout), schema(words[0]))


def test_what_the_library_answers_does_not_depend_on_what_was_asked_before() -> None:
    asked = KnowledgeBase.load(budget=10**9)._sources.supposing(NOTHING, scenario=False)
    taken = asked.reasoned.closure.meter.spent
    assert taken == 0, "each question has all of the budget"
    kb = KnowledgeBase.load(budget=40_000)
    first = kb.assess("imatinib", cell="CML_LSC").document
    for agent in ("nilotinib", "dasatinib", "plerixafor"):
        kb.assess(agent, cell="CML_LSC")
    assert kb.assess("imatinib", cell="CML_LSC").document == first
    with pytest.raises(QuestionError):
        KnowledgeBase.load(budget=1.5)
    assert KnowledgeBase.load(budget=None).version


TREE = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6), (3, 7), (3, 8), (4, 9), (4, 10)]
LADDER = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7), (0, 4), (1, 5), (2, 6), (3, 7)]
STAR = [(0, leaf) for leaf in range(1, 11)]
COMB = [*((tooth, tooth + 1) for tooth in range(5)), *((tooth, tooth + 6) for tooth in range(5))]


@pytest.mark.parametrize(
    ("links", "ends", "most"),
    [(TREE, (0, 10), 1), (TREE, (7, 10), 1), (STAR, (0, 10), 1), (COMB, (0, 5), 1), (LADDER, (0, 7), 3)],
    ids=["tree", "tree from leaf to leaf", "star", "comb", "ladder"],
)
@pytest.mark.parametrize("concluded", ["q", "p"], ids=["once", "feeding itself"])
def test_a_body_costs_what_lives_at_the_same_time(
    links: list[tuple[int, int]], ends: tuple[int, int], most: int, concluded: str
) -> None:
    """Of 24 individuals each linked to all others: at most three variables live in a tree, and four in a ladder."""
    nodes = range(24)
    facts = [Fact("p", f"n{one}", f"n{other}") for one in nodes for other in nodes if one != other]
    names = [Variable(f"v{number}") for number in range(11)]
    body = tuple(Atom("p", (names[one], names[other])) for one, other in links)
    rule = Rule("R-LONG", body, (Atom(concluded, (names[ends[0]], names[ends[1]])),))
    closure = Closure([rule], facts, meter=Meter(Budget(most * len(links) * 24**4)))
    assert len(closure.pairs(concluded)) >= 24 * 23
