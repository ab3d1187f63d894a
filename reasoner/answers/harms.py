"""What a regimen costs normal cells: functions lost or touched, by whom, and the claims behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.resting import of_harm
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.mechanism_graph import Action
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import Harm
from reasoner.scenario.judging import Judge
from reasoner.scenario.solidity import engaged_facts

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.assessment import HarmRow


def harms(judge: Judge) -> list[HarmRow]:
    """One row for each function of a normal cell that the regimen takes away or reaches."""
    return [
        {
            "cell": harm.cell,
            "function": harm.function,
            "extent": harm.extent,
            "by": list(harm.by),
            "sets": [list(agents) for agents in harm.sets],
            **judged,
            "evidence": list(dict.fromkeys([*harm_claims(judge, harm), *judged["evidence"]])),
            **of_harm(judge.assessment, harm),
        }
        for harm in judge.assessment.harms
        for judged in (judge.harm(harm),)
    ]


def harm_claims(judge: Judge, harm: Harm) -> list[str]:
    """Claims behind a harm: what the touched arms and mechanisms need, and what the agents act on."""
    reasoned, arms = judge.reasoned, judge.arms_of(harm)
    claims: dict[str, None] = {}
    for action in (action for agent in harm.by for action in judge.assessment.reaching(agent, arms, harm.cell)):
        reached = _reached(reasoned, action)
        claims.update(dict.fromkeys(_touched_claims(reasoned, harm.function, arms, reached)))
        claims.update(dict.fromkeys(reasoned.support(Fact("hasTarget", action.name, action.target)).supported))
    return list(claims)


def _reached(reasoned: Reasoned, action: Action) -> frozenset[str]:
    """The activities that an action reaches, those of the families of its target included."""
    closure = reasoned.closure
    families = [str(family) for family in closure.objects("memberOf", action.target)]
    taken = {a for f in families for prop in ("ofMolecule", "ofLigand") for a in closure.subjects(prop, f)}
    touched = {str(a) for prop in ("activates", "touches") for a in closure.objects(prop, action.name)}
    emptied = {a for cell in closure.objects("depletes", action.name) for a in closure.subjects("placedIn", str(cell))}
    return action.cuts | action.lifts | action.provides | taken | touched | emptied


def _touched_claims(
    reasoned: Reasoned, function: str, arms: Sequence[LocatedArm], reached: frozenset[str]
) -> Iterator[str]:
    """Claims on the first statements that lead from reached activities to the function."""
    closure = reasoned.closure
    feeding = {a for a in reached if Fact("feeds", a, function) in closure}
    for mechanism in reasoned.graph.mechanisms:
        effects = [e for prop in ("influences", "requiredFor") for e in closure.objects(prop, mechanism.name)]
        if feeding & set(mechanism.requires) and any(Fact("feeds", str(e), function) in closure for e in effects):
            for fact in _statements(reasoned, mechanism.name, mechanism.requires):
                yield from reasoned.support(fact).supported
    for arm in (own.arm for own in arms):
        for need in arm.needs:
            if need in feeding:
                yield from reasoned.support(Fact("needs", arm.name, need)).supported


def _statements(reasoned: Reasoned, mechanism: str, requires: Sequence[str]) -> Iterator[Fact]:
    """The facts that a mechanism consists of; of a minted one, the roles of its interaction."""
    for required in requires:
        yield Fact("requires", mechanism, required)
    for interaction in map(str, reasoned.closure.objects("engages", mechanism)):
        yield from engaged_facts(reasoned.closure, interaction)
