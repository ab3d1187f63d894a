"""Values of the reference reading: well-founded models of plain clauses, moments, and the standing under a regimen.

A formula has one of three values in a model.  Where a loop through a suppression is read in steps it has two moments,
*at once* and *after relief*; the two together are one of four values: on, off, undetermined or rebounding.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

ON, OFF, UNDETERMINED, REBOUNDS = "on", "off", "undetermined", "rebounds"
#: Statuses from the worst to the best: what several clones come to is the worst of them.
STATUSES = ("open", "opened", "rebounds", "unknown", "broken", "inactive")
#: What a regimen leaves open.
LEFT_OPEN = ("open", "opened", "rebounds")
EMPTY: frozenset[str] = frozenset()

Atom = Any  # a node, or a tuple that names something about one


class Clause(NamedTuple):
    head: Atom
    holds: tuple[Atom, ...]
    fails: tuple[Atom, ...] = ()


DOUBT, NEVER = ("doubt",), ("never",)
ALWAYS_IN_DOUBT = Clause(DOUBT, (), (DOUBT,))


# --- the well-founded model -------------------------------------------------------------------------------------------


def least_model(clauses: Collection[Clause], assumed: Collection[Atom]) -> set[Atom]:
    """What follows when exactly the assumed atoms count as holding under a negation."""
    waiting: dict[Atom, list[int]] = defaultdict(list)
    missing, found, fresh = [], set(), []
    kept = [clause for clause in clauses if not any(atom in assumed for atom in clause.fails)]
    for number, clause in enumerate(kept):
        needs = set(clause.holds)
        missing.append(len(needs))
        for atom in needs:
            waiting[atom].append(number)
        if not needs:
            fresh.append(clause.head)
    while fresh:
        atom = fresh.pop()
        if atom in found:
            continue
        found.add(atom)
        for number in waiting[atom]:
            missing[number] -= 1
            if not missing[number]:
                fresh.append(kept[number].head)
    return found


class Model:
    """True and possible atoms, by the alternating fixpoint."""

    def __init__(self, clauses: Collection[Clause]) -> None:
        true: set[Atom] = set()
        while True:
            possible = least_model(clauses, true)
            grown = least_model(clauses, possible)
            if grown == true:
                break
            true = grown
        self.true, self.possible = true, possible

    def __getitem__(self, atom: Atom) -> str:
        return ON if atom in self.true else UNDETERMINED if atom in self.possible else OFF


def all_of(values: Iterable[str]) -> str:
    found = set(values)
    return OFF if OFF in found else UNDETERMINED if UNDETERMINED in found else ON


def any_of(values: Iterable[str]) -> str:
    found = set(values)
    return ON if ON in found else UNDETERMINED if UNDETERMINED in found else OFF


# --- moments ----------------------------------------------------------------------------------------------------------


class Moments(NamedTuple):
    """The value of a formula at once, and after relief."""

    at_once: str
    after_relief: str

    @property
    def value(self) -> str:
        """The one of four values that the two come to."""
        if self.at_once == self.after_relief:
            return self.at_once
        return REBOUNDS if (self.at_once, self.after_relief) == (OFF, ON) else UNDETERMINED


def moments_of(steps: Sequence[str]) -> Moments:
    """The moments of what has a value in each step; on in any step after the first is on after relief."""
    later = set(steps[1:] or steps)
    return Moments(steps[0], ON if ON in later else OFF if later == {OFF} else UNDETERMINED)


# --- statuses ---------------------------------------------------------------------------------------------------------


class Standing(NamedTuple):
    status: str
    by: frozenset[frozenset[str]]


def parts_of(regimen: Iterable[str]) -> list[frozenset[str]]:
    agents = sorted(regimen)
    return [frozenset(part) for size in range(len(agents) + 1) for part in combinations(agents, size)]


def deciding(regimen: Iterable[str], value: Callable[[frozenset[str]], Any]) -> frozenset[frozenset[str]]:
    """The minimal parts of a regimen from which on every larger part has the value of the whole."""
    parts, here = parts_of(regimen), value(frozenset(regimen))
    enough = [part for part in parts if all(value(other) == here for other in parts if part <= other)]
    return frozenset(part for part in enough if not any(other < part for other in enough))


def standing(regimen: Iterable[str], value: Callable[[frozenset[str]], str]) -> Standing:
    """The status under a regimen of what has a value under each part of it, and the minimal sets that decide it."""
    whole = frozenset(regimen)
    here = value(whole)
    if here == REBOUNDS:
        status = "rebounds"
    elif here == UNDETERMINED:
        status = "unknown"
    elif here == ON:
        status = "opened" if value(EMPTY) == OFF else "open"
    else:
        status = "broken" if any(value(part) != OFF for part in parts_of(whole)) else "inactive"
    by = deciding(whole, value) if status != "inactive" else frozenset()
    return Standing(status, by - {EMPTY})


def worst(statuses: Iterable[str]) -> str:
    """The worst of some statuses; of none it is inactive."""
    return min(statuses, key=STATUSES.index, default="inactive")
