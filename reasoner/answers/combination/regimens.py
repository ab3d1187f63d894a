"""The price of a regimen: what it closes, leaves open and opens, what it costs the normal cell, how solid it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.assess import outcome
from reasoner.answers.killer_scopes import killer_scopes
from reasoner.answers.resting import of_harm, of_parts, of_routes
from reasoner.mechanism.killers import EXACT
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, REBOUNDS, Valuation
from reasoner.scenario.assessment import LOST, Assessment, Harm
from reasoner.scenario.judging import Judge, modality_word, strength_word
from reasoner.scenario.scenario import BROKEN, INACTIVE, LEFT, OPEN, OPENED, UNKNOWN, RouteStanding, Scenario
from reasoner.scenario.solidity import FIRM, Solidity
from reasoner.search.search import Goal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.combination import ConcludedOf, RegimenRow
    from reasoner.model.documents.frame import Marked
    from reasoner.model.documents.scenario import HarmInShort


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
            return self._judge.scores.break_of([a for a in arms if not arm or a.arm.name == arm])
        index = located.find(goal)
        return FIRM if index is None else self._judge.scores.off(index)

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
            **self._verdict(bool(closes)),
            "strength": strength_word(self.reasoned, self.solidity) if self.goals_closed else None,
            "modality": modality_word(self.solidity) if self.goals_closed else None,
        }

    def _contradicted(self, harms: list[HarmInShort]) -> Marked:
        """What is said of the routes that it closes, opens or leaves open, and of harms."""
        told = [standing for standing in self.scenario.routes if standing.status != INACTIVE]
        own = of_routes(self.reasoned, self.scenario, dict.fromkeys([*told, *self._closed]))
        return of_parts(self.reasoned, [own, *harms])

    def _verdict(self, closes: bool) -> ConcludedOf:
        """The verdict on what matters most of what the regimen concludes, as ``assess`` gives it, with its claims."""
        cell = self.assessment.place.cell or ""
        concluded = {f.predicate for f in self.assessment.conclusions if str(f.object) == cell}
        for predicate in (told.predicate for told in self.reasoned.outcomes.foremost):
            if predicate in concluded:
                judged = outcome(self._judge, predicate, cell, True)
                return {
                    "outcome": predicate,
                    "verdict": judged["verdict"],
                    "evidence": judged["evidence"],
                    "for": judged["for"],
                    "against": judged["against"],
                }
        return {"outcome": None, "verdict": "predicted" if closes else None, "evidence": [], "for": [], "against": []}


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

    @cached_property
    def row(self) -> RegimenRow:
        """The entry of a document: that of the clone in which least is concluded, with what is so in every clone."""
        rows = [part.row for part in self._parts]
        weakest = min(
            zip(self._parts, rows, strict=True), key=lambda pair: (bool(pair[1]["outcome"]), pair[0].solidity)
        )
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
            "verdict": weakest[1]["verdict"] or ("predicted" if closes else None),
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


def beats(one: Priced | PricedClones, other: Priced | PricedClones) -> bool:
    """Whether one regimen is as good in its killer, goals closed, size, harms and strength, and better in one."""
    as_good = (
        one.near >= other.near
        and one.goals_closed >= other.goals_closed
        and len(one.added) <= len(other.added)
        and one.harms <= other.harms
        and one.solidity.tier >= other.solidity.tier
    )
    return as_good and _standard(one) != _standard(other)


def _standard(priced: Priced | PricedClones) -> tuple[object, ...]:
    return priced.near, priced.goals_closed, len(priced.added), priced.harms, priced.solidity.tier


def front(
    priced: Iterable[Priced | PricedClones], stop: Callable[[], bool] = lambda: False
) -> list[Priced | PricedClones]:
    """The regimens that close something and that no other beats.

    Those with a killer of this very cell come first, then most goals, then small, harmless, solid.  ``stop`` is asked
    before each is looked at; True ends with those that were, and then others may beat them.
    """
    useful = [p for p in priced if not stop() and p.goals_closed]
    kept = [p for p in useful if not stop() and not any(beats(other, p) for other in useful)]
    return sorted(kept, key=_rank)


def _rank(priced: Priced | PricedClones) -> tuple[object, ...]:
    goals, harms = len(priced.goals_closed), len(priced.harms)
    return not priced.near, -goals, len(priced.added), harms, -priced.solidity.tier, priced.added
