"""Cell states that a step of a regimen reaches, and what they do in the next step.

A cell that was taken out of its niche stays out, and one that was woken stays awake, when the next agents are given;
the actions of the agents do not last.  In the next step the reached state stands among the agents, with one kind of
action: it takes away, in that cell alone, the processes that kept it where or as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reasoner.inference.outcomes import Outcome
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.well_founded import OFF
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import SCENARIO, Assessment
from reasoner.scenario.outcome_routes import routes_of
from reasoner.scenario.scenario import LEFT


class Reached(NamedTuple):
    """A state of the cell, reached through an outcome, perhaps in part."""

    outcome: Outcome
    partial: bool = False

    @property
    def name(self) -> str:
        """The individual that stands for the state, among agents; empty where the outcome has none in part.

        >>> freed = Outcome("frees", state="freed", state_in_part="freed_in_part")
        >>> Reached(freed).name, Reached(freed, partial=True).name
        ('freed', 'freed_in_part')
        """
        return self.outcome.state_in_part if self.partial else self.outcome.state


def reached(assessment: Assessment, given: Iterable[Reached] = ()) -> tuple[Reached, ...]:
    """The states in which the regimen leaves its cell; those that it was in before last while nothing undoes them."""
    before = {state.outcome: state for state in given}
    found = []
    for outcome in assessment.reasoned.outcomes.reaching:
        earlier = before.get(outcome)
        if Fact(outcome.predicate, SCENARIO, assessment.place.cell) in assessment.conclusions:
            left = any(standing.status in LEFT for standing in routes_of(assessment, outcome))
            found.append(Reached(outcome, left or bool(earlier and earlier.partial)))
        elif earlier is not None and _lasts(assessment, outcome):
            found.append(earlier)
    return tuple(state for state in found if state.name)


def _lasts(assessment: Assessment, outcome: Outcome) -> bool:
    """Whether the processes of the cell that a state takes away are off under the regimen."""
    located, valuation = assessment.scenario.located, assessment.scenario.valuation()
    cell = assessment.place.cell or ""
    names = set(_processes(assessment.reasoned, cell, outcome))
    return all(
        valuation.value(1 << index) == OFF
        for index, node in enumerate(located.nodes)
        if node.origins & names and cell in node.activity.places
    )


def _processes(reasoned: Reasoned, cell: str, outcome: Outcome) -> Iterator[str]:
    """The activities of the cell, or of a broader kind of it, that a state takes away."""
    wanted = set(reasoned.closure.members(outcome.process))
    covers = reasoned.graph.hierarchy.covers
    for name, activity in reasoned.graph.activities.items():
        if activity.kind == "CellProcess" and activity.things[0] in wanted and covers(activity.places[0], cell):
            yield name


def carried(reasoned: Reasoned, cell: str, states: Iterable[Reached]) -> list[Fact]:
    """Reached states as actions on processes of the cell; a state that was reached in part cuts in part."""
    return [fact for state in states for fact in _actions(reasoned, cell, state)]


def _actions(reasoned: Reasoned, cell: str, state: Reached) -> Iterator[Fact]:
    for process in _processes(reasoned, cell, state.outcome):
        action = f"{state.name}__without__{process}"
        yield Fact("Action", action)
        yield Fact("hasAgent", action, state.name)
        yield Fact("hasTarget", action, process)
        yield Fact("hasMode", action, "lower" if state.partial else "block")
        yield Fact("actsInCell", action, cell)
