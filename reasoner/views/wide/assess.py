"""The wide page of ``assess``: outcomes, routes and harms as tables whose words lead to proofs and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.report import FACT_OF
from reasoner.views.blocks import Block, Column, Heading, Line, Stack, Table, TextRun, ToProof, Words
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages import assess as narrow
from reasoner.views.pages.closing import closing
from reasoner.views.pages.worth import deciding
from reasoner.views.phrases import badge, badges, named, scoped, sides, tested
from reasoner.views.signs import READ
from reasoner.views.words import regimens, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import OutcomeRow, RegimenAssessment, RouteRow
    from reasoner.model.documents.scenario import Judged

_OUTCOMES = tuple(map(Column, ("outcome", "verdict", "extent", "strength", "claims")))
_ROUTES = tuple(map(Column, ("route", "status", "what decides", "verdict", "claims")))
#: The order in which people read routes.
_RANK = {status.word: number for number, status in enumerate(READ)}


def blocks(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    """As in a terminal, with tables where there is room."""
    yield Heading(narrow.title(document, look), level=1)
    yield from narrow.given(document, look)
    yield from outcomes(document, look)
    yield from narrow.reported(document["reported"], look)
    yield from narrow.clones(document["clones"], look)
    yield from routes(document, look)
    yield from narrow.hazards(document["hazards"], look)
    yield from narrow.harms(document["harms"], look)
    yield from narrow.activities(document["activities"], look)
    yield from narrow.analogies(document["analogies"], look)
    yield from closing(document, narrow.verdicts(document))


# --- outcomes ---------------------------------------------------------------------------------------------------------


def outcomes(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    """A row for each outcome that is derived or claimed."""
    yield Heading("Outcomes")
    if rows := document["outcomes"]:
        yield Table(_OUTCOMES, [_outcome(row, document["regimen"], look) for row in rows])
    else:
        yield Line("No outcome is derived." if document["reported"] else "No outcome is derived, and none is claimed.")


def _outcome(row: OutcomeRow, agents: Sequence[str], look: Look) -> tuple[Words | Stack, ...]:
    derived = row["derived"] == "yes"
    subject = look.word(row["subject"])
    proof = ToProof(row["outcome"], row["subject"], tuple(agents), f"Why: {row['outcome']} {subject}")
    left = [TextRun(text, "soft") for text in narrow.left_of(row, look)]
    extent = row["extent"] or "" if derived or row["verdict"] == "not_derived" else "not derived here"
    return (
        (TextRun(row["outcome"], "strong", to=proof if derived and agents else None), f" {subject}{sign(row)}"),
        Stack([badges(row), TextRun(tested(row), "soft")]),
        Stack([extent, *left]),
        _worth(row, look),
        _claims(row, look),
    )


def _worth(row: Judged, look: Look) -> str:
    """How strong and firm the weakest premise is, and for what it was stated."""
    return " · ".join(filter(None, (spoken(row["strength"]), spoken(row["modality"]), scoped(row, look))))


def _claims(row: Judged, look: Look) -> Stack:
    """The claims on each side, and what decides between them."""
    decides = deciding(row, look) if row["against"] else ""
    return Stack([*sides(row), TextRun(f"what decides: {decides}", "soft") if decides else ""])


# --- routes -----------------------------------------------------------------------------------------------------------


def routes(document: RegimenAssessment, look: Look, *, inactive: bool = False) -> Iterator[Block]:
    """A row for each route that is on or that the regimen turns off; with ``inactive`` also for the others."""
    told = sorted(document["routes"], key=lambda row: (_RANK[row["status"]], row["route"]))
    shown = [row for row in told if inactive or row["status"] != "inactive"]
    off = [look.both(row["route"]) + sign(row) for row in told if row not in shown]
    if told:
        yield Heading("Routes")
    if shown:
        yield Table(_ROUTES, [_route(row, document["regimen"], look) for row in shown])
    if off:
        yield Line(f"Off here, with and without the regimen: {'; '.join(off)}.", "soft")
    used = {row["status"] for row in shown}
    yield Line(" ".join(f"{status.word}: {status.meaning}." for status in READ if status.word in used), "soft")


def _route(row: RouteRow, agents: Sequence[str], look: Look) -> tuple[Words | Stack, ...]:
    decides = f"by {_by(row['by'], look)}" if row["by"] else row["reason"] or ""
    narrowed = f"narrowed by {_by(row['narrowed_by'], look)}" if row["narrowed_by"] else ""
    return (
        named(row["route"], sign(row), look),
        badge(row["status"], proof_of(row["route"], row["status"], agents, look.both(row["route"]))),
        Stack([decides, narrowed]),
        Stack([badges(row), TextRun(_worth(row, look), "soft")]),
        _claims(row, look),
    )


def _by(sets: Sequence[Sequence[str]], look: Look) -> str:
    return regimens([" + ".join(map(look.word, agents))] for agents in sets)


def proof_of(route: str, status: str, agents: Sequence[str], title: str) -> ToProof:
    """What derives how a route stands: what the regimen does to it, else its status under the regimen."""
    return ToProof(FACT_OF.get(status, "status") if agents else "status", route, tuple(agents), title)
