"""Why a node is on or off, and why an arm is.

Each reason settled before what it is a reason for (:mod:`~reasoner.engine.settling`).  A tree of what is off says, for
each way in which it could be on, what is missing; a loop that never starts is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from reasoner.engine.located_graph import LocatedArm, LocatedMechanism
from reasoner.engine.mechanism_graph import PROMOTES, Action
from reasoner.engine.reason import Reason
from reasoner.engine.reasoned import Reasoned
from reasoner.engine.scenario import Scenario
from reasoner.engine.settling import Rank, Settling
from reasoner.engine.solidity import action_fact, mechanism_facts
from reasoner.engine.well_founded import OFF, ON, Valuation
from reasoner.model.atom import Fact

#: The most derivations of one node that are told.
MOST_WAYS = 50
#: A rank after all others.
_LAST = (1 << 62, 0)


#: What relates an action to the activities that it cuts, lifts and supplies.
_EFFECTS = ("cuts", "lifts", "provides")


class _Acting(NamedTuple):
    """An agent that acts on a node, with the claims and the facts that say so."""

    agent: str
    claims: list[str]
    facts: tuple[Fact, ...]


class Trace:
    """Explains one scenario under one part of its regimen."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Sequence[str] | None = None) -> None:
        self.reasoned = reasoned
        self.scenario = scenario
        self.located = scenario.located
        self.given_agents = (*scenario.background, *(scenario.regimen if agents is None else agents))
        self._agents = agents
        self.valuation: Valuation = scenario.valuation(agents)

    # --- helpers -----------------------------------------------------------------------------------------------------

    def name(self, index: int) -> str:
        """The name of a node."""
        return self.located.nodes[index].name

    def label(self, index: int) -> str:
        """The label of a node; a focus copy is put into words by its roles."""
        node = self.located.nodes[index]
        if node.name in self.reasoned.graph.activities:
            return self.reasoned.label(node.name)
        return self.reasoned.words(node.activity)

    def value(self, index: int) -> str:
        """The value of a node."""
        return self.valuation.value(1 << index)

    def _support(self, facts: Iterable[Fact]) -> list[str]:
        found: dict[str, None] = {}
        for fact in facts:
            found.update(dict.fromkeys(self.reasoned.support(fact).supported))
        return list(found)

    @cached_property
    def _settling(self) -> Settling:
        return self.scenario.settling(self._agents)

    def _rank(self, index: int) -> Rank:
        rank = self._settling.on(index)
        assert rank is not None, "only what is on has a rank"
        return rank

    def _suppliers(self, index: int) -> list[_Acting]:
        return self._acting(index, 2)

    def _acting(self, index: int, position: int) -> list[_Acting]:
        """Agents that cut (0), lift (1) or supply (2) a node, with the claims of its own or its class's actions."""
        origins = self.located.nodes[index].origins
        found = []
        for agent in self.given_agents:
            effects = self.located.effects_of(agent)
            masks = (effects.effects.cut, effects.effects.lift, effects.effects.supply)
            if not masks[position] >> index & 1:
                continue
            own = [a for a in effects.actions if (a.cuts, a.lifts, a.provides)[position] & origins]
            stated = [a for a in own if agent in a.agents] or own
            facts = [
                Fact(_EFFECTS[position], a.name, origin)
                for a in stated
                for origin in sorted((a.cuts, a.lifts, a.provides)[position] & origins)
            ]
            facts += [fact for a in stated for fact in self._carried_out(agent, a)]
            found.append(_Acting(agent, self._support(action_fact(a) for a in stated), tuple(facts)))
        return found

    def _carried_out(self, agent: str, action: Action) -> Iterable[Fact]:
        """That an action is the agent's, or that of a class of it."""
        for carrier in sorted({*action.agents} & self.reasoned.graph.classes_of(agent)):
            yield Fact("hasAgent", action.name, carrier)
            if carrier != agent:
                yield Fact("memberOf", agent, carrier)

    def _because(self, mechanism: LocatedMechanism) -> str:
        label = self.reasoned.base.label(mechanism.name)
        if label != mechanism.name and not mechanism.copied:
            return label
        needs = " and ".join(self.label(i) for i in mechanism.requires)
        verb = "meet" if self.reasoned.closure.objects("engages", mechanism.name) else "brings it about"
        return f"{needs} {verb}"

    def _releases(self, mechanism: LocatedMechanism) -> bool:
        return bool(self.reasoned.closure.objects("releases", mechanism.name))

    def _mechanism_claims(self, mechanism: LocatedMechanism) -> list[str]:
        return self._support(mechanism_facts(self.located, mechanism))

    # --- on ----------------------------------------------------------------------------------------------------------

    def on(self, index: int) -> Reason:
        """Why a node is on."""
        conclusion = f"on({self.name(index)})"
        guards = self._guards(index)
        for agent, claims, facts in self._suppliers(index):
            text = f"{self.reasoned.label(agent)} brings about {self.label(index)}"
            return Reason(conclusion, text, "action", guards, claims, facts=facts)
        if self.located.program.given >> index & 1:
            facts = tuple(s.fact for s in self.located.base_statements(index) if s.holds)
            claims = self._support(facts)
            how = "is given in this state" if self.name(index) in self.located.place.states else "is stated to be there"
            return Reason(conclusion, f"{self.label(index)} {how}", "given", guards, claims, facts=facts)
        rank = self._rank(index)
        for mechanism in self._firm(index):
            if mechanism.sign == PROMOTES and self._settling.all_on(mechanism.requires, rank):
                premises = [self.on(i) for i in mechanism.requires]
                claims = self._mechanism_claims(mechanism)
                if self._releases(mechanism) and not guards:
                    made = premises[0]
                    text = f"{self.label(index)}: {made.text}"
                    return Reason(conclusion, text, made.rule, made.premises, made.evidence, facts=made.facts)
                text = f"{self.label(index)} is on: {self._because(mechanism)}"
                return Reason(conclusion, text, mechanism.name, premises + guards, claims)
        raise AssertionError("what is on is given, supplied or brought about")

    def ways(self, index: int, seen: frozenset[int] = frozenset()) -> list[Reason]:
        """Every derivation of a node that is on, none going through itself; at most :data:`MOST_WAYS`."""
        if index in seen or self.value(index) != ON:
            return []
        seen |= {index}
        guards = self._guards(index)
        found = [self.on(index)] if self._starts(index) else []
        for mechanism in self._firm(index):
            if mechanism.sign != PROMOTES:
                continue
            options = [self.ways(i, seen) for i in mechanism.requires]
            claims = self._mechanism_claims(mechanism)
            text = f"{self.label(index)} is on: {self._because(mechanism)}"
            for premises in islice(product(*options), MOST_WAYS - len(found)):
                found.append(Reason(f"on({self.name(index)})", text, mechanism.name, [*premises, *guards], claims))
        return found

    def _starts(self, index: int) -> bool:
        """Whether a node is given or supplied."""
        return bool(self.located.program.given >> index & 1 or self._suppliers(index))

    def _firm(self, index: int) -> list[LocatedMechanism]:
        """The mechanisms for a node that are not in doubt."""
        return [m for m in self.located.by_effect.get(index, ()) if not m.weak]

    def _guards(self, index: int) -> list[Reason]:
        """Why each mechanism that would take the node away does not."""
        found: list[Reason] = []
        lifters, (number, _) = self._acting(index, 1), self._rank(index)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                continue
            if lifters:
                agent, claims, facts = lifters[0]
                text = f"{self.reasoned.label(agent)} restores {self.label(index)}"
                found.append(Reason(f"lifted({self.name(index)})", text, "action", [], claims, facts=facts))
                continue
            required = self._settling.first_off(mechanism.requires, number)
            assert required is not None, "what is on is held down by nothing"
            text = f"{self.label(required)} would hold it down, but is off"
            claims = self._mechanism_claims(mechanism)
            found.append(Reason(f"silent({mechanism.name})", text, mechanism.name, [self.off(required)], claims))
        return found + self._restorations(index, bool(found))

    def _restorations(self, index: int, held_down: bool) -> list[Reason]:
        """What was observed of agents that restore a node which is otherwise held down."""
        if not held_down:
            return []
        observations = self.reasoned.observations
        about = observations.about_activity(self.located.nodes[index].origins, "onIn")
        found = []
        for agent in self.given_agents:
            for observation in observations.by_agent_or_class(about, agent):
                partly = "partly " if observation.partial else ""
                text = f"{self.reasoned.label(agent)} was seen to restore {partly}{self.label(index)}"
                found.append(
                    Reason(f"observed({observation.name})", text, "observation", [], list(observation.supported))
                )
        return found

    # --- off ---------------------------------------------------------------------------------------------------------

    def off(self, index: int, seen: frozenset[int] = frozenset()) -> Reason:
        """Why a node is not on: cut, denied, suppressed, or without anything that could bring it about."""
        conclusion = f"off({self.name(index)})"
        if index in seen:
            return Reason(conclusion, f"{self.label(index)} is off, as above: the loop never starts")
        seen |= {index}
        for agent, claims, facts in self._acting(index, 0):
            partly = "partly " if self.located.effects_of(agent).partial >> index & 1 else ""
            text = f"{self.reasoned.label(agent)} {partly}cuts {self.label(index)}"
            return Reason(conclusion, text, "action", [], claims, facts=facts)
        number = self._settling.off(index)
        assert number is not None, "only what is off is ruled out"
        return self._held_down(index, (number + 1, 0)) or self._unmet(index, number, seen)

    def _held_down(self, index: int, before: Rank) -> Reason | None:
        """The suppression of a node by what comes on before a moment, and not because the node is off."""
        conclusion = f"off({self.name(index)})"
        suppressing = [] if self._acting(index, 1) else [m for m in self._firm(index) if m.sign != PROMOTES]
        for mechanism in suppressing:
            if self._settling.all_on(mechanism.requires, before):
                premises = [self.on(i) for i in mechanism.requires]
                if all(step.conclusion != conclusion for premise in premises for step in premise.steps()):
                    needs = " and ".join(self.label(i) for i in mechanism.requires)
                    text = f"{self.label(index)} is held down by {needs}"
                    claims = self._mechanism_claims(mechanism)
                    return Reason(conclusion, text, mechanism.name, premises, claims, decisive=True)
        return None

    def _unmet(self, index: int, number: int, seen: frozenset[int]) -> Reason:
        """Why nothing brings a node about: it is denied, no mechanism is known, or each lacks something."""
        conclusion = f"off({self.name(index)})"
        lacking: dict[str, Reason] = {}
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                missing = self._missing(mechanism, number, seen)
                lacking.setdefault(missing.text, missing)
        reasons = list(lacking.values())
        denials = tuple(s.fact for s in self.located.base_statements(index) if not s.holds)
        if denials:
            text = f"{self.label(index)} is denied here by the source"
            return Reason(conclusion, text, "denied", reasons, self._support(denials), facts=denials)
        if not reasons:
            return Reason(conclusion, f"nothing known brings about {self.label(index)} here", "closed world")
        if len(reasons) == 1:
            only = reasons[0]
            text = f"{self.label(index)} is off: {only.text}"
            return Reason(conclusion, text, only.rule, only.premises, only.evidence, facts=only.facts)
        text = f"nothing that would bring about {self.label(index)} works here"
        return Reason(conclusion, text, "closed world", reasons)

    def _missing(self, mechanism: LocatedMechanism, number: int, seen: frozenset[int]) -> Reason:
        """What a mechanism lacks: something ruled out by the round that rules out its effect, or by an earlier one."""
        required = self._settling.first_off(mechanism.requires, number + 1)
        assert required is not None, "what has all that it requires is not ruled out"
        text = f"it would need {self.label(required)}, which is off"
        claims = self._mechanism_claims(mechanism)
        return Reason(f"silent({mechanism.name})", text, mechanism.name, [self.off(required, seen)], claims)

    def unsettled(self, index: int) -> Reason:
        """Why a node is undetermined."""
        node = self.located.nodes[index]
        conclusion = f"undetermined({node.name})"
        cutters, raisers = self._acting(index, 0), self._acting(index, 1) + self._acting(index, 2)
        if cutters and raisers:
            cutter, raiser = cutters[0], raisers[0]
            agents = " and ".join(self.reasoned.label(acting.agent) for acting in (cutter, raiser))
            text, facts = f"{agents} oppose each other on {self.label(index)}", cutter.facts + raiser.facts
            return Reason(conclusion, text, "opposed", [], cutter.claims + raiser.claims, facts=facts)
        if node.statements and self.located.says(index) is None:
            stated = tuple(s.fact for s in self.located.base_statements(index))
            text = f"equally narrow statements disagree on {self.label(index)}"
            return Reason(conclusion, text, "contested", [], self._support(stated), facts=stated)
        if node.unstated:
            return Reason(conclusion, f"{self.label(index)} is stated for another state only", "unstated")
        return Reason(
            conclusion,
            f"{self.label(index)} is undetermined: it rests on what is undetermined or suppresses itself",
            "well-founded semantics",
        )

    def value_reason(self, index: int) -> Reason:
        """Why a node has the value that it has.

        What nothing brings about may be suppressed as well, by what settles later: that says more, and is told here,
        where nothing rests on it.
        """
        value = self.value(index)
        if value != OFF:
            return self.on(index) if value == ON else self.unsettled(index)
        told = self.off(index)
        return told if told.decisive or told.rule == "action" else self._held_down(index, _LAST) or told

    # --- routes ------------------------------------------------------------------------------------------------------

    def arm(self, arm: LocatedArm) -> Reason:
        """Why an arm is on, off or undetermined."""
        value = self.valuation.all_of(arm.mask)
        label = self.reasoned.label(arm.arm.name)
        if value == ON:
            premises = [self.on(i) for i in arm.needs]
            evidence = self._support(Fact("needs", arm.arm.name, need) for need in arm.arm.needs)
            return Reason(f"on({arm.arm.name})", f"the way through {label} is open", "arm", premises, evidence)
        for position, index in enumerate(arm.needs):
            if self.value(index) == value:
                evidence = self._support([Fact("needs", arm.arm.name, arm.arm.needs[position])])
                word = "closed" if value == OFF else "undetermined"
                return Reason(
                    f"{value}({arm.arm.name})",
                    f"the way through {label} is {word}: it needs {self.label(index)}",
                    "arm",
                    [self.value_reason(index)],
                    evidence,
                )
        return Reason(f"{value}({arm.arm.name})", f"the way through {label} is {value}", "arm")
