"""Several clones of one cell at once: each is a set of states on top of those that all share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from reasoner.asking.requests import ScenarioRequest
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: What a clone is called that has no state of its own.
NO_STATE = "none"


class Clone(NamedTuple):
    """One clone: its name, its own states, and the question as asked of it alone."""

    name: str
    states: tuple[str, ...]
    request: ScenarioRequest


def clones_of(reasoned: Reasoned, request: ScenarioRequest) -> list[Clone]:
    """The clones of a request, one without a name where none is named.

    Raises :class:`QuestionError`: E433 lesions of one clone that exclude each other, E434 what is no state of a clone.
    """
    if not request.clones:
        return [Clone("", (), request)]
    found = []
    for states in dict.fromkeys(request.clones):
        whole = tuple(dict.fromkeys((*request.states, *states)))
        _check(reasoned, states, whole)
        found.append(Clone("+".join(states) or NO_STATE, states, replace(request, states=whole, clones=())))
    return found


def _check(reasoned: Reasoned, own: Iterable[str], whole: Iterable[str]) -> None:
    for state in own:
        if not {"Disease", "Context", "NormalState"}.isdisjoint(reasoned.closure.types(state)):
            raise QuestionError(
                f"{reasoned.label(state)} is nothing in which clones of one cell differ",
                code="E434",
                hint=f"give it to all of them, --state {state}; a clone is told by its lesions",
            )
    lesions = [reasoned.graph.lesions[name] for name in whole if name in reasoned.graph.lesions]
    for one, other in permutations(lesions, 2):
        if both := sorted(one.molecules & other.molecules if one.loss and other.gain else ()):
            raise QuestionError(
                f"one clone cannot bear {one.name} and {other.name}: {reasoned.label(both[0])} is lost by the one and "
                "gained by the other",
                code="E433",
                hint=f"make them two clones: --clone {one.name} --clone {other.name}",
            )
