"""Which agents act against the cell of a place, and how near to it that is stated.

What is stated for this cell, or for the cells of its disease, holds for the members of a class as for the class.  What
is stated for a broader cell or disease says less of this one.  Where it acts through a molecule, it holds where that is
at work; where no molecule is named, it holds for this very cell in a narrower disease, and for the agent that is named:
that a class acts against tumours does not say which member acts against which kind of tumour cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Killing

if TYPE_CHECKING:
    from reasoner.model.documents.words import Nearness

EXACT: Final = "exact"
BROADER: Final = "broader"


class Killer(NamedTuple):
    """An agent that acts against the cell, by which statement, how near that is, and what defeats it.

    That is a lesion, or the lack of an activity (``lacking``) on which the agent depends, which may be in doubt.
    """

    agent: str
    killing: Killing
    scope: Nearness
    lesion: str = ""
    lacking: str = ""
    in_doubt: bool = False

    @property
    def is_defeated(self) -> bool:
        """Whether something keeps it from acting."""
        return bool(self.lesion or self.lacking)


def killers(located: LocatedGraph, agents: Iterable[str]) -> list[Killer]:
    """The agents that act against the cell, each by the statement that serves it best: undefeated, then nearest."""
    found = []
    for agent in agents:
        if every := list(_killings(located, agent)):
            found.append(min(every, key=lambda k: (bool(k.lesion), k.scope != EXACT, -narrowness(located, k.killing))))
    return found


def narrowness(located: LocatedGraph, killing: Killing) -> int:
    """How much a statement asks for, in cells and diseases: one that is narrower than another asks for more."""
    hierarchy = located.graph.hierarchy
    asked = max(map(len, hierarchy.fits(killing.scopes, located.place)), default=0)
    return asked + len(hierarchy.above(killing.cell))


def _killings(located: LocatedGraph, agent: str) -> Iterator[Killer]:
    graph, place = located.graph, located.place
    overcome = located.acting.overcome(agent)
    for killing in graph.killings:
        covered = graph.hierarchy.covers(killing.cell, place.cell or "") and graph.hierarchy.fits(killing.scopes, place)
        if agent in killing.agents and covered:
            scope: Nearness = EXACT if _is_stated_here(located, killing) else BROADER
            if scope == EXACT or _comes_down(located, killing, agent):
                yield Killer(agent, killing, scope, located.lesions.defeating_kill(killing, overcome))


def _is_stated_here(located: LocatedGraph, killing: Killing) -> bool:
    """Whether the statement is about this malignant cell, or about the cells of its very disease."""
    place, hierarchy = located.place, located.graph.hierarchy
    wanted = hierarchy.asks(place.disease) - place.states if place.disease else frozenset()
    if wanted and any(asked >= wanted for asked in hierarchy.fits(killing.scopes, place)):
        return True
    own = located.graph.closure.objects("occursIn", killing.cell)
    return killing.cell == place.cell and (not killing.scopes or place.disease is None or place.disease in own)


def _comes_down(located: LocatedGraph, killing: Killing, agent: str) -> bool:
    """Whether what is stated for a broader cell or disease holds for this one."""
    if not killing.through:
        return agent in killing.named or killing.cell == located.place.cell
    members = located.graph.members_of
    return any(located.has_at_work(m) for target in killing.through for m in (target, *members(target)))
