"""``dislodge combine``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.interrupting import searching
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge combine --cell CML_LSC --with-agent imatinib",
    "dislodge combine --cell CML_LSC --with-agent imatinib --spare HSC",
    "dislodge combine --cell CML_LSC --close RP06 --only Table_I --max-size 2",
)


@click.command("combine", epilog=EPILOG)
@click.option("--close", metavar="GOAL", help="A route, arm or activity, or a kind of route.", multiple=True)
@click.option("--scope", type=click.Choice(["near", "all"]), default="near", help="How far goals may be stated [near].")
@click.option("--spare", metavar="CELL", help="A normal cell whose retention is to be kept.", multiple=True)
@click.option("--spare-function", "functions", metavar="F", help="Keep this function instead.", multiple=True)
@click.option("--spare-strict", "strict", is_flag=True, help="Nor may it be touched by any agent added.")
@click.option("--max-size", type=click.IntRange(0, 10), metavar="K", help="Agents to add at most [3, then up to 6].")
@click.option("--only", metavar="A", help="Only this agent, class or list of agents.", multiple=True)
@click.option("--exclude", metavar="A", help="Not this agent, class or list.", multiple=True)
@click.option("--min-strength", metavar="TIER", help="Only agents whose best action rests on this tier or more.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, metavar="N", help="Regimens to list [50].")
@options.scenario
@options.answering
def command(
    session: Session,
    close: tuple[str, ...],
    scope: str,
    spare: tuple[str, ...],
    functions: tuple[str, ...],
    strict: bool,
    max_size: int | None,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    min_strength: str | None,
    limit: int,
    scenario: Places,
) -> dict[str, Any]:
    """Minimal regimens that close every route asked for, or the certificate that there are none.

    Without --close these are the routes that retain the cell, protect it from the killer or hinder delivery to it, and
    that are stated for this cell or disease; where none of those is on, for the nearest broader disease. --scope all
    takes in the farther ones. Kinds of route: retention, protection, delivery, growth, all. The killer is one of
    --with-agent, else each that may be added is tried. Every regimen is minimal and has been evaluated from scratch.
    Ctrl-C ends the search with what was found; exit code 3 when that, or --limit, cut the answer short.
    """
    from reasoner.answers.combine import combine
    from reasoner.answers.goals import resolve_goals
    from reasoner.answers.names import optional, resolve_all
    from reasoner.answers.requests import Wish

    kb = session.kb
    wish = Wish(
        close=resolve_goals(kb, close),
        scope=scope,
        spare=resolve_all(kb, spare, "cell"),
        functions=resolve_all(kb, functions, "function"),
        strict=strict,
        max_size=max_size,
        only=resolve_all(kb, only, "agent or list"),
        exclude=resolve_all(kb, exclude, "agent or list"),
        min_strength=optional(kb, min_strength, "tier"),
        limit=limit,
    )
    request = session.request(scenario)
    with searching("sets of agents looked at", session.meter) as stop:
        return combine(kb, request, wish, stop=stop)
