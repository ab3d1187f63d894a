"""Why a node is on or off, and why an arm is.

Each reason settled before what it is a reason for (:mod:`~reasoner.engine.settling`).  A tree of what is off says, for
each way in which it could be on, what is missing; a loop that never starts is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from reasoner.engine.agent_effects import Acts
from reasoner.engine.located import Condition, LocatedArm, LocatedMechanism
from reasoner.engine.mechanism_graph import PROMOTES, SUPPRESSES, Action
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


#: What relates an action to the activities that it cuts, lifts, supplies and activates, and to cells that it depletes.
_EFFECTS = ("cuts", "lifts", "provides", "activates", "depletes")
_CUT, _LIFT, _SUPPLY, _ACTIVATE, _DEPLETE = range(5)


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
        return self._acting(index, _SUPPLY)

    def _cutters(self, index: int) -> list[_Acting]:
        """Agents that cut a node, or take its cell away."""
        return self._acting(index, _CUT) + self._acting(index, _DEPLETE)

    def _acting(self, index: int, position: int) -> list[_Acting]:
        """Agents that act on a node in one way, with the claims of its own or its class's actions."""
        found = []
        for agent in self.given_agents:
            if not self._in_force[agent][position] >> index & 1:
                continue
            acting, actions = self.located.acting, self.located.effects_of(agent).actions
            own = [a for a in actions if acting.reach(a, agent).acts[position] >> index & 1]
            stated = [a for a in own if agent in a.agents] or own
            facts = [fact for a in stated for fact in self._reaches(a, index, position)]
            facts += [fact for a in stated for fact in self._carried_out(agent, a)]
            found.append(_Acting(agent, self._support(action_fact(a) for a in stated), tuple(facts)))
        return found

    @cached_property
    def _in_force(self) -> dict[str, Acts]:
        """What each agent does to nodes, where it has all that it depends on."""
        return {agent: self.scenario.acts_in_force(agent, self._agents) for agent in self.given_agents}

    def _reaches(self, action: Action, index: int, position: int) -> Iterable[Fact]:
        """That an action reaches a node: the activities that the node stands for, or its cell."""
        reached = (action.cuts, action.lifts, action.provides, action.activates, action.depletes)[position]
        if position != _DEPLETE:
            reached &= self.located.nodes[index].origins
        return (Fact(_EFFECTS[position], action.name, name) for name in sorted(reached))

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
        for agent, claims, facts in self._suppliers(index):
            text = f"{self.reasoned.label(agent)} brings about {self.label(index)}"
            return Reason(conclusion, text, "action", [], claims, facts=facts)
        if (activated := self._activated(index)) is not None:
            return activated
        guards = self._guards(index)
        if self.located.given >> index & 1:
            how, facts = self._of_itself(index)
            premises = guards + self._met(index)
            return Reason(
                conclusion, f"{self.label(index)} {how}", "given", premises, self._support(facts), facts=facts
            )
        rank = self._rank(index)
        for mechanism in self._firm(index):
            if mechanism.sign == PROMOTES and self._settling.all_on(mechanism.requires, rank):
                premises = [self.on(i) for i in mechanism.requires]
                claims = self._mechanism_claims(mechanism)
                conditions = self._met(index)
                if self._releases(mechanism) and not guards and not conditions:
                    made = premises[0]
                    text = f"{self.label(index)}: {made.text}"
                    return Reason(conclusion, text, made.rule, made.premises, made.evidence, facts=made.facts)
                text = f"{self.label(index)} is on: {self._because(mechanism)}"
                return Reason(conclusion, text, mechanism.name, premises + guards + conditions, claims)
        raise AssertionError("what is on is given, supplied or brought about")

    def _of_itself(self, index: int) -> tuple[str, tuple[Fact, ...]]:
        """How a node is there of itself, in words, and the facts that say so."""
        if self.name(index) in self.located.states:
            return "is given in this state", ()
        if self.located.gained >> index & 1:
            return "is on by a lesion, whatever regulates it", ()
        if implied := self.located.implied(index):
            by = self.reasoned.label(implied[0].by)
            return f"is there: {by} is stated here and needs it", (implied[0].fact,)
        return "is stated to be there", tuple(s.fact for s in self.located.base_statements(index) if s.holds)

    def _activated(self, index: int) -> Reason | None:
        """Why an interaction is on without its ligand: an agonist stands in for that at a receptor at work."""
        receptor = self.located.receptor_of(index) if self.located.nodes[index].activity.kind == "Interaction" else None
        if receptor is None or self.value(receptor) != ON:
            return None
        for agent, claims, facts in self._acting(index, _ACTIVATE):
            text = f"{self.reasoned.label(agent)} activates {self.label(receptor)}, so that {self.label(index)} is on"
            return Reason(f"on({self.name(index)})", text, "action", [self.on(receptor)], claims, facts=facts)
        return None

    def _met(self, index: int) -> list[Reason]:
        """Why each thing is on that a node cannot be on without; what is not on is in doubt, and does not decide."""
        nodes = dict.fromkeys(i for c in self.located.conditions(index) if not c.weak for i in c.nodes)
        return [self.on(i) for i in nodes]

    def ways(self, index: int, seen: frozenset[int] = frozenset()) -> list[Reason]:
        """Every derivation of a node that is on, none going through itself; at most :data:`MOST_WAYS`."""
        if index in seen or self.value(index) != ON:
            return []
        seen |= {index}
        if self._starts(index):
            found = [self.on(index)]
        else:
            found = [] if (activated := self._activated(index)) is None else [activated]
        guards = [] if self._suppliers(index) else self._guards(index) + self._met(index)
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
        return bool(self.located.given >> index & 1 or self._suppliers(index))

    def _firm(self, index: int) -> list[LocatedMechanism]:
        """The mechanisms for a node that are not in doubt."""
        return [m for m in self.located.by_effect.get(index, ()) if not m.weak]

    def _guards(self, index: int) -> list[Reason]:
        """Why each mechanism that would take the node away does not."""
        found: list[Reason] = []
        if self.located.gained >> index & 1:
            return found
        lifters, (number, _) = self._acting(index, _LIFT), self._rank(index)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign != SUPPRESSES:
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
        if self.located.lost >> index & 1:
            return Reason(conclusion, f"{self.label(index)} is lost by a lesion of this state", "lesion")
        for agent, claims, facts in self._cutters(index):
            return Reason(
                conclusion, self._cut_text(agent, index), "action", self._enabled(agent, index), claims, facts=facts
            )
        number = self._settling.off(index)
        assert number is not None, "only what is off is ruled out"
        before = (number + 1, 0)
        return self._held_down(index, before) or self._lacking(index, number, seen) or self._unmet(index, number, seen)

    def _cut_text(self, agent: str, index: int) -> str:
        if self._in_force[agent].deplete >> index & 1:
            return f"{self.reasoned.label(agent)} takes {self._cell_of(index)} away, and {self.label(index)} with it"
        partly = "partly " if self.located.effects_of(agent).partial >> index & 1 else ""
        return f"{self.reasoned.label(agent)} {partly}cuts {self.label(index)}"

    def _cell_of(self, index: int) -> str:
        return self.reasoned.base.label(self.located.nodes[index].activity.places[-1])

    def _enabled(self, agent: str, index: int) -> list[Reason]:
        """Why the activities are on without which an agent would not act on a node."""
        at = self.located.nodes[index].activity.acted_on
        needed = [self.located.find_at(name, at) for name in self.located.effects_of(agent).depends]
        return [self.on(node) for node in needed if node is not None]

    def _lacking(self, index: int, number: int, seen: frozenset[int]) -> Reason | None:
        """A subunit or another necessary condition of a node that was ruled out before it."""
        for condition in self.located.conditions(index):
            off = None if condition.weak else self._settling.first_off(condition.nodes, number + 1)
            if off is not None and off not in seen:
                text = f"{self.label(index)} needs {self.label(off)}, which is off"
                rule = condition.mechanism.name if condition.mechanism else "subunit"
                claims, facts = self._condition_claims(condition)
                conclusion = f"off({self.name(index)})"
                return Reason(conclusion, text, rule, [self.off(off, seen)], claims, facts=facts)
        return None

    def _condition_claims(self, condition: Condition) -> tuple[list[str], tuple[Fact, ...]]:
        if condition.mechanism is not None:
            return self._mechanism_claims(condition.mechanism), ()
        facts = () if condition.fact is None else (condition.fact,)
        return self._support(facts), facts

    def _held_down(self, index: int, before: Rank) -> Reason | None:
        """The suppression of a node by what comes on before a moment, and not because the node is off."""
        conclusion = f"off({self.name(index)})"
        is_free = self._acting(index, _LIFT) or self.located.gained >> index & 1
        suppressing = [] if is_free else [m for m in self._firm(index) if m.sign == SUPPRESSES]
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
        cutters = self._acting(index, _CUT)
        raisers = [a for position in (_LIFT, _SUPPLY, _ACTIVATE) for a in self._acting(index, position)]
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
        conclusion = f"{value}({arm.arm.name})"
        if value == ON:
            copy = next(copy for copy in arm.copies if all(self.value(i) == ON for i in copy))
            evidence = self._support(Fact("needs", arm.arm.name, need) for need in arm.arm.needs)
            return Reason(conclusion, f"the way through {label} is open", "arm", [self.on(i) for i in copy], evidence)
        deciding = [(p, copy[p]) for copy in arm.copies for p in self._deciding(copy, value)]
        if not deciding:
            return Reason(conclusion, f"the way through {label} is {value}", "arm")
        evidence = self._support(Fact("needs", arm.arm.name, arm.arm.needs[position]) for position, _ in deciding)
        needs = " and ".join(dict.fromkeys(self.label(index) for _, index in deciding))
        text = f"the way through {label} is {'closed' if value == OFF else 'undetermined'}: it needs {needs}"
        premises = [self.value_reason(index) for index in dict.fromkeys(index for _, index in deciding)]
        return Reason(conclusion, text, "arm", premises, evidence)

    def _deciding(self, copy: Sequence[int], value: str) -> list[int]:
        """The position of the first need of a copy of an arm that has the value of the arm."""
        return [position for position, index in enumerate(copy) if self.value(index) == value][:1]
