"""Which regimens are listed, and in which order: none that another beats, and the best known first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from typing import Protocol, TypeVar

from reasoner.answers.combination.priced import Priced
from reasoner.answers.combination.priced_clones import PricedClones


def beats(one: Priced | PricedClones, other: Priced | PricedClones) -> bool:
    """Whether one regimen is as good in its killer, goals closed, size, harms, strength and word, and better in one."""
    as_good = (
        one.near >= other.near
        and one.goals_closed >= other.goals_closed
        and len(one.added) <= len(other.added)
        and one.harms <= other.harms
        and one.solidity.tier >= other.solidity.tier
        and one.precedence <= other.precedence
    )
    return as_good and _standard(one) != _standard(other)


def _standard(priced: Priced | PricedClones) -> tuple[object, ...]:
    return priced.near, priced.goals_closed, len(priced.added), priced.harms, priced.solidity.tier, priced.precedence


def front(
    priced: Iterable[Priced | PricedClones], stop: Callable[[], bool] = lambda: False
) -> list[Priced | PricedClones]:
    """The regimens that close something and that no other beats.

    They come in the order of :func:`in_order`.  ``stop`` is asked before each is looked at; True ends with those that
    were, and then others may beat them.
    """
    useful = [p for p in priced if not stop() and p.goals_closed]
    kept = [p for p in useful if not stop() and not any(beats(other, p) for other in useful)]
    return in_order(kept)


def in_order(regimens: Iterable[Priced | PricedClones]) -> list[Priced | PricedClones]:
    """Regimens as they are listed: a killer of this very cell, then what they close, then the word, then the cost.

    One with an untested agent stands below that with a tested agent which does the same, whatever the words.
    """
    return tested_above(sorted(regimens, key=_place))


class Addition(Protocol):
    """Agents that close goals when they are added, and what is known of each."""

    added: tuple[str, ...]

    @property
    def goals_closed(self) -> frozenset[str]:
        """The goals."""

    def is_tested(self, agent: str) -> bool:
        """Whether an agent was tested at that."""

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same to something on which the goals rest."""


#: Some kind of agents that close goals.
C = TypeVar("C", bound=Addition)


def tested_above(ranked: Sequence[C]) -> list[C]:
    """What is ranked, but for those with an untested agent: each below what has a tested one that does the same."""
    waiting, tested_forms = list(ranked), _tested_forms(ranked)
    found: list[C] = []
    while waiting:
        above = {addition.added for addition in waiting}
        following = next(c for c in waiting if above.isdisjoint(tested_forms.get(c.added, ())))
        waiting.remove(following)
        found.append(following)
    return found


def _tested_forms(regimens: Sequence[C]) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """For those with an untested agent those with a tested one that does the same to the same goals instead."""
    but_for_one: dict[tuple[frozenset[str], frozenset[str]], list[tuple[str, C]]] = {}
    for regimen in regimens:
        for agent in regimen.added:
            key = frozenset(regimen.added) - {agent}, regimen.goals_closed
            but_for_one.setdefault(key, []).append((agent, regimen))
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for (untested, one), (tested, other) in (pair for like in but_for_one.values() for pair in permutations(like, 2)):
        if other.is_tested(tested) and not one.is_tested(untested) and one.alike(untested, tested):
            found.setdefault(one.added, set()).add(other.added)
    return found


def _place(priced: Priced | PricedClones) -> tuple[object, ...]:
    goals, harms = len(priced.goals_closed), len(priced.harms)
    return not priced.near, -goals, priced.precedence, len(priced.added), harms, -priced.solidity.tier, priced.added
