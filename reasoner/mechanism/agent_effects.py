"""What agents do at a place: which nodes each reaches, through which actions, and what lesions keep from it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reasoner.mechanism.located import mask_of
from reasoner.mechanism.mechanism_graph import Action
from reasoner.mechanism.well_founded import Effects
from reasoner.model.masks import bits

if TYPE_CHECKING:
    from reasoner.mechanism.located_nodes import LocatedNodes


class Acts(NamedTuple):
    """The nodes that are acted on, as masks: cut, lifted, supplied, activated, and taken away with their cell."""

    cut: int = 0
    lift: int = 0
    supply: int = 0
    activate: int = 0
    deplete: int = 0

    def __or__(self, other: Acts) -> Acts:
        """What either does."""
        return Acts(*(one | another for one, another in zip(self, other, strict=True)))

    @property
    def lowered(self) -> int:
        """The nodes that are cut or taken away."""
        return self.cut | self.deplete

    @property
    def raised(self) -> int:
        """The nodes that are lifted, supplied or activated."""
        return self.lift | self.supply | self.activate

    @property
    def reached(self) -> int:
        """The nodes that are acted on in any way."""
        return self.lowered | self.raised


class AgentEffects(NamedTuple):
    """What one agent does at the place.

    ``effects`` is what it does to the program, ``acts`` what that comes to once its dependencies are met; ``partial``
    are nodes that it only lowers.  ``actions`` are those that reach something or that nothing defeats, ``defeated``
    those that a lesion keeps from something, with that lesion.  ``depends`` are activities that it cannot act without.
    """

    effects: Effects
    acts: Acts
    partial: int
    actions: tuple[Action, ...]
    defeated: tuple[tuple[Action, str], ...]
    depends: tuple[str, ...]


class Reach(NamedTuple):
    """What one action reaches, and the lesion that keeps something from it."""

    acts: Acts
    lesion: str


class Acting:
    """What the actions of agents reach at a place."""

    def __init__(self, located: LocatedNodes) -> None:
        self.located = located
        self.graph = located.graph
        self._overcome: dict[str, frozenset[str]] = {}
        self._in_scope: dict[str, list[Action]] = {}
        self._unbarred: dict[str, Acts] = {}
        self._reached: dict[tuple[str, frozenset[str]], Reach] = {}

    def overcome(self, agent: str) -> frozenset[str]:
        """The lesions that an agent overcomes by name; who overcomes a broader one overcomes that name only."""
        if agent not in self._overcome:
            self._overcome[agent] = frozenset(map(str, self.graph.closure.objects("overcomes", agent)))
        return self._overcome[agent]

    def in_scope(self, agent: str) -> list[Action]:
        """The actions of an agent, and of its classes, that are stated for the place."""
        if agent not in self._in_scope:
            widths, actions = self.located.widths, self.graph.actions_of(agent)
            self._in_scope[agent] = [action for action in actions if widths.stated(action.scopes).found]
        return self._in_scope[agent]

    def reach(self, action: Action, agent: str) -> Reach:
        """The nodes that an action of an agent reaches, less those that a lesion of the place keeps from it."""
        key = action.name, self.overcome(agent)
        if key not in self._reached:
            acts = self.unbarred(action)
            barred, lesion = 0, ""
            for index in bits(acts.reached & ~acts.deplete) if self.located.lesions.bearers else ():
                activity = self.located.nodes[index].activity
                if found := self.located.lesions.defeating(action, activity, key[1]):
                    barred, lesion = barred | 1 << index, lesion or found
            self._reached[key] = Reach(Acts(*(mask & ~barred for mask in acts)), lesion)
        return self._reached[key]

    def touched(self, action: Action) -> int:
        """The nodes that an action does anything to, whatever the sign, and those of the families of its target."""
        families = set(map(str, self.graph.closure.objects("memberOf", action.target)))
        of_family = (i for i, node in enumerate(self.located.nodes) if families.intersection(node.activity.things))
        return self.unbarred(action).reached | self._nodes(action.touches, action) | mask_of(of_family)

    def acts_of(self, agent: str) -> Acts:
        """All that the actions of an agent reach."""
        total = Acts()
        for action in self.in_scope(agent):
            total |= self.reach(action, agent).acts
        return total

    def takes_away_own(self, agent: str) -> bool:
        """Whether an agent takes away the very cell of the place, or all cells of a broader kind."""
        mine = self.located.place.cell
        return mine is not None and any(self.graph.hierarchy.covers(c, mine) for c in self.depleted_cells(agent))

    def depleted_cells(self, agent: str) -> frozenset[str]:
        """The cells that an agent takes away."""
        return frozenset().union(*(action.depletes for action in self.in_scope(agent)))

    def summary(self, agent: str, effects: Effects) -> AgentEffects:
        """What an agent does, where ``effects`` is what that comes to in the program of the place."""
        partial = full = 0
        effective: list[Action] = []
        defeated: list[tuple[Action, str]] = []
        for action in self.in_scope(agent):
            acts, lesion = self.reach(action, agent)
            partial |= acts.cut if action.partial else 0
            full |= 0 if action.partial else acts.cut
            if lesion:
                defeated.append((action, lesion))
            if acts.reached or not lesion:
                effective.append(action)
        depends = tuple(self.graph.dependencies(agent))
        return AgentEffects(effects, self.acts_of(agent), partial & ~full, tuple(effective), tuple(defeated), depends)

    # --- actions -----------------------------------------------------------------------------------------------------

    def unbarred(self, action: Action) -> Acts:
        """The nodes that an action reaches where no lesion keeps it from them."""
        if action.name not in self._unbarred:
            named = (action.cuts, action.lifts, action.provides, action.activates)
            cut, lift, supply, activate = (self._nodes(names, action) for names in named)
            depleted = self.depleted(action.depletes)
            self._unbarred[action.name] = Acts(cut, lift, supply, activate & self._stated_interactions, depleted)
        return self._unbarred[action.name]

    @cached_property
    def _stated_interactions(self) -> int:
        """The interactions that are stated here: an agonist turns on no others."""
        engaged = self.graph.engaged
        return mask_of({m.effect for m in self.located.mechanisms if m.name in engaged})

    def _nodes(self, names: frozenset[str], action: Action) -> int:
        """The nodes that stand for some activities, within the cells in which the action acts."""
        mask = 0
        for name in names:
            for index in self._by_origin.get(name, ()):
                if self._is_within(index, action):
                    mask |= 1 << index
        return mask

    def _is_within(self, index: int, action: Action) -> bool:
        """Whether an action acts in a cell of a node; one at a receptor acts where that is at work.

        What it is aimed at is a statement like others, and holds for no cell that is only named.
        """
        node, scene = self.located.nodes[index], self.located.scene
        places = node.activity.acted_on if action.activates else node.activity.places
        acts_in = None if scene.analogy else action.cell
        if acts_in is not None and not any(self.graph.hierarchy.covers(acts_in, place) for place in places):
            return False
        aimed = self.graph.activities.get(action.target)
        if aimed is None:
            return True
        if action.activates:
            return aimed.kind != "MoleculeActivity" or scene.hears(places[-1], aimed.places[0])
        return aimed.name not in node.origins or all(map(scene.hears, places, aimed.places))

    def depleted(self, cells: frozenset[str]) -> int:
        """The nodes in, of and from some cells and narrower kinds of them, and what these receive.

        A ligand that is free there is one of them, and comes back when it is supplied from outside.
        """
        if not cells:
            return 0
        covers = self.graph.hierarchy.covers
        return sum(
            1 << index
            for index, node in enumerate(self.located.nodes)
            if any(covers(cell, place) for cell in cells for place in node.activity.acted_on)
        )

    @cached_property
    def _by_origin(self) -> dict[str, list[int]]:
        """The nodes that stand for each activity of the graph; where no cell of the scene is, nothing is acted on."""
        found: dict[str, list[int]] = defaultdict(list)
        is_there = self.located.scene.is_there
        for index, node in enumerate(self.located.nodes):
            for origin in node.origins if all(map(is_there, node.activity.places)) else ():
                found[origin].append(index)
        return found
