"""The nearest miss: the smallest sets of statements that would make a conclusion hold if they were true.

Candidates come from :mod:`reasoner.answers.missing.hypotheses`.  Each set is evaluated by assuming its facts; a set
that fails is extended only when it brought the conclusion nearer, by the statements that could then be missing.

Smaller sets come first: each further statement has to be true as well, and takes an experiment of its own.  Among sets
of one size those that nothing speaks against come first, since what the knowledge base says is what people have seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reasoner.answers.course import Course, asked
from reasoner.answers.holding import look
from reasoner.answers.missing.bearing import routes_asked
from reasoner.answers.missing.hypotheses import EXPERIMENTS, SPECIAL, Hypotheses, Hypothesis
from reasoner.answers.missing.opposition import Objection, Opposition
from reasoner.answers.reasons import fact_of
from reasoner.asking.conclusion import VALUES, Conclusion
from reasoner.mechanism.mechanism_graph import PROMOTES
from reasoner.mechanism.well_founded import OFF, ON
from reasoner.model.atom import Atom, Fact
from reasoner.model.spelling import is_bare_name
from reasoner.scenario.scenario import BROKEN, INACTIVE, RouteStanding

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.derivation import NearMiss
    from reasoner.model.documents.why_not import HypothesisRow

LARGEST = 2
SHOWN = 20
#: Sets that one question evaluates at most.
MOST_SETS = 1500
_FAR = 9


@dataclass(slots=True)
class Abduction:
    """Sets that make the conclusion hold, the likeliest first; ``cut_short`` when a limit was met."""

    sets: list[tuple[Hypothesis, ...]] = field(default_factory=list)
    cut_short: bool = False


def abduce(
    reasoned: Reasoned,
    conclusion: Conclusion,
    request: ScenarioRequest,
    *,
    largest: int = LARGEST,
    stop: Callable[[int], bool] | None = None,
) -> Abduction:
    """The subset-minimal sets of at most ``largest`` hypotheses under which a conclusion holds that does not.

    ``stop`` is asked before each evaluation, with how many there were; True ends the search with what was found.
    """
    search = _Growth(reasoned, conclusion, request, largest, stop)
    with asked(reasoned, conclusion, request) as (wider, taken):
        search.grow(wider, taken, ())
        search.keep_minimal(wider, taken)
    search.found.sets.sort(key=_place)
    return search.found


def _place(chosen: tuple[Hypothesis, ...]) -> tuple[Any, ...]:
    """Where a set stands: by size, then by what speaks against it, then general statements first."""
    opposed = sum(bool(hypothesis.against) for hypothesis in chosen)
    return len(chosen), opposed, sum(SPECIAL[h.kind] for h in chosen), [h.order for h in chosen]


def rows(found: Abduction) -> list[HypothesisRow]:
    """The first sets as they stand in the document of ``why-not``."""
    return [
        {
            "facts": [rule_form(fact) for hypothesis in chosen for fact in hypothesis.facts],
            "retracted": [rule_form(fact) for hypothesis in chosen for fact in hypothesis.retracted],
            "against": list(dict.fromkeys(name for h in chosen for o in h.against for name in _named(o))),
            "objections": [{"text": o.text, "against": _named(o)} for h in chosen for o in h.against],
            "text": "; ".join(hypothesis.text for hypothesis in chosen),
            "experiment": " ".join(dict.fromkeys(EXPERIMENTS[hypothesis.kind] for hypothesis in chosen)),
        }
        for chosen in found.sets[:SHOWN]
    ]


def _named(objection: Objection) -> list[str]:
    """The claims of an objection; the statement itself where it stands on no claim."""
    return list(objection.claims) or [rule_form(objection.fact)]


def rule_form(fact: Fact) -> str:
    """A fact as it can be assumed again: names that are no plain words stand in quotes.

    >>> rule_form(Fact("hasAgent", "a1", "drug a"))
    'hasAgent(a1, "drug a")'
    """
    names = [fact.subject] if fact.object is None else [fact.subject, fact.object]
    shown = [name if not isinstance(name, str) or is_bare_name(name) else f'"{name}"' for name in names]
    return f"{fact.predicate}({', '.join(map(str, shown))})"


class _Growth:
    """Grows sets of hypotheses, smallest first."""

    def __init__(
        self,
        reasoned: Reasoned,
        conclusion: Conclusion,
        request: ScenarioRequest,
        largest: int,
        stop: Callable[[int], bool] | None,
    ) -> None:
        self.reasoned = reasoned
        self.conclusion = conclusion
        self.request = request
        self.largest = largest
        self.stop = stop
        self.found = Abduction()
        self.evaluated = 0
        self.seen: set[frozenset[tuple[Fact, ...]]] = set()

    def grow(self, reasoned: Reasoned, taken: Course | None, chosen: tuple[Hypothesis, ...]) -> None:
        """Try every hypothesis on top of ``chosen``; go deeper from those that bring the conclusion nearer."""
        nearer: list[tuple[Hypothesis, ...]] = []
        far = distance(reasoned, self.conclusion, taken)
        for hypothesis in _candidates(reasoned, self.conclusion, taken):
            wider = (*chosen, hypothesis)
            key = frozenset(h.facts for h in wider)
            if key in self.seen or self._known(key):
                continue
            if self._is_ended():
                return
            self.seen.add(key)
            self.evaluated += 1
            with self._under(reasoned, taken, wider) as (other, course):
                if look(other, self.conclusion, course).holds:
                    self.found.sets.append(wider)
                elif len(wider) < self.largest and distance(other, self.conclusion, course) < far:
                    nearer.append(wider)
        for wider in nearer:
            if self._is_ended():
                return
            with self._under(reasoned, taken, wider) as (other, course):
                self.grow(other, course, wider)

    def keep_minimal(self, reasoned: Reasoned, taken: Course | None) -> None:
        """Leave out every set of which a part is enough; of a search that was ended, every set with a part untried."""
        self.found.sets = [
            chosen
            for chosen in self.found.sets
            if len(chosen) == 1 or not (self._is_told_to_end() or self._part_is_enough(reasoned, taken, chosen))
        ]

    def _part_is_enough(self, reasoned: Reasoned, taken: Course | None, chosen: tuple[Hypothesis, ...]) -> bool:
        parts = [(*chosen[:place], *chosen[place + 1 :]) for place in range(len(chosen) - 1)]
        return any(self._holds(reasoned, taken, (), part) for part in parts)

    def _holds(
        self, reasoned: Reasoned, taken: Course | None, done: tuple[Hypothesis, ...], rest: Sequence[Hypothesis]
    ) -> bool:
        """Whether the conclusion holds under ``done`` and some beginning of ``rest``."""
        if not rest:
            return False
        wider = (*done, rest[0])
        with self._under(reasoned, taken, wider) as (other, course):
            return look(other, self.conclusion, course).holds or self._holds(other, course, wider, rest[1:])

    @contextmanager
    def _under(
        self, reasoned: Reasoned, taken: Course | None, chosen: tuple[Hypothesis, ...]
    ) -> Iterator[tuple[Reasoned, Course | None]]:
        """The knowledge base in which hypotheses are stated; in ``reasoned`` all but the last are.

        A regimen in steps is taken from the start again: an earlier step may do more than before.
        """
        if taken is None or not taken.before:
            with _stated(reasoned, taken, chosen[-1]) as found:
                yield found
            return
        less = self.reasoned.base.without(fact for hypothesis in chosen for fact in hypothesis.retracted)
        other = self.reasoned.over(less).adding(fact for hypothesis in chosen for fact in hypothesis.facts)
        with asked(other, self.conclusion, self.request) as found:
            yield found

    def _known(self, key: frozenset[tuple[Fact, ...]]) -> bool:
        return any(key >= {h.facts for h in smaller} for smaller in self.found.sets)

    def _is_ended(self) -> bool:
        if self.evaluated >= MOST_SETS:
            self.found.cut_short = True
        return self._is_told_to_end() or self.found.cut_short

    def _is_told_to_end(self) -> bool:
        if self.stop is not None and self.stop(self.evaluated):
            self.found.cut_short = True
            return True
        return False


@contextmanager
def _stated(
    reasoned: Reasoned, taken: Course | None, hypothesis: Hypothesis
) -> Iterator[tuple[Reasoned, Course | None]]:
    """The knowledge base in which a hypothesis is stated."""

    def moved(other: Reasoned) -> Course | None:
        return None if taken is None else replace(taken, reasoned=other)

    if hypothesis.retracted:
        other = reasoned.over(reasoned.base.without(hypothesis.retracted)).adding(hypothesis.facts)
        yield other, moved(other)
        return
    with reasoned.assume(hypothesis.facts) as other:
        yield other, moved(other)


# --- how far ----------------------------------------------------------------------------------------------------------


def distance(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> int:
    """How many things are missing, at a rough count that falls when one of them is supplied."""
    if taken is None:
        misses = reasoned.closure.near_misses(fact_of(conclusion))
        return min((len(miss.missing) for miss in misses), default=_FAR)
    assessment = taken.assessment()
    if conclusion.predicate in VALUES:
        index = assessment.scenario.located.find(str(conclusion.args[0]))
        return _FAR if index is None else _missing_for(taken, index)
    outcome = reasoned.outcomes.get(conclusion.predicate)
    lacking = outcome is not None and outcome.needs_killer and not assessment.scenario.killers
    whole = conclusion.predicate == "breaksRoute"
    routes = routes_asked(reasoned, conclusion, assessment)
    if conclusion.predicate == "opensRoute":
        return min((_closed_needs(standing, taken, None) for standing in routes), default=_FAR)
    return lacking + min((_uncut(standing, taken, whole) for standing in routes), default=2)


def _uncut(standing: RouteStanding, taken: Course, whole: bool) -> int:
    """Arms that would have to be cut: all that are open, or one; of an inactive route also what would open it."""
    if standing.status == BROKEN or (standing.narrowed and not whole):
        return 0
    if standing.status == INACTIVE:
        return 1 + _closed_needs(standing, taken, ())
    still = sum(s.status not in (BROKEN, INACTIVE) for _, s in standing.arms)
    return still if whole else 1


def _closed_needs(standing: RouteStanding, taken: Course, agents: Sequence[str] | None) -> int:
    """The fewest needs of an arm that are not on."""
    valuation = taken.assessment().scenario.valuation(agents)
    return min(sum(valuation.value(1 << i) != ON for i in arm.needs) for arm, _ in standing.arms)


def _missing_for(taken: Course, index: int) -> int:
    """The fewest requirements that the best mechanism of an activity lacks, and itself."""
    scenario = taken.assessment().scenario
    valuation = scenario.valuation()
    lacking = [
        sum(valuation.value(1 << i) == OFF for i in m.requires)
        for m in scenario.located.by_effect.get(index, ())
        if m.sign == PROMOTES
    ]
    return 1 + min(lacking, default=0)


# --- candidates -------------------------------------------------------------------------------------------------------


def _candidates(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> list[Hypothesis]:
    if taken is not None:
        return _in_steps(reasoned, conclusion, taken)
    opposition = Opposition(reasoned, None)
    found = [_missing(miss, opposition) for miss in reasoned.closure.near_misses(fact_of(conclusion))]
    return sorted((h for group in found for h in group), key=lambda h: h.order)


def _in_steps(reasoned: Reasoned, conclusion: Conclusion, taken: Course) -> list[Hypothesis]:
    """What could be missing in the last step, and for the step before it to change the state of the cell."""
    found = Hypotheses(reasoned, conclusion, taken.assessment()).all()
    for step in taken.before[-1:]:
        for outcome in reasoned.outcomes.reaching:
            sought = Conclusion(outcome.predicate, (taken.place.cell or "",), step.assessment.scenario.regimen)
            found += Hypotheses(step.assessment.reasoned, sought, step.assessment).all()
    return sorted({h.facts: h for h in found}.values(), key=lambda h: h.order)


def _missing(miss: NearMiss, opposition: Opposition) -> list[Hypothesis]:
    """The atoms that a rule lacks, each as a hypothesis, when all of them are facts."""
    if any(atom.variables or atom.is_builtin for atom in miss.missing):
        return []
    facts = [_fact(atom) for atom in miss.missing]
    return [Hypothesis("fact", (fact,), str(fact), against=opposition.to([fact])) for fact in facts]


def _fact(atom: Atom) -> Fact:
    subject, *rest = atom.args
    return Fact(atom.predicate, str(subject), *rest)  # type: ignore[arg-type]
