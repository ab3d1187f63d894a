"""From a request to the place that it is asked at: the cell's own disease, phases, the normal marrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reasoner.asking.regimen import ACTIVATE, hypothetical
from reasoner.asking.requests import ScenarioRequest
from reasoner.errors import QuestionError
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, ON
from reasoner.model.atom import Fact
from reasoner.scenario.scenario import Scenario

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


def place_of(reasoned: Reasoned, request: ScenarioRequest) -> Place:
    """Cell, disease and states of a request.

    A phase given as a state narrows the disease to that phase; the normal marrow is no disease at all.  Raises
    :class:`QuestionError`: E404 no cell or no disease, E405 a state that is none, E432 several clones.
    """
    if request.clones:
        raise QuestionError(
            "this is asked of one clone at a time",
            code="E432",
            hint=f"ask for one: {' '.join(f'--state {s}' for s in request.clones[0]) or 'leave out --clone'}",
        )
    if request.cell is None:
        raise QuestionError("which cell?", code="E404", hint="name it with --cell, see dislodge list cells")
    normal = any("NormalState" in reasoned.closure.types(state) for state in request.states)
    disease = None if normal else request.disease or own_disease(reasoned, request.cell)
    states: list[str] = []
    for state in request.states:
        types = reasoned.closure.types(state)
        if "EvidenceSetting" in types:
            raise QuestionError(
                f"{reasoned.label(state)} is how evidence was obtained or what treatment it was seen under, no state",
                code="E405",
                hint="treatment follows from the agents; filter claims with dislodge evidence … --tier",
            )
        if "Disease" in types or "Context" in types:
            disease = _phase(reasoned, disease, state)
        elif "NormalState" not in types:
            states.append(state)
    if disease is not None:
        states += [s for s in reasoned.closure.objects("inState", disease) if isinstance(s, str) and s not in states]
    place = Place(request.cell, disease, frozenset(states))
    _check_undone(reasoned, place, request.background)
    return place


def _check_undone(reasoned: Reasoned, place: Place, background: Sequence[str]) -> None:
    """Refuse to take back the state of an activity that has another state anyway (E417)."""
    if not reasoned.supposed.undone:
        return
    plain = Scenario(
        reasoned.located(place), [agent for agent in background if agent not in reasoned.supposed.background]
    )
    for fact in reasoned.supposed.undone:
        index = plain.located.find(fact.subject)
        value = OFF if index is None else plain.valuation().value(1 << index)
        if value != fact.predicate:
            raise QuestionError(
                f"{fact} does not hold before the regimen, so it cannot be retracted: {fact.subject} is {value}",
                code="E417",
                hint=f"assume {'off' if fact.predicate == ON else 'on'}({fact.subject}) instead",
            )


def own_disease(reasoned: Reasoned, cell: str) -> str:
    """The disease of a cell; a question when it has none or several."""
    diseases = sorted(str(d) for d in reasoned.closure.objects("occursIn", cell))
    if len(diseases) == 1:
        return diseases[0]
    choices = diseases or sorted(reasoned.closure.members("Disease"))[:12]
    raise QuestionError(
        f"in which disease? {reasoned.label(cell)} belongs to {'several' if diseases else 'none of its own'}",
        code="E404",
        hint=f"name it with --disease: {', '.join(choices)} …; or --state normal for the normal marrow",
    )


def _phase(reasoned: Reasoned, disease: str | None, phase: str) -> str:
    hierarchy = reasoned.graph.hierarchy
    if disease is not None and disease not in hierarchy.diseases_above(phase):
        raise QuestionError(
            f"{reasoned.label(phase)} is no phase of {reasoned.label(disease)}",
            code="E405",
            hint="name it with --disease instead",
        )
    return phase


def hypothesis(agent: str) -> list[Fact]:
    """The facts of a hypothetical agent such as ``block:N``; none for an ordinary name."""
    parts = hypothetical(agent)
    if parts is None:
        return []
    mode, target = parts
    action = _action(agent)
    return [
        Fact("Agent", agent),
        Fact("Action", action),
        Fact("hasAgent", action, agent),
        Fact("hasTarget", action, target),
        Fact("hasMode", action, mode),
    ]


def _action(agent: str) -> str:
    """The name of the action of a hypothetical agent."""
    return f"action__of__{agent}"


def hypotheses(reasoned: Reasoned, agents: Iterable[str]) -> list[Fact]:
    """The facts of the hypothetical agents among some."""
    return [fact for agent in dict.fromkeys(agents) if not reasoned.closure.types(agent) for fact in hypothesis(agent)]


@contextmanager
def with_hypotheses(reasoned: Reasoned, agents: Sequence[str]) -> Iterator[Reasoned]:
    """The knowledge base with an action for each hypothetical agent such as ``block:N``; raises E431."""
    facts = hypotheses(reasoned, agents)
    if not facts:
        yield reasoned
        return
    with reasoned.assume(facts) as wider:
        refuse_idle(wider, agents)
        yield wider


def refuse_idle(reasoned: Reasoned, agents: Iterable[str]) -> None:
    """Refuse ``activate:N`` (E431) where N is no interaction and is on the receptor side of none.

    The actions of the agents are in the knowledge base already.
    """
    for agent in agents:
        mode, target = hypothetical(agent) or ("", "")
        action = _action(agent)
        if (
            mode == ACTIVATE
            and Fact("Action", action) in reasoned.closure
            and not reasoned.closure.objects("activates", action)
        ):
            name = reasoned.label(target)
            raise QuestionError(
                f"{agent} does nothing: {name} is the receptor of no interaction, nor a part or kind of one",
                code="E431",
                hint=f"name the receptor or the interaction; write supply:{target} to put {name} there",
            )
