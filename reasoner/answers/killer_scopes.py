"""For which cell and disease it is stated that the killers of a regimen act against the cell."""

from __future__ import annotations

from typing import Any

from reasoner.engine.scenario import Scenario


def killer_scopes(scenario: Scenario) -> list[dict[str, Any]]:
    """A row for each effective killer: ``exact`` for this malignant cell or its disease's cells, else ``broader``."""
    return [
        {"agent": k.agent, "scope": k.scope, "cell": k.killing.cell, "diseases": list(k.killing.scopes)}
        for k in scenario.killers
    ]
