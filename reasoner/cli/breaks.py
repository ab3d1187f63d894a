"""``dislodge breaks``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge breaks --route RP06",
    "dislodge breaks --agent plerixafor --disease CML",
    "dislodge breaks --unbroken --json",
)


@click.command("breaks", epilog=EPILOG)
@click.option("--route", metavar="ROUTE", help="Only this resistance route.")
@click.option("--activity", metavar="N", help="Only what takes this activity away.")
@click.option("--agent", "agents", multiple=True, metavar="AGENT", help="Only this agent; repeatable.")
@click.option("--unbroken", is_flag=True, help="The routes that no agent breaks.")
@options.scenario
@options.by_analogy
@options.answering
def command(
    session: Session,
    route: str | None,
    activity: str | None,
    agents: tuple[str, ...],
    unbroken: bool,
    scenario: Places,
    by_analogy: bool,
) -> dict[str, Any]:
    """Which intervention breaks, narrows or opens which resistance route.

    Says at which arm, together with what, and how well it is supported. Without disease or state each route is asked
    about in its home scenarios.
    """
    from reasoner.answers.breaks import breaks
    from reasoner.answers.names import optional, resolve_all

    return breaks(
        session.kb,
        session.request(scenario),
        route=optional(session.kb, route, "route"),
        activity=optional(session.kb, activity, "activity"),
        agents=resolve_all(session.kb, agents, "agent"),
        unbroken=unbroken,
        by_analogy=by_analogy,
    )
