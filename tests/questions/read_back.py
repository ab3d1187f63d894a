"""What a printed page says, as the document that it might have been printed from: so ``readers.py`` reads it too.

Only what the page says is in it.  Labels are names again where one thing alone bears the label.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from printed_rows import DETAIL, ITEM, Row, rows

Document = dict[str, Any]
#: The id of what bears a label; a text that is no label is its own.
Named = Callable[[str], str]

#: The words of verdicts, as they are printed.
WORDS = (
    "supported", "contested", "opposed", "proposed", "disputed elsewhere", "shown elsewhere", "predicted",
    "by analogy", "conjectured", "undetermined", "refuted", "reported", "not derived", "not tested",
)  # fmt: skip
_WORD = re.compile(rf"\b({'|'.join(WORDS)})\b")
_STATUS = re.compile(r"(broken|narrowed|opened|open|rebounds|inactive|unknown)\b")
_ROUTE = re.compile(r"(RP\d\d)\b")
#: The signs of a matrix in letters.
_SIGNS = {"x": "broken", "o": "open", "!": "opened", ".": "inactive"}
_CODE = re.compile(r"\[([A-Z_]{4,})\]")
_CLAIM = re.compile(r"([A-Z]{3}-\d{3})\b")
_SIDE = re.compile(r"\b(supports|opposes|undetermined) · (\w+) · ")
_FACT = re.compile(r"\w+\(.+\)")


def said(command: str, form: str, printed: str, named: Named) -> Document:
    """What a page of a command says."""
    if form == "json":
        return _of_json(command, json.loads(printed))
    if command == "sparql":
        return _query(rows(form, printed))
    cut = rows(form, printed)
    found = _records(command, cut, named) if form in ("csv", "tsv") else _PAGES[command](cut, named)
    return {key: [] for key in ("answers", "reasons", "outcomes", "routes", "activities", "regimens")} | found


def _words(verdict: str) -> list[str]:
    """Every word of a verdict: of the laboratory, of patients, and what stands after it."""
    return [word.replace(" ", "_") for word in _WORD.findall(verdict.replace("_", " "))]


def _plain(text: str, named: Named) -> str:
    """A name as printed, without the mark that it is no product."""
    return named(text.replace(" (no product)", "").strip())


def _together(text: str, named: Named) -> list[str]:
    """Alternatives of agents, each as one word."""
    return ["+".join(_plain(agent, named) for agent in one.split(" + ")) for one in re.split(" or | and ", text) if one]


# --- pages for people -------------------------------------------------------------------------------------------------


def _breaks(cut: list[Row], named: Named) -> Document:
    answers, unbroken, cell = [], [], ""
    for row in cut:
        route = _ROUTE.match(row.heading)
        if "effect" in row.cells and route:
            for agent in re.split(r", (?!no product)", row.cells["agent"]):
                effect = row.cells["effect"].split()[0].rstrip(",")
                strength = row.cells["strength"].rpartition(", ")[2]
                entry = {"agent": _plain(agent, named), "effect": effect, "route": route[1], "cell": cell}
                answers.append({**entry, "verdict": _words(row.cells["verdict"]), "modality": strength})
        elif route and row.indent == ITEM:
            cell = named(row.text.partition(" · ")[0])
        elif row.indent == ITEM and (listed := _ROUTE.match(row.text)) and "without any agent" in row.heading:
            unbroken.append(listed[1])
    return {"answers": answers, "unbroken": unbroken, "reasons": _reasons(cut)}


def _reasons(cut: Iterable[Row]) -> list[Document]:
    return [{"code": code} for row in cut for code in _CODE.findall(row.text)]


def _assess(cut: list[Row], named: Named) -> Document:
    found: Document = {"outcomes": [], "routes": [], "activities": [], "reasons": _reasons(cut)}
    for row in cut:
        if {"outcome", "verdict"} <= row.cells.keys():
            found["outcomes"].append(_outcome(row.cells["outcome"], row.cells["verdict"], named))
        elif row.heading == "Outcomes" and row.indent == ITEM and ": " in row.text:
            found["outcomes"].append(_outcome(*row.text.split(": ", 1), named))
        elif {"route", "status"} <= row.cells.keys():
            by = row.cells["what decides"].removeprefix("by ") if row.cells["what decides"].startswith("by ") else ""
            found["routes"].append(_route(row.cells["route"], row.cells["status"], by, row.cells["verdict"], named))
        elif row.heading.startswith("Routes inactive"):
            found["routes"] += [_route(one, "inactive", "", "", named) for one in row.text.split(" · ")]
        elif row.text.startswith("Off here, with and without the regimen: "):
            listed = row.text.split(": ", 1)[1].split("; ")
            found["routes"] += [_route(one, "inactive", "", "", named) for one in listed]
        elif row.heading.startswith("Routes ") and row.indent == ITEM and _ROUTE.match(row.text):
            name, _, verdict = row.text.partition(": ")
            found["routes"].append(_route(name, row.heading.split()[1], name.partition(", by ")[2], verdict, named))
        elif {"activity", "before", "after"} <= row.cells.keys():
            found["activities"].append(
                {
                    "activity": named(row.cells["activity"]),
                    "before": row.cells["before"].split()[0],
                    "after": row.cells["after"].split()[0],
                    "partial": str("partly" in row.whole),
                }
            )
    found["routes"] = [route for route in found["routes"] if route]
    return found


def _outcome(name: str, verdict: str, named: Named) -> Document:
    outcome, _, subject = name.partition(" ")
    return {"outcome": outcome, "subject": named(subject), "verdict": _words(verdict.split("; left: ")[0])}


def _route(name: str, status: str, by: str, verdict: str, named: Named) -> Document | None:
    route = _ROUTE.match(name)
    if not route:
        return None
    words = _words(verdict)
    return {"route": route[1], "status": status.rstrip(":"), "by": _together(by, named), "verdict": words}


def _escapes(cut: list[Row], named: Named) -> Document:
    answers = []
    for row in cut:
        if {"route", "closed by"} <= row.cells.keys():
            name, when = row.cells["route"], row.cells.get("if", "")
            status = "opened" if "(opened by the regimen)" in name else "open"
            answers.append({"route": name[:4], "status": status, "if": [named(when)] if when else []})
    return {"answers": answers, "reasons": _reasons(cut)}


def _evidence(cut: list[Row], _named: Named) -> Document:
    answers: list[Document] = []
    claim = None
    for row in cut:
        claim = _CLAIM.match(row.text) or claim
        side = _SIDE.search(row.text)
        if claim and side:
            answers.append({"id": claim[1], "polarity": side[1], "modality": side[2]})
    return {"answers": answers, "verdict": "reported" if answers else "not_derived", "reasons": _reasons(cut)}


def _show(cut: list[Row], _named: Named) -> Document:
    facts: dict[str, list[str]] = {"Asserted": [], "Inferred": [], "Denied": []}
    for row in cut:
        if _FACT.fullmatch(row.text) and (under := row.heading.split()[0].rstrip(",")) in facts:
            facts[under].append(row.text)
    name = cut[0].text.partition(" · ")[0].split()[0]
    return {"id": name, "asserted": facts["Asserted"], "inferred": facts["Inferred"]}


def _combine(cut: list[Row], named: Named) -> Document:
    regimens = []
    for row in cut:
        listed = re.match(r"\d+\. (.*)", row.text) if "minimal regimen" in row.heading else None
        agents = row.cells.get("regimen") or (listed[1] if listed else "")
        if agents and row.indent < DETAIL:
            regimens.append({"agents": [_plain(agent, named) for agent in agents.split(" + ")]})
    uncovered = [row.text for row in cut if "no agent" in row.heading and row.indent == ITEM]
    return {"regimens": regimens, "uncovered": uncovered, "reasons": _reasons(cut)}


def _explain(cut: list[Row], named: Named) -> Document:
    """The conclusion with its word, which stands at the head, as an outcome."""
    head = cut[0].text
    conclusion = re.match(r"(\w+)\((.+), (.+?)\): (.*)", head)
    if not conclusion:
        return {}
    outcome = {"outcome": conclusion[1], "subject": named(conclusion[3]), "verdict": _words(conclusion[4])}
    return {"outcomes": [outcome]}


def _matrix(cut: list[Row], named: Named) -> Document:
    """The titles of the cells of a picture and of the grid of the explorer."""
    found = []
    for row in cut:
        for text in (row.text, *row.cells.values()):
            drawn = re.match(r"(?:.+ · )?(RP\d\d) .*?: (.*)", text)
            if drawn and (status := _STATUS.match(drawn[2])):
                by = re.match(r"\w+,? by ([^,]*)", drawn[2])
                found.append(_route(drawn[1], status[1], by[1] if by else "", drawn[2], named))
        for title, sign in row.cells.items():
            if re.fullmatch(r"\d\d", title) and (status := _SIGNS.get(sign.rstrip("*"))):
                by = row.cells["regimen"] if status == "broken" else ""
                found.append({"route": f"RP{title}", "status": status, "by": _together(by, named), "verdict": []})
        if alike := re.match(r"(\w+) under all: (.+)", row.text):
            found += [{"route": r, "status": alike[1], "by": [], "verdict": []} for r in _ROUTE.findall(alike[2])]
    return {"routes": found}


_PAGES: Mapping[str, Callable[[list[Row], Named], Document]] = {
    "breaks": _breaks, "assess": _assess, "report": _assess, "escapes": _escapes, "evidence": _evidence,
    "show": _show, "combine": _combine, "explain": _explain, "matrix": _matrix,
}  # fmt: skip


# --- records ----------------------------------------------------------------------------------------------------------


def _records(command: str, cut: list[Row], _named: Named) -> Document:
    """The rows of CSV and TSV; they hold names."""
    cells = [dict(row.cells) for row in cut]
    if command in ("assess", "explain"):
        return _sections(cells)
    if command == "show":
        told = {key: [row["value"] for row in cells if row["section"] == key] for key in ("asserted", "inferred")}
        return {"id": next(row["value"] for row in cells if row["section"] == "id"), **told}
    if command == "matrix":
        return {"routes": [{**row, "by": _listed(row["by"]), "verdict": _words(row["verdict"])} for row in cells]}
    if command == "combine":
        return {
            "regimens": [{"agents": row["agents"].split("; ")} for row in cells if row["section"] == "regimens"],
            "uncovered": [row["text"] for row in cells if row["section"] == "uncovered"],
        }
    listed = ("if", "evidence", "against")
    answers = [row | {key: _listed(row[key]) for key in listed if key in row} for row in cells]
    return {"answers": answers, "verdict": "reported" if answers else "not_derived"}


def _listed(text: str) -> list[str]:
    return [item for item in re.split(r"; | \| ", text) if item]


def _sections(cells: Iterable[Mapping[str, str]]) -> Document:
    found: Document = {"outcomes": [], "routes": [], "activities": []}
    for row in cells:
        words = _words(row.get("verdict", ""))
        if row["section"] == "outcome":
            found["outcomes"].append({"outcome": row["name"], "subject": row["subject"], "verdict": words})
        elif row["section"] == "route":
            by = _listed(row["by"])
            found["routes"].append({"route": row["name"], "status": row["result"], "by": by, "verdict": words})
        elif row["section"] == "activity":
            before, _, after = row["result"].partition(" -> ")
            partial = str("partly" in row["detail"])
            found["activities"].append({"activity": row["name"], "before": before, "after": after, "partial": partial})
    return found


def _of_json(command: str, document: Document) -> Document:
    """A document as it is, its words beside each other as on a page; that of a report is inside it."""
    if command == "report":
        return _of_json("assess", document["assess"])
    if command == "matrix":
        return {"routes": [{**route, "by": _by(route)} for row in document["answers"] for route in row["routes"]]}
    if command == "explain":
        outcome, _, subject = document["conclusion"].removesuffix(")").partition("(")
        document = {"outcomes": [{**document, "outcome": outcome, "subject": subject.rpartition(", ")[2]}]}
    for rows_of in ("answers", "outcomes", "routes"):
        for entry in document.get(rows_of, []):
            if isinstance(entry, dict) and isinstance(entry.get("patients"), dict):
                elsewhere = (entry["elsewhere"], entry["patients"]["elsewhere"])
                words = (entry["verdict"], entry["patients"]["verdict"], *elsewhere)
                entry["verdict"] = [word for word in words if word]
    return document


def _by(route: Mapping[str, Any]) -> list[str]:
    return ["+".join(agents) for agents in route["by"]]


def _query(cut: Iterable[Row]) -> Document:
    """The rows of a query as bindings."""
    bindings = [{name: {"value": value} for name, value in row.cells.items() if value} for row in cut if row.cells]
    return {"results": {"bindings": bindings}}


def everything(form: str, printed: str) -> Iterator[str]:
    """Every line and cell of a page, each whole."""
    for row in rows(form, printed):
        yield row.text
        yield from row.cells.values()
