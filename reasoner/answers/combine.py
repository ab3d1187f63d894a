"""Minimal regimens: every smallest set of agents that takes a cell out of its sanctuary, or the proof that none does.

A regimen solves the question when it or the background holds an effective killer of the cell, every goal is off, and
no function that is to be kept has gone off.  A killer of the background is in place from the start; without one each
candidate killer is tried in turn, and the goals are those that protect the cell from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reasoner.answers.combination.certificate import certificate
from reasoner.answers.combination.order import front, in_order
from reasoner.answers.combination.priced import Priced, harm_in_short
from reasoner.answers.combination.priced_clones import PricedClones
from reasoner.answers.combination.rounds import DEFAULT_SIZE, Round, Wanted
from reasoner.answers.frame import bare_frame, finished, location
from reasoner.answers.killer_scopes import defeats, no_killer
from reasoner.answers.worst_clone import rows_of
from reasoner.asking.clones import Clone, clones_of
from reasoner.asking.placing import place_of, with_hypotheses
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.mechanism.killers import Killer
from reasoner.mechanism.well_founded import OFF
from reasoner.model.masks import bits, union
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.scenario import MOST_AGENTS
from reasoner.search.search import Goal, Solution
from reasoner.search.set_tree import Stop

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.combination import Combination, PartialRegimen, RegimenRow, SearchReason, WhyNone
    from reasoner.model.documents.scenario import HarmInShort

#: Without a size asked for, the search goes on to this size when nothing smaller answers and nothing is uncovered.
DEEPEST = 6
#: Partial regimens that are compared for the front, and ways to close one goal that are followed for it.
MOST_COMPARED = 300
MOST_WAYS = 100
#: Regimens that are listed of a search that was told to end, so that the answer comes soon.
MOST_AT_THE_END = 20


def combine(reasoned: Reasoned, request: ScenarioRequest, wish: Wish, *, stop: Stop | None = None) -> Combination:
    """All minimal regimens, or the certificate that there are none.

    ``stop`` is asked now and then with the number of sets looked at and the current size; True ends the search with
    what was found, marked as partial.
    """
    with with_hypotheses(reasoned, request.background) as wider:
        clones = clones_of(wider, request)
        places = [place_of(wider, clone.request) for clone in clones]
        wanted = Wanted(wider, places, request.background, wish, stop)
        return _document(wanted, clones if request.clones else [], _search(wanted))


@dataclass(frozen=True, slots=True)
class _Regimens:
    """What the rounds found up to a size: added sets with the round that each comes from, smallest first."""

    size: int
    solutions: list[tuple[Round, Solution]]
    sets: dict[tuple[str, ...], Round]
    interrupted: bool

    @property
    def exhaustive_to(self) -> int:
        return min((solution.exhaustive_to + len(turn.added) for turn, solution in self.solutions), default=self.size)

    def lacking(self, wanted: Wanted) -> list[Killer]:
        """The killers, where none of them gets what it depends on from any set of agents."""
        turns = [turn for turn, _ in self.solutions]
        if self.sets or self.interrupted or any(turn.can_act(self.size) for turn in turns):
            return []
        defeated = {
            k.agent: k
            for turn in turns
            for clone in range(len(wanted.places))
            for k in wanted.scenario(clone, turn.added).defeated_killers
        }
        return list(defeated.values())

    @property
    def exhausted(self) -> bool:
        return all(solution.exhausted for _, solution in self.solutions)


def _search(wanted: Wanted) -> _Regimens:
    """Search up to the size asked for; without one, on to the deepest size while nothing is found and something may."""
    size = DEFAULT_SIZE if wanted.wish.max_size is None else wanted.wish.max_size
    found = _up_to(wanted, size)
    deepest = size if wanted.wish.max_size is not None else DEEPEST
    while size < deepest and not (found.sets or found.interrupted or found.exhausted):
        size += 1
        found = _up_to(wanted, size)
    return found


def _up_to(wanted: Wanted, size: int) -> _Regimens:
    solutions: list[tuple[Round, Solution]] = []
    for turn in wanted.rounds:
        interrupted = bool(solutions) and solutions[-1][1].interrupted
        solution = Solution(exhaustive_to=-1, interrupted=True) if interrupted else turn.solve(size)
        solutions.append((turn, solution))
    whole = [(turn, solution) for turn, solution in solutions if solution.sets and not turn.unknown]
    sets: dict[tuple[str, ...], Round] = {}
    for turn, solution in whole or solutions:
        for added in map(turn.regimen, solution.sets):
            if turn.is_effective(added) and turn.leaves_unknown(added):
                sets.setdefault(added, turn)
    interrupted = wanted.interrupted or any(solution.interrupted for _, solution in solutions)
    return _Regimens(size, solutions, _minimal(sets), interrupted)


def _minimal(sets: dict[tuple[str, ...], Round]) -> dict[tuple[str, ...], Round]:
    """The sets that hold no other; those of one round hold none of the same round anyway.

    Those with a killer of this very cell come first, then the smaller.
    """
    kept: dict[tuple[str, ...], Round] = {}
    sizes: set[int] = set()
    several = len(set(map(id, sets.values()))) > 1
    for added in sorted(sets, key=lambda s: (len(s), s)):
        smaller = (part for size in sizes if size < len(added) for part in combinations(added, size))
        if not (several and any(part in kept for part in smaller)):
            kept[added] = sets[added]
            sizes.add(len(added))
    return dict(sorted(kept.items(), key=lambda item: not item[1].exact))


# --- the answer -------------------------------------------------------------------------------------------------------


def _document(wanted: Wanted, clones: Sequence[Clone], found: _Regimens) -> Combination:
    wish, rounds = wanted.wish, wanted.rounds
    goals = {goal.name for turn in rounds for goal in turn.goals}
    rows = list(_rows(wanted, _listed(wanted, clones, found)))
    listed = [tuple(row["added"]) for row in rows]
    best = None if wanted.interrupted else min(rounds, key=lambda turn: len(turn.out_of_reach), default=None)
    uncovered = sorted(best.uncovered, key=lambda goal: goal.name) if best and not rows else []
    told = {found.sets[added].killers: found.sets[added] for added in listed}
    shown = told.values() or ([best] if best else [])
    lacking = [] if rows else found.lacking(wanted)
    unknown = [] if lacking else _names(goal for turn in shown for goal in turn.unknown)
    closest = [] if rows or found.interrupted else _front(wanted, clones, found)
    near = {name for turn in rounds for name in turn.near} & goals
    front_rows: list[PartialRegimen] = [
        {**row, "near_left": [name for name in row["goals_left"] if name in near]}
        for row in _rows(wanted, closest[: wish.limit])
    ]
    cut_short = found.interrupted or wanted.interrupted
    why: WhyNone = {} if rows else {"reasons": [_reason(wanted, found, uncovered, lacking)]}
    whole: Combination = {
        "command": "combine",
        **bare_frame(wanted.reasoned, closed_world=True),
        **why,
        "verdict": rows[0]["verdict"] if rows else None,
        "answers": [*rows],
        **location(wanted.place, _shared(wanted), wanted.background),
        "clones": rows_of(clones),
        "goals": sorted(goals),
        "near": sorted(near),
        "stated_for": sorted({scope for turn in rounds for scope in turn.scopes}),
        "farther": sorted({goal.name for turn in rounds for goal in turn.farther} - goals),
        "off_before": sorted(set.intersection(*(_off_before(turn) for turn in rounds))) if rounds else [],
        "regimens": rows,
        "complete": bool(rows) and not unknown,
        "exhaustive_to": max(found.exhaustive_to, 0),
        "exhausted": found.exhausted,
        "found": len(found.sets),
        "limit_reached": cut_short or len(found.sets) > wish.limit,
        "interrupted": cut_short,
        "uncovered": _names(uncovered),
        "unknown": unknown,
        "certificate": certificate(wanted, uncovered),
        "front": front_rows,
        "front_found": len(closest),
        "dropped": [{"agent": agent, "touches": names} for agent, names in sorted(wanted.dropped.items())],
        "spared": [{"cell": f.place.cell or "", "function": f.name} for f in wanted.kept],
        "background_harms": _own_harms(wanted),
    }
    return finished(wanted.reasoned, whole)


def _listed(wanted: Wanted, clones: Sequence[Clone], found: _Regimens) -> list[Priced | PricedClones]:
    """The regimens to list, evaluated from scratch: the best known first, of equals the cheapest.

    Of very many the smallest are compared; once the search is to end, of the first ones alone.
    """
    priced: list[Priced | PricedClones] = []
    limit = wanted.wish.limit
    for number, added in enumerate(list(found.sets)[: max(MOST_COMPARED, limit)]):
        if wanted.stop() and number >= MOST_AT_THE_END:
            break
        priced.append(_checked(wanted, clones, found.sets[added], added))
    return [*in_order(priced[:MOST_COMPARED]), *priced[MOST_COMPARED:]][:limit]


def _rows(wanted: Wanted, regimens: Iterable[Priced | PricedClones]) -> Iterator[RegimenRow]:
    """The entries of regimens; once the search is to end, of the first ones alone."""
    for number, regimen in enumerate(regimens):
        if wanted.stop() and number >= MOST_AT_THE_END:
            return
        yield regimen.row


def _shared(wanted: Wanted) -> frozenset[str]:
    """The states of every clone."""
    return frozenset.intersection(*(place.states for place in wanted.places))


def _priced(wanted: Wanted, clones: Sequence[Clone], turn: Round, added: Sequence[str]) -> Priced | PricedClones:
    """A regimen evaluated from scratch, in every clone where there are several."""
    parts = [
        Priced(Assessment(wanted.reasoned, place, wanted.background, added), added, goals)
        for place, goals in zip(wanted.places, turn.own_goals, strict=True)
    ]
    return PricedClones([clone.name for clone in clones], parts) if clones else parts[0]


def _checked(wanted: Wanted, clones: Sequence[Clone], turn: Round, added: Sequence[str]) -> Priced | PricedClones:
    """A regimen evaluated from scratch; that it does what it was found for is checked once more."""
    priced = _priced(wanted, clones, turn, added)
    agents = (*wanted.background, *added)
    lost = [f.name for f in wanted.kept if wanted.lost(f, agents) and not wanted.lost(f, wanted.background)]
    if priced.goals_left - {goal.name for goal in turn.unknown} or lost or not priced.is_killing:
        raise RuntimeError(f"the search and the evaluation disagree on {'+'.join(agents)}")
    return priced


def _off_before(turn: Round) -> set[str]:
    return {goal.name for goal in turn.goals if turn.before(goal) == OFF}


def _own_harms(wanted: Wanted) -> list[HarmInShort]:
    """What the background itself does to the spared functions, or to any normal cell when none is spared."""
    if len(wanted.background) > MOST_AGENTS:
        return []
    own = [Assessment(wanted.reasoned, place, (), wanted.background).harms for place in wanted.places]
    harms = dict.fromkeys(harm for harms in own for harm in harms)
    return [harm_in_short(harm) for harm in harms if not wanted.kept or wanted.keeps(harm)]


def _reason(wanted: Wanted, found: _Regimens, uncovered: Sequence[Goal], lacking: Sequence[Killer]) -> SearchReason:
    """Why there is no regimen."""
    label = wanted.reasoned.label
    if not wanted.rounds and not wanted.defeated:
        text = no_killer(wanted.reasoned, wanted.place.cell or "", "no agent that may be given")
        return {"code": "NO_KILLER", "text": text}
    if not wanted.rounds:
        return {"code": "KILLER_DEFEATED", "text": defeats(wanted.reasoned, wanted.defeated)}
    if uncovered:
        names = ", ".join(label(goal.name.rpartition("/")[2]) for goal in uncovered)
        return {"code": "TARGET_NOT_ON_ROUTE", "text": f"no set of agents closes: {names}"}
    if lacking:
        return {"code": "KILLER_DEFEATED", "text": defeats(wanted.reasoned, lacking)}
    if all(turn.is_undecided for turn in wanted.rounds):
        return {"code": "UNDECIDED", "text": "what is asked for stays undetermined, whatever is given"}
    if found.interrupted:
        return {"code": "CUT_SHORT", "text": f"the search was cut short after {found.exhaustive_to} agents"}
    spared = " and keeps what is to be spared" if wanted.kept else ""
    alone = "every goal can be closed by itself" + (", not minding what is to be spared" if wanted.kept else "")
    if found.exhausted or found.exhaustive_to >= len(wanted.agents):
        return {"code": "NOT_TOGETHER", "text": f"{alone}, but no set of agents closes all{spared}"}
    size = found.exhaustive_to
    return {"code": "TOO_FEW", "text": f"{alone}, but not all by {size} agents{spared}; try a larger --max-size"}


def _names(goals: Iterable[Goal]) -> list[str]:
    return sorted({goal.name for goal in goals})


# --- the front --------------------------------------------------------------------------------------------------------


def _front(wanted: Wanted, clones: Sequence[Clone], found: _Regimens) -> list[Priced | PricedClones]:
    """Partial regimens that no other beats in goals closed, size, harms and strength."""
    pool: dict[tuple[str, ...], Priced | PricedClones] = {}
    for turn in wanted.rounds:
        for added in _partial(turn, min(found.size, DEFAULT_SIZE)):
            if added not in pool and len(pool) < MOST_COMPARED:
                pool[added] = _priced(wanted, clones, turn, added)
    return front(pool.values(), wanted.stop)


def _partial(turn: Round, size: int) -> list[tuple[str, ...]]:
    """Unions of the smallest sets that close single goals, up to a size, as regimens; small ones first.

    Where there are very many, those that close most go on.
    """
    ways = [[union(1 << i for i in chosen) for chosen in turn.closing(goal, size)[:MOST_WAYS]] for goal in turn.goals]
    single = sorted({way for own in ways for way in own})

    def closes(chosen: int) -> int:
        return sum(any(way & chosen == way for way in own) for own in ways)

    unions, latest = {0}, [0]
    while latest:
        wider = {known | way for known in latest for way in single} - unions
        fit = [chosen for chosen in wider if chosen.bit_count() <= size - len(turn.added)]
        latest = sorted(fit, key=lambda chosen: (-closes(chosen), chosen))[:MOST_WAYS]
        unions.update(latest)
    return sorted((turn.regimen(bits(chosen)) for chosen in unions), key=lambda added: (len(added), added))
