"""A regimen in steps: each is evaluated by itself, and the cell states that it reaches are given in the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reasoner.asking.placing import hypotheses, place_of, refuse_idle, with_hypotheses
from reasoner.scenario.assessment import Assessment, Stood
from reasoner.scenario.reached import Reached, carried, reached

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located_graph import LocatedGraph
    from reasoner.mechanism.place import Place


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken: its scenario, and the cell states that it reached."""

    assessment: Assessment
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The last step of a regimen, ready to be asked, with the steps before it.

    ``regimen`` holds the agents of the last step, and before them the cell states of the step before.
    """

    reasoned: Reasoned
    place: Place
    background: tuple[str, ...]
    regimen: tuple[str, ...]
    before: tuple[Step, ...] = ()

    @property
    def located(self) -> LocatedGraph:
        """The mechanism graph at the place."""
        return self.reasoned.located(self.place)

    def assessment(self, analogy: bool = False, place: Place | None = None) -> Assessment:
        """The scenario of the last step, or how it would be at another place of the same cell."""
        return _assessment(
            self.reasoned, place or self.place, self.background, self.regimen, self.before, analogy=analogy
        )


@contextmanager
def course(reasoned: Reasoned, request: ScenarioRequest, regimen: Sequence[str]) -> Iterator[Course]:
    """A regimen at its place: hypothetical agents have their actions, and the steps before have been taken.

    The background stays in force through all steps.  Raises what :func:`~reasoner.asking.placing.place_of` and
    :func:`~reasoner.asking.placing.refuse_idle` do.
    """
    if not request.earlier:
        with with_hypotheses(reasoned, [*regimen, *request.background]) as wider:
            yield Course(wider, place_of(wider, request), request.background, tuple(regimen))
        return
    named = [agent for step in (*request.earlier, regimen) for agent in step]
    facts = hypotheses(reasoned, [*named, *request.background])
    now = reasoned.adding(facts)
    refuse_idle(now, [*named, *request.background])
    place, states, taken = place_of(now, request), tuple[Reached, ...](), list[Step]()
    for step in request.earlier:
        assessment = _assessment(now, place, request.background, _with_states(states, step), taken)
        states = reached(assessment, states)
        taken.append(Step(assessment, states))
        now = reasoned.adding([*facts, *carried(now, place.cell or "", states)])
    yield Course(now, place, request.background, _with_states(states, regimen), tuple(taken))


@contextmanager
def asked(
    reasoned: Reasoned, conclusion: Conclusion, request: ScenarioRequest
) -> Iterator[tuple[Reasoned, Course | None]]:
    """The knowledge base in which a conclusion is asked about, and its course when it is about a scenario."""
    if not conclusion.of_scenario:
        with with_hypotheses(reasoned, request.background) as wider:
            yield wider, None
        return
    with course(reasoned, replace(request, earlier=conclusion.before), conclusion.regimen or ()) as taken:
        yield taken.reasoned, taken


def _assessment(
    reasoned: Reasoned,
    place: Place,
    background: Sequence[str],
    regimen: Sequence[str],
    before: Sequence[Step],
    *,
    analogy: bool = False,
) -> Assessment:
    """A step of a regimen, after the steps before it."""
    return Assessment(
        reasoned,
        place,
        background,
        regimen,
        analogy,
        beforehand=_ending(before),
        earlier=[agent for step in before for agent in sorted(step.assessment.given)],
        reached=[state.name for step in before[-1:] for state in step.reached],
    )


def _ending(taken: Sequence[Step]) -> Stood | None:
    """How things stood at the end of the last of some steps; None where there was none."""
    if not taken:
        return None
    scenario = taken[-1].assessment.scenario
    return scenario.located, scenario.valuation().ending


def _with_states(states: Sequence[Reached], agents: Sequence[str]) -> tuple[str, ...]:
    return (*(state.name for state in states), *agents)
