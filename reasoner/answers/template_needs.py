"""What a changed individual must say: a label, its roles, one sign, a claim beside each fact that needs one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.answers.asserted import Asserted
from reasoner.answers.template_edits import Change
from reasoner.answers.template_kinds import AGAINST, EVIDENCED, FOR
from reasoner.answers.template_rows import Entry, Stated
from reasoner.errors import DislodgeError, OntologyError, Span
from reasoner.model.iris import RDFS
from reasoner.model.names import iri, local
from reasoner.model.template import FACT, Column
from reasoner.model.triple import Triple, Value

_LABEL = RDFS + "label"
_CLAIMS = frozenset({iri(FOR), iri(AGAINST)})


def unmet(asserted: Asserted, change: Change) -> Iterator[DislodgeError]:
    """A fault for each need that the individual would not meet after the change."""
    entry = change.entry
    if change.is_new and not _has_label(entry):
        yield _fault(
            entry.span, "E327", f"{entry.name} is new and has no English label", "fill in the column of rdfs:label@en"
        )
    if entry.kind is not None:
        counts = {
            prop: len(list(_values(asserted, entry, prop)))
            for prop in entry.kind.one | entry.kind.some | entry.kind.sign
        }
        for prop in sorted(entry.kind.one | entry.kind.some):
            if not counts[prop]:
                yield _fault(_place(entry, prop), "E327", f"{entry.name} needs {prop}", f"fill in the column of {prop}")
            elif prop in entry.kind.one and counts[prop] > 1:
                yield _fault(
                    _place(entry, prop),
                    "E327",
                    f"{entry.name} needs exactly one {prop}, not {counts[prop]}",
                    "make a row with an id of its own for each",
                )
        signs = sum(counts[prop] for prop in entry.kind.sign)
        if entry.kind.sign and signs != 1:
            named = ", ".join(entry.kind.sign & set(entry.kind.facts))
            yield _fault(
                _place(entry, next(iter(sorted(entry.kind.sign)))),
                "E324",
                f"{entry.name} needs exactly one sign, not {signs}",
                f"fill in one of {', '.join(p for p in entry.kind.facts if p in entry.kind.sign) or named}",
            )
    for column, wanted in entry.columns.items():
        if column.kind == FACT and local(column.prop) in EVIDENCED:
            for value, stated in wanted.items():
                if _lost_its_claim(asserted, entry, column, value, stated):
                    yield _fault(
                        stated.span,
                        "E323",
                        f"no claim stands beside {local(column.prop)}({entry.name}, {local(str(value))})",
                        f"name one in the column >AI dislodge:{FOR} or >AI dislodge:{AGAINST} behind {column.header!r}",
                    )


def _fault(span: Span, code: str, message: str, hint: str) -> DislodgeError:
    return OntologyError(message, code=code, hint=hint, span=span)


def _has_label(entry: Entry) -> bool:
    return any(c.prop == _LABEL and c.detail == "en" and values for c, values in entry.columns.items())


def _values(asserted: Asserted, entry: Entry, prop: str) -> Iterable[Value]:
    wanted = entry.values(prop)
    return asserted.values(iri(entry.name), iri(prop)) if wanted is None else wanted


def _place(entry: Entry, prop: str) -> Span:
    """The first cell of a property, else the row."""
    return next((stated.span for stated in (entry.values(prop) or {}).values()), entry.span)


def _lost_its_claim(asserted: Asserted, entry: Entry, column: Column, value: Value, stated: Stated) -> bool:
    """Whether a fact that is new, or had a claim, has none; facts that never had one are the past's."""
    statement: Triple = (iri(entry.name), column.prop, value)
    old = [prop for prop, _ in asserted.notes(statement) if prop in _CLAIMS]
    if asserted.files(statement) and not old:
        return False
    columns = {note.prop: note for note in entry.notes.get(column, ()) if note.prop in _CLAIMS}
    now = [note for note in columns.values() if stated.beside.get(note)]
    return not now and not any(prop not in columns for prop in old)
