"""Statements that nobody has made and that could be missing for a conclusion, made from roles alone.

Each says in one sentence what it supposes, and which kind of experiment would settle it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reasoner.answers.missing.bearing import arms_of, routes_asked, shared_targets, signs
from reasoner.answers.missing.opposition import Objection, Opposition
from reasoner.asking.conclusion import VALUES, Conclusion
from reasoner.asking.regimen import DEPLETE, hypothetical
from reasoner.mechanism.mechanism_graph import PROMOTES, SUPPRESSES, Statement
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF
from reasoner.model.atom import Fact
from reasoner.model.masks import bits
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.deeds import LOWERING, RAISING, Deeds
from reasoner.scenario.scenario import BROKEN, INACTIVE, RouteStanding, Scenario
from reasoner.scenario.shielding import shielding

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: How special each kind of statement is: what holds of an agent or a route anywhere before what holds at one place.
SPECIAL = {
    "action": 0, "killing": 1, "overcoming": 1, "protection": 1, "relation": 1, "given": 2, "absent": 2, "denied": 2,
    "need": 3, "requirement": 3, "fact": 4,
}  # fmt: skip
EXPERIMENTS = {
    "action": "Give the agent to cells that carry the target and measure the activity, over a range of doses.",
    "killing": "Give the agent alone to these cells and count the living ones.",
    "overcoming": "Give the agent to cells with and without the lesion and compare the effect on the target.",
    "protection": "Compare how many cells the therapy kills with the route intact and with the route cut.",
    "relation": "Cut the route by other means and see whether the cell stays where and as it was.",
    "given": "Measure the activity in these cells, from patients or in a model of the disease, before any treatment.",
    "absent": "Measure the activity in these cells, from patients or in a model of the disease, before any treatment.",
    "denied": "Measure the activity again, with another method and in other samples: a source denies it.",
    "need": "Take the activity away by a knock-out or an antibody and see whether the route still works.",
    "requirement": "Take the activity away by a knock-out or an antibody and see whether the effect still comes about.",
    "fact": "Look for a source that states it, or measure it directly.",
}
#: Kinds of activity whose molecule an agent could act on, with the mode that takes them away.
_CUTTING = {"MoleculeActivity": "block", "Availability": "block", "Supply": "lower"}
_UNTOUCHABLE = ("Interaction", "Protection")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One statement that could be missing: its facts, what speaks against it, and what of that it takes back."""

    kind: str
    facts: tuple[Fact, ...]
    text: str
    retracted: tuple[Fact, ...] = ()
    against: tuple[Objection, ...] = ()

    @property
    def order(self) -> tuple[bool, int, str]:
        """What nothing speaks against first, then general statements, then by name."""
        return bool(self.against), SPECIAL[self.kind], " ".join(map(str, self.facts))


class Hypotheses:
    """What could be missing for one conclusion in one scenario."""

    def __init__(self, reasoned: Reasoned, conclusion: Conclusion, assessment: Assessment) -> None:
        self.reasoned = reasoned
        self.conclusion = conclusion
        self.assessment = assessment
        self.scenario: Scenario = assessment.scenario
        self.located = self.scenario.located
        self.place: Place = assessment.place
        reached = reasoned.closure.members("ReachedState")
        given = self.scenario.background if conclusion.regimen is None else self.scenario.regimen
        self.agents = [agent for agent in given if not hypothetical(agent) and agent not in reached]
        self.opposition = Opposition(reasoned, self.place)

    def all(self) -> list[Hypothesis]:
        """Every hypothesis, general ones first, each once."""
        found = {hypothesis.facts: hypothesis for hypothesis in self._all()}
        return sorted(found.values(), key=lambda hypothesis: hypothesis.order)

    def _all(self) -> Iterator[Hypothesis]:
        predicate = self.conclusion.predicate
        if predicate in VALUES:
            yield from self._activity(predicate)
            return
        routes = routes_asked(self.reasoned, self.conclusion, self.assessment)
        for standing in routes:
            if predicate == "opensRoute":
                yield from self._raising(arms_of(standing), wanted_before=False)
            elif standing.status == INACTIVE:
                yield from self._raising(arms_of(standing), wanted_before=True)
            elif standing.status != BROKEN:
                yield from self._cutting(arms_of(standing))
                yield from self._needs(standing)
        if predicate != "opensRoute":
            yield from self._overcoming()
        outcome = self.reasoned.outcomes.get(predicate)
        if predicate == "effectiveKiller" or (outcome is not None and outcome.needs_killer):
            yield from self._killings()
        if outcome is not None and outcome.by_protection:
            yield from self._protections()
        elif outcome is not None and not outcome.is_harm:
            yield from self._relations(outcome.relation)

    # --- activities --------------------------------------------------------------------------------------------------

    def _activity(self, predicate: str) -> Iterator[Hypothesis]:
        index = self.located.find(str(self.conclusion.args[0]))
        if index is None:
            return
        if predicate == "on":
            yield from self._raising(1 << index, wanted_before=not self.agents)
        else:
            helps, _ = self._signs(1 << index)
            yield from self._cutting(1 << index)
            yield from self._denials(helps)
            yield from self._denials_of_what_follows(helps)
            yield from self._requirements(1 << index)

    def _cutting(self, mask: int) -> Iterator[Hypothesis]:
        """Agents that act on what holds these nodes on, or restore what would hold them down."""
        valuation = self.scenario.valuation()
        helps, hurts = self._signs(mask)
        at_work = [index for index in bits(helps & valuation.possible) if not self._freed(index, helps)]
        for index in at_work:
            yield from self._actions(index, cutting=True)
        molecules = [a.things[0] for a in (self.located.nodes[i].activity for i in at_work) if a.kind in _CUTTING]
        for target in shared_targets(self.reasoned, molecules):
            yield from self._acting("block", target)
        for cell in self._around(at_work):
            yield from self._acting(DEPLETE, cell)
        for index in bits(hurts & ~valuation.on):
            if self._is_held_down(index):
                yield from self._actions(index, cutting=False)
        yield from self._enabling(helps & valuation.possible, LOWERING)
        yield from self._enabling(hurts & ~valuation.on, RAISING)

    def _around(self, nodes: Iterable[int]) -> list[str]:
        """The niche and normal cells in which some nodes are."""
        here = {cell for index in nodes for cell in self.located.nodes[index].activity.acted_on}
        return sorted(cell for cell in here if {"NicheCell", "NormalCell"} & set(self.reasoned.closure.types(cell)))

    def _enabling(self, mask: int, ways: Sequence[int]) -> Iterator[Hypothesis]:
        """The activities given without which agents do not act on some nodes."""
        deeds = Deeds(self.reasoned, self.scenario, self.agents, self.scenario.valuation())
        lacking = {found.lacking for index in bits(mask) for found in deeds.hindered(index, *ways)}
        for name in sorted(lacking - {""}):
            yield from self._supplying(name)

    def _supplying(self, name: str) -> Iterator[Hypothesis]:
        """An activity on which an agent depends, given where that acts."""
        index = self.located.find(name)
        yield from [self._stated_here(name, ())] if index is None else self._given(index, direct=True)

    def _raising(self, mask: int, *, wanted_before: bool) -> Iterator[Hypothesis]:
        """What could bring these nodes on: given activities, and agents unless it must hold before the regimen."""
        valuation = self.scenario.valuation(() if wanted_before else None)
        helps, hurts = self._signs(mask)
        needed = {node for index in bits(helps) for c in self.located.prerequisites(index) for node in c.nodes}
        for index in bits(helps & ~valuation.on):
            yield from self._given(index, direct=bool(mask >> index & 1) or index in needed)
            if not wanted_before:
                yield from self._actions(index, cutting=False) if self._is_held_down(index) else ()
                yield from self._standing_in(index)
        if not wanted_before:
            for index in bits(hurts & valuation.possible):
                yield from self._actions(index, cutting=True)
            yield from self._enabling(helps & ~valuation.on, RAISING)
            yield from self._enabling(hurts & valuation.possible, LOWERING)
        yield from self._denials(hurts)

    def _standing_in(self, index: int) -> Iterator[Hypothesis]:
        """Each agent as an agonist that stands in for the ligand of an interaction."""
        activity = self.located.nodes[index].activity
        if activity.kind == "Interaction":
            yield from self._acting("activate", activity.things[1])

    def _is_held_down(self, index: int) -> bool:
        return any(m.sign == SUPPRESSES for m in self.located.by_effect.get(index, ()))

    def _signs(self, mask: int) -> tuple[int, int]:
        """The nodes whose being on can help those of a mask to be on, and those whose being on can hurt them."""
        helps, hurts = signs(self.located.part(mask)[0], mask)
        return helps & ~self.located.inner, hurts & ~self.located.inner

    def _freed(self, index: int, among: int) -> bool:
        """Whether a node is the making of a ligand that is also among the nodes as free: to block that is enough."""
        activity = self.located.nodes[index].activity
        free = self.located.by_key.get(("Availability", *activity.key[1:]))
        return activity.kind == "Supply" and free is not None and bool(among >> free & 1)

    def _actions(self, index: int, *, cutting: bool) -> Iterator[Hypothesis]:
        """Each agent acting on what is at work in a node, or on the node itself where that is no molecule."""
        activity = self.located.nodes[index].activity
        names = self._names(index)
        if activity.kind in _UNTOUCHABLE or not names or self._is_state(names):
            return
        mode = _CUTTING.get(activity.kind, "block") if cutting else "restore"
        if not cutting and activity.kind in ("Availability", "Supply"):
            return
        yield from self._acting(mode, activity.things[0] if activity.kind in _CUTTING else names[0])

    def _acting(self, mode: str, target: str) -> Iterator[Hypothesis]:
        """Each agent acting on a target in one mode."""
        for agent in self.agents:
            if any(action.target == target for action, _ in self.located.effects_of(agent).defeated):
                continue  # it does act on it, but for a lesion
            name = self._new(f"hyp_{agent}_{mode}s_{target}")
            facts = [Fact("Action", name), Fact("hasAgent", name, agent)]
            facts += [Fact("hasTarget", name, target), Fact("hasMode", name, mode)]
            yield self._hypothesis("action", facts, f"{self._label(agent)} {mode}s {self._label(target)}")

    def _given(self, index: int, *, direct: bool) -> Iterator[Hypothesis]:
        """The node given where it is stated for another state, denied, without a cause, or needed itself."""
        node, names = self.located.nodes[index], self._names(index)
        denials = [s for s in node.base_statements if not s.holds]
        causes = any(m.sign == PROMOTES for m in self.located.by_effect.get(index, ()))
        if not names or self._is_state(names) or not (direct or denials or node.unstated or not causes):
            return
        yield self._stated_here(names[0], denials)

    def _stated_here(self, name: str, denials: Sequence[Statement]) -> Hypothesis:
        """An activity given in the disease of the place."""
        scope = self.place.disease or "everywhere"
        text = f"{self._label(name)} is there in {self._label(scope)}"
        return self._instead("denied" if denials else "given", Fact("givenIn", name, scope), text, denials)

    def _denials(self, mask: int) -> Iterator[Hypothesis]:
        """What is given among these nodes, denied instead."""
        for index in bits(mask & self.located.given & self.scenario.valuation(()).on):
            names = self._names(index)
            given = [s for s in self.located.nodes[index].base_statements if s.holds]
            if names and given:
                yield self._denied_here("denied", names[0], given)

    def _denials_of_what_follows(self, mask: int) -> Iterator[Hypothesis]:
        """What may be on among these nodes though nobody states it, implied or brought about: denied."""
        for index in bits(mask & self.scenario.valuation(()).possible):
            node, names = self.located.nodes[index], self._names(index)
            if names and not self._is_state(names) and not any(s.holds for s in node.base_statements):
                hypothesis = self._denied_here("absent", names[0], ())
                implied = [
                    Objection(
                        f"{self._label(i.by)} is stated and needs it", i.fact, self.reasoned.support(i.fact).supported
                    )
                    for i in self.located.implied(index)
                ]
                yield replace(hypothesis, against=tuple(dict.fromkeys((*implied, *hypothesis.against))))

    def _denied_here(self, kind: str, name: str, given: Sequence[Statement]) -> Hypothesis:
        """An activity denied in the disease of the place."""
        scope = self.place.disease or "everywhere"
        text = f"{self._label(name)} is not there in {self._label(scope)}"
        return self._instead(kind, Fact("deniedIn", name, scope), text, given)

    def _instead(self, kind: str, fact: Fact, text: str, others: Sequence[Statement]) -> Hypothesis:
        """A statement in the place of others, which are taken back where they are just as narrow."""
        retracted = [s.fact for s in others if (s.activity, s.scope) == (fact.subject, fact.object)]
        against = [Objection(self._said(s), s.fact, self.reasoned.support(s.fact).supported) for s in others]
        known = {(o.fact, o.claims) for o in against}
        against += [o for o in self.opposition.to([fact]) if (o.fact, o.claims) not in known]
        return Hypothesis(kind, (fact,), text, tuple(retracted), tuple(against))

    def _said(self, statement: Statement) -> str:
        """A statement in words."""
        activity, scope = self._label(statement.activity), self._label(statement.scope)
        return f"{activity} is {'stated' if statement.holds else 'denied'} in {scope}"

    # --- routes ------------------------------------------------------------------------------------------------------

    def _needs(self, standing: RouteStanding) -> Iterator[Hypothesis]:
        """Arms that are open, and mechanisms behind them, needing something that the regimen cuts."""
        valuation = self.scenario.valuation()
        cut = self._cut_here()
        for arm, _ in standing.arms:
            if valuation.all_of(arm.mask) == OFF:
                continue
            for name in cut:
                if name not in arm.arm.needs:
                    text = f"{self._label(arm.arm.name)} needs {self._label(name)}"
                    yield self._hypothesis("need", [Fact("needs", arm.arm.name, name)], text)
        yield from self._requirements(arms_of(standing))

    def _requirements(self, mask: int) -> Iterator[Hypothesis]:
        helps, _ = self._signs(mask)
        cut, minted = self._cut_here(), self.reasoned.minted.names
        valuation = self.scenario.valuation()
        for mechanism in self.located.mechanisms:
            at_work = mechanism.sign == PROMOTES and helps & valuation.on & 1 << mechanism.effect
            if not at_work or mechanism.name in minted:
                continue
            for name in cut:
                fact = Fact("requires", mechanism.name, name)
                if fact not in self.reasoned.closure and self.located.find(name) != mechanism.effect:
                    effect = self._label(self.located.nodes[mechanism.effect].name)
                    yield self._hypothesis("requirement", [fact], f"{effect} also requires {self._label(name)}")

    def _cut_here(self) -> list[str]:
        """Activities of the cell, or shared ones, that are on before the regimen and that it cuts."""
        before, found = self.scenario.valuation(()), dict[str, None]()
        for agent in self.agents:
            for index in bits(self.located.effects_of(agent).acts.lowered & before.on):
                places = self.located.nodes[index].activity.places
                if (not places or self.place.cell in places) and (names := self._names(index)):
                    found[names[0]] = None
        return sorted(found)

    def _relations(self, relation: str) -> Iterator[Hypothesis]:
        """Routes that the regimen breaks or narrows, retaining the cell or keeping it quiescent."""
        cell = self.place.cell or ""
        for standing in self.scenario.routes:
            fact = Fact(relation, standing.route.name, cell)
            if (standing.status == BROKEN or standing.narrowed) and fact not in self.reasoned.closure:
                text = f"{self._label(standing.route.name)} {self.reasoned.base.label(relation)} {self._label(cell)}"
                yield self._hypothesis("relation", [fact], text)

    def _protections(self) -> Iterator[Hypothesis]:
        """Routes that the regimen breaks or narrows, protecting the cell from a killer that is given."""
        cell = self.place.cell or ""
        scenarios = self.assessment.variants or dict.fromkeys(self.agents, self.scenario)
        for therapy, scenario in scenarios.items():
            for standing in scenario.routes:
                route = standing.route.name
                if standing.status != BROKEN and not standing.narrowed:
                    continue
                if route in shielding(self.reasoned, self.place, [therapy]):
                    continue
                name = self._new(f"hyp_{route}_protects_{cell}_from_{therapy}")
                facts = [Fact("Protection", name), Fact("byRoute", name, route), Fact("ofCell", name, cell)]
                facts += [Fact("fromTherapy", name, therapy)]
                facts += [Fact("holdsIn", name, self.place.disease)] if self.place.disease else []
                text = f"{self._label(route)} protects {self._label(cell)} from {self._label(therapy)}"
                yield self._hypothesis("protection", facts, text)

    # --- agents ------------------------------------------------------------------------------------------------------

    def _killings(self) -> Iterator[Hypothesis]:
        cell = self.place.cell or ""
        given = {killer.agent for killer in self.scenario.killers}
        for name in sorted({killer.lacking for killer in self.scenario.defeated_killers} - {""}):
            yield from self._supplying(name)
        for agent in self.agents:
            if agent not in given:
                name = self._new(f"hyp_{agent}_kills_{cell}")
                facts = [Fact("Killing", name), Fact("hasAgent", name, agent), Fact("againstCell", name, cell)]
                yield self._hypothesis("killing", facts, f"{self._label(agent)} acts against {self._label(cell)}")

    def _overcoming(self) -> Iterator[Hypothesis]:
        lesions = {(killer.agent, killer.lesion) for killer in self.scenario.defeated_killers if killer.lesion}
        for agent in self.agents:
            lesions.update((agent, lesion) for _, lesion in self.located.effects_of(agent).defeated)
        for agent, lesion in sorted(lesions):
            if agent in self.agents:
                text = f"{self._label(agent)} acts in spite of {self._label(lesion)}"
                yield self._hypothesis("overcoming", [Fact("overcomes", agent, lesion)], text)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _hypothesis(self, kind: str, facts: Iterable[Fact], text: str) -> Hypothesis:
        stated = tuple(facts)
        return Hypothesis(kind, stated, text, against=self.opposition.to(stated))

    def _names(self, index: int) -> list[str]:
        """The activities of the knowledge base that a node stands for, its own name first."""
        node = self.located.nodes[index]
        return sorted(node.origins & set(self.reasoned.graph.activities), key=lambda name: (name != node.name, name))

    def _is_state(self, names: Sequence[str]) -> bool:
        return any("State" in self.reasoned.closure.types(name) for name in names)

    def _label(self, name: str) -> str:
        return self.reasoned.label(name)

    def _new(self, name: str) -> str:
        while self.reasoned.closure.types(name):
            name += "_"
        return name
