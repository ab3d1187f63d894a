"""Failures as one line, a hint and an exit code: 2 wrong input, 3 cut short, 4 the program is at fault."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from reasoner.cli.streams import silence
from reasoner.errors import INSTALL, DislodgeError, Faults, LimitError, missing_package, no_room
from reasoner.views.controls import clean

ANSWERED, DOES_NOT_HOLD, WRONG_INPUT, CUT_SHORT, PROGRAM_AT_FAULT = 0, 1, 2, 3, 4
#: What a write to standard output meets where that is closed, or where its terminal or disk is gone.
_GONE = (errno.EBADF, errno.EIO)
#: Lines of a file's faults that are shown; the rest is counted.
_SHOWN = 20
#: Characters of a line on standard error: what was typed may be of any length.
_WIDEST = 2000


class HintedUsage(click.UsageError):
    """A usage error that brings its own hint."""

    def __init__(self, message: str, hint: str, ctx: click.Context | None = None) -> None:
        super().__init__(message, ctx)
        self.hint = hint


def run(call: Callable[[], Any], *, debug: bool = False) -> int:
    """Call, and return the exit code; what went wrong is said on standard error."""
    try:
        result = call()
        _flush()
    except BrokenPipeError:
        return _pipe_closed()
    except SystemExit as left:  # Click leaves so when it has completed a word (0), or when the pipe is closed (1)
        return _pipe_closed() if left.code else ANSWERED
    except BaseException as error:
        if debug:
            import traceback

            with suppress(OSError):
                traceback.print_exc()
        return report(error)
    return result if isinstance(result, int) else ANSWERED


def report(error: BaseException) -> int:
    """Say on standard error what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return int(error.exit_code)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _say("interrupted", "no file is half written; what was printed is not the whole answer", CUT_SHORT)
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, Faults):
        return _faults(error)
    if isinstance(error, DislodgeError):
        place = f"{error.span}: " if error.span else ""
        code = CUT_SHORT if isinstance(error, LimitError) else WRONG_INPUT
        return _say(f"{place}{error.code}: {error.message}", error.hint, code)
    if isinstance(error, MemoryError):
        return _say("E502: the question needs more memory than there is", "ask for less, or load less", CUT_SHORT)
    if isinstance(error, RecursionError):
        return _say("E506: the answer is nested too deeply to be told", "ask for a part of it", CUT_SHORT)
    if missing := missing_package(error):
        return _say(missing, INSTALL, WRONG_INPUT)
    if isinstance(error, OSError) and (no_room(error) or error.errno in _GONE):
        silence(sys.stdout)
        hint = "make room, or write elsewhere" if no_room(error) else "leave it open, or name a file after -o"
        return _say(f"E508: the answer cannot be written: {error.strerror}", hint, CUT_SHORT)
    what = f"internal error ({type(error).__name__}: {error}): dislodge is at fault, not what it was given"
    return _say(what, "run the same command with --debug and report what it prints", PROGRAM_AT_FAULT)


def _usage(error: click.ClickException) -> int:
    """Click's own sentence; its hint is the command's help unless the error brings one."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "dislodge"
    return _say(error.format_message(), getattr(error, "hint", "") or f"see {path} --help", WRONG_INPUT)


def _faults(error: Faults) -> int:
    """Every fault of a file on its own line, then their hints, each once."""
    for fault in error.faults[:_SHOWN]:
        place = f"{fault.span}: " if fault.span else ""
        tell(f"Error: {place}{fault.code}: {fault.message}")
    if len(error.faults) > _SHOWN:
        tell(f"Error: and {len(error.faults) - _SHOWN} more")
    hints = dict.fromkeys(fault.hint for fault in error.faults[:_SHOWN] if fault.hint)
    if hints:
        tell(f"Hint: {'; '.join(hints)}")
    return WRONG_INPUT


def _say(message: str, hint: str, code: int) -> int:
    tell(f"Error: {message}")
    if hint:
        tell(f"Hint: {hint}")
    return code


def tell(line: str) -> None:
    """Say a line on standard error, an endless one without its middle.

    Where it cannot be written, nothing is said and nothing fails.
    """
    line = clean(line)
    if len(line) > _WIDEST:
        line = f"{line[: _WIDEST // 2]} … {line[-_WIDEST // 2 :]}"
    try:
        click.echo(line, err=True, color=False)
    except OSError:
        silence(sys.stderr)


def _flush() -> None:
    sys.stdout.flush()


def _pipe_closed() -> int:
    """The reader has left: nothing more to say, also not when Python closes standard output."""
    silence(sys.stdout)
    return ANSWERED
