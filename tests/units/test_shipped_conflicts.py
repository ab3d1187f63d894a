"""Each contradiction of the two reviews: resolved by the contexts of its claims, and by which; or open."""

from functools import cache

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.views.documents import render
from reasoner.views.look import Look
from tests.in_process import Document, document

#: Read against the claims: what the sides do not share decides, and where they share all that they name nothing does.
RESOLVED_BY = {
    "CF01": [],  # plerixafor with a TKI: mouse studies that disagree
    "CF02": [],  # main source of CXCL12: a rank that is disputed
    "CF03": ["by_target"],  # cause of imatinib resistance: mutation, bypass signalling
    "CF04": ["by_cell", "by_disease"],  # CXCR4: tumours in general, the CML stem cell
    "CF05": ["by_cell", "by_disease"],  # integrins: other leukaemias, the CML stem cell
    "CF06": ["by_cell", "by_agent"],  # adhesion: restored by some agents in progenitors, lowered by another in K562
    "CF07": [],  # CD44: one claim calls specific what another lists for the normal stem cell
    "CF08": ["by_cell"],  # VLA-4: lines, stem cells
    "CF09": ["by_cell", "by_disease"],  # adhesion and growth: lung cancer, blood cancers
    "CF10": ["by_cell", "by_disease"],  # galectin-3: leukaemic lines, mesenchymal cells in neuroblastoma
    "CF11": ["by_disease", "by_target"],  # arsenic: integrin beta1, NF-kappaB
    "CF12": ["by_cell", "by_disease"],  # CXCL12 of the niche: tumour co-culture, CML remodelling
    "CF13": [],  # partners of cilengitide: trials in one disease
    "CF14": [],  # interleukin-6 in myeloma: contact or soluble
    "CF15": [],  # p27: expression or stability
    "CF16": ["by_cell", "by_disease", "by_target"],  # E-cadherin, transition: other cancers, other molecules
    "CF17": ["by_cell", "by_disease"],  # TGF-beta: normal stem cell, cancer cells
    "CF18": ["by_cell", "by_disease"],  # thrombopoietin: normal stem cell, CML
}


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


@cache
def told() -> Document:
    return document(shipped(), "conflicts")


def test_the_contradictions_of_the_inventory_are_all_there_once() -> None:
    curated = [row["id"] for row in told()["answers"] if row["moderator"]]
    assert sorted(curated) == sorted(RESOLVED_BY)


@pytest.mark.parametrize("name", RESOLVED_BY)
def test_a_contradiction_is_resolved_by_what_its_sides_do_not_share(name: str) -> None:
    (row,) = (row for row in told()["answers"] if row["id"] == name)
    assert row["for"]
    assert row["against"]
    assert row["by"] == RESOLVED_BY[name]
    assert row["resolution"] == ("by_context" if RESOLVED_BY[name] else "open")


@pytest.mark.parametrize("name", [name for name, by in RESOLVED_BY.items() if by])
def test_the_sides_of_a_resolved_contradiction_share_nothing_in_what_decides(name: str) -> None:
    (row,) = (row for row in told()["answers"] if row["id"] == name)
    for respect in row["by"]:
        sides = [set(row["contexts"][side][respect]) for side in ("for", "against")]
        assert all(sides)
        assert sides[0].isdisjoint(sides[1])


def test_a_page_names_each_contradiction_by_its_id() -> None:
    text = render(told(), "table", Look(label=shipped().label))
    assert [line.split()[0] for line in text.splitlines() if line.startswith("CF")] == list(RESOLVED_BY)
