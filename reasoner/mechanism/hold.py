"""Whether what is read at a place holds as far as statements go: nothing is evaluated, no state of the cell counts.

A node *holds* where it is given, implied or promoted and nothing that it needs is denied; it does not where a denial
prevails, and that is open where statements tie.  What some agent supplies or activates, or some lesion sets to work,
*may come to hold* all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.mechanism.mechanism_graph import PROMOTES

if TYPE_CHECKING:
    from reasoner.mechanism.located_nodes import LocatedNodes

#: True: nothing speaks against it; False: it is denied, or needs what is; None: statements tie.
Hold = bool | None
_DENIED, _TIE, _FREE = 0, 1, 2
_MEANING: tuple[Hold, ...] = (False, None, True)


def held(located: LocatedNodes, raised: bool = False) -> list[Hold]:
    """For each node of a place whether it holds as far as statements go; ``raised``: or may come to hold."""
    reading = _Statements(located, raised)
    values = [_FREE] * len(located.nodes)
    changed = True
    while changed:
        changed = False
        for index in range(len(values)):
            value = min(values[index], reading.value(index, values))
            changed |= value != values[index]
            values[index] = value
    return [_MEANING[value] for value in values]


class _Statements:
    """What statements come to at the nodes of a place."""

    def __init__(self, located: LocatedNodes, raised: bool) -> None:
        self.located = located
        graph = located.graph
        self._supplied = {name for action in graph.actions for name in action.provides} if raised else set()
        self._activated = {name for action in graph.actions for name in action.activates} if raised else set()
        lesions = graph.lesions.values() if raised else ()
        self._gained = {molecule for lesion in lesions if lesion.gain for molecule in lesion.molecules}
        self._needs = located.parts.prerequisites
        self._held_back = {
            graph.keys[effect]
            for mechanism in graph.mechanisms
            if located.widths.of(mechanism.denied).found
            for sign, effect in mechanism.effects
            if sign == PROMOTES
        }

    def value(self, index: int, values: list[int]) -> int:
        """What a node comes to, given what all others do."""
        if self._is_raised(index):
            return _FREE
        least = self._base(index, values)
        for needed in self._needs.get(index, ()):
            met = _least(needed.nodes, values)
            least = min(least, max(met, _TIE) if needed.weak else met)
        return least

    def _base(self, index: int, values: list[int]) -> int:
        node = self.located.nodes[index]
        if node.says is True or self.located.parts.counts(index):
            return _FREE
        ways = [
            min(_TIE if mechanism.weak else _FREE, _least(mechanism.requires, values))
            for mechanism in self.located.by_effect.get(index, ())
            if mechanism.sign == PROMOTES
        ]
        receptor = self.located.receptor_of(index) if node.origins & self._activated else None
        ways += [] if receptor is None else [values[receptor]]
        if node.statements:
            return max([_TIE if node.says is None else _DENIED, *ways])
        if ways:
            return max(ways)
        is_off = node.activity.kind == "Interaction" or node.activity.key in self._held_back
        return _DENIED if is_off else _FREE

    def _is_raised(self, index: int) -> bool:
        node = self.located.nodes[index]
        is_molecule = (
            node.activity.kind == "MoleculeActivity" and node.activity.places[0] in self.located.scene.malignant
        )
        return bool(node.origins & self._supplied) or (is_molecule and node.activity.things[0] in self._gained)


def _least(nodes: Iterable[int], values: list[int]) -> int:
    return min((values[node] for node in nodes), default=_FREE)
