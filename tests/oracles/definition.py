"""The well-founded model straight from its definition, on sets: a second opinion that shares no code with the engine.

A mechanism graph with agents at work is written as a logic program; the model is the alternating fixpoint of the least
models of its reducts.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

Node = Hashable
Atom = tuple[str, Node]
Rule = tuple[Atom, frozenset[Atom], frozenset[Atom]]

ON, OFF, UNDETERMINED = "on", "off", "undetermined"
#: An atom that is undetermined in every well-founded model, since it rests on its own absence.
DOUBT: Atom = ("doubt", 0)


@dataclass(frozen=True)
class Influence:
    """A mechanism between nodes; ``weak`` when it is in doubt whether it is there at all."""

    requires: frozenset[Node]
    effect: Node
    weak: bool = False


@dataclass(frozen=True)
class Graph:
    """A mechanism graph with agents at work."""

    nodes: frozenset[Node]
    given: frozenset[Node] = frozenset()
    doubtful: frozenset[Node] = frozenset()
    positive: tuple[Influence, ...] = ()
    negative: tuple[Influence, ...] = ()
    cut: frozenset[Node] = frozenset()
    lift: frozenset[Node] = frozenset()
    supply: frozenset[Node] = frozenset()

    @property
    def torn(self) -> frozenset[Node]:
        """Nodes that agents pull in opposite directions."""
        return self.cut & (self.lift | self.supply)

    @property
    def is_firm(self) -> bool:
        """Whether nothing is in doubt beforehand."""
        return not (self.doubtful or self.torn or any(i.weak for i in self.positive + self.negative))

    @property
    def is_stratified(self) -> bool:
        """Whether no suppression lies on a cycle."""
        follows: dict[Node, set[Node]] = {node: set() for node in self.nodes}
        for influence in self.positive + self.negative:
            for node in influence.requires:
                follows[node].add(influence.effect)
        return not any(_reached(follows, i.effect) & i.requires for i in self.negative)


def _reached(follows: dict[Node, set[Node]], start: Node) -> set[Node]:
    seen, todo = {start}, [start]
    while todo:
        new = follows[todo.pop()] - seen
        seen |= new
        todo.extend(new)
    return seen


def rules_of(graph: Graph) -> Iterator[Rule]:
    """The logic program: head, what must hold, what must not."""
    yield DOUBT, frozenset(), frozenset({DOUBT})
    for node in graph.nodes:
        on, held_down = ("on", node), ("held down", node)
        if node in graph.torn:
            yield on, frozenset({DOUBT}), frozenset()
        elif node not in graph.cut:
            if node in graph.supply:
                yield on, frozenset(), frozenset()
            if node in graph.given:
                yield on, frozenset(), frozenset({held_down})
            if node in graph.doubtful:
                yield on, frozenset({DOUBT}), frozenset({held_down})
            for influence in graph.positive:
                if influence.effect == node:
                    yield on, _body(influence), frozenset({held_down})
        if node not in graph.lift:
            for influence in graph.negative:
                if influence.effect == node:
                    yield held_down, _body(influence), frozenset()


def _body(influence: Influence) -> frozenset[Atom]:
    return frozenset(("on", node) for node in influence.requires) | ({DOUBT} if influence.weak else frozenset())


def _least_model(rules: list[Rule], assumed: frozenset[Atom]) -> frozenset[Atom]:
    """The least model of the reduct by ``assumed``."""
    reduct = [(head, needs) for head, needs, absent in rules if not absent & assumed]
    model: set[Atom] = set()
    while True:
        new = {head for head, needs in reduct if needs <= model} - model
        if not new:
            return frozenset(model)
        model |= new


def well_founded_model(graph: Graph) -> dict[Node, str]:
    """The value of every node: the alternating fixpoint."""
    rules = list(rules_of(graph))
    true: frozenset[Atom] = frozenset()
    while True:
        possible = _least_model(rules, true)
        more = _least_model(rules, possible)
        if more == true:
            break
        true = more
    return {
        node: ON if ("on", node) in true else UNDETERMINED if ("on", node) in possible else OFF for node in graph.nodes
    }
