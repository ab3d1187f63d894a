"""Reads specifications (see README.md), asks their questions and compares the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reasoner.answers.assess import assess
from reasoner.asking.requests import ScenarioRequest
from reasoner.errors import DislodgeError
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.model.rule import Rule
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped
from tests.properties.random_knowledge import shipped_rule_list

MODULES = sorted(shipped("ontology").glob("modules/*.ttl"))
#: Where a question is asked unless its row says otherwise.
CELL, DISEASE = "stemX", "dysA"
#: What a row expects of a question that is none.
REFUSED = ("refused",)
_PREFIX = "@prefix : <https://w3id.org/dislodge#> .\n"
_BLOCK = re.compile(r"```turtle\n(.*?)```", re.DOTALL)
_CELL = re.compile(r"cell (\S+)")
_DISEASE = re.compile(r"in (\S+)")
_CLONE = re.compile(r"clone (\S+)")

Document = dict[str, Any]


class Row(NamedTuple):
    """A question and what must be answered: agents, place, expectations."""

    agents: tuple[str, ...]
    cell: str
    disease: str
    states: tuple[str, ...]
    expected: tuple[str, ...]
    clones: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        place = " ".join((self.cell, self.disease, *self.states, *map(str, self.clones)))
        return f"{'+'.join(self.agents) or 'untreated'} at {place}"


class Case(NamedTuple):
    """One reading of what is stated: its title, all its facts, its questions."""

    file: str
    title: str
    facts: str
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


def read_cases(path: Path) -> list[Case]:
    """The cases of a specification; the facts before the first case belong to each of them."""
    ground, *sections = re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))
    common = "".join(_BLOCK.findall(ground))
    return [_case(path.stem, common, section) for section in sections]


def _case(file: str, common: str, section: str) -> Case:
    title = section.partition("\n")[0].strip()
    rows = [line for line in section.splitlines() if line.startswith("|")]
    head, _, *body = rows
    assert _cells(head) == ["agents", "where", "answer"], f"{file}: {title}: {head}"
    return Case(file, title, _PREFIX + common + "".join(_BLOCK.findall(section)), tuple(map(_row, body)))


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]


def _row(line: str) -> Row:
    agents, where, answer = _cells(line)
    place = [word.strip() for word in where.split(",") if word.strip()]
    cell = next((m[1] for word in place if (m := _CELL.fullmatch(word))), CELL)
    disease = next((m[1] for word in place if (m := _DISEASE.fullmatch(word))), DISEASE)
    states = tuple(word for word in place if " " not in word)
    clones = tuple(() if m[1] == "none" else tuple(m[1].split("+")) for word in place if (m := _CLONE.fullmatch(word)))
    expected = tuple(text.strip() for text in answer.split(",") if text.strip())
    return Row(tuple(agents.split("+")) if agents else (), cell, disease, states, expected, clones)


# --- asking -----------------------------------------------------------------------------------------------------------


@cache
def _rules() -> list[Rule]:
    return shipped_rule_list()


def answers(case: Case, folder: Path) -> Iterator[tuple[Row, Document | DislodgeError]]:
    """Each question with the document that answers it, or the error that refuses it."""
    facts = folder / "facts.ttl"
    facts.write_text(case.facts, encoding="utf-8")
    kb = Reasoned(StatedKnowledge(read_ontology([*MODULES, facts]), _rules(), "ab" * 32))
    for row in case.rows:
        request = ScenarioRequest(row.cell, row.disease, row.states, clones=row.clones)
        try:
            yield row, assess(kb, row.agents, request)
        except DislodgeError as error:
            yield row, error


# --- comparing --------------------------------------------------------------------------------------------------------


def misses(row: Row, found: Document | DislodgeError) -> list[str]:
    """What the answer does not say though it must, each with what it says instead."""
    if isinstance(found, DislodgeError):
        return [] if row.expected == REFUSED else [f"{row}: refused: {found}"]
    return [f"{row}: not {text!r}, {_told(found)}" for text in row.expected if not _holds(text, found)]


def _holds(text: str, document: Document) -> bool:
    match text.split():
        case [name, *rest] if name.endswith(":"):
            clone = next(clone for clone in document["clones"] if clone["clone"] == name[:-1])
            return _holds(" ".join(rest), {**document, **clone})
        case ["refused"]:
            return False
        case ["no", "hazard", hazard]:
            return not _hazard(document, hazard)
        case ["hazard", hazard]:
            return _hazard(document, hazard)
        case ["no", "analogy", route]:
            return not _analogy(document, route)
        case ["analogy", route]:
            return _analogy(document, route)
        case ["killer", agent]:
            return agent in document["killers"]
        case [agent, "defeated"]:
            return agent not in document["killers"] and agent in _defeated(document)
        case [agent, "defeated", "by", lesion]:
            return agent not in document["killers"] and _defeated(document).get(agent) == lesion
        case [agent, "idle", "by", cause]:
            return _idle(document).get(agent) == cause
        case [agent, "not", "idle"]:
            return agent not in _idle(document)
        case [function, "kept"]:
            return all(row["function"] != function for row in document["harms"])
        case [function, "lost" | "touched" as extent, *rest]:
            return any(
                row["function"] == function and row["extent"] == extent and _decided(row["sets"], rest)
                for row in document["harms"]
            )
        case [route, "not", "narrowed"]:
            return not _route(document, route)["narrowed_by"]
        case [route, "not", "open"]:
            return _route(document, route)["status"] not in ("open", "opened")
        case [route, "narrowed", *rest]:
            row = _route(document, route)
            return bool(row["narrowed_by"]) and _decided(row["narrowed_by"], rest)
        case [route, status, *rest]:
            row = _route(document, route)
            return bool(row["status"] == status) and _decided(row["by"], rest)
    raise ValueError(f"no expectation: {text!r}")


def _decided(groups: list[list[str]], words: list[str]) -> bool:
    """Whether the sets of agents are those of ``by A+B or C``; anything goes where nothing is said."""
    if not words:
        return True
    said = " ".join(words).removeprefix("by ").split(" or ")
    return sorted(sorted(group) for group in groups) == sorted(sorted(group.split("+")) for group in said)


def _route(document: Document, name: str) -> Document:
    """The row of a route; one that is not answered at all has no status."""
    rows: list[Document] = [row for row in document["routes"] if row["route"] == name]
    return rows[0] if rows else {"status": None, "by": [], "narrowed_by": []}


def _hazard(document: Document, name: str) -> bool:
    return any(row["hazard"] == name for row in document["hazards"])


def _analogy(document: Document, route: str) -> bool:
    return any(row["route"] == route for row in document["analogies"])


def _defeated(document: Document) -> dict[str, str]:
    return {row["agent"]: row["by"] for row in document["defeated"]}


def _idle(document: Document) -> dict[str, str]:
    return {row["agent"]: row["by"] for row in document["kept_from_acting"]}


def _told(document: Document) -> str:
    """What an answer says, on one line."""
    routes = [
        f"{row['route']} {row['status']}{' by ' + str(row['by']) if row['by'] else ''}"
        f"{' narrowed by ' + str(row['narrowed_by']) if row['narrowed_by'] else ''}"
        for row in document["routes"]
    ]
    rest = [
        *(f"killer {agent}" for agent in document["killers"]),
        *(f"{agent} defeated by {lesion}" for agent, lesion in _defeated(document).items()),
        *(f"{agent} idle by {cause}" for agent, cause in _idle(document).items()),
        *(f"{row['function']} {row['extent']}" for row in document["harms"]),
        *(f"hazard {row['hazard']}" for row in document["hazards"]),
    ]
    return "but " + ", ".join([*routes, *rest])
