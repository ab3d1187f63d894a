"""Tables of tab-separated values in ROBOT's template format, with the line and column of whatever is wrong."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from reasoner.errors import DislodgeError, ReadingError, Span, raise_all
from reasoner.model.iris import RDFS
from reasoner.model.template import (
    DATATYPE,
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
from reasoner.reading.rdf.triples import read_bytes

_STRING = re.compile(r"(?P<kind>AL|AT|AI|A|I) +(?P<name>\S+)")
_SPLIT = re.compile(r"\s*\bSPLIT=(?P<mark>.*)\Z")
_KNOWN = "ID, TYPE, LABEL, A p, AL p@en, AT p^^datatype, AI p, I p; > in front of A, AL, AT, AI; SPLIT=| behind"
_MOST_FAULTS = 100


def read_template(path: Path) -> Template:
    """The table in a file; raises :class:`ReadingError`, or :class:`Faults` with everything that is wrong with it."""
    return parse_template(read_bytes(path), str(path))


def parse_template(data: bytes, file: str) -> Template:
    """The table in ``data``; ``file`` names it in messages.

    Raises :class:`ReadingError`: E105 not UTF-8, E119 no table, E120 a malformed row, E121 an unknown template
    string; and :class:`Faults` when there are several.
    """
    rows = _rows(_text(data, file), file)
    if len(rows) < 2:
        raise ReadingError(
            "a template needs a row of headers and a row of template strings",
            code="E119",
            hint="see one: dislodge template export action",
            span=Span(file, len(rows) + 1),
        )
    headers, strings = rows[0], rows[1]
    width = len(headers.cells)
    faults: list[DislodgeError] = [
        _width(row, width, file)
        for row in rows[1:]
        if len(row.cells) != width and (any(row.cells) or row is strings)  # an empty line further down says nothing
    ]
    columns = [] if len(strings.cells) != width else _columns(headers, strings, file, faults)
    raise_all(faults[:_MOST_FAULTS])
    return Template(file, tuple(columns), tuple(row for row in rows[2:] if any(row.cells)), strings.line)


def _text(data: bytes, file: str) -> str:
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].count(b"\t") + 1
        raise ReadingError(
            "the table is not valid UTF-8", code="E105", hint="save it as UTF-8 text", span=Span(file, line, column)
        ) from None
    if not text.strip():
        raise ReadingError("the table is empty", code="E104", hint="was it saved whole?", span=Span(file))
    if "\x00" in text:
        raise ReadingError(
            "the table is binary", code="E105", hint="save it as tab-separated text in UTF-8", span=Span(file)
        )
    return text


def _rows(text: str, file: str) -> list[TemplateRow]:
    """The records, cells trimmed; a record may run over lines inside quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    rows: list[TemplateRow] = []
    line = 1
    try:
        for record in reader:
            rows.append(TemplateRow(line, tuple(cell.strip() for cell in record)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadingError(
            f"the row is no tab-separated row: {error}",
            code="E120",
            hint='a cell that begins with " must end with ", and double every " inside',
            span=Span(file, line),
        ) from None
    return rows


def _width(row: TemplateRow, width: int, file: str) -> ReadingError:
    return ReadingError(
        f"the row has {len(row.cells)} cells, and there are {width} columns",
        code="E120",
        hint="one cell a column, apart by tabs; leave a cell empty that says nothing",
        span=Span(file, row.line, min(len(row.cells), width) + 1),
    )


def _columns(
    headers: TemplateRow, strings: TemplateRow, file: str, faults: list[DislodgeError]
) -> list[TemplateColumn]:
    """The columns; what is wrong with their template strings is added to ``faults``."""
    columns: list[TemplateColumn] = []
    for number, (header, string) in enumerate(zip(headers.cells, strings.cells, strict=True), 1):
        try:
            columns.append(_column(header, string))
            if columns[-1].beside and (number == 1 or columns[-2].kind in (ID, TYPES, "")):
                raise ReadingError(f"{string!r} has no statement before it to stand beside", code="E121")
        except ReadingError as error:
            span = Span(file, strings.line, number)
            faults.append(ReadingError(error.message, code="E121", hint=f"known: {_KNOWN}", span=span))
            columns.append(TemplateColumn(header, ""))
    seen: dict[tuple[str, ...], int] = {}
    above = ""
    for number, column in enumerate(columns, 1):
        above = above if column.beside else f"{column.kind} {column.prop} {column.form}{column.detail}"
        key = (above, column.prop, column.form, column.detail) if column.beside else (above,)
        if column.kind and key in seen:
            faults.append(
                ReadingError(
                    f"column {seen[key]} states the same already: {column.template!r}",
                    code="E121",
                    hint="keep one of the two; several values of a cell stand apart by the mark after SPLIT=",
                    span=Span(file, strings.line, number),
                )
            )
        seen.setdefault(key, number)
    if not faults and not any(column.kind == ID for column in columns):
        faults.append(
            ReadingError(
                "no column holds the ids",
                code="E121",
                hint="name one ID in the second row",
                span=Span(file, strings.line),
            )
        )
    return columns


def _column(header: str, string: str) -> TemplateColumn:
    """One column; raises :class:`ReadingError` with what is wrong with its template string."""
    if not string:
        return TemplateColumn(header, "")  # a column that is only for people, as in ROBOT
    if not header:
        raise ReadingError(f"{string!r} has no header above it", code="E121")
    beside, split = string.startswith(">"), ""
    bare = string[1:] if beside else string
    if found := _SPLIT.search(bare):
        split, bare = found["mark"].strip(), bare[: found.start()].strip()
        if not split:
            raise ReadingError("SPLIT= names no mark", code="E121")
    if not beside and bare in (ID, TYPES):
        if bare == ID and split:
            raise ReadingError("an ID is one id", code="E121")
        return TemplateColumn(header, bare, split=split)
    if not beside and bare == "LABEL":
        return TemplateColumn(header, TEXT, RDFS + "label", LANGUAGE, "en", split)
    match = _STRING.match(bare)
    rest = bare[match.end() :].strip() if match else ""
    if match is None or rest or (beside and match["kind"] == FACT):
        raise ReadingError(f"no template string of this project: {string!r}", code="E121")
    return _stating(header, match["kind"], match["name"], split, beside)


def _stating(header: str, kind: str, name: str, split: str, beside: bool) -> TemplateColumn:
    form, detail = "", ""
    if kind == "AL":
        name, at, detail = name.partition("@")
        form = LANGUAGE
        if not at or not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", detail):
            raise ReadingError(
                f"AL needs a property and a language, such as rdfs:label@en, not {name}{at}{detail!r}", code="E121"
            )
        detail = detail.lower()
    elif kind == "AT":
        name, marks, datatype = name.partition("^^")
        form, detail = DATATYPE, expanded(datatype)
        if not marks or not detail:
            raise ReadingError(
                f"AT needs a property and a datatype, such as p^^xsd:date, not {name}{marks}{datatype}", code="E121"
            )
    elif kind == "AI":
        form = IRI
    name = expanded(name) or expanded(f"dislodge:{name}")
    return TemplateColumn(header, FACT if kind == FACT else TEXT, name, form, detail, split, beside)
