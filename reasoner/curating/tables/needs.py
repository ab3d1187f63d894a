"""What a changed individual must say: a label, its roles, one sign, a claim beside each fact that needs one."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.curating.asserted import Asserted
from reasoner.curating.tables.edits import Edit
from reasoner.curating.tables.kinds import AGAINST, FOR, TableKind, needs_claim
from reasoner.curating.tables.rows import Entry, Stated
from reasoner.errors import DislodgeError, OntologyError, Span
from reasoner.model.iris import RDFS
from reasoner.model.names import iri, local
from reasoner.model.roles import Roles
from reasoner.model.template import FACT, TemplateColumn
from reasoner.model.triple import Triple, Value

_LABEL = RDFS + "label"
_CLAIMS = frozenset({iri(FOR), iri(AGAINST)})


def unmet(asserted: Asserted, roles: Roles, edit: Edit) -> Iterator[DislodgeError]:
    """A fault for each need that the individual would not meet after the edit."""
    entry = edit.entry
    if edit.is_new and not _has_label(entry):
        yield _fault(entry.span, "E327", f"{entry.name} is new and has no English label", "fill in an AL rdfs:label@en")
    if entry.kind is not None:
        yield from _roles(asserted, entry, entry.kind)
        yield from _sign(asserted, entry, entry.kind)
    for column, wanted in entry.columns.items():
        if column.kind == FACT and needs_claim(local(column.prop), entry.kind, roles):
            for value, stated in wanted.items():
                if _lost_its_claim(asserted, entry, column, value, stated):
                    yield _fault(
                        stated.span,
                        "E323",
                        f"no claim stands beside {local(column.prop)}({entry.name}, {local(str(value))})",
                        f"name one in a column >AI dislodge:{FOR} or >AI dislodge:{AGAINST} behind {column.header!r}",
                    )


def _roles(asserted: Asserted, entry: Entry, kind: TableKind) -> Iterator[DislodgeError]:
    for prop in sorted(kind.one | kind.some):
        count = _count(asserted, entry, prop)
        if not count:
            hint = f"fill in a column I dislodge:{prop}"
            yield _fault(_place(entry, prop), "E327", f"{entry.name} needs {prop}", hint)
        elif prop in kind.one and count > 1:
            text = f"{entry.name} needs exactly one {prop}, not {count}"
            yield _fault(_place(entry, prop), "E327", text, "make a row with an id of its own for each")


def _sign(asserted: Asserted, entry: Entry, kind: TableKind) -> Iterator[DislodgeError]:
    signs = [prop for prop in kind.facts if prop in kind.sign]
    count = sum(_count(asserted, entry, prop) for prop in signs)
    if signs and count != 1:
        filled = next((prop for prop in signs if entry.values(prop)), signs[0])
        hint = f"fill in one of {', '.join(signs)}"
        yield _fault(_place(entry, filled), "E327", f"{entry.name} needs exactly one sign, not {count}", hint)


def _fault(span: Span, code: str, message: str, hint: str) -> DislodgeError:
    return OntologyError(message, code=code, hint=hint, span=span)


def _has_label(entry: Entry) -> bool:
    return any(c.prop == _LABEL and c.detail == "en" and values for c, values in entry.columns.items())


def _count(asserted: Asserted, entry: Entry, prop: str) -> int:
    """How many values the property has after the edit."""
    wanted = entry.values(prop)
    return len(list(asserted.values(iri(entry.name), iri(prop)) if wanted is None else wanted))


def _place(entry: Entry, prop: str) -> Span:
    """The first cell of a property, else the row."""
    return next((stated.span for stated in (entry.values(prop) or {}).values()), entry.span)


def _lost_its_claim(asserted: Asserted, entry: Entry, column: TemplateColumn, value: Value, stated: Stated) -> bool:
    """Whether a fact that is new, or had a claim, has none; facts that never had one are the past's."""
    statement: Triple = (iri(entry.name), column.prop, value)
    old = [prop for prop, _ in asserted.notes(statement) if prop in _CLAIMS]
    if asserted.files(statement) and not old:
        return False
    columns = {note.prop: note for note in entry.notes.get(column, ()) if note.prop in _CLAIMS}
    now = [note for note in columns.values() if stated.beside.get(note)]
    return not now and not any(prop not in columns for prop in old)
