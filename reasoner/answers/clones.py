"""Several clones of one cell at once: each is a set of states on top of those that all share.

A question of several clones is asked of each, and what is true of the cell is what is true in the worst of them: a
route is closed if it is closed in every clone, an outcome is derived if it is in every clone, a hazard is one in any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reasoner.answers.document import reason
from reasoner.answers.requests import ScenarioRequest
from reasoner.engine.observations import Evidence
from reasoner.engine.scenario import BROKEN, INACTIVE, OPEN, OPENED, UNKNOWN
from reasoner.engine.verdict import MAYBE, NO, YES, verdict
from reasoner.engine.well_founded import OFF, ON, REBOUNDS, UNDETERMINED
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned
    from reasoner.model.documents.assessment import AssessedClone, OutcomeRow, RegimenAssessment
    from reasoner.model.documents.scenario import CloneRow, Defeat, RouteInShort

#: The statuses of a route from the worst to the best.
WORST_FIRST = (OPEN, OPENED, REBOUNDS, UNKNOWN, BROKEN, INACTIVE)
#: What a clone is called that has no state of its own.
NO_STATE = "none"
_DERIVED = (NO, MAYBE, YES)
#: The values of an activity from the one that leaves most of it.
_MOST_FIRST = (ON, REBOUNDS, UNDETERMINED, OFF)

#: A row of some kind, and one about a route.
R = TypeVar("R")
OfRoute = TypeVar("OfRoute", bound="RouteInShort")


class Clone(NamedTuple):
    """One clone: its name, its own states, and the question as asked of it alone."""

    name: str
    states: tuple[str, ...]
    request: ScenarioRequest


def clones_of(kb: Reasoned, request: ScenarioRequest) -> list[Clone]:
    """The clones of a request, one without a name where none is named.

    Raises :class:`QuestionError`: E433 lesions of one clone that exclude each other, E434 what is no state of a clone.
    """
    if not request.clones:
        return [Clone("", (), request)]
    found = []
    for states in dict.fromkeys(request.clones):
        whole = tuple(dict.fromkeys((*request.states, *states)))
        _check(kb, states, whole)
        found.append(Clone("+".join(states) or NO_STATE, states, replace(request, states=whole, clones=())))
    return found


def _check(kb: Reasoned, own: Iterable[str], whole: Iterable[str]) -> None:
    for state in own:
        if not {"Disease", "Context", "NormalState"}.isdisjoint(kb.closure.types(state)):
            raise QuestionError(
                f"{kb.label(state)} is nothing in which clones of one cell differ",
                code="E434",
                hint=f"give it to all of them, --state {state}; a clone is told by its lesions",
            )
    lesions = [kb.graph.lesions[name] for name in whole if name in kb.graph.lesions]
    for one, other in permutations(lesions, 2):
        if both := sorted(one.molecules & other.molecules if one.loss and other.gain else ()):
            raise QuestionError(
                f"one clone cannot bear {one.name} and {other.name}: {kb.label(both[0])} is lost by the one and gained"
                " by the other",
                code="E433",
                hint=f"make them two clones: --clone {one.name} --clone {other.name}",
            )


# --- documents --------------------------------------------------------------------------------------------------------


def joined(clones: Sequence[Clone], told: Sequence[RegimenAssessment], request: ScenarioRequest) -> RegimenAssessment:
    """The assessments of all clones as one: that of the cell, and what each clone adds in ``clones``."""
    outcomes = _outcomes([document["outcomes"] for document in told])
    verdict_of_all = next((row["verdict"] for row in outcomes if row["derived"] == YES), None)
    given = _union((document.get("reasons", []) for document in told), lambda row: (row["code"], row["text"]))
    reasons = [row for row in given if row["code"] != "NOT_REPORTED"]
    if verdict_of_all is None:
        reasons.append(reason("NOT_REPORTED", "no outcome is derived in every clone"))
    killers = [agent for agent in told[0]["killers"] if all(agent in document["killers"] for document in told)]
    return {
        **told[0],
        "verdict": verdict_of_all,
        "states": sorted(request.states),
        "killers": killers,
        "killer_scopes": [row for row in told[0]["killer_scopes"] if row["agent"] in killers],
        "defeated": _union((document["defeated"] for document in told), _defeat),
        "kept_from_acting": _union((document["kept_from_acting"] for document in told), _defeat),
        "routes": worst_routes([document["routes"] for document in told]),
        "outcomes": outcomes,
        "answers": [*outcomes],
        "hazards": _union((d["hazards"] for d in told), lambda row: (row["hazard"], str(row["subject"]))),
        "harms": _union((d["harms"] for d in told), lambda row: (row["cell"], row["function"], row["extent"])),
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


def _outcomes(told: Sequence[Sequence[OutcomeRow]]) -> list[OutcomeRow]:
    """Each outcome as far as it is derived in every clone, and partial where it is in any."""
    names = dict.fromkeys((row["outcome"], row["subject"]) for rows in told for row in rows)
    found: list[OutcomeRow] = []
    for outcome, subject in names:
        rows = [row for all_ in told for row in all_ if (row["outcome"], row["subject"]) == (outcome, subject)]
        least = min(rows, key=lambda row: (_DERIVED.index(row["derived"]), row["extent"] != "partial"))
        if len(rows) < len(told):
            said = verdict(NO, Evidence(supporting=least["for"], opposing=least["against"]))
            least = {**least, "derived": NO, "verdict": said, "extent": None, "strength": None, "modality": None}
        left = sorted({name for row in rows for name in row["left"]}) if least["derived"] == YES else []
        found.append({**least, "left": left})
    return found
