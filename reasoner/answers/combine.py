"""Minimal regimens: every smallest set of agents that takes a cell out of its sanctuary, or the proof that none does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from reasoner.answers.candidates import Candidates
from reasoner.answers.document import Document, document, reason
from reasoner.answers.goals import goals_for
from reasoner.answers.judging import Judge
from reasoner.answers.placing import place_of, with_hypotheses
from reasoner.answers.regimens import Priced, front, price
from reasoner.answers.requests import ScenarioRequest
from reasoner.engine.outcomes import Assessment
from reasoner.engine.place import Place
from reasoner.engine.scenario import Scenario
from reasoner.engine.search import Goal, Kept, Problem, Solution, solve
from reasoner.engine.well_founded import OFF, UNDETERMINED, Effects

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

DEFAULT_SIZE = 3
#: Without a size asked for, the search goes on to this size when nothing smaller answers and nothing is uncovered.
DEEPEST = 6
DEFAULT_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What a combination is asked to do, with every name resolved."""

    close: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    strict: bool = False
    max_size: int | None = None
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_strength: str | None = None
    limit: int = DEFAULT_LIMIT


Stop = Callable[[int, int], bool]


def combine(kb: Reasoned, request: ScenarioRequest, wish: Wish, *, stop: Stop | None = None) -> Document:
    """All minimal regimens (keys: the JSON schema ``combine``), or the certificate that there are none.

    ``stop`` is asked with the number of sets looked at and the current size; True ends the search with what was found,
    marked as partial.
    """
    with with_hypotheses(kb, request.background) as wider:
        return _Combination(wider, place_of(wider, request), request.background, wish, stop).document()


@dataclass(slots=True)
class _Round:
    """The search with one killer in place."""

    killer: str
    added: bool
    goals: list[Goal]
    uncovered: list[Goal] = field(default_factory=list)
    unknown: list[Goal] = field(default_factory=list)
    solution: Solution = field(default_factory=Solution)


class _Combination:
    """One combination question."""

    def __init__(self, kb: Reasoned, place: Place, background: Sequence[str], wish: Wish, stop: Stop | None) -> None:
        self.kb = kb
        self.place = place
        self.background = tuple(background)
        self.wish = wish
        self.stop = stop
        self.located = kb.located(place)
        self.candidates = Candidates(kb, place, background, wish.only, wish.exclude, wish.min_strength)

    # --- killers -----------------------------------------------------------------------------------------------------

    @cached_property
    def killers(self) -> list[tuple[str, bool]]:
        """Effective killers to put in place: those of the background, else each candidate; True when to be added."""
        given = Scenario(self.located, self.background).killers
        if given:
            return [(agent, False) for agent, _ in given]
        return [
            (agent, True)
            for agent in self.candidates.agents
            if any(a == agent for a, _ in Scenario(self.located, self.background, [agent]).killers)
        ]

    # --- the search --------------------------------------------------------------------------------------------------

    @cached_property
    def kept(self) -> list[tuple[str, Place]]:
        """Functions to keep, each with the place at which it is looked at."""
        wanted = self.wish.functions or self.kb.closure.members("RetentionFunction")
        return [
            (name, Place(cell, self.place.disease, self.place.states))
            for name, function in self.kb.graph.functions.items()
            for cell in function.cells
            if cell in self.wish.spare and name in wanted
        ]

    @cached_property
    def dropped(self) -> dict[str, list[str]]:
        """Candidates that a strict sparing leaves out, with the functions that they touch."""
        if not self.wish.strict:
            return {}
        found: dict[str, list[str]] = {}
        for agent in self.candidates.agents:
            harms = Assessment(self.kb, self.place, self.background, [agent]).harms
            touched = [
                h.function for h in harms if any(h.function == name and h.cell == p.cell for name, p in self.kept)
            ]
            if touched:
                found[agent] = touched
        return found

    @cached_property
    def agents(self) -> list[str]:
        """The candidates that may be added."""
        return [agent for agent in self.candidates.agents if agent not in self.dropped]

    def rounds(self, size: int) -> list[_Round]:
        """The search for each killer, up to a size."""
        found = []
        for killer, added in self.killers:
            if added and killer in self.dropped:
                continue
            goals = goals_for(self.kb, self.located, self.place, killer, self.wish.close)
            turn = _Round(killer, added, goals)
            self._run(turn, size)
            found.append(turn)
            if turn.solution.interrupted:
                break
        return found

    def _run(self, turn: _Round, size: int) -> None:
        base = (*self.background, turn.killer) if turn.added else self.background
        groups = self._groups([a for a in self.agents if a != turn.killer], turn.goals)
        room = size - turn.added
        for goal in turn.goals:
            alone = solve(self._problem(base, groups, [goal], spare=False), room, stop=self.stop)
            if not alone.sets:
                scenario = Scenario(self.located, base)
                values = [scenario.valuation(()).all_of(arm) for arm in goal.arms]
                doubtful = UNDETERMINED in values and all(v in (OFF, UNDETERMINED) for v in values)
                (turn.unknown if doubtful else turn.uncovered).append(goal)
        if turn.uncovered or room < 0:
            turn.solution = Solution(exhaustive_to=room)
            return
        open_goals = [goal for goal in turn.goals if goal not in turn.unknown]
        turn.solution = solve(self._problem(base, groups, open_goals, spare=True), room, stop=self.stop)
        turn.solution.sets = [
            tuple(sorted(pick))  # type: ignore[misc]
            for chosen in turn.solution.sets
            for pick in product(*(groups[i] for i in chosen))
        ]

    def _groups(self, agents: Iterable[str], goals: Sequence[Goal]) -> list[list[str]]:
        """Agents with the same effects on everything that counts; those without any effect are left out."""
        reach = self.located.program.upstream(_union(arm for goal in goals for arm in goal.arms))
        found: dict[tuple[Effects, ...], list[str]] = {}
        for agent in agents:
            own = self.located.effects_of(agent).effects
            seen = [Effects(own.cut & reach, own.lift & reach, own.supply & reach)]
            seen += [self.kb.located(place).effects_of(agent).effects for _, place in self.kept]
            if any(any(effects) for effects in seen):
                found.setdefault(tuple(seen), []).append(agent)
        return list(found.values())

    def _problem(self, base: Sequence[str], groups: list[list[str]], goals: Sequence[Goal], *, spare: bool) -> Problem:
        scenario = Scenario(self.located, base)
        effects = tuple(self.located.effects_of(group[0]).effects for group in groups)
        kept = tuple(self._kept(name, place, groups, base) for name, place in self.kept) if spare else ()
        return Problem(
            self.located.program, scenario.effects(()), effects, tuple(goals), kept=tuple(k for k in kept if k)
        )

    def _kept(self, name: str, place: Place, groups: list[list[str]], base: Sequence[str]) -> Kept | None:
        """A function to keep; None when the background alone has already lost it."""
        located = self.kb.located(place)
        arms = tuple(arm.mask for arm in located.arms(self.kb.graph.functions[name]))
        alone = Scenario(located, self.background).valuation(())
        if all(alone.all_of(arm) == OFF for arm in arms):
            return None
        effects = tuple(located.effects_of(group[0]).effects for group in groups)
        return Kept(name, located.program, arms, Scenario(located, base).effects(()), effects)

    # --- the answer --------------------------------------------------------------------------------------------------

    def document(self) -> Document:
        size = self.wish.max_size if self.wish.max_size is not None else DEFAULT_SIZE
        rounds = self.rounds(size)
        sets = _minimal(rounds)
        while self._may_deepen(rounds, sets, size):
            size += 1
            rounds = self.rounds(size)
            sets = _minimal(rounds)
        priced = [self._price(added) for added in sets[: self.wish.limit]]
        interrupted = any(turn.solution.interrupted for turn in rounds)
        uncovered = _names(turn.uncovered for turn in rounds) if not sets else []
        unknown = _names(turn.unknown for turn in rounds)
        return document(
            self.kb,
            "combine",
            [p.row for p in priced],
            closed_world=True,
            verdict=priced[0].row["verdict"] if priced else None,
            reasons=self._reasons(rounds, sets, uncovered),
            cell=self.place.cell,
            disease=self.place.disease,
            states=sorted(self.place.states),
            background=list(self.background),
            goals=_names(turn.goals for turn in rounds),
            regimens=[p.row for p in priced],
            complete=bool(sets) and not unknown,
            exhaustive_to=min((t.solution.exhaustive_to + t.added for t in rounds), default=size),
            found=len(sets),
            limit_reached=interrupted or len(sets) > self.wish.limit,
            uncovered=uncovered,
            unknown=unknown,
            certificate=self._certificate(uncovered),
            front=[p.row for p in self._front(rounds)] if not sets else [],
            dropped=[{"agent": a, "touches": f} for a, f in sorted(self.dropped.items())],
        )

    def _may_deepen(self, rounds: list[_Round], sets: list[tuple[str, ...]], size: int) -> bool:
        stuck = all(turn.uncovered for turn in rounds) or any(turn.solution.interrupted for turn in rounds)
        return self.wish.max_size is None and bool(rounds) and not sets and not stuck and size < DEEPEST

    def _price(self, added: Sequence[str], goals: Iterable[Goal] = ()) -> Priced:
        routes = frozenset(goal.name.partition("/")[0] for goal in goals) or None
        return price(self.kb, self.place, self.background, added, routes)

    def _reasons(self, rounds: list[_Round], sets: list[tuple[str, ...]], uncovered: list[str]) -> list[Document]:
        if sets:
            return []
        cell = self.kb.label(self.place.cell or "")
        if not rounds:
            defeated = Scenario(self.located, self.background).defeated_killers
            if defeated:
                agent, _, lesion = defeated[0]
                return [reason("KILLER_DEFEATED", f"{self.kb.label(lesion)} defeats {self.kb.label(agent)}")]
            return [reason("NO_KILLER", f"no agent that may be given acts against {cell}")]
        if uncovered:
            names = ", ".join(self.kb.label(name.partition("/")[0]) for name in uncovered)
            return [reason("TARGET_NOT_ON_ROUTE", f"no set of agents closes: {names}")]
        return [
            reason("NOT_REPORTED", "every route can be closed by itself, but no set of this size closes all of them")
        ]

    def _certificate(self, uncovered: Sequence[str]) -> list[dict[str, Any]]:
        """For each route that nothing closes: what it needs, and that no agent acts on it."""
        rows = []
        scenario = Scenario(self.located, self.background)
        judge = Judge(self.kb, Assessment(self.kb, self.place, self.background, ()))
        for name in uncovered:
            route = name.partition("/")[0]
            standing = next((s for s in scenario.routes if s.route.name == route), None)
            needs = sorted({self.located.nodes[i].name for a, _ in standing.arms for i in a.needs}) if standing else []
            touching = sorted(a for a in self.candidates.everyone if self._touches(a, route))
            unnamed = sorted(a for a in self.kb.graph.agents if a not in self.candidates.everyone)
            unnamed = [a for a in unnamed if self._touches(a, route)]
            rows.append(
                {
                    "route": name,
                    "needs": needs,
                    "touched_by": touching,
                    "evidence": judge.route_claims(route),
                    "text": self._why(touching, unnamed),
                }
            )
        return rows

    def _touches(self, agent: str, route: str) -> bool:
        reached = self.kb.graph.routes.get(route)
        if reached is None:
            return False
        mask = self.located.program.upstream(_union(arm.mask for arm in self.located.arms(reached)))
        return any(part & mask for part in self.located.effects_of(agent).effects)

    def _why(self, touching: Sequence[str], unnamed: Sequence[str]) -> str:
        if touching:
            names = ", ".join(map(self.kb.label, touching))
            return f"it is reached by {names}, but they cannot close it, or may not be given here"
        if unnamed:
            names = ", ".join(map(self.kb.label, unnamed))
            return f"only classes or interventions without a product act on it: {names}"
        return "no agent of the knowledge base acts on anything that it needs"

    def _front(self, rounds: list[_Round]) -> list[Priced]:
        """Partial regimens that no other beats in routes closed, size, harms and strength."""
        pool: dict[tuple[str, ...], Priced] = {}
        for turn in rounds:
            groups = self._groups([a for a in self.agents if a != turn.killer], turn.goals)
            size = (self.wish.max_size or DEFAULT_SIZE) - turn.added
            for added in self._partial(turn, groups, size):
                regimen = tuple(sorted({*added, *([turn.killer] if turn.added else [])}))
                if regimen not in pool:
                    pool[regimen] = self._price(regimen, turn.goals)
        return front(pool.values())[: self.wish.limit]

    def _partial(self, turn: _Round, groups: list[list[str]], size: int) -> list[tuple[str, ...]]:
        """Unions of the smallest sets that close single goals, up to a size; one agent stands for each group."""
        base = (*self.background, turn.killer) if turn.added else self.background
        found: set[frozenset[int]] = {frozenset()}
        for goal in turn.goals:
            alone = solve(self._problem(base, groups, [goal], spare=True), size)
            found |= {known | set(own) for known in found for own in alone.sets if len(known | set(own)) <= size}
        picks = [pick for chosen in found for pick in product(*(groups[i] for i in sorted(chosen)))]
        return sorted({tuple(sorted(pick)) for pick in picks}, key=lambda p: (len(p), p))[:500]


def _minimal(rounds: Iterable[_Round]) -> list[tuple[str, ...]]:
    """The minimal added sets over all killers, smallest first."""
    every = {
        tuple(sorted({*map(str, chosen), *([turn.killer] if turn.added else [])}))
        for turn in rounds
        for chosen in turn.solution.sets
    }
    kept = [s for s in every if not any(set(other) < set(s) for other in every)]
    return sorted(kept, key=lambda s: (len(s), s))


def _names(groups: Iterable[Iterable[Goal]]) -> list[str]:
    return sorted({goal.name for group in groups for goal in group})


def _union(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total
