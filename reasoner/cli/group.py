"""The group ``dislodge``: commands are imported when they are called, so that each starts fast."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import Any

import click

from reasoner.cli.failures import HintedUsage, run
from reasoner.cli.streams import mend_closed
from reasoner.questions import commands
from reasoner.resources import unpacked
from reasoner.version import __version__

#: When to look for garbage: a command makes a hundred thousand things that all last until its end.
_COLLECTIONS = (200_000, 20, 100)

EPILOG = """\b
Examples:
  dislodge breaks --route RP06 --state CML_chronic_phase
  dislodge assess imatinib plerixafor --cell CML_LSC
  dislodge explain 'sensitises(plerixafor+imatinib, CML_LSC)'

\b
Exit codes: 0 answered; 1 answered, and it does not hold
(explain, robustness, check, format --check, diff --exit-code);
2 wrong input; 3 cut short by a limit, an interruption, a full
disk or a closed output; 4 the program is at fault.

For research use only: not medical advice, not a medical product."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and line of help, and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help text."""
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command from its question."""
        if cmd_name not in commands():
            return None
        from reasoner.cli.commands import command

        return command(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of the help text without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(commands().items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is refused with the nearest names."""
        if args and args[0] not in commands() and not args[0].startswith("-"):
            from reasoner.model.names import did_you_mean, nearest

            hint = did_you_mean(nearest(args[0], commands()), f"commands: {', '.join(commands())}")
            raise HintedUsage(f"No such command {args[0]!r}.", hint, ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, turn every failure into one line, a hint and an exit code, and leave with that code."""
        words = list(sys.argv[1:] if args is None else args)
        if standalone_mode:
            mend_closed()
            gc.set_threshold(*_COLLECTIONS)
        parent = super().main

        def call() -> Any:
            unpacked()
            return parent(words, prog_name or "dislodge", complete_var, standalone_mode=False, **extra)

        code = run(call, debug="--debug" in words)
        if standalone_mode:
            sys.exit(code)
        return code


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, prog_name="dislodge", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Which interventions break which resistance route, and why.

    Every resistance has a proof; dislodge finds the proofs, and the drugs that cut all of them.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
