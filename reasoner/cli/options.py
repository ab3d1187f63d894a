"""The options of a command: the parameters of its question, and those that every command has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reasoner.asking.parameter import FLAG, TARGET, AnswerForm, Choice, File, Number, Parameter
from reasoner.asking.question import Question

_PATH = click.Path(path_type=Path)
_FILES = {"type": _PATH, "multiple": True, "metavar": "PATH"}
_KNOWLEDGE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--ontology", {**_FILES, "help": "Replace the shipped facts; repeatable."}),
    ("--with", {**_FILES, "help": "Add facts; repeatable."}),
    ("--rules", {**_FILES, "help": "Add rules; repeatable."}),
    ("--no-rules", {"is_flag": True, "help": "Leave the rules out: asserted facts only."}),
    ("--budget", {"multiple": True, "metavar": "N|TIME", "help": "Bindings of rules, time (30s); repeatable."}),
    ("--no-color", {"is_flag": True, "help": "No colour, also on a terminal."}),
    ("--debug", {"is_flag": True, "help": "Show the traceback of an error."}),
)  # fmt: skip


def of(question: Question) -> list[click.Parameter]:
    """Every argument and option of the command of a question; the names of the shared ones begin with ``_``."""
    own = [parameter for parameter in question.parameters if not isinstance(parameter.kind, AnswerForm)]
    return [*map(_own, own), *_told(question), *map(_own, question.supposed), *_knowledge()]


def _own(parameter: Parameter) -> click.Parameter:
    """A parameter of the question."""
    if parameter.positional:
        return click.Argument(
            [parameter.name],
            type=_type(parameter),
            nargs=-1 if parameter.many else 1,
            required=parameter.needed,
            metavar=parameter.metavar or None,
            shell_complete=_completed(parameter),
        )
    if parameter.kind is FLAG:
        both = f"{parameter.spelling}/--no-{parameter.spelling[2:]}" if parameter.default else parameter.spelling
        return click.Option([both, parameter.name], is_flag=True, default=bool(parameter.default), help=parameter.help)
    return click.Option(
        [parameter.spelling, parameter.name],
        type=_type(parameter),
        multiple=parameter.many,
        default=None if parameter.many else parameter.default,
        metavar=parameter.metavar or None,
        help=parameter.help,
        shell_complete=_completed(parameter),
    )


def _type(parameter: Parameter) -> click.ParamType[Any] | None:
    kind = parameter.kind
    if isinstance(kind, Choice):
        return click.Choice(kind.words)
    if isinstance(kind, Number):
        return (
            click.IntRange(int(kind.least), int(kind.most)) if kind.whole else click.FloatRange(kind.least, kind.most)
        )
    if isinstance(kind, File):
        return click.Path(exists=kind.there, dir_okay=kind.folder, path_type=Path)
    return click.Path(dir_okay=False, path_type=Path) if kind is TARGET else None


def _completed(parameter: Parameter) -> Any:
    """What a shell offers for a parameter: the names of the shipped knowledge that it may be."""

    def complete(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        from reasoner.cli.completing import beginning_with

        return beginning_with(parameter.kind, begun)

    plain = isinstance(parameter.kind, Choice | Number | File) or parameter.kind is TARGET
    return None if plain else complete


def _told(question: Question) -> Iterator[click.Parameter]:
    """How and where the answer is written."""
    forms = question.forms
    if not forms:
        return
    if "json" in forms:
        yield click.Option(["--json", "_json"], is_flag=True, help="Short for --format json.")
    if len(forms) > 1:
        usual = f"by the file's ending, {forms[0]}" if question.by_ending else forms[0]
        yield click.Option(["--format", "_form"], type=click.Choice(forms), help=f"How to write the answer [{usual}].")
    yield click.Option(["-o", "_output"], type=_PATH, metavar="FILE", help="Write to a file, whole or not at all.")


def _knowledge() -> Iterator[click.Parameter]:
    """Which knowledge is asked, and what it may take."""
    for spelling, words in _KNOWLEDGE:
        yield click.Option([spelling, f"_{spelling[2:].replace('-', '_')}"], **words)
