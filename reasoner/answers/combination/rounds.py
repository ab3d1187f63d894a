"""The searches behind a combination: one round for each killer that may be in place, in each clone of the cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from reasoner.answers.combination.candidates import Candidates
from reasoner.answers.combination.goals import NEAR, Found, goals_for, level_of
from reasoner.errors import QuestionError
from reasoner.mechanism.feedback import unfold
from reasoner.mechanism.killers import EXACT, Killer, killers, narrowness
from reasoner.mechanism.located import mask_of
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, UNDETERMINED, Effects, Valuation
from reasoner.scenario.assessment import Assessment, Harm
from reasoner.scenario.scenario import Scenario
from reasoner.search.search import Goal, Kept, Problem, Search, Solution
from reasoner.search.set_tree import Stop
from reasoner.search.side_by_side import SideBySide

if TYPE_CHECKING:
    from reasoner.asking.requests import Wish
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located import LocatedArm
    from reasoner.mechanism.located_graph import LocatedGraph


#: Agents that a set holds at most, unless a size is asked for.
DEFAULT_SIZE = 3


@dataclass(frozen=True, slots=True)
class KeptFunction:
    """A function of a spared cell, with the place at which it is looked at, beside which clone."""

    name: str
    place: Place
    clone: int = 0


class Round:
    """A killer in place in each clone, the goals that they bring, and the agents that may join them."""

    def __init__(self, wanted: Wanted, in_place: Sequence[Killer], added: Sequence[str]) -> None:
        self.killers = tuple(killer.agent for killer in in_place)
        self.exact = all(killer.scope == EXACT for killer in in_place)
        self.added = tuple(added)
        self._wanted = wanted
        self._stop = wanted.stop
        self.agents = [agent for agent in wanted.agents if agent not in self.added]
        self.base = (*wanted.background, *self.added)
        self._before = self._under(self.base)
        own = self._found()
        found = self._merged(own)
        level = level_of(found, wanted.wish.scope, lambda goal: self.before(goal) == OFF)
        self.goals = [each.goal for each in found if each.distance <= level]
        names = {goal.name for goal in self.goals}
        near = level and wanted.wish.scope == NEAR
        #: The goals of each clone, as they are in it.
        self.own_goals = [[each.goal for each in goals if each.goal.name in names] for goals in own]
        self.near = {each.goal.name for each in found if not each.distance}
        self.scopes = sorted({scope for each in found if near and each.distance == level for scope in each.scopes})
        self.farther = [each.goal for each in found if each.distance > level and self.before(each.goal) != OFF]
        self._dependent = [number for number, name in enumerate(self.killers) if wanted.depends(number, name)]
        kept = [k for f in wanted.kept if (k := wanted.keeping(f, self.agents, self.base)) is not None]
        kept += [wanted.enabling(number, self.killers[number], self.agents, self.base) for number in self._dependent]
        whole = wanted.whole
        effects = tuple(whole.effects_of(agent) for agent in self.agents)
        base, goals = whole.together(self.base), tuple(self.goals)
        self._search = Search(
            Problem(whole.program, base, effects, goals, kept=tuple(kept), beforehand=whole.untreated)
        )

    def _found(self) -> list[list[Found]]:
        """The goals in each clone; a name that is known in none of them is refused."""
        found: list[list[Found]] = []
        refused: list[QuestionError] = []
        for place, located, killer in zip(self._wanted.places, self._wanted.graphs, self.killers, strict=True):
            try:
                found.append(goals_for(self._wanted.reasoned, located, place, killer, self._wanted.wish.close))
            except QuestionError as error:
                refused.append(error)
                found.append([])
        if len(refused) == len(found):
            raise refused[0]
        return found

    def _merged(self, own: Sequence[Sequence[Found]]) -> list[Found]:
        """The goals of all clones: each is closed when it is in every one."""
        merged: dict[str, Found] = {}
        for number, goals in enumerate(own):
            for each in goals:
                arms = tuple(self._wanted.whole.within(number, arm) for arm in each.goal.arms)
                known = merged.get(each.goal.name, Found(Goal(each.goal.name, ()), each.distance, each.scopes))
                nearest = min(known, each, key=lambda one: one.distance)
                goal = Goal(each.goal.name, known.goal.arms + arms)
                merged[each.goal.name] = Found(goal, nearest.distance, nearest.scopes)
        return list(merged.values())

    def _under(self, agents: Sequence[str]) -> Valuation:
        """What holds in all clones under some agents."""
        whole = self._wanted.whole
        return unfold(whole.program, whole.together(agents), whole.untreated)

    def can_act(self, size: int) -> bool:
        """Whether the killers have all that they depend on under some set of agents up to a size."""
        if not self._dependent:
            return True
        keeping = self._search.solve(size - len(self.added), [], self._stop).sets
        return any(self.is_effective(self.regimen(chosen)) for chosen in keeping)

    def is_effective(self, added: Sequence[str]) -> bool:
        """Whether the killers have all that they depend on, under what a set adds to the background."""
        return all(
            any(k.agent == self.killers[number] for k in self._wanted.scenario(number, added).killers)
            for number in self._dependent
        )

    def before(self, goal: Goal) -> str:
        """The value of a goal with the killers in place and nothing else added; on where it is in any clone."""
        return self._before.any_of(goal.arms)

    @cached_property
    def out_of_reach(self) -> list[Goal]:
        """The goals that no set of the agents closes, whatever its size and cost."""
        return [goal for goal in self.goals if self._search.reachable(goal, self._stop) is False]

    @property
    def uncovered(self) -> list[Goal]:
        """The goals that no set closes, and that are open or rebound under some."""
        return [goal for goal in self.out_of_reach if goal not in self.unknown]

    @cached_property
    def unknown(self) -> list[Goal]:
        """The goals that are undetermined under every set."""
        most = DEFAULT_SIZE if self._wanted.wish.max_size is None else self._wanted.wish.max_size
        room = max(most - len(self.added), 0)
        return [goal for goal in self.out_of_reach if self._search.stays_undetermined(goal, room, self._stop)]

    @property
    def is_hopeless(self) -> bool:
        """Whether no set does what is asked: a goal stays open, or all that is asked for stays undetermined."""
        return bool(self.uncovered) or self.is_undecided

    @property
    def is_undecided(self) -> bool:
        """Whether all that is asked for stays undetermined, whatever is given."""
        return bool(self.goals) and len(self.unknown) == len(self.goals)

    def leaves_unknown(self, added: Sequence[str]) -> bool:
        """Whether every goal that is undetermined under all sets looked at is so under this one too."""
        if not self.unknown:
            return True
        now = self._under((*self._wanted.background, *added))
        return all(now.any_of(goal.arms) == UNDETERMINED for goal in self.unknown)

    def solve(self, size: int) -> Solution:
        """The minimal sets of agents, by their number in ``agents``, that close all goals but the unknown ones."""
        room = size - len(self.added)
        if self.is_hopeless or room < 0:
            return Solution(exhaustive_to=room, exhausted=self.is_hopeless)
        return self._search.solve(room, [goal for goal in self.goals if goal not in self.out_of_reach], self._stop)

    def closing(self, goal: Goal, size: int) -> list[tuple[int, ...]]:
        """The minimal sets of agents that close one goal and keep every function."""
        return self._search.solve(size - len(self.added), [goal], self._stop).sets

    def regimen(self, chosen: Iterable[int]) -> tuple[str, ...]:
        """What a set adds to the background, sorted by name; the killers included that are added."""
        return tuple(sorted({*(self.agents[i] for i in chosen), *self.added}))


class Wanted:
    """A combination question at its place: who may be given, what is to be kept, which killers there are.

    ``places`` are those of the clones of the cell: what is asked for must hold in every one.
    ``stop`` is asked now and then with how many sets were looked at and the current size; once it has said True,
    ``interrupted`` is.
    """

    def __init__(
        self,
        reasoned: Reasoned,
        places: Sequence[Place],
        background: Sequence[str],
        wish: Wish,
        stop: Stop | None = None,
    ) -> None:
        self._asked = stop
        self.interrupted = False
        self.reasoned = reasoned
        self.places = tuple(places)
        self.place = places[0]
        self.background = tuple(background)
        self.wish = wish
        self.graphs = [reasoned.located(place) for place in places]
        self.whole = SideBySide(self.graphs)
        self.candidates = Candidates(reasoned, self.place, background, wish.only, wish.exclude, wish.min_strength)

    def stop(self, looked_at: int = 0, size: int = 0) -> bool:
        """Whether to end with what was found."""
        self.interrupted = self.interrupted or (self._asked is not None and self._asked(looked_at, size))
        return self.interrupted

    @cached_property
    def kept(self) -> list[KeptFunction]:
        """The functions to keep: of the spared cells those that were named, else their retention.

        What is known of a broader cell holds for a spared cell that is a kind of it, and is looked at in that one.

        Raises :class:`QuestionError` E419 for a spared cell, or a named function, of which there is none, and for a
        strict sparing of nothing.
        """
        if self.wish.strict and not (self.wish.spare or self.wish.functions):
            raise QuestionError(
                "a strict sparing needs something to spare", code="E419", hint="name a cell with --spare CELL"
            )
        named, spare = self.wish.functions, self.wish.spare
        wanted = named or {
            f for harm in self.reasoned.outcomes.harms for f in self.reasoned.closure.members(harm.function)
        }
        found = [
            KeptFunction(name, place._replace(cell=cell), clone)
            for clone, place in enumerate(self.places)
            for name, function in self.reasoned.graph.functions.items()
            if name in wanted
            for cell in self._spared(function.cells)
        ]
        cells, names = {str(f.place.cell) for f in found}, {f.name for f in found}
        if missing := [name for name in (*spare, *named) if name not in cells | names]:
            raise QuestionError(
                f"nothing to spare is known of {', '.join(map(self.reasoned.label, missing))}",
                code="E419",
                hint="see dislodge list functions",
            )
        return found

    def _spared(self, scopes: Iterable[str]) -> list[str]:
        """The cells in which a function stated for some cells is to be kept; all of those where no cell was named."""
        if self.wish.functions and not self.wish.spare:
            return list(scopes)
        covers = self.reasoned.graph.hierarchy.covers
        return [cell for cell in self.wish.spare if any(covers(broader, cell) for broader in scopes)]

    def keeps(self, harm: Harm) -> bool:
        """Whether a harm is done to a function to keep, in its cell or as stated for a broader one."""
        covers = self.reasoned.graph.hierarchy.covers
        return any(kept.name == harm.function and covers(harm.cell, kept.place.cell or "") for kept in self.kept)

    def keeping(self, function: KeptFunction, agents: Sequence[str], base: Sequence[str]) -> Kept | None:
        """A function to keep; None when the background alone has already lost it."""
        located, read = self._looked_at(function)
        arms = tuple(arm.mask for arm in read)
        if self.lost(function, self.background):
            return None
        effects: tuple[Effects, ...] = tuple(located.effects_of(agent).effects for agent in agents)
        before = located.together(base)
        return Kept(function.name, located.program, arms, before, effects, located.untreated)

    def scenario(self, clone: int, added: Sequence[str]) -> Scenario:
        """What is added to the background, in one clone."""
        return Scenario(self.graphs[clone], self.background, added)

    def depends(self, clone: int, killer: str) -> list[str]:
        """The activities without which a killer does not act."""
        return list(self.graphs[clone].graph.dependencies(killer))

    def enabling(self, clone: int, killer: str, agents: Sequence[str], base: Sequence[str]) -> Kept:
        """That no set takes away what a killer cannot act without."""
        located = self.graphs[clone]
        nodes = [located.find_at(name, (self.place.cell or "",)) for name in self.depends(clone, killer)]
        arms = () if None in nodes else (mask_of(node for node in nodes if node is not None),)
        effects = tuple(located.effects_of(agent).effects for agent in agents)
        return Kept(killer, located.program, arms, located.together(base), effects, located.untreated)

    def lost(self, function: KeptFunction, agents: Sequence[str]) -> bool:
        """Whether a function is off under some agents, at once or after relief; one without any arm here is."""
        located, arms = self._looked_at(function)
        valuation, masks = Scenario(located, agents).valuation(()), [arm.mask for arm in arms]
        return OFF in (valuation.at_once(masks), valuation.after_relief(masks))

    def _looked_at(self, function: KeptFunction) -> tuple[LocatedGraph, list[LocatedArm]]:
        """The scene in which a function is looked at: that of the question, where its cell is there; and its arms."""
        scopes = self.reasoned.graph.functions[function.name]
        located = self.graphs[function.clone]
        if function.place.cell in located.scene.cells_with(scopes):
            return located, located.arms(scopes, function.place.cell)
        apart = self.reasoned.located(function.place)
        return apart, apart.arms(scopes)

    @cached_property
    def dropped(self) -> dict[str, list[str]]:
        """Candidates that a strict sparing leaves out, with the functions that they touch."""
        if not self.wish.strict:
            return {}
        found = {}
        for agent in self.candidates.agents:
            harms = [
                h for place in self.places for h in Assessment(self.reasoned, place, self.background, [agent]).harms
            ]
            if touched := sorted({harm.function for harm in harms if self.keeps(harm)}):
                found[agent] = touched
        return found

    @cached_property
    def agents(self) -> list[str]:
        """The candidates that may be added."""
        return [agent for agent in self.candidates.agents if agent not in self.dropped]

    def _killers(self, clone: int) -> list[tuple[Killer, bool]]:
        """Effective killers to put in place in a clone: of the background, else each candidate; True when to be added.

        One of the background that lacks what it depends on may get it from what is added.

        Those stated for this cell or its disease's cells come first, then those of ever broader cells.
        """
        before = self.scenario(clone, ())
        if before.killers:
            return [(killer, False) for killer in before.killers]
        lacking = [(killer, False) for killer in before.defeated_killers if not killer.lesion]
        found = [killer for killer in killers(self.graphs[clone], self.agents) if not killer.lesion]
        return [*lacking, *((killer, True) for killer in self._nearest_first(clone, found))]

    @cached_property
    def defeated(self) -> list[Killer]:
        """Killers of the background, and candidates, that cannot be put in place in some clone; nearest first."""
        told: dict[str, Killer] = {}
        for clone, located in enumerate(self.graphs):
            found = [killer for killer in killers(located, self.agents) if killer.lesion]
            for killer in (*self.scenario(clone, ()).defeated_killers, *self._nearest_first(clone, found)):
                told.setdefault(killer.agent, killer)
        return list(told.values())

    def _nearest_first(self, clone: int, found: Iterable[Killer]) -> list[Killer]:
        located = self.graphs[clone]
        return sorted(found, key=lambda killer: (killer.scope != EXACT, -narrowness(located, killer.killing)))

    @cached_property
    def rounds(self) -> list[Round]:
        """A round for each choice of a killer in every clone, those first that add the fewest agents."""
        chosen = product(*(self._killers(clone) for clone in range(len(self.graphs))))
        rounds = [
            ([killer for killer, _ in choice], sorted({killer.agent for killer, is_added in choice if is_added}))
            for choice in chosen
        ]
        return [Round(self, in_place, added) for in_place, added in sorted(rounds, key=lambda choice: len(choice[1]))]
