"""What must not be said is said on no printed page of its question: terminal, records, Markdown, web, report, library.

A page is read back as the document that it might have been printed from (read_back.py), and the reader of the case
reads that.  So a forbidden thing is found where it would be an answer, and nowhere else; and what the case expects is
found on the same page by the same reader, or the search would see nothing there.  What may not even be named is looked
for in every line and every cell.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pages import FORMS, Printer, forms
from read_back import everything, said
from readers import Document, read

from reasoner.inference.reasoned import Reasoned
from reasoner.views.documents import render
from reasoner.views.limited import Limits
from reasoner.views.look import Look
from reasoner.views.web.parts import page_of
from tests.effort import PATIENCE
from tests.in_process import asked
from tests.served import serving, whole

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
#: The forms that the quick half prints; CI prints the others too.
QUICK = ("table", "csv")


@dataclass(frozen=True)
class Searched:
    """A part of a case that has must-not things, asked in one form."""

    case: str
    number: int
    part: dict[str, Any]
    run: tuple[str, ...]
    form: str

    def __str__(self) -> str:
        return f"{self.case}-{self.number}-{self.run[0]}-{self.form}"

    @property
    def command(self) -> str:
        return self.run[0]


def searched() -> Iterator[Searched]:
    """Each part with must-not things in every form, and the other pages that print the same conclusion."""
    for case in CASES:
        for number, part in enumerate([*case["part"], *case.get("also", ())]):
            if "must_not" in part:
                for run in (part["run"], *other_pages(part)):
                    for form in forms(run[0]):
                        yield Searched(case["id"], number, part, tuple(run), form)


def other_pages(part: dict[str, Any]) -> Iterator[list[str]]:
    """The report and the matrix of a scenario that ``assess`` reads, and the proof of its outcome."""
    command, *words = part["run"]
    if command != "assess":
        return
    taken, place = part["read"]["list"], words.index("--cell")
    if taken != "activities":
        yield ["report", *words]
    if taken == "routes" and place:
        yield ["matrix", *words]
    if taken == "outcomes":
        conclusion = f"{part['read']['where']['outcome']}({'+'.join(words[:place])}, {words[place + 1]})"
        yield ["explain", conclusion, *words[place + 2 :]]


def quick(one: Searched) -> bool:
    return one.form in QUICK and one.command in ("breaks", "assess", "escapes", "evidence", "show", "combine")


ALL = list(searched())
PARAMETERS = [pytest.param(one, id=str(one), marks=[] if quick(one) else [pytest.mark.ci]) for one in ALL]


@pytest.fixture(scope="module")
def kb() -> Reasoned:
    return Reasoned.load()


@pytest.fixture(scope="module")
def printer(kb: Reasoned) -> Iterator[Printer]:
    with serving(whole(kb, Limits(PATIENCE, niced=True))) as http:
        yield Printer(kb, http)


@pytest.fixture(scope="module")
def named(kb: Reasoned) -> Names:
    return Names(kb)


class Names:
    """Names by their labels, where one thing alone bears a label; those of activities as documents label them."""

    def __init__(self, kb: Reasoned) -> None:
        self.label = Look(label=kb.label).word
        facts = kb.base.ontology.facts
        every = {fact.subject for fact in facts} | {str(fact.object) for fact in facts if fact.object is not None}
        self.names: dict[str, set[str]] = {}
        for name in every:
            self.names.setdefault(self.label(name), set()).add(name)

    def __call__(self, label: str) -> str:
        names = self.names.get(label, set())
        return next(iter(names)) if len(names) == 1 else label

    def learn(self, document: Document) -> None:
        """The labels of activities that only this document names."""
        for activity in document.get("activities", ()):
            self.names.setdefault(activity["label"], set()).add(activity["activity"])

    def spoken(self, name: str) -> set[str]:
        """How a thing is named on a page."""
        return {name, self.label(name)}


def read_back(one: Searched, printer: Printer, names: Names) -> list[str]:
    """The answers that a page gives, read as those of the JSON are."""
    told = _reader(one.form, printer, names)
    return _read(one.part["read"], told(*one.run), told)


def _reader(form: str, printer: Printer, names: Names) -> Any:
    @cache
    def told(*words: str) -> Document:
        if words[0] == "list":
            return json.loads(printer.printed("json", *words))
        if words[0] == "assess":
            names.learn(asked(printer.kb, *words)[1] or {})
        return said(words[0], form, printer.printed(form, *words), names)

    return told


def _read(how: dict[str, Any], document: Document, told: Any) -> list[str]:
    """What a reader finds where a page says it: a field that no page prints keeps nothing from being found."""
    rows = document.get(how.get("list", ""), [])
    fields = {field for row in rows for field in row}
    kept = {f: v for f, v in how.get("where", {}).items() if f in fields or "columns" in how}
    return read({**how, "where": kept} if "where" in how else how, document, told, ())


@pytest.mark.parametrize("one", PARAMETERS)
def test_no_page_says_what_must_not_be_said(one: Searched, printer: Printer, named: Names) -> None:
    found = set(read_back(one, printer, named))
    assert not found & set(one.part["must_not"])
    if one.command != "matrix" or one.form not in ("table", "md") or one.part["run"][0] == "matrix":
        # The signs of a printed matrix have neither words nor agents.
        assert found >= set(one.part["answer"]), "and what is right is on the page"


# --- what may not be named at all -------------------------------------------------------------------------------------

UNNAMED = [
    pytest.param(case, form, id=f"{case['id']}-{form}", marks=[] if form in QUICK else [pytest.mark.ci])
    for case in CASES
    if "unnamed" in case
    for form in (*FORMS, "html", "xml")
    if any(form in forms(part["run"][0]) for part in case["part"])
]


@pytest.mark.parametrize(("case", "form"), UNNAMED)
def test_what_may_not_be_named_stands_on_no_page(
    case: dict[str, Any], form: str, printer: Printer, named: Names
) -> None:
    for part in case["part"]:
        if form in forms(part["run"][0]) and not set(part["run"]) & set(case["unnamed"]):
            assert names_on(form, printer.printed(form, *part["run"]), case["unnamed"], named) == []


def names_on(form: str, printed: str, unnamed: list[str], named: Names) -> list[str]:
    """The lines and cells that name one of the things."""
    words = {word for name in unnamed for word in named.spoken(name)}
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    lines = [printed] if form == "json" else everything(form, printed)
    return [line for line in lines if pattern.search(line)]


# --- and the search sees --------------------------------------------------------------------------------------------

PLANTED = [one for one in ALL if list(one.run) == one.part["run"] and one.form not in ("html", "xml")]


#: Of the quick half: the first part of a case, at 80 columns.
SOON = {str(one) for one in PLANTED if one.number == 0 and one.form == "table" and one.command != "sparql"}


@pytest.mark.parametrize(
    "one", [pytest.param(o, id=str(o), marks=[] if str(o) in SOON else [pytest.mark.ci]) for o in PLANTED]
)
def test_a_forbidden_answer_would_be_found(one: Searched, printer: Printer, named: Names) -> None:
    """The document says what it must not, and is printed: each forbidden thing is found on the page."""
    unnamed = next(case for case in CASES if case["id"] == one.case).get("unnamed", ())
    for forbidden in one.part["must_not"]:
        told = _planted(one, forbidden, printer, named)
        assert forbidden in _read(one.part["read"], told(*one.run), told)
        if forbidden in unnamed and one.command != "matrix":
            assert names_on(one.form, told.printed(*one.run), [forbidden], named)


class _planted:
    """Reads pages back, and every page that is printed says the forbidden thing."""

    def __init__(self, one: Searched, forbidden: str, printer: Printer, names: Names) -> None:
        self.one, self.forbidden, self.printer, self.names = one, forbidden, printer, names
        self.kb = printer.kb

    def __call__(self, *words: str) -> Document:
        if words[0] == "list":
            return json.loads(self.printer.printed("json", *words))
        return said(words[0], self.one.form, self.printed(*words), self.names)

    def printed(self, *words: str) -> str:
        if words[0] == "sparql":
            return self.printer.printed(self.one.form, "sparql", self._row())
        document = deepcopy(asked(self.kb, *words)[1])
        assert document is not None
        self.names.learn(document)
        self._plant(document)
        if self.one.form == "web":
            return page_of(self.kb, document)
        return render(document, self.one.form, Look(label=self.kb.label))

    def _row(self) -> str:
        """A query whose only row says it, in the columns of the query of the library."""
        how = self.one.part["read"]
        where = {name: value if isinstance(value, str) else value[0] for name, value in how.get("where", {}).items()}
        values = where | dict(zip(how["columns"], self.forbidden.split(" ", len(how["columns"]) - 1), strict=True))
        values["property"] = "what makes two columns at least"
        names = " ".join(f"?{name}" for name in values)
        terms = " ".join(f'"{v}"' if " " in v else f"<https://w3id.org/dislodge#{v}>" for v in values.values())
        return f"SELECT {names} {{ VALUES ({names}) {{ ({terms}) }} }}"

    def _plant(self, document: Document) -> None:
        how = self.one.part["read"]
        if document["command"] == "show":
            step = how["facts"] if "facts" in how else how["walk"][-1].partition("[")[0]
            is_subject = step.startswith("<") or how.get("at") == "subject"
            ends = (self.forbidden, document["id"]) if is_subject else (document["id"], self.forbidden)
            document["asserted"].append(f"{step.removeprefix('<')}({', '.join(ends)})")
        elif document["command"] == "matrix":
            row = document["answers"][0]
            route = next(route for route in row["routes"] if route["route"] == how["where"]["route"])
            by = self.forbidden if how["take"] == "by" else row["regimen"][0]
            row["regimen"] = [by]
            route |= {"status": "broken", "by": [[by]], "narrowed": False}
        elif "key" in how:
            document |= {how["key"]: self.forbidden, "answers": asked(self.kb, "evidence", "GCS-100")[1]["answers"]}
        else:
            document[how["list"]] = [self._entry(document), *document[how["list"]]]

    def _entry(self, document: Document) -> Document:
        how = self.one.part["read"]
        wanted = {field: v if isinstance(v, str) else v[0] for field, v in how.get("where", {}).items()}
        rows = document[how["list"]] or asked(self.kb, *DONORS[document["command"]])[1][how["list"]]
        alike = [row for row in rows if all(_said(row[field], v) for field, v in wanted.items())]
        entry = deepcopy((alike or rows)[0])
        for field, value in (wanted | {how["take"].partition("[")[0]: self.forbidden}).items():
            entry[field] = _shaped(field, value, entry[field])
        if "label" in entry:
            entry["label"] = self.names.label(self.forbidden)
        return entry


#: Whose rows are planted where an answer has none.
DONORS = {"breaks": ("breaks", "--route", "RP12"), "escapes": ("escapes", "imatinib", "--cell", "CML_LSC")}


def _said(value: object, wanted: str) -> bool:
    return str(value) == wanted or value == [[wanted]]


def _shaped(field: str, value: str, like: object) -> Any:
    """A value in the shape of the field that it is put in."""
    if isinstance(like, bool):
        return value == "True"
    if field in ("agents", "if"):
        return [value]
    return [[value]] if isinstance(like, list) else value
