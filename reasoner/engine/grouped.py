"""Tables that hold most of their rows as groups: a row on each two members is found when asked for, never stored.

A table has the rows that were added one by one, in :class:`~reasoner.engine.tables.Pairs`, and blocks.  A block is a
group that came at one moment, with one epoch; its rows follow, in the order of rows, those that were there before.
What reads a table sees mappings and iterators as of any other table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations, islice
from operator import itemgetter
from typing import Any

from reasoner.engine.tables import Members, Pairs

Row = tuple[int, ...]


class Block:
    """The rows on each two members of a group, from the earlier member to the later one, or back.

    ``missing`` rows are not of this block: they were known before, or must not hold.  Rows that a block of ``earlier``
    has are of that block.
    """

    __slots__ = ("before", "count", "earlier", "epoch", "forward", "members", "missing", "places", "start")

    def __init__(
        self, members: list[int], places: Mapping[int, int], forward: bool, epoch: int, missing: Collection[Row]
    ) -> None:
        self.members = members
        self.places = places
        self.forward = forward
        self.epoch = epoch
        self.missing = frozenset(missing)
        self.earlier: tuple[Block, ...] = ()
        self.start = self.before = self.count = 0

    @property
    def end(self) -> int:
        """The number of rows of the table up to the end of the block."""
        return self.start + self.count

    def holds(self, subject: int, object_: int) -> bool:
        """Whether a row is among those on two members of the group, be it of this block or of an earlier one."""
        first, second = self.places.get(subject), self.places.get(object_)
        if first is None or second is None or first == second or (first < second) is not self.forward:
            return False
        return not self.missing or (subject, object_) not in self.missing

    def is_own(self, subject: int, object_: int) -> bool:
        """Whether a row that the block holds is not of an earlier one."""
        return not any(block.holds(subject, object_) for block in self.earlier)

    def rows(self) -> Iterator[Row]:
        """The rows, in order."""
        pairs: Iterator[Row] = combinations(self.members, 2)
        if not self.forward:
            pairs = ((second, first) for first, second in pairs)
        if self.missing:
            pairs = (row for row in pairs if row not in self.missing)
        return (row for row in pairs if self.is_own(*row)) if self.earlier else pairs

    def objects(self, subject: int) -> Iterator[int]:
        """The objects of a member."""
        return (other for other in self._beside(subject, self.forward) if self._is_row(subject, other))

    def subjects(self, object_: int) -> Iterator[int]:
        """The subjects of a member."""
        return (other for other in self._beside(object_, not self.forward) if self._is_row(other, object_))

    def _beside(self, member: int, after: bool) -> Iterator[int]:
        place = self.places[member]
        return islice(self.members, place + 1, None) if after else islice(self.members, place)

    def _is_row(self, subject: int, object_: int) -> bool:
        return (subject, object_) not in self.missing and (not self.earlier or self.is_own(subject, object_))

    def number(self) -> int:
        """The number of rows; counted one by one where groups overlap."""
        if self.earlier:
            return sum(1 for _ in self.rows())
        return len(self.members) * (len(self.members) - 1) // 2 - len(self.missing)


class Grouped:
    """The pairs of a property of which groups may be stated."""

    __slots__ = ("blocks", "kept_out", "name", "of_member", "stated")
    arity = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.stated = Pairs(name)
        self.blocks: list[Block] = []
        self.of_member: dict[int, list[Block]] = {}
        self.kept_out: set[Row] = set()

    # As every table

    def __len__(self) -> int:
        return len(self.stated) + self._in_blocks(len(self.blocks))

    def rows(self, start: int = 0) -> Iterator[Row]:
        """All rows from ``start`` on, in order of arrival; ``start`` is not inside a block."""
        blocks = self.blocks_from(start)
        known = self._stated_before(start)
        for block in blocks:
            upto = block.start - block.before
            yield from self.stated.rows(known, upto)
            yield from block.rows()
            known = upto
        yield from self.stated.rows(known)

    def columns(self, start: int, end: int) -> tuple[Iterable[int], ...]:
        """The subjects and the objects of the rows from ``start`` to ``end``."""
        if not self.blocks:
            return self.stated.columns(start, end)
        rows = (islice(self.rows(start), end - start) for _ in range(2))
        return tuple(map(itemgetter(place), part) for place, part in enumerate(rows))

    def epoch(self, row: Row) -> int:
        """The epoch of a row, or -1 if it does not hold."""
        epoch = self.stated.epoch(row)
        if epoch < 0 and row[0] in self.of_member:
            for block in self.of_member[row[0]]:
                if block.holds(*row):
                    return block.epoch
        return epoch

    def add(self, row: Row, epoch: int) -> bool:
        """Add a row; whether it is new."""
        return (not self.blocks or self.epoch(row) < 0) and self.stated.add(row, epoch)

    def fill(self, subjects: list[int], objects: list[int] | None, epochs: list[int]) -> None:
        """Take over the columns of a table that is still empty."""
        self.stated.fill(subjects, objects, epochs)

    def merge(self, pending: dict[int, dict[int, int]]) -> None:
        """Add rows that are known to be new."""
        self.stated.merge(pending)

    def truncate(self, length: int) -> None:
        """Forget every row from ``length`` on, which is not inside a block."""
        while self.blocks and self.blocks[-1].end > length:
            block = self.blocks.pop()
            for member in block.members:
                of_member = self.of_member[member]
                of_member.pop()
                if not of_member:
                    del self.of_member[member]
        self.stated.truncate(length - self._in_blocks(len(self.blocks)))

    @property
    def indexed(self) -> int:
        """How many of the rows that were added one by one are indexed by object."""
        return self.stated.indexed

    def index_objects(self, upto: int) -> None:
        """Let ``by_object`` cover at least the first ``upto`` rows."""
        self.stated.index_objects(min(upto, len(self.stated)))

    @property
    def subjects(self) -> list[int]:
        """The subjects of the rows that were added one by one, to which more are appended."""
        return self.stated.subjects

    @property
    def objects(self) -> list[int]:
        """The objects of the rows that were added one by one, to which more are appended."""
        return self.stated.objects

    @property
    def by_subject(self) -> Any:
        """Epochs by subject and object."""
        return _BySubject(self) if self.blocks else self.stated.by_subject

    @property
    def by_object(self) -> Any:
        """Subjects by object."""
        return _ByObject(self) if self.blocks else self.stated.by_object

    def fans(self) -> tuple[float, float]:
        """How many objects the subject of an average row has, and how many subjects its object."""
        if not self.blocks:
            return self.stated.fans()
        fan = max(1.0, len(self) / max(1, len(self.of_member.keys() | self.stated.by_subject.keys())))
        return fan, fan

    # Groups

    def add_group(self, members: Iterable[int], epoch: int, missing: Iterable[Row] = ()) -> None:
        """Add the rows from earlier to later members, which are all different."""
        found = list(members)
        places = {member: place for place, member in enumerate(found)}
        self._append(Block(found, places, True, epoch, [*missing, *self._known(found, places)]))

    def mirror(self, block: Block, epoch: int) -> None:
        """Add the rows of a block the other way round."""
        missing = [*(row[::-1] for row in block.missing), *self._known(block.members, block.places)]
        back = (row for row in missing if block.places[row[0]] > block.places[row[1]])
        self._append(Block(block.members, block.places, False, epoch, list(back)))

    def _known(self, members: Iterable[int], places: Mapping[int, int]) -> Iterator[Row]:
        """The rows on two members that were added one by one, and those that must not hold."""
        by_subject = self.stated.by_subject
        for member in members:
            yield from ((member, other) for other in by_subject.get(member, ()) if other in places)
        yield from (row for row in self.kept_out if row[0] in places and row[1] in places)

    def _append(self, block: Block) -> None:
        shared: dict[int, int] = {}
        known: dict[int, Block] = {}
        for member in block.members:
            for other in self.of_member.get(member, ()):
                shared[id(other)] = shared.get(id(other), 0) + 1
                known[id(other)] = other
        block.missing = frozenset(
            row for row in block.missing if (block.places[row[0]] < block.places[row[1]]) is block.forward
        )
        # The rows of a group and those back again are never the same.
        own = block.places
        block.earlier = tuple(
            other for number, other in known.items() if shared[number] > 1 and other.places is not own
        )
        block.start, block.before = len(self), self._in_blocks(len(self.blocks))
        block.count = block.number()
        if not block.count:
            return
        self.blocks.append(block)
        for member in block.members:
            self.of_member.setdefault(member, []).append(block)

    def blocks_from(self, start: int) -> list[Block]:
        """The blocks whose rows come from ``start`` on."""
        place = len(self.blocks)
        while place and self.blocks[place - 1].start >= start:
            place -= 1
        return self.blocks[place:]

    def stated_from(self, start: int) -> list[Row]:
        """The rows from ``start`` on that were added one by one."""
        return list(self.stated.rows(self._stated_before(start)))

    def _stated_before(self, start: int) -> int:
        return start - self._in_blocks(len(self.blocks) - len(self.blocks_from(start)))

    def _in_blocks(self, number: int) -> int:
        return self.blocks[number - 1].before + self.blocks[number - 1].count if number else 0


class _BySubject(Mapping[int, Any]):
    """Epochs by subject and object, as far as a join asks."""

    __slots__ = ("stated", "table")

    def __init__(self, table: Grouped) -> None:
        self.table = table
        self.stated = table.stated.by_subject

    def get(self, subject: int, default: Any = None) -> Any:
        """The objects of a subject with their epochs."""
        if subject in self.table.of_member:
            return _Objects(self.table, subject)
        return self.stated.get(subject, default)

    def __getitem__(self, subject: int) -> Any:
        return self.get(subject, {})

    def __setitem__(self, subject: int, objects: dict[int, int]) -> None:
        self.stated[subject] = objects

    def __iter__(self) -> Iterator[int]:
        return _keys(self.stated, self.table.of_member)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Objects(Mapping[int, int]):
    """The objects of one member of a group, with their epochs."""

    __slots__ = ("subject", "table")

    def __init__(self, table: Grouped, subject: int) -> None:
        self.table = table
        self.subject = subject

    def get(self, object_: int, default: Any = None) -> Any:
        """The epoch of an object."""
        epoch = self.table.epoch((self.subject, object_))
        return default if epoch < 0 else epoch

    def __contains__(self, object_: object) -> bool:
        return isinstance(object_, int) and self.table.epoch((self.subject, object_)) >= 0

    def __getitem__(self, object_: int) -> int:
        return self.table.epoch((self.subject, object_))

    def __setitem__(self, object_: int, epoch: int) -> None:
        self.table.stated.by_subject.setdefault(self.subject, {})[object_] = epoch

    def __iter__(self) -> Iterator[int]:
        return (object_ for object_, _ in self.items())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> Iterator[tuple[int, int]]:  # type: ignore[override]
        """Every object with its epoch."""
        yield from self.table.stated.by_subject.get(self.subject, {}).items()
        for block in self.table.of_member[self.subject]:
            for object_ in block.objects(self.subject):
                yield object_, block.epoch


class _ByObject(Mapping[int, Iterable[int]]):
    """Subjects by object, as far as a join asks."""

    __slots__ = ("table",)

    def __init__(self, table: Grouped) -> None:
        self.table = table

    def get(self, object_: int, default: Any = ()) -> Any:
        """The subjects of an object."""
        stated = self.table.stated.by_object.get(object_, ())
        blocks = self.table.of_member.get(object_)
        if blocks is None:
            return stated or default
        return [*stated, *chain.from_iterable(block.subjects(object_) for block in blocks)]

    def __getitem__(self, object_: int) -> Iterable[int]:
        found: Iterable[int] = self.get(object_)
        return found

    def __iter__(self) -> Iterator[int]:
        return _keys(self.table.stated.by_object, self.table.of_member)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _keys(stated: Mapping[int, object], members: Mapping[int, object]) -> Iterator[int]:
    """What stands in rows that were added one by one, or in groups, where it may have no row on this side."""
    return chain(stated, (member for member in members if member not in stated))


Table = Members | Pairs | Grouped
