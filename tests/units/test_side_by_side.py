"""Compare, matrix, the cheapest completion and strategies say the same as ``assess`` and ``combine``."""

from functools import cache
from itertools import combinations

from reasoner.inference.reasoned import Reasoned
from reasoner.scenario.scenario import MOST_AGENTS
from tests.in_process import Document, asked, document

PLACE = ("--cell", "CML_LSC", "--disease", "CML")


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def told(*words: str) -> Document:
    return document(shipped(), *words, *PLACE)


def statuses(*agents: str) -> dict[str, str]:
    return {row["route"]: row["status"] for row in told("assess", *agents)["routes"]}


def test_compare_holds_the_assessment_of_each_regimen_in_the_order_asked() -> None:
    found = told("compare", "imatinib", "imatinib+plerixafor")
    assert found["answers"] == [told("assess", "imatinib"), told("assess", "imatinib+plerixafor")]


def test_regimens_may_be_compared_at_places_of_their_own() -> None:
    found = document(shipped(), "compare", "CML: imatinib", "CML,T315I: imatinib", "--cell", "CML_LSC")
    assert [answer["states"] for answer in found["answers"]] == [[], ["T315I"]]
    assert [answer["killers"] for answer in found["answers"]] == [["imatinib"], []]


def test_one_regimen_cannot_be_compared() -> None:
    assert asked(shipped(), "compare", "imatinib", *PLACE)[0] == 2


def test_a_matrix_of_regimens_has_the_statuses_of_assess() -> None:
    found = told("matrix", "imatinib", "imatinib+plerixafor", "arsenic_trioxide")
    assert [row["regimen"] for row in found["answers"]] == [
        ["imatinib"],
        ["imatinib", "plerixafor"],
        ["arsenic_trioxide"],
    ]
    for row in found["answers"]:
        cells = {cell["route"]: cell["status"] for cell in row["routes"]}
        assert cells == statuses(*row["regimen"])
        assert row["breaks"] == list(cells.values()).count("broken")
        assert list(cells) == found["routes"]


def test_a_matrix_without_regimens_has_each_agent_that_touches_a_route() -> None:
    found = told("matrix", "--with-agent", "imatinib")
    agents = [row["regimen"] for row in found["answers"]]
    assert all(len(regimen) == 1 for regimen in agents)
    assert ["plerixafor"] in agents
    assert ["imatinib"] not in agents
    assert ["TKI"] not in agents
    assert [row["breaks"] for row in found["answers"]] == sorted((r["breaks"] for r in found["answers"]), reverse=True)


def test_a_matrix_has_one_place() -> None:
    assert asked(shipped(), "matrix", "CML,T315I: imatinib", *PLACE)[0] == 2


def test_regimens_in_steps_differ_by_their_order_in_a_matrix_as_in_assess() -> None:
    regimens = ["imatinib+plerixafor then nilotinib", "nilotinib then imatinib+plerixafor", "nilotinib"]
    found = told("matrix", *regimens)
    shown = [{cell["route"]: cell["status"] for cell in row["routes"]} for row in found["answers"]]
    assert shown == [{row["route"]: row["status"] for row in told("assess", r)["routes"]} for r in regimens]
    assert len({tuple(row.items()) for row in shown}) == 3
    assert [row["steps"] for row in found["answers"]] == [[["imatinib", "plerixafor"]], [["nilotinib"]], []]


def test_the_cheapest_completion_closes_what_can_be_closed() -> None:
    found = told("escapes", "imatinib")
    completion = found["completion"]
    after = statuses("imatinib", *completion["agents"])
    open_after = sorted(route for route, status in after.items() if status in ("open", "opened", "unknown"))
    assert open_after == sorted(completion["leaves"])
    closable = {row["route"] for row in found["answers"] if not row["if"] and row["closed_by"]}
    assert not closable & set(completion["leaves"])


def test_a_regimen_as_large_as_may_be_asked_is_completed() -> None:
    largest = shipped().graph.givable[:MOST_AGENTS]
    found = told("escapes", *largest)
    completers = found["completion"]["completers"]
    assert completers and all(completer["verdict"] for completer in completers)


def test_no_part_of_the_cheapest_completion_leaves_as_little() -> None:
    completion = told("escapes", "imatinib")["completion"]
    for part in combinations(completion["agents"], len(completion["agents"]) - 1):
        after = statuses("imatinib", *part)
        left = {route for route, status in after.items() if status in ("open", "opened", "unknown")}
        assert left > set(completion["leaves"])


def test_a_strategy_shows_where_each_route_is_cut_down_to_the_claims() -> None:
    code, found = asked(shipped(), "explain", "strategy(imatinib+plerixafor)", *PLACE)
    assert code == 0
    assert found is not None
    (tree,) = found["derivations"]
    killer, *routes = tree["premises"]
    assert killer["conclusion"].startswith("effectiveKiller(")
    broken = {route for route, status in statuses("imatinib", "plerixafor").items() if status == "broken"}
    assert {row["conclusion"] for row in routes} == {f"status({route})" for route in broken}
    assert all(any(_cited(row)) for row in routes)
    assert "CD44/E-selectin homing" in tree["text"]


def _cited(tree: Document) -> list[str]:
    return [*tree["evidence"], *(claim for premise in tree["premises"] for claim in _cited(premise))]


def test_a_regimen_that_closes_nothing_is_no_strategy() -> None:
    assert asked(shipped(), "explain", "strategy(ponatinib)", *PLACE, "--with-agent", "imatinib")[0] == 1


def test_a_strategy_can_only_be_explained() -> None:
    assert asked(shipped(), "why-not", "strategy(imatinib+plerixafor)", *PLACE)[0] == 2


def test_a_regimen_that_closes_nothing_is_no_strategy_and_says_what_to_ask() -> None:
    code, found = asked(shipped(), "explain", "strategy(imatinib)", "--cell", "CML_LSC")
    assert (code, found and found["derivations"]) == (1, [])
    assert found and found["reasons"][0]["code"] == "TARGET_NOT_ON_ROUTE"
    assert "ask escapes" in found["reasons"][0]["text"]


def test_a_strategy_in_steps_says_how_each_step_before_reached_what_it_gives() -> None:
    found = told("explain", "strategy(imatinib+plerixafor then nilotinib)")
    (tree,) = found["derivations"]
    steps = [premise["conclusion"] for premise in tree["premises"] if premise["rule"] == "step"]
    assert steps == ["reached(dislodged_in_part)", "reached(awakened)"]
