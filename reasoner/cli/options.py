"""Options that commands share, and the wrapper that turns a document into output and an exit code."""

from __future__ import annotations

from functools import wraps
from typing import Any

import click

from reasoner.cli.loading import Command, loading
from reasoner.cli.session import Places, Session
from reasoner.views.documents import FORMS, PICTURES
from reasoner.views.words import RESEARCH_USE

_SCENARIO = (
    click.option("--cell", metavar="CELL", help="The cell that the question is about."),
    click.option("--disease", metavar="DISEASE", help="The disease; default: the cell's own."),
    click.option(
        "--state", "states", multiple=True, metavar="STATE", help="A lesion, phase or treatment state; repeatable."
    ),
    click.option(
        "--clone",
        "clones",
        multiple=True,
        metavar="STATE+…",
        help="A clone by its own states, or none; repeatable.",
    ),
    click.option(
        "--with-agent", "background", multiple=True, metavar="AGENT", help="An agent given beforehand; repeatable."
    ),
)

by_analogy = click.option(
    "--by-analogy/--no-by-analogy", default=True, help="Show rows that rest on another disease or cell [shown]."
)


def examples(*lines: str) -> str:
    """The foot of a command's help: examples, then the research-use line."""
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\nExamples:\n{shown}\n\n{RESEARCH_USE}"


def scenario(function: Command) -> Command:
    """Add the options of a scenario."""
    for option in reversed(_SCENARIO):
        function = option(function)
    return function


def answering(function: Command) -> Command:
    """Add the shared options; call with a :class:`Session`, print the document, leave with its exit code."""
    return _answering(function, FORMS)


def reporting(function: Command) -> Command:
    """As :func:`answering`, for what looks at files as they are: nothing can be supposed."""
    return _answering(function, FORMS, supposing=False)


def drawing(function: Command) -> Command:
    """As :func:`answering`, with pictures among the formats."""
    return _answering(function, (*FORMS, *PICTURES))


def _answering(function: Command, forms: tuple[str, ...], *, supposing: bool = True) -> Command:
    @wraps(function)
    def call(session: Session, **words: Any) -> int:
        if session.scenario:
            names = ("cell", "disease", "states", "clones", "background")
            words["scenario"] = Places(**{name: words.pop(name) for name in names})
        return session.finish(function(session, **words))

    return loading(forms, "table", supposing=supposing)(call)
