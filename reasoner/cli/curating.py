"""Options of the commands that curators use: which knowledge base they read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from reasoner.cli.session import Session

Command = Callable[..., Any]
_PATH = click.Path(path_type=Path)
_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--ontology", type=_PATH, multiple=True, metavar="PATH", help="Replace the shipped facts; repeatable."
    ),
    click.option("--with", "extra", type=_PATH, multiple=True, metavar="PATH", help="Add facts; repeatable."),
    click.option("--rules", type=_PATH, multiple=True, metavar="PATH", help="Add rules; repeatable."),
    click.option("--no-rules", is_flag=True, help="Leave the rules out."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
)


def knowledge(function: Command) -> Command:
    """Add the options that choose a knowledge base; call with a :class:`Session`."""

    @wraps(function)
    def call(**words: Any) -> Any:
        words.pop("debug")
        session = Session(
            ontology=words.pop("ontology"),
            extra=words.pop("extra"),
            rules=words.pop("rules"),
            use_rules=not words.pop("no_rules"),
        )
        return function(session, **words)

    wrapped: Command = call
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def emit(*texts: tuple[str, Path | None]) -> None:
    """Write each text to its file, all of them or none, and to standard output those that have none."""
    files = {path: text for text, path in texts if path is not None and str(path) != "-"}
    if files:
        from reasoner.writing.whole_file import write_all

        write_all(files)
    for text, path in texts:
        if path not in files:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8"))  # an ontology is UTF-8 whatever the terminal is
            sys.stdout.buffer.flush()
