"""The rows of tables as what they want stated: names resolved, every cell checked, every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reasoner.curating.asserted import Asserted
from reasoner.curating.tables.kinds import AGAINST, FOR, WORDS, TableKind, kind_of
from reasoner.curating.tables.names import KnownNames, data_ranges
from reasoner.errors import DislodgeError, OntologyError, Span
from reasoner.model.datatypes import ill_typed
from reasoner.model.iris import BAD_IRI
from reasoner.model.names import iri, local, nearest
from reasoner.model.ontology import Ontology
from reasoner.model.template import (
    FACT,
    ID,
    IRI,
    LANGUAGE,
    TEXT,
    TYPES,
    Template,
    TemplateColumn,
    TemplateRow,
    expanded,
)
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Value

_REPLACED_BY = "http://purl.obolibrary.org/obo/IAO_0100001"
_CLAIMS = frozenset({FOR, AGAINST})


class Stated(NamedTuple):
    """What a column wants beside one value, by annotating column, and the place of the value."""

    beside: dict[TemplateColumn, set[Value]]
    span: Span


@dataclass
class Entry:
    """What the rows of one individual want: its id, its place, and the values of each column that they hold."""

    name: str
    span: Span
    kind: TableKind | None = None
    types: set[str] = field(default_factory=set)
    columns: dict[TemplateColumn, dict[Value, Stated]] = field(default_factory=dict)
    notes: dict[TemplateColumn, list[TemplateColumn]] = field(default_factory=dict)

    def values(self, prop: str) -> dict[Value, Stated] | None:
        """The values wanted of a property; None where no column of facts states it."""
        return next((v for column, v in self.columns.items() if column.kind == FACT and column.prop == iri(prop)), None)


class TableEntries:
    """The entries of several tables; ``faults`` collects whatever is wrong with them."""

    def __init__(self, ontology: Ontology, asserted: Asserted, tables: Sequence[Template]) -> None:
        self.ontology = ontology
        self.asserted = asserted
        self.faults: list[DislodgeError] = []
        self.entries: dict[str, Entry] = {}
        self.known = KnownNames(ontology, {}, {})
        self._ranges = data_ranges(ontology)
        self._used = _words_in_use(ontology)
        for table in tables:
            self._refuse_unknown_columns(table)
        if self.faults:
            return
        placed = [(table, row, entry) for table in tables for row, entry in self._placed(table)]
        self.known = KnownNames(ontology, *self._added(placed))
        for entry in self.entries.values():
            entry.kind = kind_of(entry.types or self.known.types(entry.name))
        for table, row, entry in placed:
            self._read(table, row, entry)

    def _refuse_unknown_columns(self, table: Template) -> None:
        for number, column in enumerate(table.columns, 1):
            if column.prop:
                try:
                    self.known.declared(column.prop, "property" if column.kind == FACT else "annotation property")
                except OntologyError as fault:
                    self._fault(fault, Span(table.file, table.line, number), column.header)

    # --- which individual a row is about -----------------------------------------------------------------------------

    def _placed(self, table: Template) -> Iterator[tuple[TemplateRow, Entry]]:
        """Each row with its entry; a further row of an individual stands right below the one before."""
        number = next(n for n, column in enumerate(table.columns) if column.kind == ID)
        last = ""
        for row in table.rows:
            span = Span(table.file, row.line, number + 1)
            try:
                if not row.cells[number]:
                    raise OntologyError(
                        "the row has no id", code="E329", hint="say what it is about, or remove the row"
                    )
                name = self.known.new_id(row.cells[number])
                self._refuse_retired(name)
                if name in self.entries and name != last:
                    first = self.entries[name].span
                    raise OntologyError(
                        f"{name} stands in {first} already",
                        code="E325",
                        hint="one row for each id; further rows of it, for values with other claims, right below",
                    )
            except OntologyError as fault:
                last = ""
                self._fault(fault, span, "")
                continue
            last = name
            yield row, self.entries.setdefault(name, Entry(name, span))

    def _refuse_retired(self, name: str) -> None:
        if self.asserted.is_deprecated(iri(name)):
            heirs = [local(str(value)) for value in self.asserted.values(iri(name), _REPLACED_BY)]
            raise OntologyError(
                f"{name} was retired, and ids are never used again",
                code="E326",
                hint=f"use {' or '.join(heirs)}" if heirs else "choose another id",
            )

    def _added(
        self, placed: Iterable[tuple[Template, TemplateRow, Entry]]
    ) -> tuple[dict[str, set[str]], dict[str, str]]:
        """The classes and English labels that the rows give their individuals."""
        labels: dict[str, str] = {}
        for table, row, entry in placed:
            for number, (column, text) in enumerate(zip(table.columns, row.cells, strict=True), 1):
                if column.kind == TYPES and text:
                    self._types(entry, column, text, Span(table.file, row.line, number))
                elif column.form == LANGUAGE and column.prop.endswith("#label") and text:
                    labels.setdefault(entry.name, text)
        for _, _, entry in placed:
            if not entry.types and entry.name not in self.known.individuals:
                fault = OntologyError(
                    f"{entry.name} is new, and nothing says what it is", code="E327", hint="give its class under TYPE"
                )
                self._fault(fault, entry.span, "")
                entry.types.add("")
        return {name: entry.types - {""} for name, entry in self.entries.items()}, labels

    def _types(self, entry: Entry, column: TemplateColumn, text: str, span: Span) -> None:
        try:
            types = {local(self.known.declared(word, "class")) for word in _split(text, column)}
            own = self.known.types(entry.name)
            new = {above for cls in types for above in self.known.above(cls)}
            if own and own.isdisjoint(new):
                what = ", ".join(sorted(own))
                raise OntologyError(
                    f"{entry.name} is something else already: {what}",
                    code="E329",
                    hint="choose another id for a new thing",
                )
            if entry.types and types != entry.types:
                raise OntologyError(
                    f"the rows of {entry.name} give it different classes",
                    code="E325",
                    hint="repeat the first row's class",
                )
        except OntologyError as fault:
            self._fault(fault, span, column.header)
            entry.types.add("")
            return
        entry.types |= types
        entry.columns[column] = {iri(cls): Stated({}, span) for cls in types}

    # --- what its cells state ----------------------------------------------------------------------------------------

    def _read(self, table: Template, row: TemplateRow, entry: Entry) -> None:
        above, filled = table.columns[0], False
        stated: dict[Value, Stated] = {}
        for number, (column, text) in enumerate(zip(table.columns, row.cells, strict=True), 1):
            span = Span(table.file, row.line, number)
            try:
                if column.beside:
                    self._read_beside(entry, above, column, text, stated, filled)
                elif column.kind in (TEXT, FACT):
                    above, filled, stated = column, bool(text), {}
                    stated = self._stated(entry, column, text, span)
            except OntologyError as fault:
                self._fault(fault, span, column.header)

    def _read_beside(
        self,
        entry: Entry,
        above: TemplateColumn,
        column: TemplateColumn,
        text: str,
        stated: dict[Value, Stated],
        filled: bool,
    ) -> None:
        """A cell that annotates the values of the cell before it."""
        notes = entry.notes.setdefault(above, [])
        if column not in notes:
            notes.append(column)
        values = set(self._values(entry, column, text)) if text else set()
        if values and not filled:
            raise OntologyError(
                f"{text!r} stands beside nothing", code="E330", hint=f"fill in {above.header!r}, or empty this cell"
            )
        for place in stated.values():
            place.beside[column] = values

    def _stated(self, entry: Entry, column: TemplateColumn, text: str, span: Span) -> dict[Value, Stated]:
        """The values of a cell, entered below its column."""
        found = entry.columns.setdefault(column, {})
        if not text:
            return {}
        if found and not column.split:
            raise OntologyError(
                f"{entry.name} has this in {next(iter(found.values())).span} already",
                code="E325",
                hint="leave the cell empty in further rows of an id, or say SPLIT=| in the second row",
            )
        stated: dict[Value, Stated] = {}
        values = list(self._values(entry, column, text))
        if not set(values).issubset(self.asserted.values(iri(entry.name), column.prop)):
            self._refuse_domain(entry, column)
        for value in values:
            if not column.covers(value):
                raise OntologyError(
                    f"{text!r} holds what not every program keeps in a table",
                    code="E324",
                    hint="no backslash, no control characters, ^^ before a datatype only: state it in the file itself",
                )
            if value in found:
                raise OntologyError(
                    f"{entry.name} has this value in {found[value].span} already", code="E325", hint="state it once"
                )
            stated[value] = found[value] = Stated({}, span)
        return stated

    def _refuse_domain(self, entry: Entry, column: TemplateColumn) -> None:
        domain = self.known.vocabulary.domains.get(local(column.prop))
        types = self.known.types(entry.name)
        if domain and types and domain.isdisjoint(types):
            raise OntologyError(
                f"{local(column.prop)} is said of {' or '.join(sorted(domain))}, and {entry.name} is none",
                code="E322",
                hint="empty the cell, or mend the class under TYPE",
            )

    def _values(self, entry: Entry, column: TemplateColumn, text: str) -> Iterator[Value]:
        for word in _split(text, column):
            yield self._value(entry, column, word)

    def _value(self, entry: Entry, column: TemplateColumn, word: str) -> Value:
        """The value that a word of a cell means; what the ontology states of the individual already is not judged."""
        name, own = local(column.prop), self.asserted.values(iri(entry.name), column.prop)
        if not column.beside and expanded(word) in own:
            return expanded(word)
        if column.kind == TEXT and column.form != IRI:
            return _checked(Literal(word, column.detail if column.form == "^^" else XSD + "string",
                                    column.detail if column.form == LANGUAGE else ""))  # fmt: skip
        if column.kind == FACT and name in self.known.vocabulary.data_properties:
            value = self._literal(name, word)
            return value if value in own else self._judged(name, value)
        if column.kind == TEXT and name not in _CLAIMS:
            found = expanded(word)
            if BAD_IRI.search(found):
                raise OntologyError(
                    f"{word!r} is no legal IRI", code="E324", hint="no spaces, { } | ^ ` < >, one # at most"
                )
            return found or iri(self.known.individual(word))
        ranges = self.known.vocabulary.ranges
        wanted = frozenset({"Evidence"}) if name in _CLAIMS else ranges.get(name, frozenset())
        never = entry.kind.never.get(name, frozenset()) if entry.kind else frozenset()
        found = self.known.individual(word, wanted, never)
        self._refuse_retired(found)
        return iri(found)

    def _literal(self, name: str, word: str) -> Literal:
        lexical, marks, named = word.rpartition("^^")
        range_ = self._ranges.get(name, XSD + "string")
        if not marks:
            return Literal(word, range_)
        datatype = expanded(named)
        if not datatype:
            raise OntologyError(f"{named!r} is no datatype", code="E324", hint="such as true^^xsd:boolean")
        return Literal(lexical.strip(), datatype)

    def _judged(self, name: str, value: Literal) -> Literal:
        if name in WORDS:
            known = WORDS[name] or self._used[name]
            if value.lexical not in known:
                close = nearest(value.lexical, sorted(known)) or sorted(known)
                raise OntologyError(
                    f"{value.lexical!r} is no {name}", code="E324", hint=f"did you mean {' or '.join(close)}?"
                )
        return _checked(value)

    def _fault(self, fault: OntologyError, span: Span, header: str) -> None:
        about = f"{header}: " if header else ""
        self.faults.append(OntologyError(about + fault.message, code=fault.code, hint=fault.hint, span=span))


def _checked(value: Literal) -> Literal:
    if ill_typed(value):
        raise OntologyError(
            f"{value.lexical!r} is no {local(value.datatype).rsplit('#', 1)[-1]}", code="E324", hint="mend the value"
        )
    return value


def _split(text: str, column: TemplateColumn) -> list[str]:
    """The values of a cell, trimmed, without repetitions."""
    words = text.split(column.split) if column.split else [text]
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _words_in_use(ontology: Ontology) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in WORDS}
    for fact in ontology.facts:
        if fact.predicate in found and isinstance(fact.object, Literal):
            found[fact.predicate].add(fact.object.lexical)
    return found
