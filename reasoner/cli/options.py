"""Options that commands share, and the wrapper that turns a document into output and an exit code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from reasoner.cli.session import Places, Session
from reasoner.cli.supposing import SUPPOSING, supposed
from reasoner.views.documents import FORMS, PICTURES
from reasoner.views.words import RESEARCH_USE

Command = Callable[..., Any]
_PATH = click.Path(path_type=Path)

_SHARED = (
    click.option("-o", "output", type=_PATH, metavar="FILE", help="Write to a file, whole or not at all."),
    click.option(
        "--ontology", type=_PATH, multiple=True, metavar="PATH", help="Replace the shipped facts; repeatable."
    ),
    click.option("--with", "extra", type=_PATH, multiple=True, metavar="PATH", help="Add facts; repeatable."),
    click.option("--rules", type=_PATH, multiple=True, metavar="PATH", help="Add rules; repeatable."),
    *SUPPOSING,
    click.option("--no-rules", is_flag=True, help="Leave the rules out: asserted facts only."),
    click.option("--no-color", is_flag=True, help="No colour, also on a terminal."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
)
_SCENARIO = (
    click.option("--cell", metavar="CELL", help="The cell that the question is about."),
    click.option("--disease", metavar="DISEASE", help="The disease; default: the cell's own."),
    click.option(
        "--state", "states", multiple=True, metavar="STATE", help="A lesion, phase or treatment state; repeatable."
    ),
    click.option(
        "--with-agent", "background", multiple=True, metavar="AGENT", help="An agent given beforehand; repeatable."
    ),
)

by_analogy = click.option(
    "--by-analogy/--no-by-analogy", default=True, help="Show rows that rest on another disease or cell [shown]."
)


def _form(forms: tuple[str, ...]) -> tuple[Callable[[Command], Command], ...]:
    return (
        click.option("--json", "as_json", is_flag=True, help="Short for --format json."),
        click.option("--format", "form", type=click.Choice(forms), help="How to print the answer [table]."),
    )


def examples(*lines: str) -> str:
    """The foot of a command's help: examples, then the research-use line."""
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\nExamples:\n{shown}\n\n{RESEARCH_USE}"


def scenario(function: Command) -> Command:
    """Add the options of a scenario."""
    return _with(function, _SCENARIO)


def answering(function: Command) -> Command:
    """Add the shared options; call with a :class:`Session`, print the document, leave with its exit code."""
    return _answering(function, FORMS)


def drawing(function: Command) -> Command:
    """As :func:`answering`, with pictures among the formats."""
    return _answering(function, (*FORMS, *PICTURES))


def _answering(function: Command, forms: tuple[str, ...]) -> Command:
    @wraps(function)
    def call(**words: Any) -> int:
        session = _session(words)
        if session.scenario:
            names = ("cell", "disease", "states", "background")
            words["scenario"] = Places(**{name: words.pop(name) for name in names})
        try:
            return session.finish(function(session, **words))
        except KeyboardInterrupt:
            raise click.Abort from None

    return _with(call, (*_form(forms), *_SHARED))


def _session(words: dict[str, Any]) -> Session:
    form = words.pop("form")
    if words.pop("as_json"):
        if form not in (None, "json"):
            raise click.UsageError(f"--json and --format {form} exclude each other.")
        form = "json"
    words.pop("debug")
    return Session(
        form=form or "table",
        output=words.pop("output"),
        ontology=words.pop("ontology"),
        extra=words.pop("extra"),
        rules=words.pop("rules"),
        use_rules=not words.pop("no_rules"),
        colour=not words.pop("no_color"),
        suppose=supposed(words),
        scenario="states" in words,
    )


def _with(function: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        function = option(function)
    return function
