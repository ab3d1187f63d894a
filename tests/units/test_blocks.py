"""One family of renderers: what a page says, text, Markdown and HTML say; nothing of it is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_documents import DOCUMENTS, SHOWN, label

from reasoner.views.blocks import (
    Block,
    Card,
    Column,
    Drawing,
    Fold,
    Heading,
    Line,
    Stack,
    Table,
    Target,
    TextRun,
    ToClaim,
    ToProof,
    ToRegimen,
    Tree,
    TreeNode,
    plain,
    runs,
)
from reasoner.views.documents import wide_blocks_of
from reasoner.views.html.markup import Markup, tag
from reasoner.views.html.rendered import as_html, for_notebooks
from reasoner.views.look import Look
from reasoner.views.markdown import as_markdown
from reasoner.views.text import as_text
from reasoner.views.web.parts import as_part

#: Lower-case words stand for what is said; all else is what each medium adds, or must escape.
SAID = re.compile(r"[a-z]+")
HOSTILE = "<img src=x onerror=a()> & \"q\" 'q' ]]> \x1b[2J \x00 \u202e | * # `x` [y](z)"


# --- what a block says ------------------------------------------------------------------------------------------------


def said(blocks: list[Block]) -> list[str]:
    """The words of blocks, in the order in which a reader meets them."""
    return [word for text in texts(blocks) for word in SAID.findall(text)]


def texts(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Line):
            yield plain(block.text)
        elif isinstance(block, Table):
            yield from (column.title for column in block.columns)
            yield from (plain(cell) for row in block.rows for cell in row)
        elif isinstance(block, Tree):
            yield from steps(block.root)
        elif isinstance(block, Fold):
            yield block.title
            yield from texts(block.blocks)
        elif isinstance(block, Card):
            yield from texts(block.lines)


def steps(node: TreeNode) -> Iterator[str]:
    yield node.text
    yield plain(node.remark)
    for child in node.children:
        yield from steps(child)


# --- random blocks ----------------------------------------------------------------------------------------------------

WORD = st.text("abcdefgh", min_size=1, max_size=5)
MARKS = st.sampled_from(["<", "&", '"', "|", "*", "#", "1.", "-", "\x1b", "\u202e"])
TEXT = st.lists(st.one_of(WORD, WORD, MARKS), min_size=1, max_size=5).map(" ".join)
TARGET = st.one_of(
    st.builds(ToClaim, WORD, st.booleans()),
    st.builds(ToProof, WORD, WORD, st.lists(WORD, max_size=2).map(tuple)),
    st.builds(ToRegimen, st.lists(WORD, max_size=2).map(tuple)),
)
SPAN = st.builds(
    TextRun, TEXT, st.sampled_from(["", "good", "strong"]), st.sampled_from(["", "open"]), st.none() | TARGET
)
PIECE = st.one_of(TEXT, SPAN)
WORDS = st.one_of(
    PIECE, st.lists(PIECE, min_size=1, max_size=3).map(lambda parts: tuple(p for q in parts for p in (q, " ")))
)
CELL = st.one_of(WORDS, st.builds(Stack, st.lists(WORDS, min_size=1, max_size=3)))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(CELL, min_size=width, max_size=width)
    columns = [Column(draw(TEXT), narrow=draw(st.booleans())) for _ in range(width)]
    return Table(columns, draw(st.lists(row, min_size=1, max_size=3)), draw(st.sampled_from([0, 2])))


LINES = st.builds(
    Line, WORDS, st.sampled_from(["", "soft", "warn"]), st.sampled_from([0, 2, 6]), st.sampled_from([0, 2])
)
LEAVES = st.builds(TreeNode, TEXT, st.just("") | WORDS)
NODES = st.recursive(
    LEAVES, lambda below: st.builds(TreeNode, TEXT, st.just(""), st.lists(below, max_size=3)), max_leaves=6
)
FLAT = st.one_of(st.builds(Heading, TEXT, st.integers(1, 3)), LINES, tables(), st.builds(Tree, NODES))
CARDS = st.builds(Card, WORD, st.sampled_from(["for", "against", "both"]), st.lists(LINES, min_size=1, max_size=2))
BLOCKS = st.lists(
    st.one_of(FLAT, CARDS, st.builds(Fold, TEXT, st.lists(FLAT, max_size=2), WORD)), min_size=1, max_size=5
)


@given(BLOCKS)
def test_every_medium_says_all_that_a_page_says(blocks: list[Block]) -> None:
    html = ElementTree.fromstring(as_html(blocks))
    assert words_in(html) == said(blocks)
    assert SAID.findall(as_markdown(blocks)) == said(blocks)
    # The columns of a table are beside each other in a terminal: the same words, in the order of its lines.
    assert sorted(SAID.findall(as_text(blocks, Look(width=400)))) == sorted(said(blocks))


@given(BLOCKS)
def test_what_leads_somewhere_is_said_as_it_is_where_nothing_does(blocks: list[Block]) -> None:
    found: list[Target] = []

    def lead(target: Target, shown: Markup) -> Markup:
        found.append(target)
        return tag("a", shown, href="#x")

    led = ElementTree.fromstring(as_html(blocks, lead))
    assert words_in(led) == words_in(ElementTree.fromstring(as_html(blocks)))
    assert len(list(led.iter("a"))) == len(found)
    part = ElementTree.fromstring(as_part(blocks))
    assert len([e for e in part.iter() if "plain" in e.get("class", "") or e.get("data-agents") is not None]) == len(
        found
    )


def words_in(element: ElementTree.Element) -> list[str]:
    """What is written; every element of lines ends a word."""
    return [word for text in element.itertext() for word in SAID.findall(text)]


# --- real pages -------------------------------------------------------------------------------------------------------


@cache
def pages() -> dict[str, list[Block]]:
    return {name: list(wide_blocks_of(DOCUMENTS[name], Look(label=label))) for name in (*SHOWN, "report")}


@pytest.mark.parametrize("command", [*SHOWN, "report"])
def test_the_wide_page_of_every_document_is_whole_in_html_and_markdown(command: str) -> None:
    blocks = pages()[command]
    html = ElementTree.fromstring(as_html([block for block in blocks if not isinstance(block, Drawing)]))
    folds = SAID.findall(" ".join(plain_folds(blocks)))
    assert sorted(words_in(html)) == sorted(said(blocks) + folds)
    assert SAID.findall(as_markdown(blocks)) == said(blocks)


def plain_folds(blocks: list[Block]) -> Iterator[str]:
    """What stands for lines that are folded."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.fold for row in block.rows for cell in row if isinstance(cell, Stack))


@pytest.mark.parametrize("command", [*SHOWN, "report"])
def test_hostile_labels_are_inert_on_wide_pages(command: str) -> None:
    blocks = wide_blocks_of(DOCUMENTS[command], Look(label=lambda name: f"{name} {HOSTILE}"))
    for text in (for_notebooks(blocks), as_part(wide_blocks_of(DOCUMENTS[command], Look(label=lambda n: n + HOSTILE)))):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        made = ElementTree.fromstring(f"<div>{text}</div>")
        assert not [e.tag for e in made.iter() if e.tag.rpartition("}")[2] in ("img", "script", "iframe", "object")]
        assert not [name for e in made.iter() for name in e.attrib if name.startswith("on")]


def test_every_claim_stands_on_its_side() -> None:
    told = DOCUMENTS["assess"]
    tables = [block for block in pages()["assess"] if isinstance(block, Table)]
    rows = {plain(row[0]).split(" ")[0]: row[-1] for table in tables for row in table.rows}
    opposed = 0
    for name, answer in [(row["outcome"], row) for row in told["outcomes"]] + [(r["route"], r) for r in told["routes"]]:
        if name not in rows:
            continue  # off with and without the regimen
        leads = [span.to for span in runs(rows[name]) if isinstance(span.to, ToClaim)]
        against = [*answer["against"], *answer["against_elsewhere"]]
        opposed += bool(against)
        assert [lead.id for lead in leads if lead.against] == against
        told_for = [lead.id for lead in leads if not lead.against]
        assert told_for == [*answer["for"], *answer["for_elsewhere"], *answer["told"]]
    assert opposed
