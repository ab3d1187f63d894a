"""How an answer is shown: how wide, with or without colour, with which labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reasoner.views.controls import clean

#: Tones of a terminal; the colours differ in brightness too, for readers who do not tell red from green.
_CODES = {"good": "32", "warn": "33", "bad": "31", "soft": "2", "strong": "1"}


@dataclass(frozen=True, slots=True)
class Look:
    """Width in columns, colour or not, and the label of an id."""

    width: int = 80
    colour: bool = False
    label: Callable[[str], str] = str

    def paint(self, text: str, tone: str) -> str:
        """The text in the tone's colour; unchanged without colour or tone."""
        return f"\x1b[{_CODES[tone]}m{text}\x1b[0m" if self.colour and tone and text else text

    def word(self, name: str) -> str:
        """The label of a name, else the name itself."""
        return clean(self.label(name)) or clean(name)

    def both(self, name: str) -> str:
        """The name followed by its label, the name alone when they say the same."""
        label = self.word(name)
        plain = label.casefold().replace("_", " ").replace("-", " ")
        same = plain == name.casefold().replace("_", " ").replace("-", " ")
        return clean(name) if same else f"{clean(name)} {label}"

    def words(self, names: list[str], joint: str = ", ") -> str:
        """Labels joined."""
        return joint.join(map(self.word, names))
