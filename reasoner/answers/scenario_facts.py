"""An evaluated scenario as facts: its state, and what the outcome rules conclude from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.answers.course import course
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import SCENARIO

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """A scenario: where, what is given in which steps, and every fact that holds because of it.

    The facts are about the name ``scenario`` and names that begin with it.
    """

    place: Place
    background: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    label: str
    facts: tuple[Fact, ...]


def scenario_facts(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest) -> ScenarioFacts:
    """Evaluate a scenario; the knowledge base is left as it was."""
    steps = (*request.earlier, tuple(agents))
    with course(reasoned, request, agents) as taken:
        with taken.assessment().concluded() as closure:
            facts = tuple(fact for fact in closure.singles if _is_about(fact))
        return ScenarioFacts(
            taken.place, taken.background, steps, _label(taken.reasoned, taken.place, request, steps), facts
        )


def _is_about(fact: Fact) -> bool:
    return fact.subject.startswith(SCENARIO) or (isinstance(fact.object, str) and fact.object.startswith(SCENARIO))


def _label(reasoned: Reasoned, place: Place, request: ScenarioRequest, steps: Sequence[Sequence[str]]) -> str:
    given = ", then ".join(" + ".join(map(reasoned.label, step)) or "no agent" for step in steps)
    before = f" on top of {' + '.join(map(reasoned.label, request.background))}" if request.background else ""
    where = [reasoned.label(name) for name in (place.cell, place.disease, *sorted(place.states)) if name]
    return f"{given}{before}: {', '.join(where)}"
