"""An evaluated scenario as facts: its state, and what the outcome rules conclude from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.answers.assess import outcomes
from reasoner.answers.course import course
from reasoner.answers.hazards import hazards
from reasoner.answers.report import FACT_OF
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.model.term import Literal
from reasoner.scenario.assessment import SCENARIO
from reasoner.scenario.judging import Judge
from reasoner.scenario.verdict import YES

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Sourced


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
        assessment = taken.assessment()
        with assessment.concluded() as closure:
            facts = [fact for fact in closure.singles if _is_about(fact)]
        facts += _judged(Judge(taken.reasoned, assessment))
        label = _label(taken.reasoned, taken.place, request, steps)
        return ScenarioFacts(taken.place, taken.background, steps, label, tuple(facts))


def _judged(judge: Judge) -> Iterator[Fact]:
    """What each conclusion of a scenario is worth, as facts about it: the words, and the claims on both sides."""
    for row in outcomes(judge):
        if row["derived"] == YES:
            yield from _conclusion(row["outcome"], row["subject"], row)
    for danger in hazards(judge):
        yield from _conclusion("hasHazard", danger["hazard"], danger)
    for standing in judge.scenario.routes:
        effect = "narrowsRoute" if standing.narrowed else FACT_OF.get(standing.status)
        if effect is not None:
            yield from _conclusion(effect, standing.route.name, judge.route(standing))


def _conclusion(concluded: str, about: str, row: Sourced) -> Iterator[Fact]:
    name = f"{SCENARIO}_{concluded}_{about}"
    yield Fact("Conclusion", name)
    yield Fact("hasConclusion", SCENARIO, name)
    yield Fact("concludes", name, Literal(concluded))
    yield Fact("concludedAbout", name, about)
    words: dict[str, str | None] = {
        "verdict": row["verdict"],
        "elsewhere": row["elsewhere"],
        "patientsVerdict": row["patients"]["verdict"],
    }
    words["patientsElsewhere"] = row["patients"]["elsewhere"]
    for prop, word in words.items():
        if word is not None:
            yield Fact(prop, name, Literal(word))
    sides = {
        "claimFor": row["for"],
        "claimAgainst": row["against"],
        "claimForElsewhere": row["for_elsewhere"],
        "claimAgainstElsewhere": row["against_elsewhere"],
    }
    for prop, claims in sides.items():
        yield from (Fact(prop, name, claim) for claim in claims)


def _is_about(fact: Fact) -> bool:
    return fact.subject.startswith(SCENARIO) or (isinstance(fact.object, str) and fact.object.startswith(SCENARIO))


def _label(reasoned: Reasoned, place: Place, request: ScenarioRequest, steps: Sequence[Sequence[str]]) -> str:
    given = ", then ".join(" + ".join(map(reasoned.label, step)) or "no agent" for step in steps)
    before = f" on top of {' + '.join(map(reasoned.label, request.background))}" if request.background else ""
    where = [reasoned.label(name) for name in (place.cell, place.disease, *sorted(place.states)) if name]
    return f"{given}{before}: {', '.join(where)}"
