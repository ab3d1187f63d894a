"""For which cell and disease it is stated that the killers of a regimen act against the cell."""

from __future__ import annotations

from typing import Any

from reasoner.engine.scenario import Scenario


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
