"""Where things stand in the picture of a niche."""

import re
from functools import cache
from itertools import combinations

import pytest

from reasoner.answers.niche import niche
from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.reasoned import Reasoned
from reasoner.views.picture.layout import Box, Layout, layout
from reasoner.views.picture.svg import svg

SCENARIOS = [
    ("CML_LSC", ()), ("CML_LSC", ("imatinib", "plerixafor")), ("Tumour_cell", ("bevacizumab", "plerixafor")),
    ("Myeloma_cell", ("siltuximab",)),
]  # fmt: skip


@cache
def kb() -> Reasoned:
    return Reasoned.load()


@cache
def drawing(cell: str, agents: tuple[str, ...]) -> tuple[str, Layout]:
    found = niche(kb(), agents, ScenarioRequest(cell), inactive=True)
    return svg(found, "a niche"), layout(found)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


@pytest.mark.parametrize(("cell", "agents"), SCENARIOS)
def test_nothing_lies_over_anything_else_and_no_edge_passes_behind_a_node(cell: str, agents: tuple[str, ...]) -> None:
    _, placed = drawing(cell, agents)
    assert [(a.node["id"], b.node["id"]) for a, b in combinations(placed.all, 2) if overlap(a, b)] == []
    assert all(box.x >= 0 and box.x + box.width <= placed.width for box in placed.all)
    assert all(box.y >= 0 and box.y + box.height <= placed.height for box in placed.all)


def test_what_happens_in_the_cell_is_drawn_in_it_and_the_rest_outside() -> None:
    _, placed = drawing("CML_LSC", ("imatinib", "plerixafor"))
    assert placed.cell
    left, top, width, height = placed.cell
    for box in placed.boxes.values():
        middle, centre = box.middle, box.x + box.width / 2
        within = left - 1 <= centre <= left + width and top <= middle <= top + height
        if box.node["kind"] in ("molecule", "process"):
            assert within == box.node["inside"], box.node["label"]


def test_an_edge_over_several_columns_is_one_line_with_one_tip() -> None:
    text, placed = drawing("CML_LSC", ("imatinib", "plerixafor"))
    assert any(placed.bends.values())
    lines = re.findall(r'class="line" d="([^"]+)" marker-end', text)
    assert len(lines) == text.count('class="edge ')
    assert all(line.count("M") == 1 for line in lines)
    assert any(line.count("C") > 2 for line in lines)
