"""Why a node is on or off, why a route has its status: trees that read as prose and end in claims.

A tree of what is on is well founded: each premise came on earlier than what rests on it.  A tree of what is off says,
for each way in which it could be on, what is missing; a loop that never starts is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice, product

from reasoner.engine.located_graph import LocatedArm, LocatedMechanism
from reasoner.engine.masks import bits
from reasoner.engine.mechanism_graph import PROMOTES
from reasoner.engine.reasoned import Reasoned
from reasoner.engine.scenario import BROKEN, INACTIVE, OPENED, RouteStanding, Scenario
from reasoner.engine.solidity import action_fact, mechanism_facts
from reasoner.engine.well_founded import OFF, ON, Valuation
from reasoner.model.atom import Fact

#: The most derivations of one node that are told.
MOST_WAYS = 50
_DECISIVE = frozenset({"action", "denied", "opposed", "contested", "unstated"})


@dataclass(slots=True)
class Reason:
    """A conclusion in words, what concluded it, its premises, and the claims that it rests on directly."""

    conclusion: str
    text: str
    rule: str = ""
    premises: list[Reason] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    decisive: bool = False

    def root(self) -> Reason:
        """The first decisive node: the action, denial, suppression or gap that the conclusion comes down to."""
        node = self
        while node.premises and not (node.decisive or node.rule in _DECISIVE):
            node = node.premises[0]
        return node

    def steps(self) -> Iterator[Reason]:
        """The node and all below it."""
        yield self
        for premise in self.premises:
            yield from premise.steps()

    def claims(self) -> list[str]:
        """All claims of the tree, each once, in order."""
        found = dict.fromkeys(self.evidence)
        for premise in self.premises:
            found.update(dict.fromkeys(premise.claims()))
        return list(found)


class Trace:
    """Explains one scenario under one part of its regimen."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Sequence[str] | None = None) -> None:
        self.reasoned = reasoned
        self.scenario = scenario
        self.located = scenario.located
        self.given_agents = (*scenario.background, *(scenario.regimen if agents is None else agents))
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
    def _ranks(self) -> dict[int, int]:
        """The round in which each node that is on comes on."""
        supplied = 0
        for agent in self.given_agents:
            supplied |= self.located.effects_of(agent).effects.supply
        reached = (self.located.program.given | supplied) & self.valuation.on
        ranks = dict.fromkeys(bits(reached), 0)
        pending = [c for c in self.located.program.positive if c.effect & self.valuation.on & ~reached]
        step = 0
        while pending:
            step += 1
            new = 0
            for clause in pending:
                if clause.requires & reached == clause.requires:
                    new |= clause.effect
            if not new:
                break
            ranks.update(dict.fromkeys(bits(new), step))
            reached |= new
            pending = [c for c in pending if not c.effect & reached]
        return ranks

    def _suppliers(self, index: int) -> list[tuple[str, list[str]]]:
        return self._acting(index, 2)

    def _acting(self, index: int, position: int) -> list[tuple[str, list[str]]]:
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
            found.append((agent, self._support(action_fact(a) for a in stated)))
        return found

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

    def on(self, index: int, seen: frozenset[int] = frozenset()) -> Reason:
        """Why a node is on."""
        conclusion = f"on({self.name(index)})"
        if index in seen:
            return Reason(conclusion, f"{self.label(index)} is on, as above")
        seen |= {index}
        guards = self._guards(index, seen)
        for agent, claims in self._suppliers(index):
            return Reason(
                conclusion, f"{self.reasoned.label(agent)} brings about {self.label(index)}", "action", guards, claims
            )
        if self.located.program.given >> index & 1:
            statements = self.located.base_statements(index)
            claims = self._support(s.fact for s in statements if s.holds)
            how = "is given in this state" if self.name(index) in self.located.place.states else "is stated to be there"
            return Reason(conclusion, f"{self.label(index)} {how}", "given", guards, claims)
        rank = self._ranks.get(index, 0)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES and all(self._ranks.get(i, rank) < rank for i in mechanism.requires):
                premises = [self.on(i, seen) for i in mechanism.requires]
                claims = self._mechanism_claims(mechanism)
                if self._releases(mechanism) and not guards:
                    made = premises[0]
                    return Reason(
                        conclusion, f"{self.label(index)}: {made.text}", made.rule, made.premises, made.evidence
                    )
                text = f"{self.label(index)} is on: {self._because(mechanism)}"
                return Reason(conclusion, text, mechanism.name, premises + guards, claims)
        return Reason(conclusion, f"{self.label(index)} is on")

    def ways(self, index: int, seen: frozenset[int] = frozenset()) -> list[Reason]:
        """Every derivation of a node that is on, none going through itself; at most :data:`MOST_WAYS`."""
        if index in seen or self.value(index) != ON:
            return []
        seen |= {index}
        guards = self._guards(index, seen)
        found = [self.on(index)] if index in self._started else []
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign != PROMOTES or mechanism.weak:
                continue
            options = [self.ways(i, seen) for i in mechanism.requires]
            claims = self._mechanism_claims(mechanism)
            text = f"{self.label(index)} is on: {self._because(mechanism)}"
            for premises in islice(product(*options), MOST_WAYS - len(found)):
                found.append(Reason(f"on({self.name(index)})", text, mechanism.name, [*premises, *guards], claims))
        return found

    @property
    def _started(self) -> set[int]:
        return {index for index, rank in self._ranks.items() if rank == 0}

    def _guards(self, index: int, seen: frozenset[int]) -> list[Reason]:
        """Why each mechanism that would take the node away does not."""
        found: list[Reason] = []
        lifters = self._acting(index, 1)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                continue
            if lifters:
                agent, claims = lifters[0]
                found.append(
                    Reason(
                        f"lifted({self.name(index)})",
                        f"{self.reasoned.label(agent)} restores {self.label(index)}",
                        "action",
                        [],
                        claims,
                    )
                )
                continue
            for required in mechanism.requires:
                if self.value(required) == OFF:
                    reason = self.off(required, seen)
                    text = f"{self.label(required)} would hold it down, but is off"
                    claims = self._mechanism_claims(mechanism)
                    found.append(Reason(f"silent({mechanism.name})", text, mechanism.name, [reason], claims))
                    break
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
        for agent, claims in self._acting(index, 0):
            partly = "partly " if self.located.effects_of(agent).partial >> index & 1 else ""
            return Reason(
                conclusion, f"{self.reasoned.label(agent)} {partly}cuts {self.label(index)}", "action", [], claims
            )
        mechanisms = self.located.by_effect.get(index, ())
        for mechanism in mechanisms:
            if mechanism.sign != PROMOTES and all(self.value(i) == ON for i in mechanism.requires):
                premises = [self.on(i, seen) for i in mechanism.requires]
                needs = " and ".join(self.label(i) for i in mechanism.requires)
                text = f"{self.label(index)} is held down by {needs}"
                claims = self._mechanism_claims(mechanism)
                return Reason(conclusion, text, mechanism.name, premises, claims, decisive=True)
        denials = [s for s in self.located.base_statements(index) if not s.holds]
        if denials:
            text = f"{self.label(index)} is denied here by the source"
            return Reason(conclusion, text, "denied", [], self._support(s.fact for s in denials))
        return self._unmet(index, [m for m in mechanisms if m.sign == PROMOTES], seen)

    def _unmet(self, index: int, mechanisms: Sequence[LocatedMechanism], seen: frozenset[int]) -> Reason:
        """Why nothing brings a node about: no mechanism is known, or each lacks something."""
        conclusion = f"off({self.name(index)})"
        if not mechanisms:
            text = f"nothing known brings about {self.label(index)} here"
            return Reason(conclusion, text, "closed world")
        lacking: dict[str, Reason] = {}
        for mechanism in mechanisms:
            missing = self._missing(mechanism, seen)
            lacking.setdefault(missing.text, missing)
        if len(lacking) == 1:
            only = next(iter(lacking.values()))
            return Reason(
                conclusion, f"{self.label(index)} is off: {only.text}", only.rule, only.premises, only.evidence
            )
        text = f"nothing that would bring about {self.label(index)} works here"
        return Reason(conclusion, text, "closed world", list(lacking.values()))

    def _missing(self, mechanism: LocatedMechanism, seen: frozenset[int]) -> Reason:
        for required in mechanism.requires:
            if self.value(required) != ON:
                reason = self.off(required, seen) if self.value(required) == OFF else self.unsettled(required)
                text = f"it would need {self.label(required)}, which is {self.value(required)}"
                claims = self._mechanism_claims(mechanism)
                return Reason(f"silent({mechanism.name})", text, mechanism.name, [reason], claims)
        return Reason(f"silent({mechanism.name})", self._because(mechanism), mechanism.name)

    def unsettled(self, index: int) -> Reason:
        """Why a node is undetermined."""
        node = self.located.nodes[index]
        conclusion = f"undetermined({node.name})"
        cutters, raisers = self._acting(index, 0), self._acting(index, 1) + self._acting(index, 2)
        if cutters and raisers:
            agents = " and ".join(self.reasoned.label(acting[0][0]) for acting in (cutters, raisers))
            text = f"{agents} oppose each other on {self.label(index)}"
            return Reason(conclusion, text, "opposed", [], cutters[0][1] + raisers[0][1])
        if node.statements and self.located.says(index) is None:
            statements = self.located.base_statements(index)
            text = f"equally narrow statements disagree on {self.label(index)}"
            return Reason(conclusion, text, "contested", [], self._support(s.fact for s in statements))
        if node.unstated:
            return Reason(conclusion, f"{self.label(index)} is stated for another state only", "unstated")
        return Reason(
            conclusion,
            f"{self.label(index)} is undetermined: it rests on what is undetermined or suppresses itself",
            "well-founded semantics",
        )

    def value_reason(self, index: int) -> Reason:
        """Why a node has the value that it has."""
        value = self.value(index)
        return self.on(index) if value == ON else self.off(index) if value == OFF else self.unsettled(index)

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


def status_root(trace: Trace, standing: RouteStanding) -> str:
    """What the status of a route comes down to, in one sentence."""
    told = trace.arm(standing.arms[0][0])
    if told.conclusion.startswith("on("):
        return "; ".join(premise.text.partition(":")[0] for premise in told.premises) or told.text
    return told.root().text


def route_reason(reasoned: Reasoned, scenario: Scenario, standing: RouteStanding) -> Reason:
    """Why a route has its status under the regimen, with what it was before where that decides."""
    now = Trace(reasoned, scenario, () if standing.status == INACTIVE else None)
    label = reasoned.label(standing.route.name)
    premises = [now.arm(arm) for arm, _ in standing.arms]
    text = f"{label} is {standing.status}"
    if standing.status in (BROKEN, OPENED) and standing.standing.by:
        groups = [" and ".join(map(reasoned.label, group)) for group in standing.standing.by]
        text += f" by {' or by '.join(groups)}"
    if standing.status == BROKEN or standing.narrowed:
        broken = [arm for arm, own in standing.arms if own.status == BROKEN]
        before = _before(broken, scenario)
        if before is not None:
            premises.append(_earlier(reasoned, scenario, standing, before, broken))
    elif standing.status == OPENED:
        premises.append(_earlier(reasoned, scenario, standing, ()))
    return Reason(f"status({standing.route.name})", text, "route", premises)


def _before(arms: Sequence[LocatedArm], scenario: Scenario) -> tuple[str, ...] | None:
    """A smallest part of the regimen under which one of the arms is on."""
    for size in range(len(scenario.regimen) + 1):
        for part in combinations(scenario.regimen, size):
            valuation = scenario.valuation(part)
            if any(valuation.all_of(arm.mask) == ON for arm in arms):
                return part
    return None


def _earlier(
    reasoned: Reasoned,
    scenario: Scenario,
    standing: RouteStanding,
    part: tuple[str, ...],
    arms: Sequence[LocatedArm] = (),
) -> Reason:
    """What the route, or these arms of it, were under a part of the regimen."""
    chosen = arms or [arm for arm, _ in standing.arms]
    trace = Trace(reasoned, scenario, part)
    under = " and ".join(map(reasoned.label, part)) or (
        "the background alone" if scenario.background else "no treatment"
    )
    on = [trace.arm(arm) for arm in chosen if trace.valuation.all_of(arm.mask) == ON]
    word = "open" if on else "closed"
    premises = on[:1] or [trace.arm(arm) for arm in chosen]
    return Reason(f"before({standing.route.name})", f"under {under} it is {word}", "route", premises)
