"""Failures as one line, a hint and an exit code: 2 wrong input, 3 a limit or an interruption."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from reasoner.errors import DislodgeError, Faults, LimitError
from reasoner.views.controls import clean

ANSWERED, DOES_NOT_HOLD, WRONG_INPUT, CUT_SHORT = 0, 1, 2, 3
#: What a write meets on a full disk.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: Lines of a file's faults that are shown; the rest is counted.
_SHOWN = 20


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

            traceback.print_exc()
        return report(error)
    return result if isinstance(result, int) else ANSWERED


def report(error: BaseException) -> int:
    """Say on standard error what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return int(error.exit_code)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _say("interrupted", "no file was written; what was printed is not the whole answer", CUT_SHORT)
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, Faults):
        return _faults(error)
    if isinstance(error, DislodgeError):
        place = f"{error.span}: " if error.span else ""
        code = CUT_SHORT if isinstance(error, LimitError) else WRONG_INPUT
        return _say(f"{place}{error.code}: {error.message}", error.hint, code)
    if isinstance(error, MemoryError | RecursionError):
        return _say("E502: the question needs more memory than there is", "ask for less, or load less", CUT_SHORT)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return _say(f"E508: the answer cannot be written: {error.strerror}", "make room, or write elsewhere", CUT_SHORT)
    name = type(error).__name__
    return _say(f"internal error ({name}: {error})", "run again with --debug and report what it prints", CUT_SHORT)


def _usage(error: click.ClickException) -> int:
    """Click's own sentence; its hint is the command's help unless the error brings one."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "dislodge"
    return _say(error.format_message(), getattr(error, "hint", "") or f"see {path} --help", WRONG_INPUT)


def _faults(error: Faults) -> int:
    """Every fault of a file on its own line, then their hints, each once."""
    for fault in error.faults[:_SHOWN]:
        place = f"{fault.span}: " if fault.span else ""
        _line(f"Error: {place}{fault.code}: {fault.message}")
    if len(error.faults) > _SHOWN:
        _line(f"Error: and {len(error.faults) - _SHOWN} more")
    hints = dict.fromkeys(fault.hint for fault in error.faults[:_SHOWN] if fault.hint)
    if hints:
        _line(f"Hint: {'; '.join(hints)}")
    return WRONG_INPUT


def _say(message: str, hint: str, code: int) -> int:
    _line(f"Error: {message}")
    if hint:
        _line(f"Hint: {hint}")
    return code


def _line(text: str) -> None:
    click.echo(clean(text), err=True, color=False)


def _flush() -> None:
    sys.stdout.flush()


def _pipe_closed() -> int:
    """The reader has left: nothing more to say, also not when Python closes standard output."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ANSWERED
