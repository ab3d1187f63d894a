"""The pairs of ``sameAs``, closed: a union-find that can go back, and a forest of the links that tells why.

The links that files state or rules conclude are rows as of any table.  :meth:`Equalities.join` joins the classes of the
two ends of a link: then all their members are the same as each other, and as themselves, though no row is stored.  Who
became the same as whom at which epoch is read off the tree of the unions, and why off the forest of the links that
joined classes: between two members it has one way, and every link on it is older than their equality.

The forest is that of R. Nieuwenhuis and A. Oliveras, Proof-producing congruence closure (RTA 2005).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from reasoner.closure.grouped import Grouped, Row, RowBlock
from reasoner.model.rule import Rule

#: How a class was made: how many rows had been added one by one, at which epoch, and the two ends of the link.
Merge = tuple[int, int, int, int]


class Union(RowBlock):
    """The rows that came when one class joined another: between the two, and of what was alone with itself.

    ``large`` and ``small`` are the classes, the larger one up to ``size``, with their roots; ``link`` goes from the
    smaller one to the other, and ``top`` was the top of its tree in the forest.  ``known`` are the rows among these
    that had been added one by one.
    """

    __slots__ = ("alone", "known", "large", "link", "roots", "size", "small", "top")

    def __init__(
        self, epoch: int, large: list[int], small: list[int], roots: Row, link: Row, top: int, alone: list[int]
    ) -> None:
        super().__init__(epoch)
        self.large = large
        self.size = len(large)
        self.small = small
        self.roots = roots
        self.link = link
        self.top = top
        self.alone = alone
        self.known: frozenset[Row] = frozenset()

    @property
    def number(self) -> int:
        """The number of rows."""
        return len(self.alone) + 2 * self.size * len(self.small) - len(self.known)

    def rows(self) -> Iterator[Row]:
        """The rows, in order."""
        return (row for row in self._all() if row not in self.known)

    def _all(self) -> Iterator[Row]:
        yield from ((member, member) for member in self.alone)
        for member in self.small:
            for other in islice(self.large, self.size):
                yield member, other
                yield other, member


class Equalities(Grouped):
    """The pairs of ``sameAs``; where ``symmetry`` and ``transitivity`` are in force, classes stand for their pairs."""

    __slots__ = ("_first", "_joined", "_members", "_parent", "_since", "_toward", "symmetry", "transitivity")

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.symmetry: Rule | None = None
        self.transitivity: Rule | None = None
        #: How many of the rows that were added one by one have been joined.
        self._joined = 0
        #: The members of each class by its root; what it was joined to, and when; since when each is itself.
        self._members: dict[int, list[int]] = {}
        self._parent: dict[int, int] = {}
        self._since: dict[int, int] = {}
        self._first: dict[int, int] = {}
        #: The forest: the next member on the way to the top of a tree.
        self._toward: dict[int, int] = {}

    @property
    def is_closing(self) -> bool:
        """Whether classes are formed: not where some pair must not hold, which is then no premise either."""
        return self.symmetry is not None and self.transitivity is not None and not self.kept_out

    # Classes

    @property
    def members(self) -> Collection[int]:
        """What is in a class."""
        return self._parent.keys()

    def root(self, member: int) -> int:
        """What stands for the class of a member."""
        while (parent := self._parent[member]) != member:
            member = parent
        return member

    def of_root(self, root: int) -> list[int]:
        """The members of a class."""
        return self._members[root]

    def unjoined(self) -> list[Row]:
        """The rows that were added one by one since the last time, which are then to be joined."""
        found = list(self.singles.rows(self._joined))
        self._joined = len(self.singles)
        return found

    def join(self, link: Row, epoch: int) -> None:
        """Make the classes of the two ends of a link one, where they are two."""
        one, other = link
        if one == other or (one in self._parent and other in self._parent and self.root(one) == self.root(other)):
            return
        alone = [end for end in link if end not in self._parent]
        for end in alone:
            self._parent[end] = end
            self._first[end] = epoch
            self._members[end] = [end]
        if len(self._members[self.root(one)]) > len(self._members[self.root(other)]):
            one, other = other, one
        small, large = self.root(one), self.root(other)
        classes = self._members[large], self._members[small]
        union = Union(epoch, *classes, (small, large), (one, other), self._turn(one), alone)
        union.known = self._known(union)
        self._toward[one] = other
        self._parent[small] = large
        self._since[small] = epoch
        self.append(union, union.number)
        union.large += self._members.pop(small)

    @property
    def joins(self) -> list[Merge]:
        """How the classes were made, for :meth:`join_again`."""
        return [(union.start - union.before, union.epoch, *union.link) for union in self.blocks]

    def join_again(self, joins: Iterable[Merge]) -> None:
        """Make the classes again, where all rows that were added one by one are there already."""
        for known, epoch, one, other in joins:
            self.join((one, other), epoch)
            self.blocks[-1].start = known + self.blocks[-1].before
        self._joined = len(self.singles)

    def _known(self, union: Union) -> frozenset[Row]:
        """The rows of a union that were added one by one."""
        self.singles.index_objects(len(self.singles))
        by_subject, by_object = self.singles.by_subject, self.singles.by_object
        found = [(member, member) for member in union.alone if member in by_subject.get(member, ())]
        for member in union.small:
            found += [(member, object_) for object_ in by_subject.get(member, ()) if self._is_in(object_, union)]
            found += [(subject, member) for subject in by_object.get(member, ()) if self._is_in(subject, union)]
        return frozenset(found)

    def _is_in(self, member: int, union: Union) -> bool:
        """Whether something is in the larger class."""
        return member in self._parent and self.root(member) == union.roots[1]

    def forget(self, block: Union) -> None:
        """Undo the last union."""
        small, _ = block.roots
        del block.large[block.size :]
        self._members[small] = block.small
        self._parent[small] = small
        del self._since[small]
        del self._toward[block.link[0]]
        self._turn(block.top)
        for member in block.alone:
            del self._parent[member], self._first[member], self._members[member]

    def truncate(self, length: int) -> None:
        """Forget every row from ``length`` on, which is not inside a block."""
        super().truncate(length)
        self._joined = min(self._joined, len(self.singles))

    # Rows

    def group_epoch(self, subject: int, object_: int) -> int:
        """The epoch of a row of a class, or -1."""
        if subject not in self._parent or object_ not in self._parent:
            return -1
        if subject == object_:
            return self._first[subject]
        above = dict(self._upward(subject))
        for member, since in self._upward(object_):
            if member in above:
                return max(since, above[member])
        return -1

    def _upward(self, member: int) -> Iterator[tuple[int, int]]:
        """A member and what its class was joined to, one after the other, and since when it is below each."""
        since = -1
        yield member, since
        while (parent := self._parent[member]) != member:
            since = max(since, self._since[member])
            member = parent
            yield member, since

    def group_objects(self, subject: int) -> Iterator[tuple[int, int]]:
        """The objects of a member by its class, with their epochs."""
        known = self.singles.by_subject.get(subject, ())
        for member in self._members[self.root(subject)]:
            if member not in known:
                yield member, self.group_epoch(subject, member)

    def group_subjects(self, object_: int) -> Iterator[int]:
        """The subjects of a member by its class."""
        by_subject = self.singles.by_subject
        members = self._members[self.root(object_)]
        return (member for member in members if object_ not in by_subject.get(member, ()))

    # Why

    def reasons(self, row: Row) -> tuple[Rule, tuple[Row, ...]]:
        """The rule by which a row of a class follows, and rows that are older, or nearer in the forest."""
        assert self.symmetry is not None and self.transitivity is not None
        subject, object_ = row
        if subject == object_:
            other = self._toward.get(subject)
            if other is None:
                members = self._members[self.root(subject)]
                other = members[0] if members[0] != subject else members[1]
            return self.transitivity, ((subject, other), (other, subject))
        if self.singles.epoch((object_, subject)) >= 0:
            return self.symmetry, ((object_, subject),)
        way = self._way(subject, object_)
        between = way[len(way) // 2]
        return self.transitivity, ((subject, between), (between, object_))

    def _way(self, one: int, other: int) -> list[int]:
        """The members on the way between two in the forest, both included."""
        ways = [one], [other]
        places = {one: 0}, {other: 0}
        while True:
            for side in (0, 1):
                member = self._toward.get(ways[side][-1])
                if member is None:
                    continue
                place = places[1 - side].get(member)
                if place is None:
                    places[side][member] = len(ways[side])
                    ways[side].append(member)
                    continue
                rest = ways[1 - side][: place + 1][::-1]
                found = ways[side] + rest
                return found if side == 0 else found[::-1]

    def _turn(self, member: int) -> int:
        """Make a member the top of its tree in the forest; what was the top."""
        below: int | None = None
        following: int | None = member
        while following is not None:
            member, following = following, self._toward.pop(following, None)
            if below is not None:
                self._toward[member] = below
            below = member
        return member
