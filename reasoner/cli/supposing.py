"""The options of what-if: what is supposed for one question, and written to no file."""

from __future__ import annotations

from typing import Any

import click

SUPPOSING = (
    click.option("--assume", multiple=True, metavar="FACT", help="Suppose that a fact holds, or on(N); repeatable."),
    click.option("--retract", multiple=True, metavar="FACT", help="Suppose that a fact does not hold; repeatable."),
    click.option(
        "--without-paper", "papers", multiple=True, metavar="PAPER", help="As if it had not been written; repeatable."
    ),
    click.option("--without-claim", "claims", multiple=True, metavar="CLAIM", help="As if not claimed; repeatable."),
)


def supposed(words: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """What the options hold, taken out of the words of a command; nothing where a command has none of them."""
    return tuple(words.pop(name, ()) for name in ("assume", "retract", "papers", "claims"))
