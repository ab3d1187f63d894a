"""The price of a regimen in each clone of a cell: what holds in every one, and what it costs in any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.combination.priced import Priced
from reasoner.answers.combination.worth import LAST, Precedence, Worth
from reasoner.scenario.solidity import FIRM, Solidity

if TYPE_CHECKING:
    from reasoner.model.documents.combination import RegimenRow
    from reasoner.model.documents.scenario import HarmInShort


class PricedClones:
    """A regimen evaluated from scratch in each clone of a cell: what holds in every one, and what it costs in any."""

    def __init__(self, names: Sequence[str], parts: Sequence[Priced]) -> None:
        self._names = names
        self._parts = parts
        self.added = parts[0].added

    @property
    def is_killing(self) -> bool:
        """Whether some killer is effective in every clone, not necessarily the same."""
        return all(part.is_killing for part in self._parts)

    @property
    def near(self) -> bool:
        """Whether in every clone some killer is stated to act against this cell or its disease's cells."""
        return all(part.near for part in self._parts)

    @cached_property
    def goals_left(self) -> frozenset[str]:
        """The goals that are not off in some clone."""
        return frozenset().union(*(part.goals_left for part in self._parts))

    @cached_property
    def goals_closed(self) -> frozenset[str]:
        """The goals that are off in every clone, and were not in some with the killer in place."""
        return frozenset().union(*(part.goals_closed for part in self._parts)) - self.goals_left

    @cached_property
    def harms(self) -> frozenset[tuple[str, str, bool]]:
        """Cell, function, and whether it is lost, of each harm."""
        return frozenset().union(*(part.harms for part in self._parts))

    @cached_property
    def solidity(self) -> Solidity:
        """The weakest of the clones."""
        total = FIRM
        for part in self._parts:
            total = total.weakest(part.solidity)
        return total

    def is_tested(self, agent: str) -> bool:
        """Whether an agent was tested at closing some goal in some clone."""
        return any(part.is_tested(agent) for part in self._parts)

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same in some clone."""
        return any(part.alike(one, other) for part in self._parts)

    @cached_property
    def precedence(self) -> Precedence:
        """Its place by its word: that of the goal of which it is known worst that it is closed, in whatever clone."""
        return max((part.precedence for part in self._parts if part.worth.worst), default=LAST)

    @property
    def worth(self) -> Worth:
        """What it is worth in the clone in which least is concluded."""
        return self._weakest.worth

    @cached_property
    def _weakest(self) -> Priced:
        """The regimen in the clone in which least is concluded."""
        return max(self._parts, key=lambda part: (part.precedence, part.solidity))

    @cached_property
    def row(self) -> RegimenRow:
        """The entry of a document: that of the clone in which least is concluded, with what is so in every clone."""
        rows = [part.row for part in self._parts]
        left = {
            route: [name for name, part in zip(self._names, self._parts, strict=True) if route in part.left]
            for route in sorted({route for part in self._parts for route in part.left})
        }

        united = _united(row["closes"] for row in rows)
        closes = [name for name in united if name not in left and name not in self.goals_left]
        leaves_open = _united(row["leaves_open"] for row in rows)
        return {
            **self._weakest.row,
            "killers": _united(row["killers"] for row in rows),
            "closes": closes,
            "leaves_open": leaves_open,
            "leaves_open_in": {route: names for route, names in left.items() if route in leaves_open},
            "opens": _united(row["opens"] for row in rows),
            "rebounds": _united(row["rebounds"] for row in rows),
            "goals_left": sorted(self.goals_left),
            "undetermined": _united(row["undetermined"] for row in rows),
            "harms": _distinct(harm for row in rows for harm in row["harms"]),
        }


def _united(names: Iterable[Iterable[str]]) -> list[str]:
    return sorted({name for some in names for name in some})


def _distinct(harms: Iterable[HarmInShort]) -> list[HarmInShort]:
    """Harms, each once."""
    return list({(harm["cell"], harm["function"], harm["extent"]): harm for harm in harms}.values())
