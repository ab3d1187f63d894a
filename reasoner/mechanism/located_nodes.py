"""What is at a place before anything is evaluated: its nodes and mechanisms, and the lesions that its cell bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from reasoner.mechanism.lesions import BorneLesions
from reasoner.mechanism.located import LocatedMechanism
from reasoner.mechanism.located_reading import LocatedReading
from reasoner.mechanism.mechanism_graph import MechanismGraph
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene


class LocatedNodes:
    """The nodes and mechanisms of a mechanism graph at one place."""

    def __init__(self, graph: MechanismGraph, place: Place, scene: Scene) -> None:
        self.graph = graph
        self.place = place
        self.scene = scene
        self.states = graph.hierarchy.states_in(place)
        self.reading = reading = LocatedReading(graph, place, scene)
        self.nodes, self.by_key, self.parts = reading.nodes, reading.by_key, reading.parts
        self.mechanisms, self.widths = reading.mechanisms, reading.widths
        self.lesions = BorneLesions(graph, scene, place.states)

    def find(self, name: str) -> int | None:
        """The index of the node that a name stands for in this scenario, None when there is none.

        What is said of a broader kind of cell is said of the cell of the place: the name of an activity of the broader
        kind stands for that of the cell, as it does where an arm needs it.
        """
        if (activity := self.graph.activities.get(name)) is None:
            return next((i for i, node in enumerate(self.nodes) if node.name == name), None)
        read = [places for (places,), _ in self.scene.readings([activity], self.place.cell)]
        for places in (*read, activity.places):
            is_named = all(at in (stated, self.place.cell) for at, stated in zip(places, activity.places, strict=True))
            if is_named and (index := self.by_key.get(activity._replace(places=places).key)) is not None:
                return index
        return None

    def find_at(self, name: str, cells: Iterable[str]) -> int | None:
        """The node of an activity in one of some cells, where it is said of that or a broader cell; else its own."""
        activity = self.graph.activities[name]
        for cell in cells:
            if activity.places and self.graph.hierarchy.covers(activity.places[-1], cell):
                return self.by_key.get(activity._replace(places=(*activity.places[:-1], cell)).key)
        return self.find(name)

    def receptor_of(self, interaction: int) -> int | None:
        """The node of the receptor at work of an interaction."""
        activity = self.nodes[interaction].activity
        return self.by_key.get(("MoleculeActivity", activity.things[1], "@", activity.places[1]))

    @cached_property
    def rests_on(self) -> list[set[int]]:
        """For each node those on which it rests."""
        return self.reading.edges()

    @cached_property
    def by_effect(self) -> dict[int, list[LocatedMechanism]]:
        """Mechanisms by the node that they change."""
        found: dict[int, list[LocatedMechanism]] = defaultdict(list)
        for mechanism in self.mechanisms:
            found[mechanism.effect].append(mechanism)
        return found
