"""Parts that a statement implies: the ligand and the receptor of an interaction, the subunits of a complex.

That a part is implied is the weakest of all statements.  It yields to what is stated of the part for this place: where
it is denied the part is off, unless the interaction is stated for a strictly narrower cell or disease; where a
promoting mechanism brings it about in the untreated cell the part depends on its mechanisms, else it stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.mechanism.located import Implied, LocatedMechanism, LocatedNode, Prerequisite
from reasoner.mechanism.mechanism_graph import PROMOTES, REQUIRED_FOR, Activity, Mechanism
from reasoner.mechanism.place import Narrowness
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.mechanism.read_nodes import ReadNodes

#: Kinds of activity of a complex that need the same of each subunit.
_WHOLE = ("MoleculeActivity", "Supply")


class ImpliedParts:
    """What is implied at each node of a located graph, and what a complex needs of its subunits."""

    def __init__(self, located: ReadNodes) -> None:
        self.located = located
        #: The nodes of the subunits of each node that is a complex.
        self.subunits: dict[int, tuple[int, ...]] = {}
        self._promoted: dict[int, list[Narrowness]] = {}
        self._wholes: dict[str, list[int]] = {}

    def imply_ends(self, engaging: Iterable[LocatedMechanism]) -> None:
        """Let the mechanisms of interactions that are stated here imply their parts."""
        for mechanism in engaging:
            self._imply_ends(self.located.graph.engaged[mechanism.name], mechanism)

    def imply_subunits(self) -> None:
        """Let complexes imply their subunits, once all that is read of them is known."""
        graph = self.located.graph
        self._promoted = self._widths_of_promotion()
        self._wholes = self._nodes_of_complexes()
        for whole in sorted(graph.subunits, key=lambda name: (-len(graph.held_by[name]), name)):
            for index in self._wholes[whole]:
                self.subunits[index] = tuple(self._imply_subunit(index, part) for part in graph.subunits[whole])

    def _imply_ends(self, interaction: str, mechanism: LocatedMechanism) -> None:
        """The supply of the ligand at the sender, the receptor at work at the receiver."""
        graph, activity = self.located.graph, self.located.nodes[mechanism.effect].activity
        scopes = graph.mechanism(mechanism.name).scopes
        ends = zip(("hasLigand", "hasReceptor"), ("Supply", "MoleculeActivity"), activity.things, strict=True)
        for (prop, kind, thing), at, stated in zip(
            ends, activity.places, graph.activities[interaction].places, strict=True
        ):
            node = self.located.nodes[self.located.node(Activity("", kind, (thing,), (at,)))]
            widths = self._as_narrow(mechanism.widths, scopes, stated)
            node.implied += [Implied(width, interaction, Fact(prop, interaction, thing)) for width in widths]

    def _as_narrow(self, widths: Sequence[Narrowness], scopes: Sequence[str], cell: str) -> Sequence[Narrowness]:
        """How narrow a statement is in what it says of the part in one cell: other cells do not count."""
        if not all(width.strict for width in widths):
            return widths
        return self.located.widths.stated(scopes, self.located.graph.hierarchy.above(cell)).found

    def _widths_of_promotion(self) -> dict[int, list[Narrowness]]:
        """For each node that something promotes how narrowly that is stated of its own cell."""
        found: dict[int, list[Narrowness]] = {}
        for mechanism in self.located.mechanisms:
            stated = self.located.graph.mechanism(mechanism.name)
            if mechanism.sign == PROMOTES and not stated.releases:
                widths = found.setdefault(mechanism.effect, [])
                for cell in self._stated_at(stated, mechanism.effect):
                    widths += self._as_narrow(mechanism.widths, stated.scopes, cell)
        return found

    def _stated_at(self, mechanism: Mechanism, index: int) -> Iterator[str]:
        """The cells of which a mechanism is stated to promote what a node is."""
        node = self.located.nodes[index].activity
        for sign, effect in mechanism.effects:
            activity = self.located.graph.activities[effect]
            if sign == PROMOTES and activity[1:3] == node[1:3]:
                yield from activity.places

    def _nodes_of_complexes(self) -> dict[str, list[int]]:
        """The nodes at which each complex is at work or made, those of complexes in complexes among them."""
        found: dict[str, list[int]] = {whole: [] for whole in self.located.graph.subunits}
        for index, node in enumerate(self.located.nodes):
            if node.activity.kind in _WHOLE and node.activity.things[0] in found:
                found[node.activity.things[0]].append(index)
        return found

    def _imply_subunit(self, index: int, subunit: str) -> int:
        """Let what is stated or implied of a complex imply a subunit where the complex is."""
        complex_ = self.located.nodes[index]
        activity = complex_.activity
        part = self.located.node(Activity("", activity.kind, (subunit,), activity.places))
        if subunit in self._wholes and part not in self._wholes[subunit]:
            self._wholes[subunit].append(part)
        node, fact = self.located.nodes[part], Fact("hasSubunit", activity.things[0], subunit)
        node.implied += [Implied(width, complex_.name, fact) for width in self._stated(index, complex_)]
        node.unstated += (said for said in complex_.unstated if isinstance(said, str) or said.holds)
        return part

    def _stated(self, index: int, complex_: LocatedNode) -> Iterator[Narrowness]:
        """How narrow the statements are that speak of a complex being there."""
        yield from (width for width, statement in complex_.statements if statement.holds)
        yield from (implied.width for implied in complex_.implied)
        yield from self._promoted.get(index, ())

    def renumber(self, number: dict[int, int]) -> None:
        """Follow the nodes to their new numbers; those without one are gone."""
        self.subunits = {
            number[whole]: tuple(number[part] for part in parts)
            for whole, parts in self.subunits.items()
            if whole in number
        }
        self._promoted = {number[i]: widths for i, widths in self._promoted.items() if i in number}

    # --- what counts -------------------------------------------------------------------------------------------------

    def counts(self, index: int) -> bool:
        """Whether a part is there because it is implied: it is, and no denial is as narrow."""
        node = self.located.nodes[index]
        denials = node.denials
        return node.says is not True and any(
            all(implied.width.narrower_than(denial) for denial in denials) for implied in node.implied
        )

    def is_regulated(self, index: int) -> bool:
        """Whether a mechanism promotes a part."""
        return index in self._promoted

    @cached_property
    def prerequisites(self) -> dict[int, list[Prerequisite]]:
        """For each node what it cannot be on without."""
        found: dict[int, list[Prerequisite]] = defaultdict(list)
        for whole, parts in self.subunits.items():
            molecule = self._molecule(whole)
            for part in parts:
                fact = Fact("hasSubunit", molecule, self._molecule(part))
                found[whole].append(Prerequisite((part,), False, fact=fact))
        for mechanism in self.located.mechanisms:
            if mechanism.sign == REQUIRED_FOR:
                found[mechanism.effect].append(Prerequisite(mechanism.requires, mechanism.weak, mechanism))
        return dict(found)

    def _molecule(self, index: int) -> str:
        return self.located.nodes[index].activity.things[0]
