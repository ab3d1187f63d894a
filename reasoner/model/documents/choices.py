"""What a scenario can be made of."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import Frame, Marked
from reasoner.model.documents.words import Nothing


class ChoiceRow(Marked):
    """A thing that can be chosen, with its labels."""

    id: str
    label: str
    label_fr: str
    kind: str


class CellChoice(ChoiceRow):
    """A cell that routes concern, and the diseases that it occurs in."""

    diseases: list[str]


class Choices(Frame):
    """Cells, diseases, states and agents that can be chosen for a scenario."""

    command: Literal["choices"]
    verdict: None
    answers: Nothing
    cells: list[CellChoice]
    diseases: list[ChoiceRow]
    states: list[ChoiceRow]
    agents: list[ChoiceRow]
