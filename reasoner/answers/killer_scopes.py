"""Which agents of a regimen act against the cell, for which cell that is stated, and what keeps others from acting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from reasoner.answers.frame import reason
from reasoner.mechanism.killers import Killer
from reasoner.mechanism.well_founded import UNDETERMINED
from reasoner.model.masks import bits
from reasoner.scenario.scenario import Scenario

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.frame import ReasonRow
    from reasoner.model.documents.scenario import Defeat, KillerScope

#: Defeated killers that a sentence names.
MOST_NAMED = 3


def defeat(reasoned: Reasoned, killer: Killer) -> str:
    """What keeps a killer from acting, in words."""
    if killer.lesion:
        return f"{reasoned.label(killer.lesion)} defeats {reasoned.label(killer.agent)}"
    how = "undetermined" if killer.in_doubt else "not on"
    return f"{reasoned.label(killer.agent)} does not act without {reasoned.label(killer.lacking)}, which is {how}"


def no_killer(reasoned: Reasoned, cell: str, who: str = "nothing that is given") -> str:
    """That an agent, or none of several, is a killer of a cell, in words."""
    return f"{who} acts against {reasoned.label(cell)}"


def defeats(reasoned: Reasoned, killers: Sequence[Killer]) -> str:
    """What keeps each of some killers from acting, in words; beyond a few only how many more there are."""
    told = [defeat(reasoned, killer) for killer in killers[:MOST_NAMED]]
    more = len(killers) - len(told)
    return "; ".join([*told, *([f"{more} more are kept from acting too"] if more else [])])


def without_killer(reasoned: Reasoned, killers: Sequence[Killer], cell: str) -> ReasonRow:
    """The reason why no killer is effective: each of some is defeated, or there is none."""
    if killers:
        return reason("KILLER_DEFEATED", defeats(reasoned, killers))
    return reason("NO_KILLER", no_killer(reasoned, cell))


def defeated(scenario: Scenario) -> list[Defeat]:
    """A row for each defeated killer: by what, and whether that is a lesion that it meets or an activity it lacks.

    An activity that is undetermined is marked ``in_doubt``.
    """
    return [
        _row(k.agent, k.lesion, "lesion") if k.lesion else _row(k.agent, k.lacking, "activity", k.in_doubt)
        for k in scenario.defeated_killers
    ]


def _row(agent: str, by: str, kind: Literal["lesion", "activity"], in_doubt: bool = False) -> Defeat:
    row: Defeat = {"agent": agent, "by": by, "kind": kind}
    if in_doubt:
        row["in_doubt"] = True
    return row


def kept_from_acting(scenario: Scenario) -> list[Defeat]:
    """A row, as for a defeated killer, for each agent that is no killer and of whose actions none is in force."""
    against_cell = {killer.agent for killer in (*scenario.killers, *scenario.defeated_killers)}
    agents = (agent for agent in (*scenario.background, *scenario.regimen) if agent not in against_cell)
    return [row for agent in agents for row in _kept(scenario, agent)]


def _kept(scenario: Scenario, agent: str) -> Iterator[Defeat]:
    """The lesion, or the activity that it lacks, which keeps an agent from all that it would do."""
    own = scenario.located.effects_of(agent)
    if own.defeated and not own.actions:
        yield _row(agent, own.defeated[0][1], "lesion")
    elif own.acts.reached and not scenario.acts_in_force(agent).reached:
        first = scenario.located.nodes[next(bits(own.acts.reached))].activity
        lacking, value = scenario.lack(agent, first.acted_on)
        yield _row(agent, lacking, "activity", value == UNDETERMINED)


def killer_scopes(scenario: Scenario) -> list[KillerScope]:
    """A row for each effective killer: ``exact`` for this malignant cell or its disease's cells, else ``broader``.

    ``stated_for`` is the agent itself, or the class that is stated to act so; ``through`` are molecules, where named.
    """
    return [
        {
            "agent": k.agent,
            "scope": k.scope,
            "stated_for": [k.agent] if k.agent in k.killing.named else sorted(k.killing.named),
            "cell": k.killing.cell,
            "diseases": list(k.killing.scopes),
            "through": list(k.killing.through),
        }
        for k in scenario.killers
    ]
