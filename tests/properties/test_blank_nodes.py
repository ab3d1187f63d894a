"""The written form depends on the graph alone: not on the order of its statements, not on labels of blank nodes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from reasoner.errors import WritingError
from reasoner.model.iris import FIRST, NIL, OWL, REST
from reasoner.model.triple import Triple, is_blank
from reasoner.reading.rdf.triples import parse_triples
from reasoner.writing.folded import UNORDERED
from reasoner.writing.ontology_text import FORMS, ontology_text

QUICK = settings(max_examples=40, deadline=None, derandomize=True)
LONG = settings(QUICK, max_examples=2_000)
NAMES = tuple(f"https://w3id.org/dislodge#{name}" for name in "ab")
PREDICATES = tuple(f"https://w3id.org/dislodge#{name}" for name in "pq")
SET = OWL + "unionOf"
BLANKS = tuple(f"_:n{number}" for number in range(4))
ENDS = st.sampled_from(BLANKS) | st.sampled_from(NAMES)
SEEDS = st.integers(0, 2**32)
#: Statements: a subject, a predicate, and what it refers to; several are a list.
PATTERNS = st.lists(
    st.tuples(ENDS, st.sampled_from((*PREDICATES, SET)), ENDS | st.lists(ENDS, max_size=3).map(tuple)),
    min_size=1,
    max_size=6,
)
Pattern = list[tuple[str, str, str | tuple[str, ...]]]


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Statements that may be there several times, with other blank nodes, and ties between the copies."""
    once = draw(PATTERNS)
    copies = draw(st.integers(1, 3))

    def copied(end: str, copy: int) -> str:
        return f"{end}x{copy}" if is_blank(end) else end

    found: Pattern = []
    for copy in range(copies):
        for subject, predicate, value in once:
            ends = copied(value, copy) if isinstance(value, str) else tuple(copied(end, copy) for end in value)
            found.append((copied(subject, copy), predicate, ends))
    for one, other in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3)):
        found.append((f"_:n0x{one % copies}", PREDICATES[0], f"_:n0x{other % copies}"))
    return found


def graph(pattern: Pattern, order: random.Random) -> list[Triple]:
    """The triples in some order, with some labels; the members of what OWL reads as a set in some order, too."""
    triples: list[Triple] = []
    for number, (subject, predicate, value) in enumerate(dict.fromkeys(pattern)):
        if isinstance(value, str):
            triples.append((subject, predicate, value))
            continue
        members = order.sample(value, len(value)) if predicate in UNORDERED else value
        cells = [*(f"_:c{number}x{place}" for place in range(len(members))), NIL]
        triples.append((subject, predicate, cells[0]))
        for cell, rest, member in zip(cells, cells[1:], members, strict=False):
            triples += [(cell, FIRST, member), (cell, REST, rest)]
    labels = sorted({str(end) for triple in triples for end in triple if is_blank(end)})
    new = dict(zip(labels, (f"_:z{n}" for n in order.sample(range(len(labels)), len(labels))), strict=True))
    return order.sample([(new.get(s, s), p, new.get(str(o), o)) for s, p, o in triples], len(triples))


def written(triples: list[Triple], form: str) -> str:
    try:
        return ontology_text(triples, form)
    except WritingError as error:  # OWL cannot say it, wherever it stands
        return str(error)


def of_rdfc(triples: list[Triple]) -> set[str]:
    def term(value: object) -> BlankNode | NamedNode:
        return BlankNode(str(value)[2:]) if str(value).startswith("_:") else NamedNode(str(value))

    found = Dataset(Quad(term(s), NamedNode(p), term(o)) for s, p, o in triples)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, found))


def check_same_bytes(pattern: Pattern, seed: int, form: str) -> None:
    order = random.Random(seed)
    assert written(graph(pattern, order), form) == written(graph(pattern, order), form)


def check_same_graph(pattern: Pattern, seed: int) -> None:
    triples = graph([part for part in pattern if part[1] not in UNORDERED], random.Random(seed))
    assert of_rdfc(parse_triples(ontology_text(triples, "nt").encode(), "x.nt", allow_empty=True)) == of_rdfc(triples)


@pytest.mark.parametrize("form", FORMS)
@QUICK
@given(pattern=patterns(), seed=SEEDS)
def test_order_and_labels_do_not_matter(form: str, pattern: Pattern, seed: int) -> None:
    check_same_bytes(pattern, seed, form)


@QUICK
@given(pattern=patterns(), seed=SEEDS)
def test_the_same_graph_is_written(pattern: Pattern, seed: int) -> None:
    check_same_graph(pattern, seed)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@LONG
@given(pattern=patterns(), seed=SEEDS)
def test_order_and_labels_do_not_matter_at_length(form: str, pattern: Pattern, seed: int) -> None:
    check_same_bytes(pattern, seed, form)


@pytest.mark.slow
@LONG
@given(pattern=patterns(), seed=SEEDS)
def test_the_same_graph_is_written_at_length(pattern: Pattern, seed: int) -> None:
    check_same_graph(pattern, seed)
