"""What a scenario can be made of: cells, diseases, states and agents with their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reasoner.answers.document import Document, document
from reasoner.answers.names import kind_of

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


def choices(kb: Reasoned) -> Document:
    """Cells that routes concern, diseases, states, agents that can be given; each with label, synonyms and kind."""
    graph = kb.graph
    concerned = {cell for route in graph.routes.values() for cell in route.cells}
    states = [s for s in kb.closure.members("State") if s not in concerned]
    return document(
        kb,
        "choices",
        cells=[
            {**_entry(kb, cell), "diseases": sorted(str(d) for d in kb.closure.objects("occursIn", cell))}
            for cell in sorted(concerned)
        ],
        diseases=[_entry(kb, name) for name in sorted(kb.closure.members("Disease"))],
        states=[_entry(kb, name) for name in sorted(states)],
        agents=[_entry(kb, name) for name in graph.givable],
    )


def _entry(kb: Reasoned, name: str) -> dict[str, Any]:
    return {"id": name, "label": kb.label(name), "label_fr": kb.label(name, "fr"), "kind": kind_of(kb, name)}
