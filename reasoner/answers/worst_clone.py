"""What is true of a cell of several clones: what is true in the worst of them.

A route is closed if it is closed in every clone, an outcome is derived if it is in every clone, a hazard is one in any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from reasoner.answers.frame import reason
from reasoner.asking.clones import Clone
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPEN, OPENED, UNKNOWN
from reasoner.scenario.verdict import MAYBE, NO, YES, of_all, opposition, ranking, underived

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import AssessedClone, OutcomeRow, RegimenAssessment
    from reasoner.model.documents.scenario import CloneRow, Defeat, RouteInShort

#: The statuses of a route from the worst to the best.
WORST_FIRST = (OPEN, OPENED, REBOUNDS, UNKNOWN, BROKEN, INACTIVE)
_DERIVED = (NO, MAYBE, YES)
#: The values of an activity from the one that leaves most of it.
_MOST_FIRST = (ON, REBOUNDS, UNDETERMINED, OFF)

#: A row of some kind, and one about a route.
R = TypeVar("R")
OfRoute = TypeVar("OfRoute", bound="RouteInShort")


def joined(clones: Sequence[Clone], told: Sequence[RegimenAssessment], request: ScenarioRequest) -> RegimenAssessment:
    """The assessments of all clones as one: that of the cell, and what each clone adds in ``clones``."""
    outcomes = _outcomes([document["outcomes"] for document in told])
    given = _union((document.get("reasons", []) for document in told), lambda row: (row["code"], row["text"]))
    reasons = [row for row in given if row["code"] != "NOT_REPORTED"]
    if all(row["derived"] != YES for row in outcomes):
        reasons.append(reason("NOT_REPORTED", "no outcome is derived in every clone"))
    killers = [agent for agent in told[0]["killers"] if all(agent in document["killers"] for document in told)]
    return {
        **told[0],
        "verdict": of_all(outcomes),
        "states": sorted(request.states),
        "killers": killers,
        "killer_scopes": [row for row in told[0]["killer_scopes"] if row["agent"] in killers],
        "defeated": _union((document["defeated"] for document in told), _defeat),
        "kept_from_acting": _union((document["kept_from_acting"] for document in told), _defeat),
        "routes": worst_routes([document["routes"] for document in told]),
        "outcomes": outcomes,
        "answers": [*outcomes],
        "hazards": _union((d["hazards"] for d in told), lambda row: (row["hazard"],)),
        "harms": _union((d["harms"] for d in told), lambda row: (row["cell"], row["function"], row["extent"])),
        "reported": _union((d["reported"] for d in told), lambda row: (row["observation"],)),
        "activities": _foremost(
            (document["activities"] for document in told),
            lambda row: row["activity"],
            lambda row: _MOST_FIRST.index(row["after"]),
        ),
        "analogies": _union((d["analogies"] for d in told), lambda row: (row["route"], row["effect"])),
        "steps": told[0]["steps"] if all(document["steps"] == told[0]["steps"] for document in told) else [],
        "clones": [_clone(row, document) for row, document in zip(rows_of(clones), told, strict=True)],
        "reasons": reasons,
    }


def _clone(row: CloneRow, told: RegimenAssessment) -> AssessedClone:
    """What is told of one clone."""
    return {
        **row,
        "killers": told["killers"],
        "defeated": told["defeated"],
        "routes": told["routes"],
        "outcomes": told["outcomes"],
        "hazards": told["hazards"],
        "activities": told["activities"],
        "steps": told["steps"],
    }


def _defeat(row: Defeat) -> tuple[str, ...]:
    return row["agent"], row["by"]


def rows_of(clones: Iterable[Clone]) -> list[CloneRow]:
    """The clones as a document names them."""
    return [{"clone": clone.name, "states": list(clone.states)} for clone in clones]


def _foremost(told: Iterable[Sequence[R]], name: Callable[[R], str], place: Callable[[R], int]) -> list[R]:
    """Of the rows about each thing the one whose place is first in an order, by the names of the things."""
    found: dict[str, list[R]] = {}
    for row in (row for rows in told for row in rows):
        found.setdefault(name(row), []).append(row)
    return [min(found[name], key=place) for name in sorted(found)]


def _union(told: Iterable[Sequence[R]], identity: Callable[[R], tuple[str, ...]]) -> list[R]:
    """The rows of all documents, those of one identity once."""
    found: dict[tuple[str, ...], R] = {}
    for row in (row for rows in told for row in rows):
        found.setdefault(identity(row), row)
    return [found[one] for one in sorted(found)]


def worst_routes(told: Iterable[Sequence[OfRoute]]) -> list[OfRoute]:
    """Each route as it stands in the worst clone."""
    return _foremost(told, lambda row: row["route"], lambda row: WORST_FIRST.index(row["status"]))


def _least(row: OutcomeRow) -> tuple[int, int, bool]:
    """The less is derived and the worse it is known, the sooner it tells of all clones."""
    return _DERIVED.index(row["derived"]), -ranking(row)[0], row["extent"] != "partial"


def _outcomes(told: Sequence[Sequence[OutcomeRow]]) -> list[OutcomeRow]:
    """Each outcome as far as it is derived in every clone, and partial where it is in any."""
    names = dict.fromkeys((row["outcome"], row["subject"]) for rows in told for row in rows)
    found: list[OutcomeRow] = []
    for outcome, subject in names:
        rows = [row for all_ in told for row in all_ if (row["outcome"], row["subject"]) == (outcome, subject)]
        least = min(rows, key=_least)
        if len(rows) < len(told):
            least = {**least, **underived(least), "extent": None, "strength": None, "modality": None}
        least = {**least, **opposition(least, rows)}
        left = sorted({name for row in rows for name in row["left"]}) if least["derived"] == YES else []
        farther = sorted({name for row in rows for name in row["farther"]} - {*left}) if least["derived"] == YES else []
        found.append({**least, "left": left, "farther": farther})
    return found
