"""The cells of a scenario, and for which of them each statement is read.

The *scene* is the cell of the place, each niche and normal cell that a statement names, and each malignant cell that
one names as a sender here.  What is said of a cell in a role holds for every narrower cell of the scene in that role
(:mod:`reasoner.mechanism.pattern` tells the roles).  Another malignant cell, neither broader nor narrower than that of
the place, is there as it is named, and nothing is inherited by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from reasoner.mechanism.mechanism_graph import SOURCED, Activity, MechanismGraph, Route
from reasoner.mechanism.pattern import Pattern
from reasoner.mechanism.place import EVERYWHERE, Miss, Place

#: The places of the activities of a statement, as they are read.
Places = tuple[tuple[str, ...], ...]


class Reading(NamedTuple):
    """The places of each activity of a statement as read, and whether as stated (``strict``) or by analogy."""

    places: Places
    strict: bool = True


class Scene:
    """The cells of the scene of one place, and the readings of statements there."""

    def __init__(self, graph: MechanismGraph, place: Place, analogy: bool = False) -> None:
        self.graph = graph
        self.place = place
        self.malignant = frozenset(graph.closure.members("MalignantCell"))
        self.analogy = analogy
        self.cells = self._cells()
        self._images: dict[str, tuple[str, ...]] = {}
        self._readings: dict[tuple[Pattern, str | None], list[Reading]] = {}

    def _cells(self) -> frozenset[str]:
        graph = self.graph
        named = {cell for activity in graph.mentioned.values() for cell in activity.places}
        for action in graph.actions:
            named.update(cell for cell in (action.target if action.depletes else None, action.cell) if cell is not None)
        named.update(cell for function in graph.functions.values() for cell in function.cells)
        mine = set() if self.place.cell is None else {self.place.cell}
        return frozenset({*mine, *(named - self.malignant), *self._senders()})

    def _senders(self) -> Iterator[str]:
        """The cells that a statement for this place, in whatever state, names as the source of something."""
        fit = self.graph.hierarchy.fit
        for scopes, names in self.graph.speaking:
            if self.analogy or any(fit(s, self.place) is not Miss.DISEASE for s in scopes or (EVERYWHERE,)):
                for activity in map(self.graph.activities.__getitem__, names):
                    yield from activity.places if activity.kind in SOURCED else activity.places[:-1]

    def _is_stranger(self, cell: str) -> bool:
        """Whether a cell is another malignant cell than that of the place, and no kind of it or it of that one."""
        mine, covers = self.place.cell, self.graph.hierarchy.covers
        return cell in self.malignant and (mine is None or not (covers(cell, mine) or covers(mine, cell)))

    @property
    def population(self) -> frozenset[str]:
        """The malignant cell of the place, and the broader kinds of it that are senders: all that bear its lesions."""
        mine = self.place.cell
        if mine is None or any(kind in self.graph.closure.types(mine) for kind in ("NormalCell", "NicheCell")):
            return frozenset()
        return frozenset({mine, *(self.graph.hierarchy.above(mine) & self.cells & self.malignant)})

    def hears(self, cell: str, stated: str) -> bool:
        """Whether what is said of a cell holds for another: that or a kind of it, but no stranger only named."""
        if cell == stated or (self.analogy and cell == self.place.cell and self._is_like(stated, cell)):
            return True
        return self.graph.hierarchy.covers(stated, cell) and (cell in self.cells or not self._is_stranger(cell))

    def images(self, cell: str) -> tuple[str, ...]:
        """The cells of the scene for which a statement about a cell holds: itself and narrower ones, sorted."""
        if cell not in self._images:
            covers = self.graph.hierarchy.covers
            found = {c for c in self.cells if covers(cell, c)} | ({cell} if self._is_stranger(cell) else set())
            self._images[cell] = tuple(sorted(found))
        return self._images[cell]

    def readings(self, activities: Sequence[Activity], own: str | None = None) -> list[Reading]:
        """How a statement about these activities is read, as stated first; with ``own`` for that cell alone.

        Empty where the statement names a cell that is not there.
        """
        pattern = self.graph.pattern(activities)
        found = self._readings.get((pattern, own))
        if found is None:
            read = self._read_single if pattern.is_single else self._read
            found = self._readings[pattern, own] = list(read(pattern, own))
        return found

    def engagement(self, interaction: Activity, parts: Sequence[Activity]) -> list[Reading]:
        """How an interaction is read with what it needs: what comes from its sender, what is in its receiver."""
        sender, receiver = interaction.places

        def at(part: Activity, places: tuple[str, ...]) -> tuple[str, ...]:
            moved = {sender: places[0]} if part.kind in SOURCED else {receiver: places[1]}
            return tuple(moved.get(place, place) for place in part.places)

        return [
            Reading((places, *(at(part, places) for part in parts)), strict)
            for (places,), strict in self.readings([interaction])
        ]

    def cells_with(self, function: Route) -> list[str]:
        """The cells of the scene that have a function: those of which it is stated, and kinds of them."""
        return list(dict.fromkeys(cell for stated in function.cells for cell in (stated, *self.images(stated))))

    # --- one statement -----------------------------------------------------------------------------------------------

    def _read(self, pattern: Pattern, own: str | None) -> Iterator[Reading]:
        options = [self._options(cell, pattern, own) for cell in pattern.free]
        fixed = (anchor.cell for anchor in pattern.anchors if not anchor.moves)
        if not all(options) or not all(map(self.is_there, fixed)):
            return
        found: dict[Places, bool] = {}
        for chosen in product(*options):
            image = dict(zip(pattern.free, (cell for cell, _ in chosen), strict=True))
            if self._is_coherent(image):
                places = self._placed(pattern, image)
                found[places] = found.get(places, False) or all(is_strict for _, is_strict in chosen)
        for places in sorted(found, key=lambda p: (p != pattern.stated, p)):
            yield Reading(places, found[places])

    def _read_single(self, pattern: Pattern, own: str | None) -> Iterator[Reading]:
        """A statement that names one cell, or none, in one role after the other."""
        if not pattern.named:
            yield Reading(pattern.stated)
            return
        (stated,) = pattern.free
        options = self._options(stated, pattern, own)
        for cell, strict in sorted(options, key=lambda option: (option[0] != stated, option[0])):
            yield Reading(tuple((cell,) * len(places) for places in pattern.stated), strict)

    def _placed(self, pattern: Pattern, image: dict[str, str]) -> Places:
        """The cells by activity; a sender broader than who receives is the population around it."""
        rest = iter(pattern.anchors)
        found = []
        for stated in pattern.stated:
            places = tuple(
                image[anchor.cell] if anchor.moves else anchor.cell for _, anchor in zip(stated, rest, strict=False)
            )
            sender, receiver = stated[:1], places[-1:]
            if len(places) > 1 and sender != receiver and self.graph.hierarchy.covers(sender[0], receiver[0]):
                places = (*sender, *receiver)
            found.append(places)
        return tuple(found)

    def is_there(self, cell: str) -> bool:
        """Whether a cell is in the scene."""
        return cell in self.cells or self._is_stranger(cell)

    def _options(self, cell: str, pattern: Pattern, own: str | None) -> list[tuple[str, bool]]:
        """The cells that may stand for a named one, each with whether it is a kind of it."""
        images = self.images(cell)
        if own is not None and own in images:
            return [(own, True)]
        found = [(image, True) for image in images]
        mine = self.place.cell
        if self.analogy and mine is not None and self._is_like(cell, mine) and mine not in pattern.named:
            return [(mine, False)] if own == mine else [*found, (mine, False)]
        return found

    def _is_like(self, cell: str, mine: str) -> bool:
        """Whether a statement about a cell may be read for that of the place by analogy: both are malignant."""
        return cell in self.malignant and mine in self.malignant and mine not in self.images(cell)

    def _is_coherent(self, image: dict[str, str]) -> bool:
        """Whether no two named cells that may be one are read as two.

        Of a cell and its broader kind the broader one may be another cell, but no kind of the narrower one.
        """
        covers = self.graph.hierarchy.covers
        for first, one in image.items():
            for second, other in image.items():
                if one != other and one in self.images(second) and not covers(second, first):
                    return False
        return True
