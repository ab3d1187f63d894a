"""The table of what an ontology asserts of one kind of thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from reasoner.curating.asserted import Asserted
from reasoner.curating.tables.kinds import AGAINST, FOR, KINDS, TableKind, columns_of, needs_claim
from reasoner.curating.tables.names import data_ranges
from reasoner.errors import QuestionError, WritingError
from reasoner.model.iris import OBO_IN_OWL, OWL, RDF, RDFS, SKOS, TYPE
from reasoner.model.names import iri, local, nearest
from reasoner.model.ontology import Ontology
from reasoner.model.roles import Roles
from reasoner.model.template import (
    FACT,
    ID,
    LANGUAGE,
    TEXT,
    TYPES,
    Template,
    TemplateColumn,
    TemplateRow,
    form_of,
    shown,
)
from reasoner.model.triple import Node, Value
from reasoner.reading.owl.ontology import joined
from reasoner.reading.rdf.ontology_files import read_ontology_files

#: Marks between the values of a cell: the first that no value holds.
MARKS = ("|", ";", "¦", "§", "¬", "‖", "⁞", "◊")
_TEXTS = (
    (RDFS + "label", LANGUAGE, "en", ""), (RDFS + "label", LANGUAGE, "fr", ""),
    (SKOS + "altLabel", LANGUAGE, "en", "|"), (SKOS + "definition", LANGUAGE, "en", ""),
    (OBO_IN_OWL + "hasDbXref", "", "", "|"),
)  # fmt: skip
_LAST = (RDFS + "comment", LANGUAGE, "en", "")
_Notes = frozenset[tuple[str, Value]]
_CellValues = dict[Value, _Notes]


def export_table(ontology: Ontology, asserted: Asserted, kind: TableKind) -> tuple[Template, int]:
    """The table of a kind, a row for each individual, and how many values no table can hold (they are left out).

    Values of one property whose claims differ stand in rows of their own below the first, as ROBOT annotates all
    values of a cell alike.  Raises :class:`WritingError` (E606) where every mark between values stands inside one.
    """
    return _Exporter(ontology, asserted, kind).table()


def exported(files: Sequence[Path], kind: str) -> tuple[Template, int]:
    """As :func:`export_table` from files; raises :class:`QuestionError` (E427) for a kind that has no table."""
    if kind not in KINDS:
        close = nearest(kind, KINDS) or list(KINDS)
        raise QuestionError(f"there is no table of {kind!r}", code="E427", hint=f"did you mean {' or '.join(close)}?")
    loaded = read_ontology_files(files)
    return export_table(joined(loaded), Asserted(loaded), KINDS[kind])


class _Exporter:
    def __init__(self, ontology: Ontology, asserted: Asserted, kind: TableKind) -> None:
        self.vocabulary = ontology.vocabulary
        self.roles = Roles(ontology)
        self.asserted = asserted
        self.kind = kind
        self.ranges = data_ranges(ontology)
        self.left_out = 0
        self.subjects = sorted(self._members(ontology))
        self.values: dict[tuple[Node, TemplateColumn], _CellValues] = {}

    def _members(self, ontology: Ontology) -> set[Node]:
        classes = {fact.predicate for fact in ontology.facts if fact.object is None}
        wanted = {cls for cls in classes if not self.kind.classes.isdisjoint(self.vocabulary.above(cls))}
        found = {iri(fact.subject) for fact in ontology.facts if fact.object is None and fact.predicate in wanted}
        return {subject for subject in found if not self.asserted.is_deprecated(subject)}

    def table(self) -> tuple[Template, int]:
        columns: list[TemplateColumn] = [TemplateColumn("ID", ID), TemplateColumn("type", TYPES, split="|")]
        for column in self._columns():
            values = self._taken(column)
            columns.append(self._marked(column, values))
            self._rename(column, columns[-1])
            columns += self._beside(columns[-1], values)
        rows = [row for subject in self.subjects for row in self._rows(subject, columns)]
        numbered = tuple(TemplateRow(number, cells) for number, cells in enumerate(rows, 3))
        return Template(f"{self.kind.name}.tsv", tuple(columns), numbered), self.left_out

    # --- columns -----------------------------------------------------------------------------------------------------

    def _columns(self) -> Iterator[TemplateColumn]:
        """Texts, the facts of the kind, further facts and texts that some individual has."""
        used: dict[tuple[str, str, str], None] = {}
        facts: dict[str, None] = {}
        for subject in self.subjects:
            for predicate in self.asserted.predicates(subject):
                if self._is_fact(predicate):
                    facts[predicate] = None
                elif self._is_text(predicate):
                    used.update(((predicate, *form_of(v)), None) for v in self.asserted.values(subject, predicate))
        first = [text[:3] for text in _TEXTS]
        for prop, form, detail, split in _TEXTS:
            if prop == _TEXTS[0][0] or (prop, form, detail) in used:
                yield TemplateColumn(_title(prop, detail), TEXT, prop, form, detail, split)
        own = [iri(name) for name in columns_of(self.kind, self.roles)]
        for prop in [*own, *sorted(facts.keys() - set(own))]:
            is_data = local(prop) in self.vocabulary.data_properties
            yield TemplateColumn(_title(prop), FACT, prop, split="" if is_data else "|")
        for prop, form, detail in sorted(used.keys() - {*first, _LAST[:3]}):
            yield TemplateColumn(_title(prop, detail), TEXT, prop, form, detail)
        yield TemplateColumn(_title(_LAST[0], "en"), TEXT, *_LAST)

    def _is_fact(self, predicate: str) -> bool:
        name = local(predicate)
        return name in self.vocabulary.object_properties or name in self.vocabulary.data_properties

    def _is_text(self, predicate: str) -> bool:
        return not predicate.startswith((RDF, OWL)) and not self._is_fact(predicate)

    def _taken(self, column: TemplateColumn) -> list[tuple[Node, _CellValues]]:
        """The values of a column by subject, each with what stands beside it."""
        found = []
        for subject in self.subjects:
            values: _CellValues = {}
            for value in self.asserted.values(subject, column.prop):
                if column.covers(value):
                    notes = self.asserted.notes((subject, column.prop, value))
                    values[value] = frozenset(note for note in notes if _as_note(*note).covers(note[1]))
                    self.left_out += len(set(notes)) - len(values[value])
                else:
                    others = column.kind == FACT or (column.form, column.detail) == form_of(value)
                    self.left_out += others
            if values:
                self.values[subject, column] = values
                found.append((subject, values))
        return found

    def _rename(self, old: TemplateColumn, new: TemplateColumn) -> None:
        """A column that got its mark keeps its values."""
        if new != old:
            for subject in self.subjects:
                if (subject, old) in self.values:
                    self.values[subject, new] = self.values.pop((subject, old))

    def _marked(self, column: TemplateColumn, values: list[tuple[Node, _CellValues]]) -> TemplateColumn:
        """The column with a mark between values, if it may have several or some subject does."""
        if not column.split and all(len(of_one) == 1 for _, of_one in values):
            return column
        return _with_mark(column, [shown(value) for _, of_one in values for value in of_one])

    def _beside(self, column: TemplateColumn, values: list[tuple[Node, _CellValues]]) -> list[TemplateColumn]:
        """The columns that annotate one: claims where the fact needs them, and whatever else is used."""
        notes = {note for _, of_one in values for beside in of_one.values() for note in beside}
        wanted = {_as_note(prop, value) for prop, value in notes}
        if needs_claim(local(column.prop), self.kind, self.roles) or any(
            local(prop) in (FOR, AGAINST) for prop, _ in notes
        ):
            wanted |= {_as_note(iri(prop), iri("x")) for prop in (FOR, AGAINST)}
        order = sorted(wanted, key=lambda c: (local(c.prop) != FOR, local(c.prop) != AGAINST, c.template))
        found = []
        for note in order:
            texts = [shown(value) for prop, value in notes if prop == note.prop and note.covers(value)]
            title = f"{column.header}: {note.header}"
            found.append(_with_mark(TemplateColumn(title, TEXT, note.prop, note.form, note.detail, "", True), texts))
        return found

    # --- rows --------------------------------------------------------------------------------------------------------

    def _rows(self, subject: Node, columns: list[TemplateColumn]) -> Iterator[tuple[str, ...]]:
        """The first row of a subject, then one for each further group of claims of any column."""
        types = sorted(
            shown(value) for value in self.asserted.values(subject, TYPE) if TemplateColumn("", TYPES).covers(value)
        )
        groups = {column: self._groups(subject, column) for column in columns if not column.beside}
        for number in range(max(1, *(len(found) for found in groups.values()))):
            cells: list[str] = []
            above = columns[0]
            for column in columns:
                above = above if column.beside else column
                if column.kind == ID:
                    cells.append(shown(subject))
                elif column.kind == TYPES:
                    cells.append(column.split.join(types))
                else:
                    group = groups[above][number] if number < len(groups[above]) else ([], frozenset())
                    cells.append(self._cell(column, *group))
            yield tuple(cells)

    def _groups(self, subject: Node, column: TemplateColumn) -> list[tuple[list[Value], _Notes]]:
        by_claims: dict[_Notes, list[Value]] = defaultdict(list)
        for value, beside in self.values.get((subject, column), {}).items():
            by_claims[beside].append(value)
        return sorted(
            ((sorted(values, key=shown), beside) for beside, values in by_claims.items()),
            key=lambda group: shown(group[0][0]),
        )

    def _cell(self, column: TemplateColumn, values: list[Value], beside: _Notes) -> str:
        if column.beside:
            values = sorted((v for prop, v in beside if prop == column.prop and column.covers(v)), key=_plain)
        if column.kind == TEXT:
            return column.split.join(map(_plain, values))
        range_ = self.ranges.get(local(column.prop), "")
        return column.split.join(shown(value, range_) for value in values)


def _plain(value: Value) -> str:
    """A value in a column whose template string says its language or datatype."""
    return shown(value) if isinstance(value, str) else value.lexical


def _as_note(prop: str, value: Value) -> TemplateColumn:
    return TemplateColumn(_title(prop), TEXT, prop, *form_of(value), beside=True)


def _with_mark(column: TemplateColumn, texts: list[str]) -> TemplateColumn:
    mark = next((mark for mark in MARKS if not any(mark in text for text in texts)), "")
    if not mark:
        raise WritingError(
            f"no table can hold the values of {column.header!r}: every mark between values stands inside one",
            code="E606",
            hint=f"take one of {' '.join(MARKS)} out of the texts",
        )
    return TemplateColumn(column.header, column.kind, column.prop, column.form, column.detail, mark, column.beside)


def _title(prop: str, detail: str = "") -> str:
    """A header for people: the property in words, and the language."""
    name = prop.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return f"{name} ({detail.rsplit('#', 1)[-1]})" if detail else name
