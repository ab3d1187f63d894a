"""Blank nodes that what they state and who refers to them leave tied, told apart by RDFC-1.0 of the W3C.

Only the statements among tied nodes go there: everything else that is said of such a node becomes its colour, a list
becomes a node, and what is known by a key becomes a name.  The answer is that graph with canonical labels; each label
takes over one of the nodes of its colour, which differ in nothing else, and so the order of the labels is an order of
the nodes that depends on the graph alone.

RDFC-1.0 takes exponential time where many nodes point at each other alike, so it runs in a child of this program's own
interpreter, which is ended when its time is over.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reasoner.errors import LimitError
from reasoner.model.triple import Node, is_blank
from reasoner.writing.folded import UNORDERED, Content, Item, Items, blanks_in
from reasoner.writing.prefixed_names import PrefixedNames

#: Seconds, and bytes of memory, that telling nodes apart may take.
SECONDS, MEMORY = 5.0, 1 << 30
_HINT = "give them IRIs, or leave out those that say the same as others"
_NAME, _COLOUR = "urn:x:", "colour"
#: What the child runs; its path is the parent's, and its limits hold where the system knows them.
_CHILD = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
try:
    import resource
    for what, most in (("CPU", int(sys.argv[2])), ("AS", int(sys.argv[3])), ("CORE", 0)):
        resource.setrlimit(getattr(resource, "RLIMIT_" + what), (most, most))
except (ImportError, AttributeError, OSError, ValueError):
    pass
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize
graph = Dataset(parse(sys.stdin.buffer, RdfFormat.N_TRIPLES))
graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
serialize(graph, sys.stdout.buffer, RdfFormat.N_QUADS)
"""


class _Part(NamedTuple):
    """A node, or the list of no node, with what is said of it besides the statements among tied nodes."""

    node: Node | None
    outside: list[tuple[str, Item]]


def told_apart(
    content: dict[Node, Content], tied: set[Node], key: Callable[[Item], str]
) -> tuple[dict[Node, Content], dict[Node, int]]:
    """The same graph, its tied nodes perhaps in each other's places, and the rank of each of them.

    Keys of all other nodes that are said to be related to tied ones must be different.  Raises
    :class:`~reasoner.errors.LimitError` (E512) where time or memory does not suffice.
    """
    inside = _Inside(content, tied, key)
    answer = _canonical("".join(inside.lines), lambda: _sentence(content, tied, key))
    return {**content, **inside.rebuilt(answer)}, inside.ranks


class _Inside:
    """The statements among tied nodes as N-Triples, and the way back."""

    def __init__(self, content: dict[Node, Content], tied: set[Node], key: Callable[[Item], str]) -> None:
        self.key = key
        self.lines: list[str] = []
        self.ranks: dict[Node, int] = {}
        self._terms = {node: f"_:n{number}" for number, node in enumerate(tied)}
        self._lists = 0
        self._named: dict[str, _Part] = {}
        self._pools: dict[str, list[_Part]] = defaultdict(list)
        for node in dict.fromkeys([*content, *tied]):
            self._add(node, content.get(node, {}))

    # --- there -------------------------------------------------------------------------------------------------------

    def _add(self, node: Node, content: Content) -> None:
        pairs = [(predicate, value) for predicate, values in content.items() for value in values]
        touching = [pair for pair in pairs if self._touches(pair[1])]
        if touching or node in self._terms:
            term = self._terms.get(node) or _name(self.key(node))
            self._describe(term, _Part(node, [pair for pair in pairs if not self._touches(pair[1])]), self.key(node))
            often = Counter(predicate for predicate, value in touching if isinstance(value, Items))
            for predicate, value in touching:
                self._state(term, predicate, value, alone=often[predicate] == 1)

    def _touches(self, value: Item) -> bool:
        return any(node in self._terms for node in blanks_in(value))

    def _state(self, subject: str, predicate: str, value: Item, *, alone: bool) -> None:
        if not isinstance(value, Items):
            self._line(subject, predicate, self._terms[str(value)])
            return
        self._lists += 1
        known = alone and not is_blank(subject)
        cell = _name(f"{subject} {predicate}") if known else f"_:l{self._lists}"
        self._line(subject, predicate, cell)
        places = list(_places(predicate, value))
        self._describe(cell, _Part(None, [place for place in places if not self._touches(place[1])]), "list")
        for place, member in places:
            if self._touches(member):
                self._state(cell, place, member, alone=True)

    def _describe(self, term: str, part: _Part, kind: str) -> None:
        """Keep what is said of a term besides; of a node without a name it becomes the colour."""
        if is_blank(term):
            said = sorted((predicate, self.key(value)) for predicate, value in part.outside)
            colour = _name(json.dumps([kind, said]))
            self._pools[colour].append(part)
            self._line(term, _COLOUR, colour)
        else:
            self._named[term] = part

    def _line(self, subject: str, predicate: str, value: str) -> None:
        self.lines.append(f"{subject} {_name(predicate)} {value} .\n")

    # --- and back ----------------------------------------------------------------------------------------------------

    def rebuilt(self, answer: str) -> dict[Node, Content]:
        """The content of every node that is tied or refers to tied ones, from the canonical statements."""
        stated: dict[str, list[tuple[str, str]]] = defaultdict(list)
        parts = dict(self._named)
        for line in answer.splitlines():
            subject, predicate, value, _ = line.split()
            if (meant := _meant(predicate)) == _COLOUR:
                parts[subject] = self._pools[value].pop()
            else:
                stated[subject].append((meant, value))
        self.ranks = {
            part.node: int(term.removeprefix("_:c14n")) for term, part in parts.items() if part.node and is_blank(term)
        }

        def pairs(term: str) -> list[tuple[str, Item]]:
            return parts[term].outside + [(predicate, item(value)) for predicate, value in stated[term]]

        def item(term: str) -> Item:
            return parts[term].node or Items(tuple(_members(pairs(term))))

        found: dict[Node, Content] = {}
        for term, part in parts.items():
            if part.node:
                content: Content = {}
                for name, stated_of in pairs(term):
                    content.setdefault(name, []).append(stated_of)
                found[part.node] = content
        return {node: content for node, content in found.items() if content}


def _places(predicate: str, value: Items) -> Iterator[tuple[str, Item]]:
    """The members of a list, each with its place; where order means nothing, with how often it is there."""
    if predicate in UNORDERED:
        yield from ((f"*{count}", member) for member, count in Counter(value.members).items())
    else:
        yield from ((str(place), member) for place, member in enumerate(value.members))


def _members(places: list[tuple[str, Item]]) -> Iterator[Item]:
    for place, member in sorted(places, key=lambda found: int(found[0].lstrip("*"))):
        yield from [member] * (int(place[1:]) if place.startswith("*") else 1)


def _name(text: str) -> str:
    return f"<{_NAME}{text.encode('utf-8', 'surrogatepass').hex()}>"


def _meant(name: str) -> str:
    return bytes.fromhex(name[1 + len(_NAME) : -1]).decode("utf-8", "surrogatepass")


# --- the child --------------------------------------------------------------------------------------------------------


def _canonical(graph: str, sentence: Callable[[], str]) -> str:
    """The graph with the labels of RDFC-1.0."""
    command = [sys.executable, "-I", "-S", "-c", _CHILD, json.dumps(sys.path), str(int(SECONDS) + 2), str(MEMORY)]
    try:
        done = subprocess.run(command, input=graph.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise LimitError(f"{sentence()} within {SECONDS:g} s", code="E512", hint=_HINT) from None
    except OSError as error:
        raise LimitError(f"{sentence()}: {error.strerror}", code="E512", hint=_HINT) from None
    if done.returncode:
        raise LimitError(f"{sentence()} within {MEMORY >> 20} MB of memory", code="E512", hint=_HINT)
    return done.stdout.decode()


def _sentence(content: dict[Node, Content], tied: set[Node], key: Callable[[Item], str]) -> str:
    """That the most of the nodes with one key cannot be told apart, with the subject on which they hang."""
    by_key: dict[str, set[Node]] = defaultdict(set)
    for node in tied:
        by_key[key(node)].add(node)
    group = max(by_key.values(), key=len)
    return f"{len(group)} blank nodes {_place(content, group)} cannot be told apart"


def _place(content: dict[Node, Content], group: set[Node]) -> str:
    """Where nodes are: the first subject that leads to them, else the properties by which they are stated."""
    reached, seen = group, set[Node]()
    while reached:
        seen |= reached
        users = {
            node
            for node, stated in content.items()
            if any(not reached.isdisjoint(blanks_in(value)) for values in stated.values() for value in values)
        }
        if subjects := sorted(node for node in users if not is_blank(node)):
            return f"that hang on {PrefixedNames()(subjects[0])}"
        reached = users - seen
    predicates = sorted({predicate for node in group for predicate in content.get(node, ())})
    return f"that hang on no subject with a name, and state {', '.join(map(PrefixedNames(), predicates))},"
