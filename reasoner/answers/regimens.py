"""The price of a regimen: what it closes, leaves open and opens, what it costs the normal cell, how solid it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reasoner.answers.judging import Judge, modality_word, strength_word
from reasoner.engine.outcomes import Assessment
from reasoner.engine.place import Place
from reasoner.engine.scenario import BROKEN, OPEN, OPENED, UNKNOWN, Scenario
from reasoner.engine.solidity import FIRM, Solidity
from reasoner.engine.verdict import YES
from reasoner.engine.well_founded import OFF

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


@dataclass(frozen=True, slots=True)
class Priced:
    """A regimen with what a comparison needs, and its row of a document."""

    added: tuple[str, ...]
    closes: frozenset[str]
    harms: frozenset[tuple[str, str, bool]]
    solidity: Solidity
    row: dict[str, Any]


def price(
    kb: Reasoned,
    place: Place,
    background: Sequence[str],
    added: Sequence[str],
    goals: frozenset[str] | None = None,
) -> Priced:
    """Evaluate a regimen from scratch and price it; ``goals`` are the routes that count in a comparison (all)."""
    assessment = Assessment(kb, place, background, added)
    scenario, judge = assessment.scenario, Judge(kb, assessment)
    closed = closed_routes(scenario)
    solidity = FIRM
    for standing in scenario.routes:
        if standing.route.name in closed:
            solidity = solidity.weakest(judge.scores().break_of([arm for arm, _ in standing.arms]))
    harms = assessment.harms
    verdict, evidence = _verdict(judge)
    row = {
        "agents": [*scenario.background, *added],
        "added": list(added),
        "killers": [agent for agent, _ in scenario.killers],
        "closes": sorted(closed),
        "leaves_open": [s.route.name for s in scenario.routes if s.status in (OPEN, OPENED)],
        "undetermined": [s.route.name for s in scenario.routes if s.status == UNKNOWN],
        "opens": [s.route.name for s in scenario.routes if s.status == OPENED],
        "harms": [{"cell": h.cell, "function": h.function, "extent": h.extent, "by": list(h.by)} for h in harms],
        "verdict": verdict,
        "evidence": evidence,
        "strength": strength_word(kb, solidity) if closed else None,
        "modality": modality_word(solidity) if closed else None,
    }
    counted = closed if goals is None else closed & goals
    return Priced(
        tuple(added), counted, frozenset((h.cell, h.function, h.extent == "lost") for h in harms), solidity, row
    )


def closed_routes(scenario: Scenario) -> frozenset[str]:
    """Routes that are off under the regimen and were not under the background with its killers in place."""
    killers = [agent for agent, _ in scenario.killers if agent in scenario.regimen]
    with_killers = scenario.valuation(killers)
    closed = set()
    for standing in scenario.routes:
        before = [with_killers.all_of(arm.mask) for arm, _ in standing.arms]
        if standing.status == BROKEN or (_off(scenario, standing.arms) and any(v != OFF for v in before)):
            closed.add(standing.route.name)
    return frozenset(closed)


def _off(scenario: Scenario, arms: Sequence[tuple[Any, Any]]) -> bool:
    return all(scenario.valuation().all_of(arm.mask) == OFF for arm, _ in arms)


def _verdict(judge: Judge) -> tuple[str, list[str]]:
    """The verdict on what matters most of what the regimen concludes: sensitising, then dislodging."""
    concluded = {f.predicate for f in judge.assessment.conclusions if str(f.object) == judge.place.cell}
    for predicate in ("sensitises", "dislodges", "awakens"):
        if predicate in concluded:
            judged = judge.outcome(predicate, judge.place.cell or "", YES, judge.scenario.routes)
            return str(judged["verdict"]), list(judged["evidence"])
    return "predicted", []


def beats(one: Priced, other: Priced) -> bool:
    """Whether one regimen is at least as good in routes closed, size, harms and strength, and better in one."""
    at_least = (
        one.closes >= other.closes
        and len(one.added) <= len(other.added)
        and one.harms <= other.harms
        and one.solidity.tier >= other.solidity.tier
    )
    better = (
        one.closes > other.closes
        or len(one.added) < len(other.added)
        or one.harms < other.harms
        or one.solidity.tier > other.solidity.tier
    )
    return at_least and better


def front(priced: Iterable[Priced]) -> list[Priced]:
    """The regimens that close something and that no other beats: most routes first, then small, harmless, solid."""
    useful = [p for p in priced if p.closes]
    kept = [p for p in useful if not any(beats(other, p) for other in useful)]
    return sorted(kept, key=lambda p: (-len(p.closes), len(p.added), len(p.harms), -p.solidity.tier, p.added))
