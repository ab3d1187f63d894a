"""Tables of facts: one per predicate, rows in order of arrival, indexed, with an epoch per fact and exact undo.

The epoch of a fact is the number of the batch (one evaluation of one clause) that brought it; a batch reads only facts
of smaller epochs, so a proof whose premises have smaller epochs than their conclusion cannot be circular.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

#: Rows looked at to estimate how many rows share a subject or object, and the step from one to the next (a prime).
_SAMPLE, _STRIDE = 256, 2_654_435_761


class Members:
    """The members of one class."""

    __slots__ = ("epochs", "name", "subjects")
    arity = 1

    def __init__(self, name: str) -> None:
        self.name = name
        self.subjects: list[int] = []
        self.epochs: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.subjects)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """All rows, in order of arrival."""
        return zip(self.subjects)

    def columns(self, start: int, end: int) -> tuple[Iterable[int], ...]:
        """The subjects of the rows from ``start`` to ``end``."""
        return (self.subjects[start:end],)

    def epoch(self, row: tuple[int, ...]) -> int:
        """The epoch of a row, or -1 if it does not hold."""
        return self.epochs.get(row[0], -1)

    def add(self, row: tuple[int, ...], epoch: int) -> bool:
        """Add a row; whether it is new."""
        if row[0] in self.epochs:
            return False
        self.subjects.append(row[0])
        self.epochs[row[0]] = epoch
        return True

    def fill(self, subjects: list[int], objects: list[int] | None, epochs: list[int]) -> None:
        """Take over the columns of a table that is still empty; ``objects`` are those of a property."""
        self.subjects = subjects
        self.epochs = dict(zip(subjects, epochs, strict=True))

    def merge(self, pending: dict[int, int]) -> None:
        """Add rows that are known to be new, given as subject -> epoch."""
        self.subjects.extend(pending)
        self.epochs.update(pending)

    def truncate(self, length: int) -> None:
        """Forget every row from ``length`` on."""
        for subject in reversed(self.subjects[length:]):
            self.epochs.pop(subject, None)
        del self.subjects[length:]

    def index_objects(self, upto: int) -> None:
        """A class has no objects: nothing to do."""

    def fans(self) -> tuple[float, float]:
        """A class has one row for each subject."""
        return 1.0, 1.0


class Pairs:
    """The pairs of one property: epochs by subject and object, and, as far as anyone asked, subjects by object."""

    __slots__ = ("by_object", "by_subject", "indexed", "measured", "name", "objects", "subjects")
    arity = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.subjects: list[int] = []
        self.objects: list[int] = []
        self.by_subject: dict[int, dict[int, int]] = {}
        self.by_object: dict[int, list[int]] = {}
        self.indexed = 0
        #: The number of rows, objects of a subject and subjects of an object when that was last looked up.
        self.measured = (0, 0.0, 0.0)

    def __len__(self) -> int:
        return len(self.subjects)

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, ...]]:
        """All rows, in order of arrival, or those of a part."""
        if start or end is not None:
            return zip(self.subjects[start:end], self.objects[start:end], strict=True)
        return zip(self.subjects, self.objects, strict=True)

    def columns(self, start: int, end: int) -> tuple[Iterable[int], ...]:
        """The subjects and the objects of the rows from ``start`` to ``end``."""
        return self.subjects[start:end], self.objects[start:end]

    def epoch(self, row: tuple[int, ...]) -> int:
        """The epoch of a row, or -1 if it does not hold."""
        objects = self.by_subject.get(row[0])
        return -1 if objects is None else objects.get(row[1], -1)

    def add(self, row: tuple[int, ...], epoch: int) -> bool:
        """Add a row; whether it is new."""
        subject, object_ = row
        objects = self.by_subject.get(subject)
        if objects is None:
            objects = self.by_subject[subject] = {}
        elif object_ in objects:
            return False
        self.subjects.append(subject)
        self.objects.append(object_)
        objects[object_] = epoch
        return True

    def fill(self, subjects: list[int], objects: list[int] | None, epochs: list[int]) -> None:
        """Take over the columns of a table that is still empty."""
        self.subjects, self.objects = subjects, objects or []
        by_subject = self.by_subject
        for subject, object_, epoch in zip(subjects, self.objects, epochs, strict=True):
            if subject in by_subject:
                by_subject[subject][object_] = epoch
            else:
                by_subject[subject] = {object_: epoch}

    def merge(self, pending: dict[int, dict[int, int]]) -> None:
        """Add rows that are known to be new, given as subject -> object -> epoch; the inner dicts are taken over."""
        for subject, fresh in pending.items():
            self.subjects.extend([subject] * len(fresh))
            self.objects.extend(fresh)
            known = self.by_subject.get(subject)
            if known is None:
                self.by_subject[subject] = fresh
            else:
                known.update(fresh)

    def truncate(self, length: int) -> None:
        """Forget every row from ``length`` on."""
        self._unindex(length)
        for subject, object_ in zip(reversed(self.subjects[length:]), reversed(self.objects[length:]), strict=True):
            objects = self.by_subject[subject]
            objects.pop(object_, None)
            if not objects:
                del self.by_subject[subject]
        del self.subjects[length:]
        del self.objects[length:]

    def index_objects(self, upto: int) -> None:
        """Let ``by_object`` cover at least the first ``upto`` rows."""
        if self.indexed >= upto:
            return
        by_object = self.by_object
        for subject, object_ in zip(self.subjects[self.indexed : upto], self.objects[self.indexed : upto], strict=True):
            subjects = by_object.get(object_)
            if subjects is None:
                by_object[object_] = [subject]
            else:
                subjects.append(subject)
        self.indexed = upto

    def _unindex(self, length: int) -> None:
        for object_ in reversed(self.objects[length : self.indexed]):
            subjects = self.by_object[object_]
            subjects.pop()
            if not subjects:
                del self.by_object[object_]
        self.indexed = min(self.indexed, length)

    def fans(self) -> tuple[float, float]:
        """How many objects the subject of an average row has, and how many subjects its object has.

        Looked up for some rows, spread over the table; subjects per object are inferred from repetitions among those
        rows when they are not indexed.  Kept until the table doubles.
        """
        length = len(self.subjects)
        if not self.measured[0] <= length <= 2 * self.measured[0]:
            rows = [place * _STRIDE % length for place in range(min(length, _SAMPLE))] if length else []
            out = sum(len(self.by_subject[self.subjects[row]]) for row in rows)
            self.measured = (length, out / max(1, len(rows)), self._fan_in([self.objects[row] for row in rows]))
        return self.measured[1:]

    def _fan_in(self, objects: list[int]) -> float:
        if self.indexed == len(self.subjects):
            return sum(len(self.by_object[object_]) for object_ in objects) / max(1, len(objects))
        repeated = sum(count * (count - 1) for count in Counter(objects).values())
        return 1.0 + (len(self.subjects) - 1) * repeated / max(1, len(objects) * (len(objects) - 1))
