"""A printed page taken apart again: its rows and lines with the heading above them, in whichever form it was printed.

Nothing here knows the program that printed it: a table at 80 columns is cut by its titles, Markdown by its bars, HTML
by the parser of the standard library.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree

#: The titles of the columns of tables; a line of text that holds nothing else begins a table.
TITLES = frozenset(
    {
        "agent", "effect", "with", "verdict", "strength", "evidence", "route", "closed by", "if", "cell", "function",
        "extent", "by", "activity", "before", "after", "stated for", "outcome", "claims", "status", "what decides",
        "regimen", "closes", "leaves open", "opens", "price for normal cells", "open", "closed by adding",
        "disease", "interaction", "sender", "ligand", "receptor", "receiver", "factor", "source", "can_be_given",
        "claim", "statement", "therapy", "label", "kind", "needs", "action", "side", "target", "mode", "lesion",
        "result", "main", "presentIn", "scenario", "conclusion", "about", "arm", "need", "cells", "thing", "polarity",
        "modality", "tier", "papers",
        "statedFor", "scope", "subject", "property", "object", "known", "against", "elsewhere", "patients",
    }
)  # fmt: skip
#: Columns whose first line says that a row begins there, and how it says so: other cells run over several lines.
BEGINNINGS = {
    "effect": r"(breaks|narrows|opens|rebounds|unknown)\b",
    "route": r"RP\d\d\b",
    "before": r"(on|off|undetermined)\b",
    "extent": r"(lost|touched|complete|partial)\b",
    "polarity": r"(supports|opposes|undetermined)\b",
    "status": r"(stated|suppressed|denied|contested)\b",
    "can_be_given": r"(true|false)\b",
    "claim": r"[A-Z]{3}-",
    "result": r"(defeated|overcomes)\b",
    "main": r"(true|false)\b",
    "kind": r"(niche|intrinsic)\b",
    "side": r"(diseased|interface|soil|neither)\b",
    "conclusion": r"[a-z]+[A-Z]?[A-Za-z]+$",
    "arm": r"RP\d\d_",
}
#: How far items, and what is said of them, are indented.
ITEM, DETAIL, DEEPER = 2, 6, 8


@dataclass(frozen=True)
class Row:
    """A line of a page, or a row of a table: its cells by the titles of their columns."""

    text: str
    heading: str = ""
    indent: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """All that it says."""
        return " ".join((self.text, *self.cells.values()))


def rows(form: str, printed: str) -> list[Row]:
    """The rows of what was printed in a form."""
    cut = {"table": _of_text, "md": _of_markdown, "html": _of_html, "web": _of_html, "json": _of_json, "xml": _of_xml}
    if form in ("csv", "tsv"):
        return [_cells(row) for row in csv.DictReader(io.StringIO(printed), delimiter="," if form == "csv" else "\t")]
    return list(cut[form](printed))


def _cells(cells: Mapping[str, str], heading: str = "") -> Row:
    return Row("", cells.get("section") or heading, ITEM, dict(cells))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# --- text -------------------------------------------------------------------------------------------------------------


def _of_text(printed: str) -> Iterator[Row]:
    """Items and their details by their indents; a line without one joins the line before it that has none either."""
    lines = printed.splitlines()
    found: list[Row] = []
    heading = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        titles = re.split(r"\s{2,}", line.strip())
        if len(titles) > 1 and all(map(_begins_title, titles)):
            table = []
            while at < len(lines) and lines[at].strip() and _indent(lines[at]) >= indent:
                table.append(lines[at])
                at += 1
            found += _of_table(line, table, heading)
        elif indent == 0:
            before = lines[at - 2] if at > 1 else ""
            if before.strip() and _indent(before) == 0 and found and found[-1].indent == 0:
                found[-1] = Row(f"{found[-1].text} {line.strip()}", found[-1].heading)
            else:
                found.append(Row(line.strip(), line.strip()))
            heading = found[-1].text
        elif (indent >= DEEPER or ITEM < indent < DETAIL) and found and not found[-1].cells:
            last = found[-1]
            found[-1] = Row(_squeezed(f"{last.text} {line}"), last.heading, last.indent)
        else:
            found.append(Row(_squeezed(line), heading, indent))
    yield from found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _begins_title(text: str) -> bool:
    return text.isdigit() or any(title.startswith(text) for title in TITLES)


def _of_table(titled: str, lines: list[str], heading: str) -> Iterator[Row]:
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S+(?: \S+)*", titled)]
    spans = list(zip(starts, [*starts[1:], None], strict=True))
    titles = [titled[a:b].strip() for a, b in spans]
    while any(title not in TITLES and not title.isdigit() for title in titles):
        # A title that is too long for its column is broken.
        titles = [title + lines[0][a:b].strip() for title, (a, b) in zip(titles, spans, strict=True)]
        lines = lines[1:]
    begins = [(title, BEGINNINGS[title]) for title in titles if title in BEGINNINGS]
    found: list[dict[str, str]] = []
    for line in lines:
        cells = [line[a:b].strip() for a, b in spans]
        cut = dict(zip(titles, cells, strict=True))
        begun = all(re.match(how, cut[title]) for title, how in begins) if begins else cells[0]
        if not found or begun:
            found.append(cut)
        else:
            for title, cell in cut.items():
                # What is too long for its column is broken inside a word.
                broken = _is_broken(found[-1][title], cell)
                found[-1][title] = f"{found[-1][title]}{'' if broken else ' '}{cell}".strip()
    yield from (_cells(row, heading) for row in found)


def _is_broken(before: str, after: str) -> bool:
    """Whether a name goes on: names of queries have no blanks, but an underscore or half of one."""
    return bool(before and after) and " " not in before and "_" in before + after and before[-1] not in ",;"


# --- Markdown ---------------------------------------------------------------------------------------------------------


def _of_markdown(printed: str) -> Iterator[Row]:
    heading = ""
    titles: list[str] = []
    for line in printed.splitlines():
        said = re.sub(r"\\(.)", r"\1", line.replace("**", ""))
        if not line.startswith("|"):
            titles = []
        if line.startswith("#"):
            heading = said.lstrip("# ")
            yield Row(heading, heading)
        elif line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not titles:
                titles = cells
            elif not set("".join(cells)) <= {"-", " "}:
                yield _cells(dict(zip(titles, (re.sub(r"\\(.)|\*\*", r"\1", c) for c in cells), strict=True)), heading)
        elif said.lstrip().startswith("- "):
            yield Row(said.lstrip()[2:], heading, ITEM if _indent(line) == 0 else DETAIL)
        elif said.strip():
            yield Row(said.strip(), heading)


# --- HTML -------------------------------------------------------------------------------------------------------------


def _of_html(printed: str) -> Iterator[Row]:
    parser = _Parser()
    parser.feed(printed)
    parser.close()
    yield from parser.found


class _Parser(HTMLParser):
    """Headings, paragraphs, items, rows of tables, and the titles inside pictures."""

    _LINES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "title", "text"})
    _CELLS = frozenset({"td", "th"})
    _SILENT = frozenset({"style", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Row] = []
        self.heading = ""
        self.open: list[tuple[str, str, list[str]]] = []
        self.titles: list[str] = []
        self.cells: list[str] | None = None
        self.in_head = False
        self.silent = False

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name in self._SILENT:
            self.silent = True
        elif name == "thead":
            self.titles, self.in_head = [], True
        elif name == "tr" and not self.in_head:
            self.cells = []
        elif name in self._CELLS or (name in self._LINES and not self._in_cell()):
            self.open.append((name, given.get("class") or "", []))
        elif name in ("div", "summary") and self.open and "".join(self.open[-1][2]).strip():
            self.open[-1][2].append("; " if self._in_cell() else " ")
        if given.get("aria-label") and self._in_cell():
            self.open[-1][2].append(f"{given['aria-label']} ")

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent:
            self.open[-1][2].append(data)

    def handle_endtag(self, name: str) -> None:
        if name in self._SILENT:
            self.silent = False
        elif name == "thead":
            self.in_head = False
        elif name == "tr" and self.cells is not None:
            titles = [*self.titles, *[""] * (len(self.cells) - len(self.titles))]
            self.found.append(_cells(dict(zip(titles, self.cells, strict=False)), self.heading))
            self.cells = None
        elif self.open and self.open[-1][0] == name:
            _, kind, parts = self.open.pop()
            text = _squeezed("".join(parts))
            if name in self._CELLS:
                (self.titles if self.in_head or self.cells is None else self.cells).append(text)
            elif name.startswith("h"):
                self.heading = text
                self.found.append(Row(text, text))
            elif text:
                self.found.append(Row(text, self.heading, self._indent(name, kind.split())))

    def _indent(self, name: str, kinds: list[str]) -> int:
        if name == "li" or "deep" in kinds:
            return DETAIL
        return ITEM if name == "title" or "in" in kinds else 0

    def _in_cell(self) -> bool:
        return bool(self.open) and self.open[-1][0] in self._CELLS


# --- for programs -----------------------------------------------------------------------------------------------------


def _of_json(printed: str) -> Iterator[Row]:
    yield Row(json.dumps(json.loads(printed), ensure_ascii=False))


def _of_xml(printed: str) -> Iterator[Row]:
    """The rows of a result of SPARQL."""
    for result in ElementTree.fromstring(printed).iter("{http://www.w3.org/2005/sparql-results#}result"):
        yield _cells({str(binding.get("name")): "".join(binding.itertext()) for binding in result})
