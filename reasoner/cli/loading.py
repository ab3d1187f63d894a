"""Options of every command that asks the knowledge base: which knowledge, what is supposed, where to, in which form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from reasoner.cli.session import Session
from reasoner.cli.supposing import SUPPOSING, supposed
from reasoner.errors import BudgetError
from reasoner.model.budget import budget_of

Command = Callable[..., Any]
_PATH = click.Path(path_type=Path)

_KNOWLEDGE = (
    click.option(
        "--ontology", type=_PATH, multiple=True, metavar="PATH", help="Replace the shipped facts; repeatable."
    ),
    click.option("--with", "extra", type=_PATH, multiple=True, metavar="PATH", help="Add facts; repeatable."),
    click.option("--rules", type=_PATH, multiple=True, metavar="PATH", help="Add rules; repeatable."),
    click.option("--no-rules", is_flag=True, help="Leave the rules out: asserted facts only."),
    click.option("--budget", multiple=True, metavar="N|TIME", help="Bindings of rules, time (30s); repeatable."),
    click.option("--no-color", is_flag=True, help="No colour, also on a terminal."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
)


def loading(forms: Sequence[str] = (), default: str = "", *, supposing: bool = False) -> Callable[[Command], Command]:
    """Add the options of the knowledge, and of the output where there are ``forms``; call with a :class:`Session`.

    With ``json`` among the forms there is ``--json`` too; ``supposing`` adds the options of what-if.
    """
    options = [*(SUPPOSING if supposing else ()), *_KNOWLEDGE]
    if forms:
        chosen = f" [{default}]" if default else ""
        choice = click.option("--format", "form", type=click.Choice(forms), help=f"How to write the answer{chosen}.")
        target = click.option("-o", "output", type=_PATH, metavar="FILE", help="Write to a file, whole or not at all.")
        options = [choice, target, *options]
    if "json" in forms:
        options.insert(0, click.option("--json", "as_json", is_flag=True, help="Short for --format json."))

    def decorate(function: Command) -> Command:
        @wraps(function)
        def call(**words: Any) -> Any:
            session = _session(words, default)
            session.check_output()
            try:
                return function(session, **words)
            except BudgetError as error:
                session.cut_short(click.get_current_context().info_name or "", error)
                raise
            except KeyboardInterrupt:
                raise click.Abort from None
            finally:
                session.progress.wipe()

        decorated: Command = call
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def _session(words: dict[str, Any], default: str) -> Session:
    form = words.pop("form", None)
    if words.pop("as_json", False):
        if form not in (None, "json"):
            raise click.UsageError(f"--json and --format {form} exclude each other.")
        form = "json"
    words.pop("debug")
    return Session(
        form=form or default,
        output=words.pop("output", None),
        ontology=words.pop("ontology"),
        extra=words.pop("extra"),
        rules=words.pop("rules"),
        named=tuple(_paths(words.values())),
        use_rules=not words.pop("no_rules"),
        budget=budget_of(words.pop("budget")),
        colour=not words.pop("no_color"),
        suppose=supposed(words),
        scenario="states" in words or bool(words.get("regimens")),
    )


def _paths(values: Iterable[Any]) -> Iterator[Path]:
    """The files that a command's own arguments and options name."""
    for value in values:
        yield from (path for path in (value if isinstance(value, tuple) else (value,)) if isinstance(path, Path))
