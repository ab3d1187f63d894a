"""Which agents may be put into a regimen: only those that can be given, and of them those that were let in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.mechanism.place import Place
from reasoner.scenario.solidity import action_fact, of_fact

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


class Candidates:
    """Agents that a combination may add to a background at a place.

    ``only`` and ``exclude`` name agents, classes, or lists of agents such as a table of a source; ``min_strength`` is
    the weakest tier that the best action of an agent may rest on.
    """

    def __init__(
        self,
        reasoned: Reasoned,
        place: Place,
        background: Sequence[str],
        only: Iterable[str] = (),
        exclude: Iterable[str] = (),
        min_strength: str | None = None,
    ) -> None:
        self.reasoned = reasoned
        self.place = place
        self.background = frozenset(background)
        self.only = frozenset(only)
        self.exclude = frozenset(exclude)
        self.min_rank = (reasoned.base.rank_of(min_strength) or 0) if min_strength else 0

    @cached_property
    def agents(self) -> list[str]:
        """The agents among which a regimen is sought: givable, not given anyway, let in by the wish, solid enough."""
        return [
            a for a in self.reasoned.graph.givable if a not in self.background and self._let_in(a) and self._solid(a)
        ]

    def _let_in(self, agent: str) -> bool:
        groups = self.reasoned.graph.classes_of(agent) | {
            str(g) for g in self.reasoned.closure.objects("listedIn", agent)
        }
        if self.reasoned.located(self.place).acting.takes_away_own(agent):
            return False
        return (not self.only or bool(groups & self.only)) and not groups & self.exclude

    def _solid(self, agent: str) -> bool:
        if not self.min_rank:
            return True
        actions = self.reasoned.located(self.place).effects_of(agent).actions
        return not actions or max(of_fact(self.reasoned, action_fact(a)).tier for a in actions) >= self.min_rank
