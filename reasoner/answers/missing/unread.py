"""What is stated of narrower cells than that of a place, and so is not read for this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.mechanism.mechanism_graph import Mechanism
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.place import Place


class Unread:
    """The statements that name a narrower cell than that of one place."""

    def __init__(self, reasoned: Reasoned, place: Place) -> None:
        self.reasoned = reasoned
        self.graph = reasoned.graph
        self.mine = place.cell

    def words(self, what: str, cells: Sequence[str]) -> str:
        """That something is stated for narrower cells only."""
        names, mine = " and ".join(map(self.reasoned.label, cells)), self.reasoned.label(self.mine or "")
        return f"{what} is stated for {names}: what is said of a narrower cell is not read for {mine}"

    def cells_of_route(self, name: str) -> list[str]:
        """The narrower cells for which alone a route, or each arm of it, is stated."""
        route = self.graph.routes.get(name) or self.graph.functions.get(name)
        if route is None:
            return []
        arms = [arm.cell for arm in route.arms if arm.cell] if all(arm.cell for arm in route.arms) else []
        return self._narrower({*self._unless_mine(route.cells), *self._unless_mine(arms)})

    def _unless_mine(self, cells: Iterable[str]) -> Iterable[str]:
        """Some cells, or none where that of the place, or a broader one, is among them."""
        covers = self.graph.hierarchy.covers
        return () if any(self.mine is not None and covers(cell, self.mine) for cell in cells) else cells

    def about(self, activity: str) -> Iterator[tuple[list[str], list[Fact]]]:
        """For each statement or mechanism that would bring an activity about: its narrower cells and its facts."""
        for statement in self.graph.statements:
            same = statement.holds and self._is_same(statement.activity, activity)
            if same and (cells := self._narrower_in([statement.activity])):
                yield cells, [statement.fact]
        for mechanism in self.graph.mechanisms:
            effects = [effect for sign, effect in mechanism.effects if sign == "promotes"]
            alike = [effect for effect in effects if self._is_same(effect, activity)]
            if alike and (cells := self._narrower_in([*alike, *mechanism.requires])):
                yield cells, self._facts(mechanism, alike)

    def _is_same(self, stated: str, asked: str) -> bool:
        """Whether two activities are the same thing, in whatever cells."""
        one, other = self.graph.activities[stated], self.graph.activities[asked]
        return (one.kind, one.things) == (other.kind, other.things)

    def _narrower_in(self, activities: Iterable[str]) -> list[str]:
        """The narrower cells that some activities are in, of or from."""
        return self._narrower({cell for name in activities for cell in self.graph.activities[name].places})

    def _narrower(self, cells: Iterable[str]) -> list[str]:
        """Those of some cells that are narrower than that of the place."""
        covers = self.graph.hierarchy.covers
        return sorted(c for c in cells if self.mine is not None and c != self.mine and covers(self.mine, c))

    def _facts(self, mechanism: Mechanism, effects: list[str]) -> list[Fact]:
        if mechanism.engages:
            return [Fact("hasReceiver", mechanism.engages, self.graph.activities[mechanism.engages].places[-1])]
        return [Fact("promotes", mechanism.name, effect) for effect in effects]
