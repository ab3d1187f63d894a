"""How an answer is shown: how wide, with or without colour, with which labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reasoner.views.controls import clean
from reasoner.views.signs import TERMINAL


@dataclass(frozen=True, slots=True)
class Look:
    """Width in columns, colour or not, and the label of an id."""

    width: int = 80
    colour: bool = False
    label: Callable[[str], str] = str

    def paint(self, text: str, tone: str) -> str:
        """The text in the tone's colour; unchanged without colour or tone."""
        return f"\x1b[{TERMINAL[tone]}m{text}\x1b[0m" if self.colour and tone and text else text

    def word(self, name: str) -> str:
        """The label of a name, else the name itself."""
        return clean(self.label(name)) or clean(name)

    def both(self, name: str) -> str:
        """The name followed by its label, the name alone when they say the same."""
        label = self.word(name)
        plain = label.casefold().replace("_", " ").replace("-", " ")
        same = plain == name.casefold().replace("_", " ").replace("-", " ")
        return clean(name) if same else f"{clean(name)} {label}"

    def place(self, document: Mapping[str, Any]) -> str:
        """Cell, disease, states and clones of a document, for its title."""
        said = [self.word(document[key]) for key in ("cell", "disease") if document.get(key)]
        said += [self.word(state) for state in document.get("states") or []]
        clones = [self.words(clone["states"], " + ") or "no state" for clone in document.get("clones") or []]
        return ", ".join(said) + (f" · clones: {' / '.join(clones)}" if clones else "")

    def words(self, names: list[str], joint: str = ", ") -> str:
        """The labels of names in their order, with a mark between two of them."""
        return joint.join(map(self.word, names))

    def either(self, sets: Sequence[Sequence[str]]) -> str:
        """Alternative sets of agents: what they share, then what differs.

        >>> Look().either([["a", "b"], ["a", "c"]]), Look().either([["a"], ["b", "c"]])
        ('a + one of b, c', 'a or b + c')
        """
        shared = [agent for agent in sets[0] if all(agent in other for other in sets)]
        rests = [[agent for agent in own if agent not in shared] for own in sets]
        if len(sets) == 1 or not shared or any(len(rest) != 1 for rest in rests):
            return " or ".join(self.words(list(own), " + ") or "nothing to add" for own in sets)
        return f"{self.words(shared, ' + ')} + one of {self.words([rest[0] for rest in rests])}"
