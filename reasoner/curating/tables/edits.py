"""What the entries of tables change in the files of an ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reasoner.curating.asserted import Asserted, remark
from reasoner.curating.tables.rows import Entry, Stated
from reasoner.model.iris import OWL, TYPE
from reasoner.model.names import iri, local
from reasoner.model.template import TYPES, TemplateColumn
from reasoner.model.triple import Node, Triple, Value, is_blank

_INDIVIDUAL = OWL + "NamedIndividual"


@dataclass
class Edit:
    """What becomes different about one individual, in words."""

    entry: Entry
    is_new: bool
    file: int = -1
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


class Edits:
    """Statements to add to and to remove from each file, known by its number.

    Of an individual, a column is the whole truth about what it can state: what its cells do not hold goes.  A new value
    goes where the values of its column stand, else to the file that describes the individual.  What no column states,
    and individuals without a row, stay as they are.
    """

    def __init__(self, asserted: Asserted, home: Callable[[str], int | None], into: int | None) -> None:
        self.asserted = asserted
        self.home = home
        self.into = into
        self.removed: dict[int, set[Triple]] = defaultdict(set)
        self.added: dict[int, list[Triple]] = defaultdict(list)
        self._count = 0

    def edit(self, entry: Entry) -> Edit:
        """Enter the edits of one individual; say what they are."""
        subject, own = iri(entry.name), self.home(entry.name)
        is_new = own is None
        file = self.into if own is None else own
        edit = Edit(entry, is_new, -1 if file is None else file)
        if is_new:
            self.added[edit.file].append((subject, TYPE, _INDIVIDUAL))
        for column, wanted in entry.columns.items():
            prop = TYPE if column.kind == TYPES else column.prop
            old = [(subject, prop, value) for value in self.asserted.values(subject, prop) if column.covers(value)]
            place = min(self.asserted.files(old[0])) if old else edit.file
            for statement in old:
                if statement[2] not in wanted:
                    self._retract(statement, edit)
            for value, stated in wanted.items():
                statement = (subject, prop, value)
                if not self.asserted.files(statement):
                    self.added[place].append(statement)
                    edit.added.append(_words(statement))
                self._beside(statement, entry.notes.get(column, ()), stated, edit, place)
        return edit

    def triples(self, number: int) -> list[Triple]:
        """The statements of a file after the edits."""
        gone = self.removed.get(number, set())
        kept = [triple for triple in self.asserted.loaded[number].triples if triple not in gone]
        return kept + self.added.get(number, [])

    def changed(self) -> list[int]:
        """The files that become different."""
        return sorted(number for number in {*self.removed, *self.added} if self.removed[number] or self.added[number])

    def _retract(self, statement: Triple, edit: Edit) -> None:
        """Remove a statement wherever it stands, with what annotates it."""
        edit.removed.append(_words(statement))
        for number in self.asserted.files(statement):
            self.removed[number].add(statement)
        for number, node in self.asserted.remarks(statement):
            self._drop(number, node)

    def _drop(self, number: int, node: Node) -> None:
        """Remove a node and the nodes without a name that only it leads to."""
        for triple in self.asserted.loaded[number].triples:
            if triple[0] == node and triple not in self.removed[number]:
                self.removed[number].add(triple)
                if isinstance(triple[2], str) and is_blank(triple[2]):
                    self._drop(number, triple[2])

    def _beside(
        self, statement: Triple, columns: Iterable[TemplateColumn], stated: Stated, edit: Edit, place: int
    ) -> None:
        """Make the annotations of a statement those that the columns want; ``place`` is the file of a new one."""
        lost: set[tuple[str, Value]] = set()
        fresh: list[tuple[str, Value]] = []
        notes = self.asserted.notes(statement)
        for column in columns:
            old = {value for prop, value in notes if prop == column.prop and column.covers(value)}
            new = stated.beside.get(column, set())
            lost.update((column.prop, value) for value in old - new)
            fresh.extend((column.prop, value) for value in sorted(new - old, key=str))
        if not lost and not fresh:
            return
        edit.removed += [f"{_words(statement)} {_note(*note)}" for note in sorted(lost, key=str)]
        edit.added += [f"{_words(statement)} {_note(*note)}" for note in fresh]
        nodes = self.asserted.remarks(statement)
        for number, node in nodes:
            if lost.issuperset(self.asserted.content(node)) and not (fresh and (number, node) == nodes[0]):
                self._drop(number, node)
            else:
                self.removed[number].update((node, *note) for note in self.asserted.content(node) if note in lost)
        if fresh:
            number, node = nodes[0] if nodes else self._node(statement, place)
            self.added[number].extend((node, *note) for note in fresh)

    def _node(self, statement: Triple, place: int) -> tuple[int, Node]:
        """A new node beside a statement, in the file that holds it."""
        number = min(self.asserted.files(statement), default=place)
        node = f"_:template{self._count}"
        self._count += 1
        self.added[number].extend(remark(node, statement))
        return number, node


def _words(statement: Triple) -> str:
    """A statement in rule form, a text as its property and itself."""
    subject, prop, value = statement
    if prop == TYPE:
        return f"{_name(value)}({local(subject)})"
    return f"{_short(prop)}({local(subject)}, {_name(value)})"


def _note(prop: str, value: Value) -> str:
    return f"{_short(prop)} {_name(value)}"


def _name(value: Value) -> str:
    if isinstance(value, str):
        return local(value)
    return f'"{value.lexical}"@{value.language}' if value.language else str(value)


def _short(prop: str) -> str:
    return local(prop).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
