"""What the lesions of a place change: in its malignant cell, in the population of its broader kinds, and nowhere else.

A *loss* takes the molecule away there; a *gain* sets it to work whatever regulates it; a *binding change* keeps agents
from it, by whatever they are aimed at: molecule, family, complex or activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.mechanism.mechanism_graph import Action, Activity, Killing, Lesion, MechanismGraph
from reasoner.mechanism.scene import Scene


class BorneLesions:
    """The lesions among the states of a place, borne by the malignant cells of its scene."""

    def __init__(self, graph: MechanismGraph, scene: Scene, states: Iterable[str]) -> None:
        self.graph = graph
        self.lesions = [graph.lesions[state] for state in sorted(states) if state in graph.lesions]
        self.bearers = scene.population if self.lesions else frozenset()

    def is_lost(self, activity: Activity) -> bool:
        """Whether a molecule is off where it would be at work, made or free."""
        return activity.molecule is not None and self._changes(activity, [le for le in self.lesions if le.loss])

    def is_gained(self, activity: Activity) -> bool:
        """Whether a molecule is at work whatever regulates it."""
        return activity.kind == "MoleculeActivity" and self._changes(activity, [le for le in self.lesions if le.gain])

    def _changes(self, activity: Activity, lesions: Iterable[Lesion]) -> bool:
        return activity.places[0] in self.bearers and any(activity.molecule in le.molecules for le in lesions)

    def defeating(self, action: Action, activity: Activity, overcome: frozenset[str]) -> str:
        """The lesion that keeps an action from an activity, unless it is one of those overcome; empty for none."""
        barring = list(self._barring(overcome)) if self.bearers else []
        for aim, worked_on, cells in self._reached(action, activity) if barring else ():
            if not self.bearers.isdisjoint(cells):
                for lesion, changed in barring:
                    if self._is_through(lesion, changed, aim, worked_on, action.binds):
                        return lesion.name
        return ""

    def _reached(self, action: Action, activity: Activity) -> Iterator[tuple[str, str, Sequence[str]]]:
        """What an action is aimed at, the molecules on which it works there, and their cells.

        Of an interaction that it is aimed at these are both ends; an agonist needs no ligand.
        """
        aimed = self.graph.activities.get(action.target)
        if aimed is not None and aimed.kind == "Interaction":
            first = 1 if action.activates else 0
            ends = zip(activity.things[first:], activity.places[first:], strict=True)
            covers, acts_in = self.graph.hierarchy.covers, action.cell
            yield from ((thing, thing, (at,)) for thing, at in ends if acts_in is None or covers(acts_in, at))
            return
        worked_on = activity.things[1] if activity.kind == "Interaction" else activity.molecule
        if worked_on is not None:
            aim = aimed.molecule if aimed is not None and aimed.molecule is not None else action.target
            yield aim, worked_on, activity.acted_on

    def defeating_kill(self, killing: Killing, overcome: frozenset[str]) -> str:
        """The lesion that defeats a killing which acts through what it changes; empty for none."""
        barred = list(self._barring(overcome)) if self.bearers else []
        for through in killing.through:
            members = self.graph.members_of(through)
            for lesion, molecule in barred:
                if members:
                    if molecule in members and all(any(m == other for _, other in barred) for m in members):
                        return lesion.name
                elif through == molecule or molecule in self.graph.held_by.get(through, ()):
                    return lesion.name
        return ""

    def _barring(self, overcome: frozenset[str]) -> Iterator[tuple[Lesion, str]]:
        """The lesions that keep agents from a molecule, each with that molecule; what is lost nobody brings back."""
        for lesion in self.lesions:
            if lesion.loss or (lesion.binding and lesion.name not in overcome):
                for molecule in sorted(lesion.molecules):
                    yield lesion, molecule

    def _is_through(self, lesion: Lesion, changed: str, aim: str, worked_on: str, binds: frozenset[str]) -> bool:
        """Whether what is aimed at one molecule reaches another through a changed one, and in no other way.

        At a complex it acts through the subunit that it is stated to bind; where none is stated, a change of any keeps
        it from binding, and a loss leaves it the others.
        """
        return changed == worked_on or all(
            self._is_barred(lesion, changed, bound_to, binds) for bound_to in self._ways(aim, worked_on)
        )

    def _ways(self, aim: str, worked_on: str) -> list[str]:
        """The molecules through which what is aimed at one reaches another: of a family its members, else the aim."""
        parts = {worked_on, *self.graph.held_by.get(worked_on, ())}
        members = [] if aim == worked_on else [m for m in self.graph.members_of(aim) if m in parts]
        return members or [aim]

    def _is_barred(self, lesion: Lesion, changed: str, bound_to: str, subunits: frozenset[str]) -> bool:
        held_by = self.graph.held_by
        if changed == bound_to or changed not in held_by.get(bound_to, ()):
            return changed == bound_to
        bound = {held for subunit in subunits for held in (subunit, *held_by.get(subunit, ()))}
        return changed in bound if bound else lesion.binding
