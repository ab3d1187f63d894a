"""The nodes at which statements are read: one for each activity at some places, made when something speaks of it."""

from __future__ import annotations

from reasoner.mechanism.located import LocatedMechanism, LocatedNode
from reasoner.mechanism.mechanism_graph import Activity, MechanismGraph
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene
from reasoner.mechanism.widths import Widths

_INFIX = {"MoleculeActivity": "in", "Supply": "from", "Availability": "available_from", "CellProcess": "of"}


class ReadNodes:
    """The nodes of a place, and the mechanisms between them as far as they are read."""

    def __init__(self, graph: MechanismGraph, place: Place, scene: Scene) -> None:
        self.graph = graph
        self.place = place
        self.scene = scene
        self.widths = Widths(graph.hierarchy, place, scene.analogy)
        self.nodes: list[LocatedNode] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self.mechanisms: list[LocatedMechanism] = []
        self._known = {graph.keys[name]: name for name in reversed(graph.activities)}
        self._placed: dict[tuple[str, tuple[str, ...]], int] = {}

    def node_at(self, name: str, places: tuple[str, ...]) -> int:
        """The index of an activity of the graph at some places; made where there is none yet."""
        index = self._placed.get((name, places))
        if index is None:
            stated = self.graph.activities[name]
            index = self.node(Activity(name, stated.kind, stated.things, places))
            self._placed[name, places] = index
        return index

    def node(self, activity: Activity) -> int:
        """The index of the node with these roles; made where there is none yet."""
        key = activity.key
        index = self.by_key.get(key)
        if index is None:
            index = self.by_key[key] = len(self.nodes)
            called = self._known.get(key) or self._called(activity)
            self.nodes.append(LocatedNode(called, Activity(called, *activity[1:])))
        return index

    def _called(self, activity: Activity) -> str:
        """A readable name of an activity that no fact describes."""
        if infix := _INFIX.get(activity.kind):
            return f"{activity.things[0]}__{infix}__{activity.places[0]}"
        stated = self.graph.activities[activity.name].places
        moved = [
            f"__{word}__{cell}"
            for word, cell, before in zip(("as", "from"), activity.places[::-1], stated[::-1], strict=False)
            if cell != before
        ]
        return activity.name + "".join(moved)
