"""What a scenario can be made of: cells, diseases, states and agents with their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.answers.frame import bare_frame, finished
from reasoner.asking.names import kind_of

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.choices import ChoiceRow, Choices


def choices(kb: Reasoned) -> Choices:
    """Cells that routes concern, diseases, states, agents that can be given; each with label, synonyms and kind."""
    graph = kb.graph
    concerned = {cell for route in graph.routes.values() for cell in route.cells}
    states = [s for s in kb.closure.members("State") if s not in concerned]
    told: Choices = {
        "command": "choices",
        **bare_frame(kb),
        "verdict": None,
        "answers": [],
        "cells": [
            {**_choice(kb, cell), "diseases": sorted(str(d) for d in kb.closure.objects("occursIn", cell))}
            for cell in sorted(concerned)
        ],
        "diseases": [_choice(kb, name) for name in sorted(kb.closure.members("Disease"))],
        "states": [_choice(kb, name) for name in sorted(states)],
        "agents": [_choice(kb, name) for name in graph.givable],
    }
    return finished(kb, told)


def _choice(kb: Reasoned, name: str) -> ChoiceRow:
    return {"id": name, "label": kb.label(name), "label_fr": kb.label(name, "fr"), "kind": kind_of(kb, name)}
