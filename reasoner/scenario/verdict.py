"""The verdict on a conclusion: what was derived, crossed with what sources say of it from near and from far.

Every face takes its words from here.  A word never says more than the weakest thing under it, and opposition is never
lost: where what was tested elsewhere, or a part of the regimen, speaks against a conclusion, that is said beside
whatever word it has.  The laboratory and patients are judged apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypedDict

from reasoner.inference.distance import Distance
from reasoner.inference.evidence import Evidence, Spoken
from reasoner.inference.weighing import AGAINST, FOR, Drift, ForOrAgainst

if TYPE_CHECKING:
    from reasoner.model.documents.scenario import DriftRow, OfPatients, Sourced
    from reasoner.model.documents.words import Derived, Elsewhere, Tested, Verdict

YES: Final = "yes"
NO: Final = "no"
MAYBE: Final = "undetermined"

SUPPORTED: Final = "supported"
CONTESTED: Final = "contested"
OPPOSED: Final = "opposed"
PROPOSED: Final = "proposed"
DISPUTED: Final = "disputed_elsewhere"
SHOWN: Final = "shown_elsewhere"
PREDICTED: Final = "predicted"
BY_ANALOGY: Final = "by_analogy"
CONJECTURED: Final = "conjectured"
REPORTED: Final = "reported"
REFUTED: Final = "refuted"
UNDETERMINED: Final = "undetermined"
NOT_DERIVED: Final = "not_derived"
NOT_TESTED: Final = "not_tested"

#: The order of the words wherever answers are ranked; others stand last.
ORDER: Final[Sequence[Verdict]] = (
    SUPPORTED, CONTESTED, PROPOSED, SHOWN, PREDICTED, BY_ANALOGY, CONJECTURED, DISPUTED, OPPOSED,
)  # fmt: skip


def rank(word: Verdict | None) -> int:
    """The place of a word in the order, the best first.

    >>> rank("contested") < rank("predicted") < rank("opposed") < rank(None)
    True
    """
    return ORDER.index(word) if word in ORDER else len(ORDER)


def least(words: Iterable[Verdict]) -> Verdict | None:
    """The word of a document of several conclusions: that of the one known worst; None where there is none.

    >>> least(["supported", "disputed_elsewhere", "predicted"])
    'disputed_elsewhere'
    """
    return max(words, key=rank, default=None)


def of_all(rows: Sequence[Sourced]) -> Verdict:
    """The word of a document of outcomes: that of the derived one known worst, else of what is claimed."""
    derived = [row["verdict"] for row in rows if row["derived"] == YES]
    return least(derived or [row["verdict"] for row in rows]) or NOT_DERIVED


class Wording(TypedDict):
    """What is derived, and the words for it."""

    derived: Derived
    verdict: Verdict
    elsewhere: Elsewhere | None


class OpposedElsewhere(TypedDict):
    """What speaks against a conclusion elsewhere, and what is said of that after its word."""

    against_elsewhere: list[str]
    elsewhere: Elsewhere | None


class _Heard:
    """Who speaks on which side, of some of the claims."""

    def __init__(self, spoken: Iterable[Spoken]) -> None:
        own = list(spoken)

        def any_of(side: ForOrAgainst, *distances: Distance) -> bool:
            return any(s.voice.side == side and s.distance in distances for s in own)

        near = [s.voice for s in own if s.distance is Distance.NEAR]
        self.results = any(v.side == FOR and v.is_result for v in near)
        self.proposals = any(v.side == FOR and not v.is_result for v in near)
        self.against = any_of(AGAINST, Distance.NEAR)
        self.far_for = any(s.voice.side == FOR and s.voice.is_result and s.distance is Distance.FAR for s in own)
        self.far_against = any_of(AGAINST, Distance.FAR)
        self.opposed_elsewhere = any_of(AGAINST, Distance.FAR, Distance.PART)

    def word(self, derived: Derived, otherwise: Verdict) -> Verdict:
        """The word, ``otherwise`` where nobody says anything."""
        if self.results and self.against:
            return CONTESTED
        if self.results:
            return REPORTED if derived == NO else SUPPORTED
        if self.against:
            return OPPOSED if derived == YES else REFUTED
        if self.proposals:
            return PROPOSED
        if derived == NO:
            return otherwise
        return DISPUTED if self.far_against else SHOWN if self.far_for else otherwise

    def elsewhere(self, word: Verdict) -> Elsewhere | None:
        """What is said after a word: that it is disputed elsewhere, or, after one that denies, shown elsewhere."""
        if self.opposed_elsewhere:
            return None if word == DISPUTED else DISPUTED
        return SHOWN if self.far_for and word in (NOT_DERIVED, NOT_TESTED) else None


def said(derived: Derived, evidence: Evidence, otherwise: Verdict, papers: Callable[[Collection[str]], int]) -> Sourced:
    """All that is said of a conclusion: the words, both sides from near and from elsewhere, what was tested.

    ``otherwise`` is the word of what is derived and of which nobody speaks, ``papers`` counts those of claims.

    >>> [said(derived, Evidence(), "predicted", len)["verdict"] for derived in ("yes", "undetermined", "no")]
    ['predicted', 'undetermined', 'not_derived']
    """
    heard = _Heard(s for s in evidence.spoken if not s.voice.of_patients)
    silence: Mapping[Derived, Verdict] = {YES: otherwise, MAYBE: UNDETERMINED, NO: NOT_DERIVED}
    word = heard.word(derived, silence[derived])
    side_for, side_against = (evidence.on(side, Distance.NEAR) for side in (FOR, AGAINST))
    else_for, else_against = (evidence.on(side, Distance.FAR, Distance.PART) for side in (FOR, AGAINST))
    return {
        "derived": derived,
        "verdict": word,
        "elsewhere": heard.elsewhere(word),
        "patients": _of_patients(derived, evidence),
        "evidence": list(dict.fromkeys([*side_for, *side_against])) or list(dict.fromkeys([*else_for, *else_against])),
        "for": side_for,
        "against": side_against,
        "for_elsewhere": else_for,
        "against_elsewhere": else_against,
        "of_parts": list(dict.fromkeys(evidence.on(FOR, Distance.PART) + evidence.on(AGAINST, Distance.PART))),
        "told": list(evidence.told),
        "tested": tested_as(evidence),
        "papers": {"for": papers(side_for), "against": papers(side_against)},
        "drift": [drift_row(drift) for drift in evidence.drifts],
    }


def tested_as(evidence: Evidence) -> Tested:
    """Whether just these agents were tested, some of them, or none."""
    return "as_given" if evidence.as_given else "parts" if evidence.in_part else "none"


def drift_row(drift: Drift) -> DriftRow:
    """A claim that drifted from its paper, as a document tells of it."""
    return {
        "claim": drift.claim,
        "cited_for": drift.cited_for,
        "by": list(drift.by),
        "says": list(drift.says),
        "in_part": drift.in_part,
    }


def _of_patients(derived: Derived, evidence: Evidence) -> OfPatients:
    spoken = [s for s in evidence.spoken if s.voice.of_patients]
    heard = _Heard(spoken)
    word = heard.word(derived, NOT_TESTED)
    endpoints = sorted({s.voice.endpoint for s in spoken if s.voice.endpoint})
    return {
        "verdict": word,
        "elsewhere": heard.elsewhere(word),
        "told": evidence.told_of_patients,
        "endpoints": [
            {"endpoint": endpoint, "verdict": _Heard(_measured(spoken, endpoint)).word(derived, NOT_TESTED)}
            for endpoint in endpoints
        ],
    }


def _measured(spoken: Iterable[Spoken], endpoint: str) -> list[Spoken]:
    return [s for s in spoken if s.voice.endpoint == endpoint]


#: The words of what is not derived after all, by those of what is; others are not derived.
_UNDERIVED: Final[Mapping[Verdict, Verdict]] = {
    SUPPORTED: REPORTED,
    CONTESTED: CONTESTED,
    OPPOSED: REFUTED,
    PROPOSED: PROPOSED,
    REPORTED: REPORTED,
    REFUTED: REFUTED,
}


def underived(row: Sourced) -> Wording:
    """The words of a conclusion that is derived in one case and not in another: as of one that is not derived."""
    word = _UNDERIVED.get(row["verdict"], NOT_DERIVED)
    elsewhere = row["elsewhere"]
    if row["verdict"] == DISPUTED or row["verdict"] == SHOWN:
        elsewhere = row["verdict"]
    return {"derived": NO, "verdict": word, "elsewhere": elsewhere}


def opposition(row: Sourced, others: Iterable[Sourced]) -> OpposedElsewhere:
    """What speaks against a conclusion elsewhere, with what speaks against it in other cases that are told with it."""
    found = dict.fromkeys(row["against_elsewhere"])
    for other in others:
        found.update(dict.fromkeys((*other["against"], *other["against_elsewhere"])))
    elsewhere = [claim for claim in found if claim not in row["against"]]
    disputed = bool(elsewhere) and row["verdict"] != DISPUTED
    return {"against_elsewhere": elsewhere, "elsewhere": DISPUTED if disputed else row["elsewhere"]}


def ranking(row: Sourced) -> tuple[int, bool, bool]:
    """The place of a conclusion among others: by the word of patients where they were tested, else the laboratory's.

    Of equal words that which is not disputed elsewhere stands first, then that which was tested as given.
    """
    patients = row["patients"]["verdict"]
    word = row["verdict"] if patients == NOT_TESTED else patients
    return rank(word), row["elsewhere"] == DISPUTED, row["tested"] != "as_given"
