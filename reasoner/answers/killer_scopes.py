"""For which cell and disease it is stated that the killers of a regimen act against the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reasoner.engine.killers import Killer
from reasoner.engine.scenario import Scenario

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


def defeat(kb: Reasoned, killer: Killer) -> str:
    """What keeps a killer from acting, in words."""
    if killer.lesion:
        return f"{kb.label(killer.lesion)} defeats {kb.label(killer.agent)}"
    how = "undetermined" if killer.in_doubt else "not on"
    return f"{kb.label(killer.agent)} does not act without {kb.label(killer.lacking)}, which is {how}"


def defeated(scenario: Scenario) -> list[dict[str, str]]:
    """A row for each defeated killer: by what, and whether that is a lesion that it meets or an activity it lacks."""
    return [
        {"agent": k.agent, "by": k.defeater, "kind": "lesion" if k.lesion else "activity"}
        for k in scenario.defeated_killers
    ]


def killer_scopes(scenario: Scenario) -> list[dict[str, Any]]:
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
