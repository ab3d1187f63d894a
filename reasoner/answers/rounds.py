"""The searches behind a combination: one round for each killer that may be in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.candidates import Candidates
from reasoner.answers.goals import goals_for, level_of
from reasoner.engine.killers import EXACT, Killer, killers, narrowness
from reasoner.engine.located import mask_of
from reasoner.engine.outcomes import Assessment, Harm
from reasoner.engine.place import Place
from reasoner.engine.scenario import Scenario
from reasoner.engine.search import Goal, Kept, Problem, Search, Solution
from reasoner.engine.set_tree import Stop
from reasoner.engine.well_founded import OFF, UNDETERMINED, Effects
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.answers.requests import Wish
    from reasoner.engine.located import LocatedArm
    from reasoner.engine.located_graph import LocatedGraph
    from reasoner.engine.reasoned import Reasoned


#: Agents that a set holds at most, unless a size is asked for.
DEFAULT_SIZE = 3


@dataclass(frozen=True, slots=True)
class KeptFunction:
    """A function of a spared cell, with the place at which it is looked at."""

    name: str
    place: Place


class Round:
    """One killer in place, the goals that it brings, and the agents that may join it."""

    def __init__(self, wanted: Wanted, in_place: Killer, added: bool) -> None:
        self.killer = killer = in_place.agent
        self.exact = in_place.scope == EXACT
        self.added = added
        self._stop = wanted.stop
        self.agents = [agent for agent in wanted.agents if agent != killer]
        self.base = (*wanted.background, killer) if added else wanted.background
        self._before = Scenario(wanted.located, self.base)
        found = goals_for(wanted.kb, wanted.located, wanted.place, killer, wanted.wish.close)
        self.level = level = level_of(found, wanted.wish.scope, lambda goal: self.before(goal) == OFF)
        self.goals = [each.goal for each in found if each.distance <= level]
        self.near = {each.goal.name for each in found if not each.distance}
        self.stated = sorted({scope for each in found if level and each.distance == level for scope in each.stated})
        self.farther = [each.goal for each in found if each.distance > level and self.before(each.goal) != OFF]
        effects = tuple(wanted.located.effects_of(agent).effects for agent in self.agents)
        kept = tuple(k for f in wanted.kept if (k := wanted.keeping(f, self.agents, self.base)) is not None)
        self._depends = wanted.located.graph.dependencies(killer)
        kept += tuple(self._dependency(wanted, effects))
        self._wanted = wanted
        self._search = Search(
            Problem(
                wanted.located.program,
                self._before.effects(()),
                effects,
                tuple(self.goals),
                kept=kept,
                beforehand=wanted.located.untreated,
            )
        )

    def _dependency(self, wanted: Wanted, effects: tuple[Effects, ...]) -> Iterator[Kept]:
        """That no set takes away what the killer cannot act without."""
        if self._depends:
            located = wanted.located
            nodes = [located.find_at(name, (wanted.place.cell or "",)) for name in self._depends]
            arms = () if None in nodes else (mask_of(node for node in nodes if node is not None),)
            yield Kept(self.killer, located.program, arms, self._before.effects(()), effects, located.untreated)

    def can_act(self, size: int) -> bool:
        """Whether the killer has all that it depends on under some set of agents up to a size."""
        if not self._depends:
            return True
        keeping = self._search.solve(size - self.added, [], self._stop).sets
        return any(self.is_effective(self.regimen(chosen)) for chosen in keeping)

    def is_effective(self, added: Sequence[str]) -> bool:
        """Whether the killer has all that it depends on, under what a set adds to the background."""
        if not self._depends:
            return True
        found = Scenario(self._wanted.located, self._wanted.background, added).killers
        return any(killer.agent == self.killer for killer in found)

    def before(self, goal: Goal) -> str:
        """The value of a goal with the killer in place and nothing else added."""
        return self._before.valuation(()).any_of(goal.arms)

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
        room = max(most - self.added, 0)
        return [goal for goal in self.out_of_reach if self._search.stays_undetermined(goal, room, self._stop)]

    def leaves_unknown(self, added: Sequence[str]) -> bool:
        """Whether every goal that is undetermined under all sets looked at is so under this one too."""
        if not self.unknown:
            return True
        now = Scenario(self._wanted.located, self._wanted.background, added).valuation()
        return all(now.any_of(goal.arms) == UNDETERMINED for goal in self.unknown)

    def solve(self, size: int) -> Solution:
        """The minimal sets of agents, by their number in ``agents``, that close all goals but the unknown ones."""
        room = size - self.added
        if self.uncovered or room < 0:
            return Solution(exhaustive_to=room, exhausted=bool(self.uncovered))
        return self._search.solve(room, [goal for goal in self.goals if goal not in self.out_of_reach], self._stop)

    def closing(self, goal: Goal, size: int) -> list[tuple[int, ...]]:
        """The minimal sets of agents that close one goal and keep every function."""
        return self._search.solve(size - self.added, [goal], self._stop).sets

    def regimen(self, chosen: Iterable[int]) -> tuple[str, ...]:
        """What a set adds to the background, sorted by name; the killer included where it is added."""
        return tuple(sorted({*(self.agents[i] for i in chosen), *([self.killer] if self.added else [])}))


class Wanted:
    """A combination question at its place: who may be given, what is to be kept, which killers there are.

    ``stop`` is asked now and then with how many sets were looked at and the current size; once it has said True,
    ``interrupted`` is.
    """

    def __init__(
        self, kb: Reasoned, place: Place, background: Sequence[str], wish: Wish, stop: Stop | None = None
    ) -> None:
        self._asked = stop
        self.interrupted = False
        self.kb = kb
        self.place = place
        self.background = tuple(background)
        self.wish = wish
        self.located = kb.located(place)
        self.candidates = Candidates(kb, place, background, wish.only, wish.exclude, wish.min_strength)

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
        wanted = named or self.kb.closure.members("RetentionFunction")
        found = [
            KeptFunction(name, Place(cell, self.place.disease, self.place.states))
            for name, function in self.kb.graph.functions.items()
            if name in wanted
            for cell in self._spared(function.cells)
        ]
        cells, names = {str(f.place.cell) for f in found}, {f.name for f in found}
        if missing := [name for name in (*spare, *named) if name not in cells | names]:
            raise QuestionError(
                f"nothing to spare is known of {', '.join(map(self.kb.label, missing))}",
                code="E419",
                hint="see dislodge list functions",
            )
        return found

    def _spared(self, stated: Iterable[str]) -> list[str]:
        """The cells in which a function stated for some cells is to be kept; all of those where no cell was named."""
        if self.wish.functions and not self.wish.spare:
            return list(stated)
        covers = self.kb.graph.hierarchy.covers
        return [cell for cell in self.wish.spare if any(covers(broader, cell) for broader in stated)]

    def keeps(self, harm: Harm) -> bool:
        """Whether a harm is done to a function to keep, in its cell or as stated for a broader one."""
        covers = self.kb.graph.hierarchy.covers
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

    def lost(self, function: KeptFunction, agents: Sequence[str]) -> bool:
        """Whether a function is off under some agents, at once or after relief; one without any arm here is."""
        located, arms = self._looked_at(function)
        valuation, masks = Scenario(located, agents).valuation(()), [arm.mask for arm in arms]
        return OFF in (valuation.at_once(masks), valuation.after_relief(masks))

    def _looked_at(self, function: KeptFunction) -> tuple[LocatedGraph, list[LocatedArm]]:
        """The scene in which a function is looked at: that of the question, where its cell is there; and its arms."""
        stated = self.kb.graph.functions[function.name]
        if function.place.cell in self.located.scene.cells_with(stated):
            return self.located, self.located.arms(stated, function.place.cell)
        apart = self.kb.located(function.place)
        return apart, apart.arms(stated)

    @cached_property
    def dropped(self) -> dict[str, list[str]]:
        """Candidates that a strict sparing leaves out, with the functions that they touch."""
        if not self.wish.strict:
            return {}
        found = {}
        for agent in self.candidates.agents:
            harms = Assessment(self.kb, self.place, self.background, [agent]).harms
            if touched := sorted({harm.function for harm in harms if self.keeps(harm)}):
                found[agent] = touched
        return found

    @cached_property
    def agents(self) -> list[str]:
        """The candidates that may be added."""
        return [agent for agent in self.candidates.agents if agent not in self.dropped]

    @cached_property
    def killers(self) -> list[tuple[Killer, bool]]:
        """Effective killers to put in place: those of the background, else each candidate; True when to be added.

        One of the background that lacks what it depends on may get it from what is added.

        Those stated for this cell or its disease's cells come first, then those of ever broader cells.
        """
        before = Scenario(self.located, self.background)
        if before.killers:
            return [(killer, False) for killer in before.killers]
        lacking = [(killer, False) for killer in before.defeated_killers if not killer.lesion]
        found = [killer for killer in killers(self.located, self.agents) if not killer.lesion]
        return [*lacking, *((killer, True) for killer in sorted(found, key=self._distance))]

    @cached_property
    def defeated(self) -> list[Killer]:
        """Killers of the background, and candidates, that cannot be put in place; nearest first."""
        found = [killer for killer in killers(self.located, self.agents) if killer.lesion]
        return [*Scenario(self.located, self.background).defeated_killers, *sorted(found, key=self._distance)]

    def _distance(self, killer: Killer) -> tuple[bool, int]:
        return killer.scope != EXACT, -narrowness(self.located, killer.killing)

    @cached_property
    def rounds(self) -> list[Round]:
        """A round for each killer."""
        return [Round(self, killer, added) for killer, added in self.killers]
