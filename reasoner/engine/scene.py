"""The cells of a scenario, and for which of them each statement is read.

The *scene* is the cell of the place, each niche and normal cell that a statement names, and each malignant cell that
one names as a sender here.  What is said of a cell in a role holds for every narrower cell of the scene in that role.
Where one statement names a cell and a broader kind of it, the role decides: in it, of it or as receiver the broader one
is that same cell; as sender it is the population around it, and stays; so does a sender that also receives.  Where two
kinds of a broader cell are named, in whatever roles, it stays.  Another malignant cell, neither broader nor narrower
than that of the place, is there as it is named, and nothing is inherited by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from reasoner.engine.mechanism_graph import SOURCED, Activity, MechanismGraph
from reasoner.engine.place import EVERYWHERE, Miss, Place

#: The places of the activities of a statement, as they are read.
Places = tuple[tuple[str, ...], ...]


class Reading(NamedTuple):
    """The places of each activity of a statement as read, and whether as stated (``strict``) or by analogy."""

    places: Places
    strict: bool = True


class _Role(NamedTuple):
    """A cell at one position of a statement: the number of its activity, and whether something comes from it."""

    cell: str
    activity: int
    is_source: bool
    partner: str


class Scene:
    """The cells of the scene of one place, and the readings of statements there."""

    def __init__(self, graph: MechanismGraph, place: Place, analogy: bool = False) -> None:
        self.graph = graph
        self.place = place
        self.malignant = frozenset(graph.closure.members("MalignantCell"))
        self._analogy = analogy
        self.cells = self._cells()
        self._images: dict[str, tuple[str, ...]] = {}
        self._readings: dict[tuple[object, ...], list[Reading]] = {}

    def _cells(self) -> frozenset[str]:
        graph = self.graph
        named = {cell for activity in graph.mentioned.values() for cell in activity.places}
        for action in graph.actions:
            named.update(action.depletes, () if action.cell is None else (action.cell,))
        named.update(cell for function in graph.functions.values() for cell in function.cells)
        mine = set() if self.place.cell is None else {self.place.cell}
        return frozenset({*mine, *(named - self.malignant), *self._senders()})

    def _senders(self) -> Iterator[str]:
        """The cells that a statement for this place, in whatever state, names as the source of something."""
        fit = self.graph.hierarchy.fit
        for scopes, names in self.graph.speaking:
            if self._analogy or any(fit(s, self.place) is not Miss.DISEASE for s in scopes or (EVERYWHERE,)):
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

    def heard_by(self, cell: str) -> frozenset[str]:
        """The cells of which what is said holds for a cell: itself and broader ones, which a stranger does not hear."""
        outside = cell not in self.cells and self._is_stranger(cell)
        return frozenset({cell}) if outside else self.graph.hierarchy.above(cell)

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
        key = (own, *((a.kind in SOURCED, a.places) for a in activities))
        if key not in self._readings:
            self._readings[key] = list(self._read(activities, own))
        return self._readings[key]

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

    # --- one statement -----------------------------------------------------------------------------------------------

    def _read(self, activities: Sequence[Activity], own: str | None) -> Iterator[Reading]:
        named = {cell for activity in activities for cell in activity.places}
        if not named or (len(named) == 1 and all(len(activity.places) < 2 for activity in activities)):
            yield from self._read_one(activities, named, own)
            return
        roles = list(_roles(activities))
        anchors = [self._anchor(role, roles, named) for role in roles]
        free = sorted({cell for cell, moves in anchors if moves})
        options = [self._options(cell, named, own) for cell in free]
        found: dict[Places, bool] = {}
        for chosen in product(*options):
            image = dict(zip(free, chosen, strict=True))
            if not self._is_coherent(image):
                continue
            cells = [image[cell][0] if moves else cell for cell, moves in anchors]
            if all(moves or self.is_there(cell) for cell, (_, moves) in zip(cells, anchors, strict=True)):
                strict = all(is_strict for _, is_strict in chosen)
                places = self._placed(activities, cells)
                found[places] = found.get(places, False) or strict
        stated = tuple(a.places for a in activities)
        for places in sorted(found, key=lambda p: (p != stated, p)):
            yield Reading(places, found[places])

    def _read_one(self, activities: Sequence[Activity], named: set[str], own: str | None) -> Iterator[Reading]:
        """A statement that names one cell, or none, in one role after the other."""
        stated = next(iter(named), "")
        options = self._options(stated, named, own) if named else [("", True)]
        for cell, strict in sorted(options, key=lambda option: (option[0] != stated, option[0])):
            yield Reading(tuple((cell,) * len(activity.places) for activity in activities), strict)

    def _placed(self, activities: Sequence[Activity], cells: Sequence[str]) -> Places:
        """The cells, one for each role, by activity; a sender broader than who receives is the population around it."""
        rest = iter(cells)
        found = []
        for activity in activities:
            places = tuple(next(rest) for _ in activity.places)
            stated, receiver = activity.places[:1], places[-1:]
            if len(places) > 1 and stated != receiver and self.graph.hierarchy.covers(stated[0], receiver[0]):
                places = (*stated, *receiver)
            found.append(places)
        return tuple(found)

    def is_there(self, cell: str) -> bool:
        """Whether a cell is in the scene."""
        return cell in self.cells or self._is_stranger(cell)

    def _anchor(self, role: _Role, roles: Sequence[_Role], named: Iterable[str]) -> tuple[str, bool]:
        """The named cell with which a cell is read, and whether narrower cells take its place."""
        covers = self.graph.hierarchy.covers
        below = {cell for cell in named if cell != role.cell and covers(role.cell, cell)}
        if role.is_source:
            return role.cell, not below and role.partner != role.cell
        same = self._narrowest(below & {other.cell for other in roles if not other.is_source})
        stays = len(same) > 1 or len(self._narrowest(below)) > 1
        return (role.cell, False) if stays else (next(iter(same), role.cell), True)

    def _narrowest(self, cells: Collection[str]) -> list[str]:
        """Those of some cells of which no kind is among them."""
        covers = self.graph.hierarchy.covers
        return [cell for cell in cells if not any(other != cell and covers(cell, other) for other in cells)]

    def _options(self, cell: str, named: set[str], own: str | None) -> list[tuple[str, bool]]:
        """The cells that may stand for a named one, each with whether it is a kind of it."""
        images = self.images(cell)
        if own is not None and own in images:
            return [(own, True)]
        found = [(image, True) for image in images]
        mine = self.place.cell
        if self._analogy and mine in self.malignant and cell in self.malignant and mine not in images:
            covers = self.graph.hierarchy.covers
            if not any(covers(str(mine), other) for other in named):
                return [(str(mine), False)] if own == mine else [*found, (str(mine), False)]
        return found

    def _is_coherent(self, image: dict[str, tuple[str, bool]]) -> bool:
        """Whether no two named cells that may be one are read as two.

        Of a cell and its broader kind the broader one may be another cell, but no kind of the narrower one.
        """
        covers = self.graph.hierarchy.covers
        for first, (one, _) in image.items():
            for second, (other, _) in image.items():
                if one != other and one in self.images(second) and not covers(second, first):
                    return False
        return True


def _roles(activities: Sequence[Activity]) -> Iterator[_Role]:
    for number, activity in enumerate(activities):
        for position, cell in enumerate(activity.places):
            is_source = activity.kind in SOURCED or position < len(activity.places) - 1
            partner = activity.places[1 - position] if len(activity.places) > 1 else ""
            yield _Role(cell, number, is_source, partner)
