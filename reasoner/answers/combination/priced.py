"""The price of a regimen: what it closes, leaves open and opens, what it costs the normal cell, how solid it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.combination.worth import LAST, Precedence, Worth
from reasoner.answers.killer_scopes import killer_scopes
from reasoner.answers.resting import of_harm, of_parts, of_routes
from reasoner.mechanism.killers import EXACT
from reasoner.mechanism.well_founded import OFF, REBOUNDS, Valuation
from reasoner.model.masks import union
from reasoner.scenario.assessment import LOST, Assessment, Harm
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import (
    BROKEN,
    INACTIVE,
    LEFT,
    MOST_AGENTS,
    OPEN,
    OPENED,
    UNKNOWN,
    RouteStanding,
    Scenario,
)
from reasoner.scenario.solidity import FIRM, Solidity
from reasoner.scenario.verdict import YES, ranking
from reasoner.scenario.worth import modality_word, strength_word
from reasoner.search.search import Goal

if TYPE_CHECKING:
    from reasoner.model.documents.combination import GoalClosed, RegimenRow
    from reasoner.model.documents.frame import Marked
    from reasoner.model.documents.scenario import HarmInShort


class Priced:
    """A regimen evaluated from scratch; each part of its price is worked out when it is asked for."""

    def __init__(
        self, assessment: Assessment, added: Sequence[str], goals: Sequence[Goal], before: Sequence[str] | None = None
    ) -> None:
        """``before`` is the part of the regimen under which goals were not off; by default its killers."""
        self.reasoned = assessment.reasoned
        self.added = tuple(added)
        self.goals = tuple(goals)
        self.assessment = assessment
        self._judge = Judge(assessment.reasoned, assessment)
        self._part_before = before

    @property
    def scenario(self) -> Scenario:
        """The regimen at its place."""
        return self.assessment.scenario

    @property
    def is_killing(self) -> bool:
        """Whether some killer is effective."""
        return bool(self.scenario.killers)

    @cached_property
    def goals_left(self) -> frozenset[str]:
        """The goals that are not off."""
        now = self.scenario.valuation()
        return frozenset(g.name for g in self.goals if not _off(now, g.arms))

    @property
    def near(self) -> bool:
        """Whether some killer is stated to act against this cell or its disease's cells."""
        return any(killer.scope == EXACT for killer in self.scenario.killers)

    @cached_property
    def _before(self) -> Valuation:
        """What holds under the part of the regimen that is there before: unless told, its killers."""
        killers = [k.agent for k in self.scenario.killers if k.agent in self.scenario.regimen]
        return self.scenario.valuation(killers if self._part_before is None else self._part_before)

    @cached_property
    def goals_closed(self) -> frozenset[str]:
        """The goals that are off, and were not before."""
        now = self.scenario.valuation()
        return frozenset(g.name for g in self.goals if _off(now, g.arms) and not _off(self._before, g.arms))

    @cached_property
    def left(self) -> list[str]:
        """The routes that the regimen does not close."""
        return [s.route.name for s in self.scenario.routes if s.status in LEFT]

    @cached_property
    def _closed(self) -> list[RouteStanding]:
        """The routes that are off, and were not with the killer in place or under a part of the regimen."""
        now, before = self.scenario.valuation(), self._before
        masks = {s.route.name: [arm.mask for arm, _ in s.arms] for s in self.scenario.routes}
        return [
            s
            for s in self.scenario.routes
            if s.status == BROKEN or (_off(now, masks[s.route.name]) and not _off(before, masks[s.route.name]))
        ]

    @cached_property
    def harms(self) -> frozenset[tuple[str, str, bool]]:
        """Cell, function, and whether it is lost, of each harm."""
        return frozenset((h.cell, h.function, h.extent == LOST) for h in self.assessment.harms)

    @cached_property
    def solidity(self) -> Solidity:
        """The weakest of the breaks of the goals that are closed."""
        total = FIRM
        for goal in self.goals:
            if goal.name in self.goals_closed:
                total = total.weakest(self._break_of(goal.name))
        return total

    def _break_of(self, goal: str) -> Solidity:
        """How solid it is that a route, one of its arms, or an activity is off."""
        located, (route, _, arm) = self.scenario.located, goal.partition("/")
        if route in self.reasoned.graph.routes:
            arms = located.arms(self.reasoned.graph.routes[route])
            return self._judge.break_of([a for a in arms if not arm or a.arm.name == arm])
        index = located.find(goal)
        return FIRM if index is None else self._judge.scores.off(index)

    @cached_property
    def closings(self) -> list[GoalClosed]:
        """Each goal that is closed, by which sets of agents, and what that is worth.

        Where the background leaves nothing to close, it is told what that closes.
        """
        if self.goals_closed:
            return [self._closing(name, self._judge) for name in sorted(self.goals_closed)]
        agents = [*self.scenario.background, *self.added]
        if len(agents) > MOST_AGENTS:
            return []
        whole = Judge(self.reasoned, Assessment(self.reasoned, self.assessment.place, (), agents))
        broken = {s.route.name for s in whole.scenario.routes if s.status == BROKEN}
        return [self._closing(goal.name, whole) for goal in self.goals if goal.name in broken]

    def _closing(self, goal: str, judge: Judge) -> GoalClosed:
        route, _, arm = goal.partition("/")
        standing = next((s for s in judge.scenario.routes if s.route.name == route), None)
        if standing is None:
            judged = judge.activity(goal, OFF, YES, self._break_of(goal))
            return {"goal": goal, "by": [], **judged}
        own = next((s for a, s in standing.arms if a.arm.name == arm), standing.standing)
        return {"goal": goal, "by": [list(agents) for agents in own.by], **judge.route(standing)}

    @cached_property
    def worth(self) -> Worth:
        """What it is worth, by the goals that it closes."""
        return Worth(self._judge, self.closings)

    @property
    def precedence(self) -> Precedence:
        """Its place by its word; without one, last."""
        return LAST if self.worth.worst is None else ranking(self.worth.worst)

    def is_tested(self, agent: str) -> bool:
        """Whether an agent was tested: at closing some goal, by itself or with others that it needs, or all of them."""
        return self.worth.tested == "as_given" or any(
            row["tested"] == "as_given" for row in self.closings if any(agent in by for by in row["by"])
        )

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same to something on which the goals that are closed rest."""
        nodes = union(arm for goal in self.goals if goal.name in self.goals_closed for arm in goal.arms)
        return self._judge.likeness.alike(one, other, self.scenario.located.upstream(nodes))

    @cached_property
    def row(self) -> RegimenRow:
        """The entry of a document."""
        by_status: dict[str, list[str]] = {}
        for standing in self.scenario.routes:
            by_status.setdefault(standing.status, []).append(standing.route.name)
        opened, rebounding = by_status.get(OPENED, []), by_status.get(REBOUNDS, [])
        harms: list[HarmInShort] = [
            {**harm_in_short(harm), **of_harm(self.assessment, harm)} for harm in self.assessment.harms
        ]
        closes = sorted({*(s.route.name for s in self._closed), *self.goals_closed})
        return {
            "agents": [*self.scenario.background, *self.added],
            "added": list(self.added),
            "killers": [killer.agent for killer in self.scenario.killers],
            "killer_scopes": killer_scopes(self.scenario),
            "closes": closes,
            "leaves_open_in": {},
            "leaves_open": sorted([*by_status.get(OPEN, []), *opened, *rebounding]),
            "opens": opened,
            "rebounds": rebounding,
            "goals_left": sorted(self.goals_left),
            "undetermined": by_status.get(UNKNOWN, []),
            "harms": harms,
            **self._contradicted(harms),
            **self.worth.words,
            "strength": strength_word(self.reasoned, self.solidity) if self.goals_closed else None,
            "modality": modality_word(self.solidity) if self.goals_closed else None,
        }

    def _contradicted(self, harms: list[HarmInShort]) -> Marked:
        """What is said of the routes that it closes, opens or leaves open, and of harms."""
        told = [standing for standing in self.scenario.routes if standing.status != INACTIVE]
        own = of_routes(self.reasoned, self.scenario, dict.fromkeys([*told, *self._closed]))
        return of_parts(self.reasoned, [own, *harms])


def harm_in_short(harm: Harm) -> HarmInShort:
    """A harm with the agents that have a part in it."""
    return {"cell": harm.cell, "function": harm.function, "extent": harm.extent, "by": list(harm.by)}


def _off(valuation: Valuation, arms: Iterable[int]) -> bool:
    return valuation.any_of(arms) == OFF
