"""From a question to its command: options to answers to views."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import click

from reasoner.asking.question import Question
from reasoner.cli import options
from reasoner.cli.interrupting import searching
from reasoner.cli.session import Session
from reasoner.cli.telling import tell_answer
from reasoner.errors import BudgetError
from reasoner.questions import GROUPS, TABLE, question
from reasoner.views.words import RESEARCH_USE


def command(name: str) -> click.Command:
    """The command of a name in :data:`~reasoner.questions.TABLE`."""
    return _group(name) if name in GROUPS else _command(question(name))


def _command(asked: Question) -> click.Command:
    def run(**words: Any) -> int:
        return _run(asked, words)

    return click.Command(
        asked.name.split()[-1],
        callback=run,
        params=options.of(asked),
        help=inspect.cleandoc(asked.help),
        short_help=TABLE[asked.name],
        epilog=_examples(asked.examples),
    )


def _group(name: str) -> click.Group:
    """A group of the questions whose names begin with this one."""
    from importlib import import_module

    about = import_module(f"reasoner.questions.{name}")

    @click.pass_context
    def run(ctx: click.Context) -> None:
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())

    return click.Group(
        name,
        commands=[_command(question(other)) for other in TABLE if other.startswith(f"{name} ")],
        callback=run,
        invoke_without_command=True,
        help=inspect.cleandoc(about.HELP),
        epilog=_examples(about.EXAMPLES),
    )


def _examples(lines: tuple[str, ...]) -> str:
    """The foot of a command's help: examples, then the research-use line."""
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\nExamples:\n{shown}\n\n{RESEARCH_USE}"


def _run(asked: Question, words: Mapping[str, Any]) -> int:
    """Ask the question, and tell the answer; the exit code."""
    values = {parameter.name: words.get(parameter.name) for parameter in asked.parameters}
    for parameter in asked.parameters:
        if parameter.many and parameter.least > 1 and len(values[parameter.name] or ()) < parameter.least:
            raise click.UsageError(f"{asked.name} takes {parameter.least} {parameter.name} or more.")
    session = Session.of(asked, words)
    if asked.takes("form"):
        values["form"] = session.form
    session.check_outputs(values)
    try:
        return tell_answer(session, _answer(asked, session, values))
    except BudgetError as error:
        session.cut_short(error)
        raise
    except KeyboardInterrupt:
        raise click.Abort from None
    finally:
        session.progress.wipe()


def _answer(asked: Question, session: Session, values: Mapping[str, Any]) -> Any:
    """What the question answers with; a search can be told to end with what it found."""
    from reasoner.asking.arguments import answered
    from reasoner.cli.failures import tell

    more = {"tell": tell} if asked.takes("tell") else {}
    if not asked.takes("stop"):
        return answered(asked, session.sources, values, **more)
    with searching(asked.search, session.sources.meter) as stop:
        return answered(asked, session.sources, values, stop=stop, **more)
