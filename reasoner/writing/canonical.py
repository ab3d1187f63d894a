"""Triples in an order that depends on nothing but the triples themselves.

Blank nodes have no names that mean anything: each is known by what it states, where that is not enough by what states
something of it, and where that is not enough either by RDFC-1.0 (:mod:`reasoner.writing.ties`).  Well-formed lists
become one value; the members of lists that OWL reads as sets (``unionOf``, ``members`` …) are sorted, so that two
programs that store them in another order give the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from reasoner.model.iris import FIRST, NIL, REST, TYPE
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, is_blank
from reasoner.writing.folded import LIST_TYPES, UNORDERED, Content, Item, Items, blanks_in


class Canonical:
    """A set of triples: the content of each node with its values sorted, and a key for every node and value.

    Blank nodes that nothing tells apart may have changed places, which is the same graph.  Raises
    :class:`~reasoner.errors.LimitError` (E512) for too many that only their relations to each other tell apart.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.content: dict[Node, Content] = {}
        for subject, predicate, value in dict.fromkeys(triples):
            self.content.setdefault(subject, {}).setdefault(predicate, []).append(value)
        self._fold_lists()
        self._keys: dict[Node, str] = {}
        self.references = self._referred()
        self._name_blanks()
        for content in self.content.values():
            for predicate, values in content.items():
                content[predicate] = sorted(self._ordered(predicate, values), key=self.key)
        order = sorted(self.content, key=lambda node: (is_blank(node), self.key(node)))
        self.content = {node: dict(sorted(self.content[node].items())) for node in order}

    def key(self, item: Item) -> str:
        """A text by which values are sorted; equal for values that nothing tells apart."""
        if isinstance(item, Literal):
            return f'2"{item.language}"{item.lexical}"{item.datatype}'
        if isinstance(item, Items):
            return f"3({' '.join(map(self.key, item.members))})"
        if is_blank(item):
            return f"4{self._keys.get(item, '')}"
        return f"1{item}"

    def roots(self) -> list[Node]:
        """The nodes that are written on their own: all but the blank nodes that one value alone refers to."""
        return [node for node in self.content if not self.is_inline(node)]

    def is_inline(self, node: Item) -> bool:
        """Whether a blank node is written inside the one statement that refers to it."""
        return (
            isinstance(node, str)
            and is_blank(node)
            and self.references.get(node) == 1
            and node in self.content
            and node not in self._circular
        )

    # --- lists -------------------------------------------------------------------------------------------------------

    def _fold_lists(self) -> None:
        """Replace each list by its members; a list that is shared, broken or circular stays as its triples."""
        referred = self._referred()
        cells = {node for node, content in self.content.items() if self._is_cell(node, content, referred)}
        inner = {str(value) for cell in cells for value in self.content[cell][REST]}
        chains = {head: chain for head in cells - inner if (chain := self._chain(head, cells))}
        heads = self._reached(chains)
        for cell in [cell for head in heads for cell in chains[head]]:
            del self.content[cell]
        for content in self.content.values():
            for predicate, values in content.items():
                content[predicate] = [self._folded(value, heads) for value in values]

    def _reached(self, chains: dict[Node, list[Node]]) -> dict[Node, Items]:
        """The members of the lists that something refers to which is no list that they hold."""
        cells = {cell for chain in chains.values() for cell in chain}
        waiting = [v for n, content in self.content.items() if n not in cells for vs in content.values() for v in vs]
        found: dict[Node, Items] = {}
        while waiting:
            head = waiting.pop()
            if isinstance(head, str) and head in chains:
                found[head] = Items(tuple(self.content[cell][FIRST][0] for cell in chains[head]))
                waiting += found[head].members
        return found

    def _folded(self, value: Item, heads: dict[Node, Items]) -> Item:
        if isinstance(value, str) and value in heads:
            return Items(tuple(self._folded(member, heads) for member in heads[value].members))
        return value

    @staticmethod
    def _is_cell(node: Node, content: Content, referred: Counter[Node]) -> bool:
        return (
            is_blank(node)
            and referred[node] == 1
            and len(content.get(FIRST, ())) == 1
            and len(content.get(REST, ())) == 1
            and content.keys() <= {FIRST, REST, TYPE}
            and all(kind in LIST_TYPES for kind in content.get(TYPE, ()))
        )

    def _chain(self, head: Node, cells: set[Node]) -> list[Node]:
        chain: list[Node] = []
        node: Item = head
        while isinstance(node, str) and node in cells:
            chain.append(node)
            node = self.content[node][REST][0]
        return chain if node == NIL else []

    # --- keys of blank nodes -----------------------------------------------------------------------------------------

    def _referred(self) -> Counter[Node]:
        found: Counter[Node] = Counter()
        for content in self.content.values():
            for values in content.values():
                for value in values:
                    found.update(blanks_in(value))
        return found

    def _name_blanks(self) -> None:
        """A key for each blank node: from what it states; for those in circles, by refinement; then by its users."""
        blanks = list(dict.fromkeys([*filter(is_blank, self.content), *self.references]))
        below = {node: self._below(node) for node in blanks}
        order, self._circular = _bottom_up(blanks, below)
        for node in order:
            self._keys[node] = self._digest(node)
        for _ in range(len(self._circular)):
            fresh = {node: self._digest(node) for node in self._circular}
            settled = len(set(fresh.values())) == len({self._keys.get(n, "") for n in self._circular})
            self._keys.update(fresh)
            if settled:
                break
        self._tell_apart(blanks)
        if tied := self._tied(order, below):
            self._break_ties(tied)

    def _below(self, node: Node) -> list[Node]:
        values = self.content.get(node, {}).values()
        return [blank for found in values for value in found for blank in blanks_in(value)]

    def _digest(self, node: Node) -> str:
        """What a node states, in short; empty for one that states nothing."""
        if node not in self.content:
            return ""
        parts = [
            f"{predicate} {' '.join(sorted(map(self.key, self._ordered(predicate, values))))}"
            for predicate, values in sorted(self.content[node].items())
        ]
        return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def _tell_apart(self, blanks: list[Node]) -> None:
        """Nodes that state the same are told apart by the nodes that refer to them."""
        count = Counter(self._keys[node] for node in blanks)
        doubtful = {node for node in blanks if count[self._keys[node]] > 1}
        users: dict[Node, list[str]] = {node: [] for node in doubtful}
        for subject, content in self.content.items() if doubtful else ():
            for predicate, values in content.items():
                for value in values:
                    for node in blanks_in(value):
                        if node in doubtful:
                            users[node].append(f"{self.key(subject)} {predicate}")
        for node, found in users.items():
            self._keys[node] += " " + blake2b("\n".join(sorted(found)).encode(), digest_size=6).hexdigest()

    def _tied(self, order: list[Node], below: dict[Node, list[Node]]) -> set[Node]:
        """Nodes with the key of another that need a label in a text, or are written around such a node.

        All other ties mean nothing: whichever of the nodes comes first, the same is written.
        """
        labelled = set(self._circular)
        for node in order:
            if self.references[node] > 1 or not labelled.isdisjoint(below[node]):
                labelled.add(node)
        count = Counter(self._keys.values())
        return {node for node in labelled if count[self._keys[node]] > 1}

    def _break_ties(self, tied: set[Node]) -> None:
        from reasoner.writing.ties import told_apart  # it starts a child, which few files need

        self.content, ranks = told_apart(self.content, tied, self.key)
        for node, rank in ranks.items():
            self._keys[node] += f" {rank:08}"
        self.references = self._referred()
        blanks = list(self._keys)
        _, self._circular = _bottom_up(blanks, {node: self._below(node) for node in blanks})

    def _ordered(self, predicate: str, values: list[Item]) -> list[Item]:
        if predicate not in UNORDERED:
            return values
        return [Items(tuple(sorted(v.members, key=self.key))) if isinstance(v, Items) else v for v in values]


def _bottom_up(nodes: list[Node], below: dict[Node, list[Node]]) -> tuple[list[Node], set[Node]]:
    """Nodes after all that they refer to; those in or above a circle apart."""
    waiting = {node: sum(child in below for child in below[node]) for node in nodes}
    above: dict[Node, list[Node]] = {node: [] for node in nodes}
    for node in nodes:
        for child in below[node]:
            if child in above:
                above[child].append(node)
    order = [node for node in nodes if waiting[node] == 0]
    for node in order:  # grows while it is walked
        for parent in above[node]:
            waiting[parent] -= 1
            if waiting[parent] == 0:
                order.append(parent)
    return order, set(nodes) - set(order)
