"""The price of a regimen: what it closes, leaves open and opens, what it costs the normal cell, how solid it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Literal

from reasoner.answers.killer_scopes import killer_scopes
from reasoner.answers.resting import of_harm, of_parts, of_routes
from reasoner.inference.distance import Distance
from reasoner.inference.evidence import Evidence
from reasoner.inference.weighing import AGAINST, FOR
from reasoner.mechanism.killers import EXACT
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, REBOUNDS, Valuation
from reasoner.model.masks import union
from reasoner.scenario.assessment import LOST, Assessment, Harm
from reasoner.scenario.judging import Judge, modality_word, strength_word
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
from reasoner.scenario.verdict import DISPUTED, NOT_TESTED, ORDER, YES, ranking, tested_as
from reasoner.search.search import Goal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.combination import GoalClosed, RegimenRow, WorthOfRegimen
    from reasoner.model.documents.frame import Marked
    from reasoner.model.documents.scenario import HarmInShort, Judged
    from reasoner.model.documents.words import Tested


class Priced:
    """A regimen evaluated from scratch; each part of its price is worked out when it is asked for."""

    def __init__(
        self, reasoned: Reasoned, place: Place, background: Sequence[str], added: Sequence[str], goals: Sequence[Goal]
    ) -> None:
        self.reasoned = reasoned
        self.added = tuple(added)
        self.goals = tuple(goals)
        self.assessment = Assessment(reasoned, place, background, added)
        self._judge = Judge(reasoned, self.assessment)

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
        """What holds under the background with the killers of the regimen in place."""
        return self.scenario.valuation([k.agent for k in self.scenario.killers if k.agent in self.scenario.regimen])

    @cached_property
    def goals_closed(self) -> frozenset[str]:
        """The goals that are off, and were not with the killer in place."""
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
    def worst(self) -> Judged | None:
        """What the regimen is worth: as the goal of which it is known worst that it is closed.

        Where just these agents were tested, their outcomes count as goals do, and that of patients alone where there
        is one.  Where nothing is left to close, it is worth as much as that an agent acts against the cell.
        """
        of_patients = [row for row in self._own if row["patients"]["verdict"] != NOT_TESTED]
        if rows := of_patients or [*self.closings, *self._own]:
            return max(rows, key=ranking)
        return self._judge.killing() if self.is_killing else None

    @cached_property
    def _own(self) -> list[Judged]:
        """What the outcomes are worth of which somebody tells for just these agents here."""
        found = [self._judge.outcome_evidence(told) for told in self.reasoned.outcomes.of_routes]
        return [self._judge.words(YES, evidence, FIRM) for evidence in found if any(evidence.near)]

    def is_tested(self, agent: str) -> bool:
        """Whether an agent was tested: at closing some goal, by itself or with others that it needs, or all of them."""
        return self.tested == "as_given" or any(
            row["tested"] == "as_given" for row in self.closings if any(agent in by for by in row["by"])
        )

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same to something on which the goals that are closed rest."""
        nodes = union(arm for goal in self.goals if goal.name in self.goals_closed for arm in goal.arms)
        return self._judge.likeness.alike(one, other, self.scenario.located.upstream(nodes))

    @cached_property
    def _of_outcomes(self) -> Evidence:
        """What is said of the outcomes of the regimen for its cell, whichever way they come about."""
        found = Evidence()
        for told in self.reasoned.outcomes.of_routes:
            found.join(self._judge.outcome_evidence(told))
        return found

    @cached_property
    def tested(self) -> Tested:
        """Whether just these agents were tested, whatever came of it, some of them, or none."""
        return tested_as(self._of_outcomes)

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
            **self._words(),
            "strength": strength_word(self.reasoned, self.solidity) if self.goals_closed else None,
            "modality": modality_word(self.solidity) if self.goals_closed else None,
        }

    def _contradicted(self, harms: list[HarmInShort]) -> Marked:
        """What is said of the routes that it closes, opens or leaves open, and of harms."""
        told = [standing for standing in self.scenario.routes if standing.status != INACTIVE]
        own = of_routes(self.reasoned, self.scenario, dict.fromkeys([*told, *self._closed]))
        return of_parts(self.reasoned, [own, *harms])

    def _words(self) -> WorthOfRegimen:
        """What the regimen is worth: the worst over the goals that it closes, with the claims on all of them."""
        worst, rows = self.worst, self.closings

        def united(key: Literal["for", "against", "for_elsewhere", "against_elsewhere", "evidence"]) -> list[str]:
            told: list[Judged] = [*rows, *self._own] or ([worst] if worst else [])
            return list(dict.fromkeys(claim for row in told for claim in row[key]))

        # What is said of the regimen itself stands beside what is said of its goals.
        side_for, side_against = united("for"), united("against")
        whole = {
            side: [claim for claim in self._of_outcomes.on(side, *Distance) if claim not in (*side_for, *side_against)]
            for side in (FOR, AGAINST)
        }
        against_elsewhere = list(dict.fromkeys([*united("against_elsewhere"), *whole[AGAINST]]))
        elsewhere = worst["elsewhere"] if worst else None
        if worst and against_elsewhere and worst["verdict"] != DISPUTED:
            elsewhere = DISPUTED
        return {
            "verdict": worst["verdict"] if worst else None,
            "elsewhere": elsewhere,
            "patients": worst["patients"] if worst else None,
            "closing": rows,
            "tested": self.tested,
            "evidence": united("evidence"),
            "for": side_for,
            "against": side_against,
            "for_elsewhere": list(dict.fromkeys([*united("for_elsewhere"), *whole[FOR]])),
            "against_elsewhere": against_elsewhere,
        }


class PricedClones:
    """A regimen evaluated from scratch in each clone of a cell: what holds in every one, and what it costs in any."""

    def __init__(self, names: Sequence[str], parts: Sequence[Priced]) -> None:
        self._names = names
        self._parts = parts
        self.added = parts[0].added

    @property
    def is_killing(self) -> bool:
        """Whether some killer is effective in every clone, not necessarily the same."""
        return all(part.is_killing for part in self._parts)

    @property
    def near(self) -> bool:
        """Whether in every clone some killer is stated to act against this cell or its disease's cells."""
        return all(part.near for part in self._parts)

    @cached_property
    def goals_left(self) -> frozenset[str]:
        """The goals that are not off in some clone."""
        return frozenset().union(*(part.goals_left for part in self._parts))

    @cached_property
    def goals_closed(self) -> frozenset[str]:
        """The goals that are off in every clone, and were not in some with the killer in place."""
        return frozenset().union(*(part.goals_closed for part in self._parts)) - self.goals_left

    @cached_property
    def harms(self) -> frozenset[tuple[str, str, bool]]:
        """Cell, function, and whether it is lost, of each harm."""
        return frozenset().union(*(part.harms for part in self._parts))

    @cached_property
    def solidity(self) -> Solidity:
        """The weakest of the clones."""
        total = FIRM
        for part in self._parts:
            total = total.weakest(part.solidity)
        return total

    def is_tested(self, agent: str) -> bool:
        """Whether an agent was tested at closing some goal in some clone."""
        return any(part.is_tested(agent) for part in self._parts)

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same in some clone."""
        return any(part.alike(one, other) for part in self._parts)

    @cached_property
    def worst(self) -> Judged | None:
        """The goal of which it is known worst that it is closed, in whatever clone."""
        return max((part.worst for part in self._parts if part.worst), key=ranking, default=None)

    @cached_property
    def row(self) -> RegimenRow:
        """The entry of a document: that of the clone in which least is concluded, with what is so in every clone."""
        rows = [part.row for part in self._parts]
        weakest = max(zip(self._parts, rows, strict=True), key=lambda pair: (_worth(pair[0]), pair[0].solidity))
        left = {
            route: [name for name, part in zip(self._names, self._parts, strict=True) if route in part.left]
            for route in sorted({route for part in self._parts for route in part.left})
        }

        united = _united(row["closes"] for row in rows)
        closes = [name for name in united if name not in left and name not in self.goals_left]
        leaves_open = _united(row["leaves_open"] for row in rows)
        return {
            **weakest[1],
            "killers": _united(row["killers"] for row in rows),
            "closes": closes,
            "leaves_open": leaves_open,
            "leaves_open_in": {route: names for route, names in left.items() if route in leaves_open},
            "opens": _united(row["opens"] for row in rows),
            "rebounds": _united(row["rebounds"] for row in rows),
            "goals_left": sorted(self.goals_left),
            "undetermined": _united(row["undetermined"] for row in rows),
            "harms": _distinct(harm for row in rows for harm in row["harms"]),
        }


def harm_in_short(harm: Harm) -> HarmInShort:
    """A harm with the agents that have a part in it."""
    return {"cell": harm.cell, "function": harm.function, "extent": harm.extent, "by": list(harm.by)}


def _united(names: Iterable[Iterable[str]]) -> list[str]:
    return sorted({name for some in names for name in some})


def _distinct(harms: Iterable[HarmInShort]) -> list[HarmInShort]:
    """Harms, each once."""
    return list({(harm["cell"], harm["function"], harm["extent"]): harm for harm in harms}.values())


def _off(valuation: Valuation, arms: Iterable[int]) -> bool:
    return valuation.any_of(arms) == OFF


def _worth(priced: Priced | PricedClones) -> tuple[int, bool, bool]:
    """The place of a regimen by its word: that of the goal of which least is known; without one, last."""
    return (len(ORDER), True, True) if priced.worst is None else ranking(priced.worst)


def beats(one: Priced | PricedClones, other: Priced | PricedClones) -> bool:
    """Whether one regimen is as good in its killer, goals closed, size, harms, strength and word, and better in one."""
    as_good = (
        one.near >= other.near
        and one.goals_closed >= other.goals_closed
        and len(one.added) <= len(other.added)
        and one.harms <= other.harms
        and one.solidity.tier >= other.solidity.tier
        and _worth(one) <= _worth(other)
    )
    return as_good and _standard(one) != _standard(other)


def _standard(priced: Priced | PricedClones) -> tuple[object, ...]:
    return priced.near, priced.goals_closed, len(priced.added), priced.harms, priced.solidity.tier, _worth(priced)


def front(
    priced: Iterable[Priced | PricedClones], stop: Callable[[], bool] = lambda: False
) -> list[Priced | PricedClones]:
    """The regimens that close something and that no other beats.

    They come in the order of :func:`in_order`.  ``stop`` is asked before each is looked at; True ends with those that
    were, and then others may beat them.
    """
    useful = [p for p in priced if not stop() and p.goals_closed]
    kept = [p for p in useful if not stop() and not any(beats(other, p) for other in useful)]
    return in_order(kept)


def in_order(regimens: Iterable[Priced | PricedClones]) -> list[Priced | PricedClones]:
    """Regimens as they are listed: a killer of this very cell, then what they close, then the word, then the cost.

    One with an untested agent stands below that with a tested agent which does the same, whatever the words.
    """
    waiting = sorted(regimens, key=_place)
    tested_forms = _tested_forms(waiting)
    found: list[Priced | PricedClones] = []
    while waiting:
        above = {regimen.added for regimen in waiting}
        following = next(r for r in waiting if above.isdisjoint(tested_forms.get(r.added, ())))
        waiting.remove(following)
        found.append(following)
    return found


def _tested_forms(regimens: Sequence[Priced | PricedClones]) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """For regimens with an untested agent those with a tested one that does the same to the same goals instead."""
    but_for_one: dict[tuple[frozenset[str], frozenset[str]], list[tuple[str, Priced | PricedClones]]] = {}
    for regimen in regimens:
        for agent in regimen.added:
            key = frozenset(regimen.added) - {agent}, regimen.goals_closed
            but_for_one.setdefault(key, []).append((agent, regimen))
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for (untested, one), (tested, other) in (pair for like in but_for_one.values() for pair in permutations(like, 2)):
        if other.is_tested(tested) and not one.is_tested(untested) and one.alike(untested, tested):
            found.setdefault(one.added, set()).add(other.added)
    return found


def _place(priced: Priced | PricedClones) -> tuple[object, ...]:
    goals, harms = len(priced.goals_closed), len(priced.harms)
    return not priced.near, -goals, _worth(priced), len(priced.added), harms, -priced.solidity.tier, priced.added
