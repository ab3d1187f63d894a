"""Why a node is on or off in the well-founded model.

Each reason settled before what it is a reason for (:mod:`~reasoner.mechanism.settling`).  A tree of what is off says,
for each way in which it could be on, what is missing; a loop that never starts is said to be one.  Of what agents would
do to a node but for a lesion, or for an activity that is off, the tree says so (:mod:`~reasoner.scenario.deeds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, product

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.located import Implied, LocatedMechanism
from reasoner.mechanism.mechanism_graph import PROMOTES, SUPPRESSES, Lesion
from reasoner.mechanism.settling import Rank, Settling
from reasoner.mechanism.well_founded import OFF, ON, Valuation
from reasoner.model.atom import Fact
from reasoner.scenario.deeds import ACTIVATE, CUT, DEPLETE, LIFT, LOWERING, RAISING, SUPPLY, Deed, Deeds, Hindered
from reasoner.scenario.grounds import Grounds
from reasoner.scenario.reason import LOOP, Reason
from reasoner.scenario.scenario import Scenario
from reasoner.scenario.solidity import action_fact

#: The most derivations of one node that are told.
MOST_WAYS = 50
#: A rank after all others.
LAST = (1 << 62, 0)


class SettledTrace:
    """Explains what is on or off in one scenario under one part of its regimen."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Sequence[str] | None = None) -> None:
        self.reasoned = reasoned
        self.scenario = scenario
        self.located = scenario.located
        self.given_agents = (*scenario.background, *(scenario.regimen if agents is None else agents))
        self._agents = agents
        #: What feedback comes to, and the well-founded model, of which the reasons tell.
        self.unfolded: Valuation = scenario.valuation(agents)
        self.valuation = self.unfolded.settled
        self.grounds = Grounds(reasoned, self.located)
        self.deeds = Deeds(reasoned, scenario, self.given_agents, self.valuation)

    # --- words -------------------------------------------------------------------------------------------------------

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
        """The value of a node in the well-founded model."""
        return self.valuation.value(1 << index)

    def comes_to(self, index: int) -> str:
        """The value of a node, its feedback read in steps."""
        return self.unfolded.value(1 << index)

    def labels(self, nodes: Iterable[int]) -> str:
        """The labels of some nodes."""
        return " and ".join(map(self.label, nodes))

    def _called(self, name: str) -> str:
        """An activity in words, also one that only this place has."""
        index = None if name in self.reasoned.graph.activities else self.located.find(name)
        return self.reasoned.label(name) if index is None else self.label(index)

    def _because(self, mechanism: LocatedMechanism) -> str:
        label = self.reasoned.base.label(mechanism.name)
        if label != mechanism.name and not mechanism.copied:
            return label
        verb = "meet" if self.reasoned.closure.objects("engages", mechanism.name) else "brings it about"
        return f"{self.labels(mechanism.requires)} {verb}"

    # --- when --------------------------------------------------------------------------------------------------------

    @cached_property
    def _settling(self) -> Settling:
        return self.scenario.settling(self._agents)

    def _rank(self, index: int) -> Rank:
        rank = self._settling.on(index)
        assert rank is not None, "only what is on has a rank"
        return rank

    def _done(self, index: int, before: Rank, *ways: int) -> list[Deed]:
        """What is done to a node by agents whose needs were met before a moment."""
        return [deed for deed in self.deeds.done(index, *ways) if self._settling.all_on(deed.needed, before)]

    # --- agents ------------------------------------------------------------------------------------------------------

    def _acting(self, deed: Deed, conclusion: str, text: str, more: Sequence[Reason] = ()) -> Reason:
        """A conclusion from what an agent does, with why it can do so where it depends on something."""
        claims, facts = self.grounds.of_dependency(deed.agent) if deed.needed else ([], ())
        evidence = list(dict.fromkeys((*self.grounds.support(deed.stated), *claims)))
        premises = [*map(self.on, dict.fromkeys(deed.needed)), *more]
        return Reason(conclusion, text, "action", premises, evidence, facts=(*deed.facts, *facts), decisive=True)

    def opposed(self, index: int, lowering: Deed, raising: Deed) -> Reason:
        """That agents oppose each other on a node."""
        deeds = (lowering, raising)
        agents = " and ".join(dict.fromkeys(self.reasoned.label(deed.agent) for deed in deeds))
        text = f"{agents} oppose each other on {self.label(index)}"
        if lowering.agent == raising.agent:
            text = f"{agents} both cuts {self.label(index)} and raises it"
        claims = self.grounds.support(fact for deed in deeds for fact in deed.stated)
        nodes = dict.fromkeys(node for deed in deeds for node in deed.needed)
        premises = [self.on(node) for node in nodes]
        facts = lowering.facts + raising.facts
        return Reason(f"undetermined({self.name(index)})", text, "opposed", premises, claims, facts=facts)

    def hindrances(self, index: int, *ways: int) -> Iterator[tuple[str, Reason]]:
        """The agents that are aimed at a node in these ways and do not act on it, each with why."""
        for found in self.deeds.hindered(index, *ways):
            yield found.agent, self._hindrance(index, found, LAST[0], frozenset())

    def hindered(self, index: int, ways: Sequence[int], before: int, seen: frozenset[int]) -> list[Reason]:
        """Why agents do not act on a node that are aimed at it: a lesion keeps them from it, or they lack something."""
        return [self._hindrance(index, found, before, seen) for found in self.deeds.hindered(index, *ways)]

    def _hindrance(self, index: int, found: Hindered, before: int, seen: frozenset[int]) -> Reason:
        agent, label = self.reasoned.label(found.agent), self.label(index)
        conclusion = f"kept({found.agent}, {self.name(index)})"
        stated = (action_fact(found.action),)
        if found.lesion:
            claims, facts = self.grounds.of_lesion(self.located.graph.lesions[found.lesion])
            text = f"{self.reasoned.label(found.lesion)} keeps {agent}{self._aim(found, index)} from {label}"
            return Reason(conclusion, text, "lesion", [], self._joined(stated, claims), facts=(*stated, *facts))
        claims, facts = self.grounds.of_dependency(found.agent)
        lacking, premises = self.reasoned.label(found.lacking), list[Reason]()
        text = f"{agent} does not act on {label} without {lacking}, of which nothing is known there"
        if found.node is not None:
            lacking = self.label(found.node)
            text = f"{agent} does not act on {label} without {lacking}, which is off"
            if self._settling.first_off([found.node], before) is not None:
                premises = [self.off(found.node, seen)]
        return Reason(conclusion, text, "dependency", premises, self._joined(stated, claims), facts=(*stated, *facts))

    def _joined(self, facts: Iterable[Fact], claims: Iterable[str]) -> list[str]:
        return list(dict.fromkeys((*self.grounds.support(facts), *claims)))

    def _aim(self, found: Hindered, index: int) -> str:
        """At what an agent is aimed, where that is not the very molecule that is at work."""
        target, activity = found.action.target, self.located.nodes[index].activity
        if target in (*activity.things, activity.name):
            return ""
        return f", which is aimed at {self.reasoned.label(target)},"

    # --- on ----------------------------------------------------------------------------------------------------------

    def on(self, index: int) -> Reason:
        """Why a node is on."""
        told = self._supplied(index) or self._activated(index) or self._natural(index)
        told.premises += self.hindered(index, LOWERING, self._rank(index)[0], frozenset())
        return told

    def _supplied(self, index: int) -> Reason | None:
        for deed in self._done(index, self._rank(index), SUPPLY):
            text = f"{self.reasoned.label(deed.agent)} brings about {self.label(index)}"
            if deed.agent in self.reasoned.supposed.background:
                text = f"{self.label(index)} is assumed to be on"
            return self._acting(deed, f"on({self.name(index)})", text, self._overruled(index))
        return None

    def _overruled(self, index: int) -> list[Reason]:
        """What would take a node away that is supplied: a denial, a suppression, something that it needs."""
        found = []
        if self.located.nodes[index].says is False and (denials := self.grounds.denials(index)):
            text = f"so it is although {self.label(index)} is denied here"
            found.append(
                Reason(
                    f"overruled({self.name(index)})", text, "denied", [], self.grounds.support(denials), facts=denials
                )
            )
        for mechanism in self._firm(index):
            if mechanism.sign == SUPPRESSES and self.valuation.all_of(mechanism.needed) == ON:
                text = f"so it is although {self.labels(mechanism.requires)} would hold it down"
                claims = self.grounds.of_mechanism(mechanism)
                found.append(Reason(f"overruled({mechanism.name})", text, mechanism.name, [], claims))
        for condition in self.located.prerequisites(index):
            for node in condition.nodes:
                if self.value(node) == OFF:
                    text = f"so it is although {self.label(index)} needs {self.label(node)}, which is off"
                    rule = condition.mechanism.name if condition.mechanism else "subunit"
                    claims, facts = self.grounds.of_prerequisite(condition)
                    found.append(Reason(f"overruled({self.name(node)})", text, rule, [], claims, facts=facts))
        return found

    def _activated(self, index: int) -> Reason | None:
        """Why an interaction is on without its ligand: an agonist stands in for that at a receptor at work."""
        for deed in self._done(index, self._rank(index), ACTIVATE):
            agent, whole = self.reasoned.label(deed.agent), self.label(index)
            text = f"{agent} activates {self.label(deed.needed[-1])}, so that {whole} is on without its ligand"
            return self._acting(deed, f"on({self.name(index)})", text)
        return None

    def _natural(self, index: int) -> Reason:
        """Why a node is on that no agent brings about."""
        conclusion, guards, conditions = f"on({self.name(index)})", self._guards(index), self._met(index)
        if self.located.given >> index & 1:
            return self._of_itself(index, guards + conditions)
        rank = self._rank(index)
        for mechanism in self._firm(index):
            if mechanism.sign == PROMOTES and self._settling.all_on(mechanism.requires, rank):
                premises = [self.on(i) for i in mechanism.requires]
                if mechanism.name in self.located.graph.releasing and not guards and not conditions:
                    made = premises[0]
                    text = f"{self.label(index)}: {made.text}"
                    return Reason(conclusion, text, made.rule, list(made.premises), made.evidence, facts=made.facts)
                text = f"{self.label(index)} is on: {self._because(mechanism)}"
                claims = self.grounds.of_mechanism(mechanism)
                return Reason(conclusion, text, mechanism.name, premises + guards + conditions, claims)
        raise AssertionError("what is on is given, supplied or brought about")

    def _of_itself(self, index: int, premises: list[Reason]) -> Reason:
        """Why a node is there of itself, with the facts that say so."""
        conclusion, label, rule = f"on({self.name(index)})", self.label(index), "given"
        claims: list[str] = []
        facts: tuple[Fact, ...] = ()
        if self.name(index) in self.located.states:
            how = "is given in this state"
        elif self.located.gained >> index & 1:
            lesion = self._changing(index, gain=True)
            how, rule = f"is on by {self.reasoned.label(lesion.name)}, whatever regulates it", "lesion"
            claims, facts = self.grounds.of_lesion(lesion)
        elif implied := self.grounds.implying(index):
            how, facts = self._implied_words(index, implied), self.grounds.of_implied(implied)
            claims = self.grounds.support(facts)
        else:
            how = "is stated to be there"
            facts = tuple(s.fact for s in self.located.nodes[index].base_statements if s.holds)
            claims = self.grounds.support(facts)
        return Reason(conclusion, f"{label} {how}", rule, premises, claims, facts=facts)

    def _changing(self, index: int, *, gain: bool) -> Lesion:
        """The lesion that sets a node to work, or takes it away."""
        molecule = self.located.nodes[index].activity.molecule
        borne = self.located.lesions.lesions
        return next(o for o in borne if (o.gain if gain else o.loss) and molecule in o.molecules)

    def _implied_words(self, index: int, implied: Implied) -> str:
        by = self._called(implied.by)
        is_subunit = implied.fact.predicate == "hasSubunit"
        why = f"is there: it is a subunit of {by}" if is_subunit else f"is there: {by} is stated here and needs it"
        return f"{why}, more narrowly than it is denied" if self.grounds.denials(index) else why

    def _met(self, index: int) -> list[Reason]:
        """Why each thing is on that a node cannot be on without."""
        return [self.on(i) for i in dict.fromkeys(i for c in self.located.prerequisites(index) for i in c.nodes)]

    def ways(self, index: int, seen: frozenset[int] = frozenset()) -> list[Reason]:
        """Every derivation of a node that is on, none going through itself; at most :data:`MOST_WAYS`."""
        if index in seen or self.value(index) != ON:
            return []
        seen |= {index}
        supplied = bool(self._done(index, self._rank(index), SUPPLY))
        starts = supplied or self.located.given >> index & 1 or self._activated(index) is not None
        found = [self.on(index)] if starts else []
        if any(self.value(node) != ON for condition in self.located.prerequisites(index) for node in condition.nodes):
            return found
        guards = [] if supplied else self._guards(index) + self._met(index)
        for mechanism in self._firm(index):
            if mechanism.sign != PROMOTES:
                continue
            options = [self.ways(i, seen) for i in mechanism.requires]
            claims = self.grounds.of_mechanism(mechanism)
            text = f"{self.label(index)} is on: {self._because(mechanism)}"
            for premises in islice(product(*options), MOST_WAYS - len(found)):
                found.append(Reason(f"on({self.name(index)})", text, mechanism.name, [*premises, *guards], claims))
        return found

    def _firm(self, index: int) -> list[LocatedMechanism]:
        """The mechanisms for a node that are not in doubt."""
        return [m for m in self.located.by_effect.get(index, ()) if not m.weak]

    def _guards(self, index: int) -> list[Reason]:
        """Why each mechanism that would take the node away does not."""
        found: list[Reason] = []
        if self.located.gained >> index & 1:
            return found
        rank = self._rank(index)
        lifting = self._done(index, rank, LIFT, ACTIVATE, SUPPLY)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign != SUPPRESSES:
                continue
            if lifting:
                text = f"{self.reasoned.label(lifting[0].agent)} restores {self.label(index)}"
                found.append(self._acting(lifting[0], f"lifted({self.name(index)})", text))
                continue
            required = self._settling.first_off(mechanism.requires, rank[0])
            assert required is not None, "what is on is held down by nothing"
            text = f"{self.label(required)} would hold it down, but is off"
            claims = self.grounds.of_mechanism(mechanism)
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
                text = f"{self.reasoned.label(agent)} is said to restore {partly}{self.label(index)}"
                found.append(
                    Reason(f"observed({observation.name})", text, "observation", [], list(observation.supported))
                )
        return found

    # --- off ---------------------------------------------------------------------------------------------------------

    def off(self, index: int, seen: frozenset[int] = frozenset()) -> Reason:
        """Why a node is not on: lost, cut, denied, suppressed, or without anything that could bring it about."""
        conclusion = f"off({self.name(index)})"
        if index in seen:
            return Reason(conclusion, f"{self.label(index)} is off, as above: the loop never starts", LOOP)
        seen |= {index}
        if self.located.lost >> index & 1:
            return self._lost(index)
        number = self._settling.off(index)
        assert number is not None, "only what is off is ruled out"
        before = (number + 1, 0)
        told = (
            self._cut(index, before)
            or self.held_down(index, before)
            or (None if self._is_denied(index, number) else self._lacking(index, number, seen))
            or self._unmet(index, number, seen)
        )
        told.premises += self.hindered(index, RAISING, number + 1, seen)
        return told

    def _lost(self, index: int) -> Reason:
        lesion = self._changing(index, gain=False)
        claims, facts = self.grounds.of_lesion(lesion)
        text = f"{self.label(index)} is lost by {self.reasoned.label(lesion.name)}"
        return Reason(f"off({self.name(index)})", text, "lesion", [], claims, facts=facts)

    def _cut(self, index: int, before: Rank) -> Reason | None:
        """The agent that cuts a node, or takes its cell away."""
        label = self.label(index)
        for deed in self._done(index, before, DEPLETE, CUT):
            agent = self.reasoned.label(deed.agent)
            partly = "partly " if self.located.effects_of(deed.agent).partial >> index & 1 else ""
            text = f"{agent} {partly}cuts {label}"
            if deed.agent in self.reasoned.supposed.background:
                text = f"{label} is assumed to be off"
            elif deed.cells:
                text = f"{agent} takes {self.reasoned.label(deed.cells[0])} away, and {label} with it"
            return self._acting(deed, f"off({self.name(index)})", text)
        return None

    def _lacking(self, index: int, number: int, seen: frozenset[int]) -> Reason | None:
        """A subunit or another necessary condition of a node that was ruled out no later than it."""
        found = [
            (node, condition)
            for condition in self.located.prerequisites(index)
            if not condition.weak
            for node in condition.nodes
            if self._settling.first_off([node], number + 1) is not None
        ]
        if not found:
            return None
        node, condition = min(found, key=lambda pair: pair[0] in seen)
        text = f"{self.label(index)} needs {self.label(node)}, which is off"
        rule = condition.mechanism.name if condition.mechanism else "subunit"
        claims, facts = self.grounds.of_prerequisite(condition)
        return Reason(f"off({self.name(index)})", text, rule, [self.off(node, seen)], claims, facts=facts)

    def held_down(self, index: int, before: Rank) -> Reason | None:
        """The suppression of a node by what comes on before a moment, and not because the node is off."""
        conclusion = f"off({self.name(index)})"
        raised = self.deeds.done(index, *RAISING) or self.deeds.pending(index, *RAISING)
        is_free = raised or self.located.gained >> index & 1
        suppressing = [] if is_free else [m for m in self._firm(index) if m.sign == SUPPRESSES]
        for mechanism in suppressing:
            if self._settling.all_on(mechanism.requires, before):
                premises = [self.on(i) for i in mechanism.requires]
                if all(step.conclusion != conclusion for premise in premises for step in premise.steps()):
                    text = f"{self.label(index)} is held down by {self.labels(mechanism.requires)}"
                    claims = self.grounds.of_mechanism(mechanism)
                    return Reason(conclusion, text, mechanism.name, premises, claims, decisive=True)
        return None

    def _is_denied(self, index: int, number: int) -> bool:
        """Whether a denial of the very node would be enough: nothing else brings it about."""
        promoting = (m for m in self.located.by_effect.get(index, ()) if m.sign == PROMOTES)
        return bool(self.grounds.denials(index)) and all(
            self._settling.first_off(m.requires, number + 1) is not None for m in promoting
        )

    def _unmet(self, index: int, number: int, seen: frozenset[int]) -> Reason:
        """Why nothing brings a node about: it is denied, no mechanism is known, or each lacks something."""
        conclusion = f"off({self.name(index)})"
        reasons = list(self._every_missing(index, number, seen))
        if denials := self.grounds.denials(index):
            text = f"{self.label(index)} is denied here by the source"
            return Reason(conclusion, text, "denied", reasons, self.grounds.support(denials), facts=denials)
        if not reasons:
            return Reason(conclusion, f"nothing known brings about {self.label(index)} here", "closed world")
        if len(reasons) == 1:
            only = reasons[0]
            text = f"{self.label(index)} is off: {only.text}"
            return Reason(conclusion, text, only.rule, only.premises, only.evidence, facts=only.facts)
        text = f"nothing that would bring about {self.label(index)} works here"
        return Reason(conclusion, text, "closed world", reasons)

    def _every_missing(self, index: int, number: int, seen: frozenset[int]) -> Iterator[Reason]:
        """What each mechanism that would bring a node about lacks, and each agonist; the same is told once."""
        told: set[str] = set()
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                missing = self._missing(mechanism, number, seen)
                if missing.text not in told:
                    told.add(missing.text)
                    yield missing

    def _missing(self, mechanism: LocatedMechanism, number: int, seen: frozenset[int]) -> Reason:
        """What a mechanism lacks: something ruled out by the round that rules out its effect, or by an earlier one."""
        required = self._settling.first_off(mechanism.requires, number + 1)
        assert required is not None, "what has all that it requires is not ruled out"
        text = f"it would need {self.label(required)}, which is off"
        claims = self.grounds.of_mechanism(mechanism)
        return Reason(f"silent({mechanism.name})", text, mechanism.name, [self.off(required, seen)], claims)
