"""What a scenario can be made of: cells, diseases, states and agents with their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.answers.frame import bare_frame, finished
from reasoner.asking.names import kind_of

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.choices import ChoiceRow, Choices


def choices(reasoned: Reasoned) -> Choices:
    """Cells that routes concern, diseases, states, agents that can be given; each with label, synonyms and kind."""
    graph = reasoned.graph
    concerned = {cell for route in graph.routes.values() for cell in route.cells}
    states = [s for s in reasoned.closure.members("State") if s not in concerned]
    told: Choices = {
        "command": "choices",
        **bare_frame(reasoned),
        "verdict": None,
        "answers": [],
        "cells": [
            {**_choice(reasoned, cell), "diseases": sorted(str(d) for d in reasoned.closure.objects("occursIn", cell))}
            for cell in sorted(concerned)
        ],
        "diseases": [_choice(reasoned, name) for name in sorted(reasoned.closure.members("Disease"))],
        "states": [_choice(reasoned, name) for name in sorted(states)],
        "agents": [_choice(reasoned, name) for name in graph.givable],
    }
    return finished(reasoned, told)


def _choice(reasoned: Reasoned, name: str) -> ChoiceRow:
    return {
        "id": name,
        "label": reasoned.label(name),
        "label_fr": reasoned.label(name, "fr"),
        "kind": kind_of(reasoned, name),
    }
