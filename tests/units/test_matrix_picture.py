"""The picture of a matrix stands by itself, says everything in words too, and lets nothing through."""

import re
from xml.etree import ElementTree

import pytest
from sample_documents import DOCUMENTS, label
from sample_scenarios import contested

from reasoner.asking.question import PICTURES
from reasoner.model.documents.matrix import Matrix, MatrixCell
from reasoner.scenario.worth import worth_alone
from reasoner.views.documents import render
from reasoner.views.look import Look
from reasoner.views.svg import element, text_of
from reasoner.views.words import CELLS, RESEARCH_USE

#: One cell in each state: regimen by regimen, what becomes of each route.
CELLS_DRAWN = (
    ("plerixafor", {"RP06": "broken", "RP07": "narrowed", "RP08": "inactive", "RP09": "rebounds"}),
    ("curcumin", {"RP06": "opened", "RP07": "unknown", "RP08": "inactive", "RP09": "open"}),
)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    "]]>",
    "&lt;",
    "a\x1b[2J\u202eb\x00",
]


def cell(agent: str, route: str, state: str) -> MatrixCell:
    return {
        "route": route,
        "status": "open" if state == "narrowed" else state,
        "narrowed": state == "narrowed",
        "by": [[agent]] if state in ("broken", "narrowed", "opened") else [],
        **worth_alone(contested()["outcomes"][0]),
        "verdict": "contested" if state == "broken" else "undetermined",
        "strength": "in_vivo" if state == "broken" else None,
    }


def matrix() -> Matrix:
    """A matrix as it is told, of cells in every state."""
    rows = [
        {"regimen": [agent], "steps": [], "breaks": 0, "routes": [cell(agent, r, state) for r, state in found.items()]}
        for agent, found in CELLS_DRAWN
    ]
    return {**DOCUMENTS["matrix"], "answers": rows, "routes": list(CELLS_DRAWN[0][1])}


def drawn(form: str = "svg", naming=label) -> str:
    return render(matrix(), form, Look(label=naming))


def marks(picture: str) -> list[str]:
    """The class of each mark in the grid, in reading order."""
    root = ElementTree.fromstring(picture)
    return [
        shape.get("class")
        for group in root.iter(f"{SVG}g")
        for shape in group
        if shape.tag != f"{SVG}title" and shape.get("class") in CELLS
    ]


def test_every_status_has_its_own_shape_and_colour() -> None:
    assert marks(drawn()) == [state for _, found in CELLS_DRAWN for state in found.values()]
    root = ElementTree.fromstring(drawn())
    shapes = {
        e.get("class"): (e.tag, re.sub(r"[\d. -]+", " ", e.get("d", ""))) for e in root if e.get("class") in CELLS
    }
    assert set(shapes) == set(CELLS)
    assert len(set(shapes.values()) - {(f"{SVG}circle", "")}) == len(CELLS) - 2
    style = root.find(f"{SVG}style").text
    light, _, dark = style.partition("prefers-color-scheme: dark")
    for state in CELLS:
        assert f".{state}{{" in light
        assert f".{state}{{" in dark


def test_every_mark_says_in_words_what_it_stands_for() -> None:
    titles = [title.text for title in ElementTree.fromstring(drawn()).iter(f"{SVG}title")]
    assert f"plerixafor · RP06 {label('RP06')}: broken by plerixafor, contested, in vivo" in titles
    assert any("narrowed" in title for title in titles)


@pytest.mark.parametrize("form", PICTURES)
def test_pictures_stand_by_themselves(form: str) -> None:
    text = drawn(form)
    assert RESEARCH_USE in text
    assert not re.search(r"<script|javascript:|\bon\w+=|<link|<iframe|@import|url\(", text)
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert drawn(form) == text


@pytest.mark.parametrize("form", PICTURES)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_knowledge_base_is_escaped(form: str, text: str) -> None:
    picture = drawn(form, lambda name: name + text)
    start = picture.index("<svg")
    root = ElementTree.fromstring(picture[start : picture.index("</svg>") + 6])
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg",
        "title",
        "style",
        "rect",
        "g",
        "path",
        "circle",
        "text",
    }
    assert "<script" not in picture
    assert "<img" not in picture
    assert "\x1b" not in picture
    assert "\u202e" not in picture
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def test_an_element_without_content_is_closed() -> None:
    assert element("rect", x=1, width=2.5) == '<rect x="1" width="2.5"/>'
    assert element("g", "<b/>", id_='a"b') == '<g id="a&quot;b"><b/></g>'
    assert text_of("a\nb") == "a b"
