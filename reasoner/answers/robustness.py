"""On which papers a conclusion hangs: each is left out in turn, and the smallest sets that topple it are looked for.

Every case is evaluated anew, on a knowledge base as if the papers had not been written.  A conclusion goes on to hold
while the facts of one derivation of it stand, and a fact stands while one claim beside it does; so a set that topples
it leaves out all papers of some fact under each derivation, and only such sets are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.answers.contradicted import MARK
from reasoner.answers.course import Course, asked
from reasoner.answers.explain import Explainer
from reasoner.answers.frame import finished, frame, reason
from reasoner.answers.holding import Held, look
from reasoner.answers.resting import of_trees

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.inference.reasoned import Reasoned
    from reasoner.knowledge import StatedKnowledge
    from reasoner.model.documents.frame import Marked, ReasonRow
    from reasoner.model.documents.robustness import Robustness, WithoutPaper

LARGEST = 2
#: Cases that one question evaluates at most.
MOST_CASES = 1000

Papers = frozenset[str]


def robustness(
    reasoned: Reasoned,
    conclusion: Conclusion,
    request: ScenarioRequest,
    *,
    largest: int = LARGEST,
    stop: Callable[[int], bool] | None = None,
) -> Robustness:
    """What becomes of a conclusion without each paper under it.

    ``toppled_by`` lists the smallest sets, of at most ``largest`` papers, without which it does not hold.  ``stop`` is
    asked before each case, with how many have been evaluated; True ends with what was found, marked as partial.
    """
    cases = _WithoutPapers(reasoned, conclusion, request, stop)
    whole = cases.case(frozenset())
    papers = reasoned.base.papers([*whole.cited, *whole.spoken]) if whole.held.holds else []
    mark = _mark(reasoned, conclusion, request)
    answers: list[WithoutPaper] = [
        _row(reasoned, cases, whole, paper, mark) for paper in papers if not cases.is_ended()
    ]
    left_out = [row["paper"] for row in answers]
    answers.sort(key=lambda row: (row["holds"], not row["changed"], row["paper"]))
    toppling = _toppling(cases, left_out, largest) if papers else []
    told: Robustness = {
        "command": "robustness",
        **frame(reasoned, closed_world=conclusion.of_scenario),
        **whole.held.said,
        "answers": answers,
        "conclusion": str(conclusion),
        "holds": whole.held.holds,
        "status": whole.held.status,
        "toppled_by": sorted((sorted(found) for found in toppling), key=lambda found: (len(found), found)),
        "exhaustive_to": cases.complete_to if cases.ended else largest,
        "limit_reached": cases.ended,
        **mark,
    }
    if reasons := _reasons(conclusion, whole.held, papers):
        told["reasons"] = reasons
    return finished(reasoned, told)


def _mark(reasoned: Reasoned, conclusion: Conclusion, request: ScenarioRequest) -> Marked:
    """The contradicted individuals that the conclusion itself rests on."""
    if not reasoned.contradictions:
        return {}
    with asked(reasoned, conclusion, request) as (wider, taken):
        trees = Explainer(wider, conclusion, taken).trees(every=False)
        return {MARK: sorted(of_trees(wider, trees, taken.located if taken else None))}


def _reasons(conclusion: Conclusion, held: Held, papers: list[str]) -> list[ReasonRow]:
    if not held.holds:
        return [reason("NOT_REPORTED", f"{conclusion} does not hold; ask why-not for what is missing")]
    return [] if papers else [reason("NOT_REPORTED", f"{conclusion} rests on no paper: definitions and stated facts")]


def _row(reasoned: Reasoned, cases: _WithoutPapers, whole: _Case, paper: str, mark: Marked) -> WithoutPaper:
    held = cases.case(frozenset({paper})).held
    return {
        "paper": paper,
        "label": reasoned.label(paper),
        "claims": [
            claim
            for claim in dict.fromkeys((*whole.cited, *whole.spoken))
            if paper in reasoned.base.claim(claim).papers
        ],
        "holds": held.holds,
        "changed": _words(held) != _words(whole.held),
        **held.said,
        "status": held.status,
        **mark,
    }


def _words(held: Held) -> tuple[object, ...]:
    """All that is said of a conclusion in words: whether it holds, and what it is worth."""
    said = held.said
    return held.holds, said["verdict"], said["elsewhere"], said["patients"], said["strength"]


# --- cases ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """The conclusion without some papers: what it is worth, the claims it stands on, and those that speak of it."""

    base: StatedKnowledge
    held: Held
    cited: tuple[str, ...]
    spoken: tuple[str, ...] = ()


class _WithoutPapers:
    """Evaluates the conclusion without sets of papers, each set once."""

    def __init__(
        self, reasoned: Reasoned, conclusion: Conclusion, request: ScenarioRequest, stop: Callable[[int], bool] | None
    ) -> None:
        self.reasoned = reasoned
        self.conclusion = conclusion
        self.request = request
        self.stop = stop
        self.ended = False
        self.complete_to = 0
        self._known: dict[Papers, _Case] = {}
        self._status: str | None = None

    def is_ended(self) -> bool:
        """Whether no further case may be evaluated: there were enough, or the caller wants no more."""
        done = len(self._known)
        self.ended = self.ended or done >= MOST_CASES or (self.stop is not None and self.stop(done))
        return self.ended

    def case(self, papers: Papers) -> _Case:
        """The conclusion as if these papers had not been written."""
        if papers not in self._known:
            self._known[papers] = self._evaluate(papers)
        return self._known[papers]

    def _evaluate(self, papers: Papers) -> _Case:
        base = self.reasoned.base.without_papers(papers) if papers else self.reasoned.base
        reasoned = self.reasoned.over(base) if papers else self.reasoned
        with asked(reasoned, self.conclusion, self.request) as (wider, taken):
            held = look(wider, self.conclusion, taken)
            judged = held.judged
            if not papers:
                self._status = held.status
            elif held.status != self._status:
                held = Held(False, lambda: judged, held.status)
            cited = dict.fromkeys(_claims_under(wider, self.conclusion, taken)) if held.holds else {}
        cited.update(dict.fromkeys(held.evidence if held.holds else ()))
        spoken = held.spoken if held.holds else ()
        return _Case(base, held, tuple(cited), spoken)


def _claims_under(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> list[str]:
    """The claims that the explanation of a conclusion cites, in order."""
    found: dict[str, None] = {}
    for tree in Explainer(reasoned, conclusion, taken).trees(every=False):
        found.update(dict.fromkeys(tree.claims()))
    return list(found)


# --- sets that topple -------------------------------------------------------------------------------------------------


def _toppling(cases: _WithoutPapers, papers: list[str], largest: int) -> list[Papers]:
    """The smallest sets of papers without which the conclusion does not hold."""
    found: list[Papers] = [frozenset({paper}) for paper in papers if not cases.case(frozenset({paper})).held.holds]
    waiting: list[set[Papers]] = [set() for _ in range(largest + 1)]
    waiting[0].add(frozenset())
    for size in range(largest + 1):
        for chosen in sorted(waiting[size], key=sorted):
            if any(known <= chosen for known in found):
                continue
            if cases.is_ended():
                return found
            if not cases.case(chosen).held.holds:
                found.append(_smallest(cases, chosen))
                continue
            for wider in _wider(cases.case(chosen), chosen):
                if len(wider) <= largest:
                    waiting[len(wider)].add(wider)
        cases.complete_to = size
    return found


def _wider(case: _Case, chosen: Papers) -> Iterator[Papers]:
    """The sets that also leave out all papers of one fact under the conclusion."""
    cited = set(case.cited)
    for support in case.base.annotated.values():
        if cited.intersection(support.claims):
            told = [case.base.claim(claim).papers for claim in support.supported or support.claims]
            if all(told):
                yield chosen.union(*told)


def _smallest(cases: _WithoutPapers, papers: Papers) -> Papers:
    """A part of a toppling set that topples by itself and has no smaller such part one paper away."""
    for paper in sorted(papers):
        if len(papers) > 1 and not cases.case(papers - {paper}).held.holds:
            return _smallest(cases, papers - {paper})
    return papers
