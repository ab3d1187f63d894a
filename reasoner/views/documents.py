"""One document in any of the formats that a command offers."""

from __future__ import annotations

import json
from importlib import import_module
from types import ModuleType
from typing import Any

from reasoner.views.look import Look

FORMS = ("table", "json", "csv", "tsv", "md")
#: What a command that draws offers besides.
PICTURES = ("svg", "html")
_PAGES = {
    "why-not": "why_not", "list": "listing", "show": "entry", "rules": "rule_list", "rules-pull": "rules_pull",
    "template-import": "template_import",
}  # fmt: skip


def render(document: dict[str, Any], form: str, look: Look) -> str:
    """The document as text in one of :data:`FORMS` or :data:`PICTURES`, ending in a line break."""
    if form == "json":
        return json_text(document)
    page = page_of(document)
    if form in PICTURES:
        return str(getattr(page, form)(document, look))
    if form in ("csv", "tsv"):
        from reasoner.views.records import delimited

        keys, rows = page.rows(document)
        return delimited(keys, rows, "," if form == "csv" else "\t")
    if form == "md":
        from reasoner.views.markdown import as_markdown

        return as_markdown(page.blocks(document, look))
    from reasoner.views.text import as_text

    return as_text(page.blocks(document, look), look)


def json_text(document: dict[str, Any]) -> str:
    """The document as JSON: keys sorted, text in its own letters, one line break at the end."""
    from reasoner.views.controls import escaped

    return escaped(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def remarks(document: dict[str, Any]) -> list[str]:
    """Why a document holds no answers, one sentence a reason."""
    return [reason.get("text", "") for reason in document.get("reasons", []) if reason.get("text")]


def page_of(document: dict[str, Any]) -> ModuleType:
    """The module that knows how a document of this command is shown: its ``blocks`` and its ``rows``."""
    command = document["command"]
    return import_module(f"reasoner.views.pages.{_PAGES.get(command, command)}")
