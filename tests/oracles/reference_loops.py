"""Feedback in the reference reading: the suppressions on loops that leave a model undetermined, and their steps.

Nothing here knows of activities or agents: nodes are whatever a model has a value for.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from tests.oracles.reference_values import DOUBT, NEVER, OFF, ON, UNDETERMINED, Atom, Model, all_of

Cause = Hashable
#: How suppressions stood a step before.
Stood = Mapping[Cause, str]


class Link(NamedTuple):
    """What a node rests on: all of the requirements at once, by way of one cause.

    ``brakes`` tells a suppression from what brings about or allows; one in doubt never counts as more than
    undetermined.
    """

    cause: Cause
    requires: tuple[Atom, ...]
    effect: Atom
    brakes: bool = False
    weak: bool = False

    def stands(self, model: Model) -> str:
        """Whether it acts, as a model has it."""
        value = all_of(model[atom] for atom in self.requires)
        return UNDETERMINED if self.weak and value == ON else value


def body(cause: Cause, holds: tuple[Atom, ...], stood: Stood) -> tuple[Atom, ...]:
    """What has to hold for a suppression to act: what it requires, or nothing but how it stood a step before."""
    return {ON: (), OFF: (NEVER,), UNDETERMINED: (DOUBT,)}[stood[cause]] if cause in stood else holds


def delayed(links: Iterable[Link], model: Model) -> list[Link]:
    """The suppressions whose effect and one of whose requirements reach each other through what is undetermined."""
    alive = [
        link
        for link in links
        if model[link.effect] == UNDETERMINED and all(model[atom] != OFF for atom in link.requires)
    ]
    onward: dict[Atom, set[Atom]] = {}
    for link in alive:
        for atom in link.requires:
            if model[atom] == UNDETERMINED:
                onward.setdefault(atom, set()).add(link.effect)
    # the link itself leads from each requirement to the effect: only the way back is to be looked for
    return [link for link in alive if link.brakes and _reached(onward, link.effect) & _open(link, model)]


def _open(link: Link, model: Model) -> set[Atom]:
    return {atom for atom in link.requires if model[atom] == UNDETERMINED}


def _reached(onward: Mapping[Atom, set[Atom]], start: Atom) -> set[Atom]:
    """The start, and all that it leads to."""
    seen, fresh = {start}, [start]
    while fresh:
        new = onward.get(fresh.pop(), set()) - seen
        seen |= new
        fresh += new
    return seen


def steps(program: Callable[[Stood], Model], links: list[Link], untreated: Model) -> tuple[Model, ...]:
    """The models of one step after the other: each reads the suppressions as they stood in the one before.

    The first reads them as they stood untreated, the last is the first one in which they stand as once before.
    """
    if not links:
        return (program({}),)
    state, seen, found = tuple(link.stands(untreated) for link in links), set[tuple[str, ...]](), list[Model]()
    while True:
        found.append(program({link.cause: stood for link, stood in zip(links, state, strict=True)}))
        if state in seen:
            return tuple(found)
        seen.add(state)
        state = tuple(link.stands(found[-1]) for link in links)
