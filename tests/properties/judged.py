"""What the laws of verdicts read: what every command says of a regimen, and the rows that conclude something."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import jsonschema
from hypothesis import HealthCheck, settings

from reasoner.answers.assess import assess
from reasoner.answers.breaks import breaks
from reasoner.answers.combine import combine
from reasoner.answers.compare import compare
from reasoner.answers.escapes import escapes
from reasoner.answers.explain import explain
from reasoner.answers.matrix import matrix
from reasoner.answers.robustness import robustness
from reasoner.answers.why_not import why_not
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from reasoner.model.documents.words import Elsewhere, Nearness, Verdict
from reasoner.views import schemas
from tests.properties.random_evidence import (
    AGENTS,
    CLASS,
    World,
)

Row = dict[str, Any]
Regimen = tuple[str, ...]

#: How many examples each property draws, where somebody says so.
EXAMPLES = int(os.environ.get("DISLODGE_EXAMPLES", "0"))
WORDS = frozenset(get_args(Verdict))
AFTER = frozenset({*get_args(Elsewhere), None})
SCOPES = frozenset(get_args(Nearness))
SIDES = ("for", "against", "for_elsewhere", "against_elsewhere")
#: Words that say that a regimen was shown to do it.
SHOWN_HERE = frozenset({"supported", "contested"})
#: What a regimen does to a route, by its status.
CLOSING = {"broken": "breaksRoute", "opened": "opensRoute", "rebounds": "reboundsRoute"}


def of_examples(number: int) -> settings:
    """The same examples in each run, unless very many are asked for."""
    checks = list(HealthCheck)
    if EXAMPLES:
        return settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=checks, database=None)
    return settings(max_examples=number, derandomize=True, deadline=None, suppress_health_check=checks)


@cache
def _validator(command: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schemas.schema(command))


def fitting(document: Any) -> Any:
    """The document, which fits its schema."""
    _validator(document["command"]).validate(document)
    return document


def assessed(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> Any:
    return assess(kb, regimen, request)


def judged_rows(document: Any) -> Iterator[tuple[str, Row]]:
    """Every row of a document that concludes something, with where it stands."""
    command = document["command"]
    for key in ("outcomes", "routes", "hazards", "harms", "analogies") if command == "assess" else ():
        yield from ((f"{command}.{key}", row) for row in document[key])
    for step in document["steps"] if command == "assess" else ():
        yield from ((f"{command}.steps.{key}", row) for key in ("outcomes", "hazards") for row in step[key])
    if command in ("breaks", "escapes", "robustness"):
        yield from ((command, row) for row in document["answers"])
    for row in document["answers"] if command == "escapes" else ():
        yield from ((f"escapes.{key}", own) for key in ("closers", "unnamed") for own in row[key])
    for row in document["completion"]["completers"] if command == "escapes" else ():
        yield from (("escapes.completion", own) for own in row["closing"])
    for row in document["answers"] if command == "matrix" else ():
        yield from (("matrix", cell) for cell in row["routes"])
    for answer in document["answers"] if command == "compare" else ():
        # What would hold by analogy is not set side by side.
        yield from ((where, row) for where, row in judged_rows(answer) if "analogies" not in where)
    for key in ("regimens", "front") if command == "combine" else ():
        for row in document[key]:
            yield from ((f"combine.{key}.closing", own) for own in row["closing"])
    if command in ("explain", "why-not", "robustness"):
        yield command, document


def row_of(document: Any, key: str, name: str) -> Row | None:
    """The row of an outcome, a hazard or a route."""
    return next((row for row in document[f"{key}s"] if row[key] == name), None)


def opposing(document: Any, predicate: str) -> set[str]:
    """The claims that a document tells as speaking against an outcome, here or elsewhere, or as reported."""
    row = row_of(document, "outcome", predicate)
    own = (*row["against"], *row["against_elsewhere"]) if row else ()
    reported = (claim["claim"] for row in document["reported"] for claim in row["claims"])
    return {*own, *reported}


def worth_of(row: Row) -> tuple[Any, ...]:
    """What must be the same of one conclusion wherever it is told."""
    patients = (row["patients"]["verdict"], row["patients"]["elsewhere"])
    return (row["verdict"], row["elsewhere"], patients, *(frozenset(row[side]) for side in SIDES))


def regimens_of(world: World) -> list[Regimen]:
    """The regimen that is asked about, its parts, and each agent alone."""
    parts = [tuple(a for a in world.regimen if a != left) for left in world.regimen] if len(world.regimen) > 1 else []
    return list(dict.fromkeys([world.regimen, *parts, *((agent,) for agent in (*AGENTS, CLASS))]))


def documents(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> Iterator[Any]:
    """What every command says of a regimen at a place, and of what else could be given there."""
    whole = assessed(kb, regimen, request)
    yield whole
    yield breaks(kb, request)
    yield combine(kb, replace(request, background=regimen[:1]), Wish(max_size=2))
    yield escapes(kb, regimen, request)
    yield matrix(kb, [(regimen, request)], request)
    yield compare(kb, [(regimen, request), ((), request)])
    yield assessed(kb, regimen[-1:], replace(request, earlier=(regimen[:1],)))
    for row in whole["outcomes"]:
        asked = Conclusion(row["outcome"], (row["subject"],), regimen)
        for command in (explain, why_not):
            yield command(kb, asked, request)
    for row in whole["outcomes"][:1]:
        yield robustness(kb, Conclusion(row["outcome"], (row["subject"],), regimen), request, largest=0)
    for row in whole["routes"]:
        yield explain(kb, Conclusion("status", (row["route"],)), replace(request, background=regimen))
