"""Strongly connected components of a graph whose nodes are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def components(edges: Sequence[Iterable[int]], roots: Iterable[int] | None = None) -> Iterator[list[int]]:
    """The components that the roots reach (default: all), each after those that it points to (Tarjan 1972).

    >>> list(components([[1], [2], [1], [0]]))
    [[1, 2], [0], [3]]
    """
    search = _DepthFirst(edges)
    for root in range(len(edges)) if roots is None else roots:
        if root not in search.index:
            yield from search.run(root)


def reached(edges: Sequence[Iterable[int]], roots: Iterable[int]) -> set[int]:
    """The nodes that some reach, those included.

    >>> sorted(reached([[1], [2], [1], [0]], [0]))
    [0, 1, 2]
    """
    found: set[int] = set()
    todo = list(roots)
    while todo:
        if (node := todo.pop()) not in found:
            found.add(node)
            todo += edges[node]
    return found


class _DepthFirst:
    """The depth-first search, without recursion: graphs may be deep."""

    def __init__(self, edges: Sequence[Iterable[int]]) -> None:
        self.edges = edges
        self.index: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.path: list[int] = []
        self.on_path: set[int] = set()

    def enter(self, node: int) -> tuple[int, Iterator[int]]:
        """Number a node and begin with its edges."""
        self.index[node] = self.low[node] = len(self.index)
        self.path.append(node)
        self.on_path.add(node)
        return node, iter(self.edges[node])

    def run(self, root: int) -> Iterator[list[int]]:
        """The components that a root reaches and that were not yet seen."""
        work = [self.enter(root)]
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[node])
                if self.low[node] == self.index[node]:
                    yield self.leave(node)
            elif target not in self.index:
                work.append(self.enter(target))
            elif target in self.on_path:
                self.low[node] = min(self.low[node], self.index[target])

    def leave(self, node: int) -> list[int]:
        """The finished component, in order of discovery."""
        component: list[int] = []
        while not component or component[-1] != node:
            component.append(self.path.pop())
        self.on_path.difference_update(component)
        return component[::-1]
