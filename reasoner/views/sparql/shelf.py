"""The query library as a list."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from reasoner.views.blocks import Heading, Line
from reasoner.views.look import Look
from reasoner.views.sparql.library import Shipped, library


class Shelf(NamedTuple):
    """That the library is asked for."""


_KEYS = ("name", "title", "description", "parameters")


def shelf(form: str, look: Look) -> str:
    """Every shipped query with title, description and parameters, as a page, JSON, CSV or TSV."""
    entries = [entry(query) for query in library().values()]
    if form == "json":
        return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    if form in ("csv", "tsv"):
        from reasoner.views.records import delimited

        rows = [{**e, "parameters": [p["name"] for p in e["parameters"]]} for e in entries]
        return delimited(_KEYS, rows, "," if form == "csv" else "\t")
    from reasoner.views.text import as_text

    page: list[Heading | Line] = [Heading(f"{len(entries)} queries: dislodge sparql --name NAME", level=1)]
    for query in library().values():
        page.append(Line(f"{query.name}: {query.title}", "strong", indent=2, hang=2))
        page.append(Line(query.description, indent=6))
        page += [Line(_parameter(p), "soft", indent=6, hang=2) for p in entry(query)["parameters"]]
    return as_text(page, look)


def entry(query: Shipped) -> dict[str, Any]:
    """A query for lists: everything but its text."""
    parameters = [
        {"name": p.name, "kind": p.kind, "default": p.default, "meaning": p.meaning} for p in query.parameters
    ]
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "parameters": parameters,
    }


def _parameter(parameter: dict[str, Any]) -> str:
    return f"-p {parameter['name']}={parameter['default'] or '…'}  {parameter['meaning']} ({parameter['kind']})"
