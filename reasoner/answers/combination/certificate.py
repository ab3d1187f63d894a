"""Why no set of agents closes a goal: what each of its arms needs, and who acts on that, if anyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reasoner.model.masks import bits, union
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.judging import Judge
from reasoner.search.conditions import IndexedProgram

if TYPE_CHECKING:
    from reasoner.answers.combination.rounds import Wanted
    from reasoner.mechanism.located import LocatedArm
    from reasoner.model.documents.combination import Uncovered
    from reasoner.search.search import Goal


def certificate(wanted: Wanted, goals: Iterable[Goal]) -> list[Uncovered]:
    """For each goal that nothing closes: what it needs, who could lower that, and a sentence."""
    judge = Judge(wanted.reasoned, Assessment(wanted.reasoned, wanted.place, wanted.background, ()))
    whole = IndexedProgram(wanted.whole.program)
    return [_row(wanted, judge, whole, goal) for goal in goals]


def _row(wanted: Wanted, judge: Judge, whole: IndexedProgram, goal: Goal) -> Uncovered:
    located = wanted.graphs[0]
    first = union(goal.arms) & ((1 << len(located.nodes)) - 1)
    needs = union(1 << index for arm in _arms(wanted, goal) for index in arm.needs) or first
    helps, hurts = whole.helps_and_hurts(union(goal.arms))
    acting = []
    for agent in wanted.reasoned.graph.agents:
        acts = [graph.effects_of(agent).acts for graph in wanted.graphs]
        lowered = wanted.whole.joined(own.lowered for own in acts)
        raised = wanted.whole.joined(own.raised for own in acts)
        if agent not in wanted.background and (lowered & helps or raised & hurts):
            acting.append(agent)
    may, fit = set(wanted.agents), set(wanted.reasoned.graph.givable)
    given = [a for a in acting if a in may]
    barred = [a for a in acting if a in fit - may]
    unnamed = [a for a in acting if a not in fit]
    return {
        "route": goal.name,
        "near": any(goal.name in turn.near for turn in wanted.rounds),
        "needs": [located.nodes[index].name for index in bits(needs)],
        "labels": [judge.trace().label(index) for index in bits(needs)],
        "touched_by": given,
        "not_given": barred,
        "unnamed": unnamed,
        "evidence": judge.route_claims(goal.name.partition("/")[0]),
        "text": _text(wanted, given, barred, unnamed),
    }


def _arms(wanted: Wanted, goal: Goal) -> list[LocatedArm]:
    """The arms that a goal names; none where it is an activity."""
    route, _, arm = goal.name.partition("/")
    known = wanted.reasoned.graph.routes.get(route)
    arms = wanted.graphs[0].arms(known) if known is not None else []
    return [found for found in arms if not arm or found.arm.name == arm]


def _text(wanted: Wanted, given: Sequence[str], barred: Sequence[str], unnamed: Sequence[str]) -> str:
    label = wanted.reasoned.label
    said = []
    if given:
        said.append(f"{_acting(map(label, given))} on that, but no set of agents turns it off")
    if barred:
        said.append(f"{_acting(map(label, barred))} on that, but may not be given here")
    if unnamed:
        said.append(f"{_acting(map(label, unnamed))} on that, but no product does")
    return "; ".join(said) or "no agent of the knowledge base acts on that, or on anything behind it"


def _acting(labels: Iterable[str]) -> str:
    names = list(labels)
    return f"{', '.join(names)} {'acts' if len(names) == 1 else 'act'}"
