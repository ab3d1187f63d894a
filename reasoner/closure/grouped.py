"""Tables that hold most of their rows as groups: a row on each two members is found when asked for, never stored.

A table has the rows that were added one by one, in :class:`~reasoner.closure.tables.Pairs`, and blocks.  A block came
at one moment, with one epoch; its rows follow, in the order of rows, those that were there before.  What reads a table
sees mappings and iterators as of any other table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations, islice
from operator import itemgetter
from typing import Any

from reasoner.closure.tables import Members, Pairs

Row = tuple[int, ...]


class RowBlock:
    """Rows that came at one moment: ``start`` rows of the table were there, ``before`` of them in blocks."""

    __slots__ = ("before", "count", "epoch", "start")

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        self.start = self.before = self.count = 0

    @property
    def end(self) -> int:
        """The number of rows of the table up to the end of the block."""
        return self.start + self.count

    def rows(self) -> Iterator[Row]:
        """The rows, in order."""
        raise NotImplementedError


class Group(RowBlock):
    """The rows on each two members of a group, from the earlier member to the later one, or back.

    ``missing`` rows are not of this block: they were known before, or must not hold.  Rows that a block of ``earlier``
    has are of that block.
    """

    __slots__ = ("earlier", "forward", "members", "missing", "places")

    def __init__(
        self, members: list[int], places: Mapping[int, int], forward: bool, epoch: int, missing: Collection[Row]
    ) -> None:
        super().__init__(epoch)
        self.members = members
        self.places = places
        self.forward = forward
        self.missing = frozenset(missing)
        self.earlier: tuple[Group, ...] = ()

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
    """The pairs of a property, most of them in groups; which groups there are is for the subclasses."""

    __slots__ = ("blocks", "kept_out", "name", "singles")
    arity = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.singles = Pairs(name)
        self.blocks: list[Any] = []
        self.kept_out: set[Row] = set()

    # Groups

    @property
    def members(self) -> Collection[int]:
        """What is in a group."""
        raise NotImplementedError

    def group_epoch(self, subject: int, object_: int) -> int:
        """The epoch of a row of a group, or -1."""
        raise NotImplementedError

    def group_objects(self, subject: int) -> Iterator[tuple[int, int]]:
        """The objects of a member by its groups, with their epochs."""
        raise NotImplementedError

    def group_subjects(self, object_: int) -> Iterator[int]:
        """The subjects of a member by its groups."""
        raise NotImplementedError

    def forget(self, block: Any) -> None:
        """Undo what the last block brought."""
        raise NotImplementedError

    def rows_of_groups(self) -> Iterator[Row]:
        """The rows of groups, in order of arrival."""
        return chain.from_iterable(block.rows() for block in self.blocks)

    def rows_about(self, member: int) -> Iterator[Row]:
        """The rows of groups in which something stands."""
        if member in self.members:
            yield from ((member, object_) for object_, _ in self.group_objects(member))
            yield from ((subject, member) for subject in self.group_subjects(member) if subject != member)

    def append(self, block: RowBlock, count: int) -> None:
        """Put a block behind the rows that there are."""
        block.start, block.before, block.count = len(self), self._in_blocks(len(self.blocks)), count
        self.blocks.append(block)

    # As every table

    def __len__(self) -> int:
        return len(self.singles) + self._in_blocks(len(self.blocks))

    def rows(self, start: int = 0) -> Iterator[Row]:
        """All rows from ``start`` on, in order of arrival; ``start`` is not inside a block."""
        blocks = self.blocks_from(start)
        known = self._singles_before(start)
        for block in blocks:
            upto = block.start - block.before
            yield from self.singles.rows(known, upto)
            yield from block.rows()
            known = upto
        yield from self.singles.rows(known)

    def columns(self, start: int, end: int) -> tuple[Iterable[int], ...]:
        """The subjects and the objects of the rows from ``start`` to ``end``."""
        if not self.blocks:
            return self.singles.columns(start, end)
        rows = (islice(self.rows(start), end - start) for _ in range(2))
        return tuple(map(itemgetter(place), part) for place, part in enumerate(rows))

    def epoch(self, row: Row) -> int:
        """The epoch of a row, or -1 if it does not hold."""
        epoch = self.singles.epoch(row)
        return self.group_epoch(*row) if epoch < 0 and self.blocks else epoch

    def add(self, row: Row, epoch: int) -> bool:
        """Add a row; whether it is new."""
        return (not self.blocks or self.epoch(row) < 0) and self.singles.add(row, epoch)

    def fill(self, subjects: list[int], objects: list[int] | None, epochs: list[int]) -> None:
        """Take over the columns of a table that is still empty."""
        self.singles.fill(subjects, objects, epochs)

    def merge(self, pending: dict[int, dict[int, int]]) -> None:
        """Add rows that are known to be new."""
        self.singles.merge(pending)

    def truncate(self, length: int) -> None:
        """Forget every row from ``length`` on, which is not inside a block."""
        while self.blocks and self.blocks[-1].end > length:
            self.forget(self.blocks.pop())
        self.singles.truncate(length - self._in_blocks(len(self.blocks)))

    def index_objects(self, upto: int) -> None:
        """Let ``by_object`` cover at least the first ``upto`` rows."""
        self.singles.index_objects(min(upto, len(self.singles)))

    @property
    def subjects(self) -> list[int]:
        """The subjects of the rows that were added one by one, to which more are appended."""
        return self.singles.subjects

    @property
    def objects(self) -> list[int]:
        """The objects of the rows that were added one by one, to which more are appended."""
        return self.singles.objects

    @property
    def by_subject(self) -> Any:
        """Epochs by subject and object."""
        return _BySubject(self) if self.blocks else self.singles.by_subject

    @property
    def by_object(self) -> Any:
        """Subjects by object."""
        return _ByObject(self) if self.blocks else self.singles.by_object

    def fans(self) -> tuple[float, float]:
        """How many objects the subject of an average row has, and how many subjects its object."""
        if not self.blocks:
            return self.singles.fans()
        fan = max(1.0, len(self) / max(1, len({*self.members, *self.singles.by_subject})))
        return fan, fan

    def blocks_from(self, start: int) -> list[Any]:
        """The blocks whose rows come from ``start`` on."""
        place = len(self.blocks)
        while place and self.blocks[place - 1].start >= start:
            place -= 1
        return self.blocks[place:]

    def stated_from(self, start: int) -> list[Row]:
        """The rows from ``start`` on that were added one by one."""
        return list(self.singles.rows(self._singles_before(start)))

    def _singles_before(self, start: int) -> int:
        return start - self._in_blocks(len(self.blocks) - len(self.blocks_from(start)))

    def _in_blocks(self, number: int) -> int:
        return self.blocks[number - 1].before + self.blocks[number - 1].count if number else 0


class Differences(Grouped):
    """The pairs of ``differentFrom``, of which groups may be stated."""

    __slots__ = ("of_member",)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.of_member: dict[int, list[Group]] = {}

    @property
    def members(self) -> Collection[int]:
        """What is in a group."""
        return self.of_member.keys()

    def group_epoch(self, subject: int, object_: int) -> int:
        """The epoch of a row of a group, or -1."""
        for block in self.of_member.get(subject, ()):
            if block.holds(subject, object_):
                return block.epoch
        return -1

    def group_objects(self, subject: int) -> Iterator[tuple[int, int]]:
        """The objects of a member by its groups, with their epochs."""
        for block in self.of_member[subject]:
            for object_ in block.objects(subject):
                yield object_, block.epoch

    def group_subjects(self, object_: int) -> Iterator[int]:
        """The subjects of a member by its groups."""
        return chain.from_iterable(block.subjects(object_) for block in self.of_member[object_])

    def forget(self, block: Group) -> None:
        """Undo what the last block brought."""
        for member in block.members:
            of_member = self.of_member[member]
            of_member.pop()
            if not of_member:
                del self.of_member[member]

    def add_group(self, members: Iterable[int], epoch: int, missing: Iterable[Row] = ()) -> None:
        """Add the rows from earlier to later members, which are all different."""
        found = list(members)
        places = {member: place for place, member in enumerate(found)}
        self._add(Group(found, places, True, epoch, [*missing, *self._known(found, places)]))

    def mirror(self, block: Group, epoch: int) -> None:
        """Add the rows of a block the other way round."""
        missing = [*(row[::-1] for row in block.missing), *self._known(block.members, block.places)]
        back = (row for row in missing if block.places[row[0]] > block.places[row[1]])
        self._add(Group(block.members, block.places, False, epoch, list(back)))

    def _known(self, members: Iterable[int], places: Mapping[int, int]) -> Iterator[Row]:
        """The rows on two members that were added one by one, and those that must not hold."""
        by_subject = self.singles.by_subject
        for member in members:
            yield from ((member, other) for other in by_subject.get(member, ()) if other in places)
        yield from (row for row in self.kept_out if row[0] in places and row[1] in places)

    def _add(self, block: Group) -> None:
        shared: dict[int, int] = {}
        known: dict[int, Group] = {}
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
        if count := block.number():
            self.append(block, count)
            for member in block.members:
                self.of_member.setdefault(member, []).append(block)


class _BySubject(Mapping[int, Any]):
    """Epochs by subject and object, as far as a join asks."""

    __slots__ = ("singles", "table")

    def __init__(self, table: Grouped) -> None:
        self.table = table
        self.singles = table.singles.by_subject

    def get(self, subject: int, default: Any = None) -> Any:
        """The objects of a subject with their epochs."""
        if subject in self.table.members:
            return _Objects(self.table, subject)
        return self.singles.get(subject, default)

    def __getitem__(self, subject: int) -> Any:
        return self.get(subject, {})

    def __setitem__(self, subject: int, objects: dict[int, int]) -> None:
        self.singles[subject] = objects

    def __iter__(self) -> Iterator[int]:
        return _keys(self.singles, self.table.members)

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
        self.table.singles.by_subject.setdefault(self.subject, {})[object_] = epoch

    def __iter__(self) -> Iterator[int]:
        return (object_ for object_, _ in self.items())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> Iterator[tuple[int, int]]:  # type: ignore[override]
        """Every object with its epoch."""
        yield from self.table.singles.by_subject.get(self.subject, {}).items()
        yield from self.table.group_objects(self.subject)


class _ByObject(Mapping[int, Iterable[int]]):
    """Subjects by object, as far as a join asks."""

    __slots__ = ("table",)

    def __init__(self, table: Grouped) -> None:
        self.table = table

    def get(self, object_: int, default: Any = ()) -> Any:
        """The subjects of an object."""
        singles = self.table.singles.by_object.get(object_, ())
        if object_ not in self.table.members:
            return singles or default
        return [*singles, *self.table.group_subjects(object_)]

    def __getitem__(self, object_: int) -> Iterable[int]:
        found: Iterable[int] = self.get(object_)
        return found

    def __iter__(self) -> Iterator[int]:
        return _keys(self.table.singles.by_object, self.table.members)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _keys(singles: Mapping[int, object], members: Collection[int]) -> Iterator[int]:
    """What stands in rows that were added one by one, or in groups, where it may have no row on this side."""
    return chain(singles, (member for member in members if member not in singles))


FactTable = Members | Pairs | Grouped
