"""Nearest misses, robustness and conflicts over the shipped knowledge, and the line that a long question shows."""

import io
import sys
from functools import cache
from typing import Any

import pytest

from reasoner.answers.conflicts import conflicts
from reasoner.answers.missing.abduce import SHOWN, abduce, rows
from reasoner.answers.missing.hypotheses import EXPERIMENTS, SPECIAL
from reasoner.answers.robustness import robustness
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.resolving import conclusion_request
from reasoner.cli.progress import Progress
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def asked(text: str, **where: Any) -> tuple[Any, ScenarioRequest]:
    return conclusion_request(shipped(), text, ScenarioRequest(**where))


# --- nearest misses ---------------------------------------------------------------------------------------------------


def test_every_kind_of_hypothesis_has_an_experiment_in_one_sentence() -> None:
    assert EXPERIMENTS.keys() == SPECIAL.keys()
    for sentence in EXPERIMENTS.values():
        assert sentence.endswith(".") and ". " not in sentence


def test_at_most_twenty_sets_are_shown_and_all_are_counted() -> None:
    conclusion, request = asked("breaksRoute(imatinib+plerixafor, RP09)", cell="CML_LSC")
    found = abduce(shipped(), conclusion, request, largest=1)
    found.sets = found.sets * 30
    assert len(rows(found)) == SHOWN < len(found.sets)


def test_smaller_and_more_general_sets_come_first() -> None:
    conclusion, request = asked("breaksRoute(imatinib, RP07)", cell="CML_LSC")
    sets = abduce(shipped(), conclusion, request, largest=2).sets
    kinds = [[hypothesis.kind for hypothesis in chosen] for chosen in sets]
    assert [len(chosen) for chosen in sets] == sorted(len(chosen) for chosen in sets)
    assert kinds[0] == ["action"]
    assert kinds.index(["need"]) > max(number for number, kind in enumerate(kinds) if kind == ["action"])


# --- robustness -------------------------------------------------------------------------------------------------------


def test_the_papers_that_a_conclusion_hangs_on_come_first() -> None:
    conclusion, request = asked("mobilises(plerixafor, HSC)", cell="CML_LSC")
    answers = robustness(shipped(), conclusion, request, largest=1)["answers"]
    assert [row["holds"] for row in answers] == sorted(row["holds"] for row in answers)
    assert not answers[0]["holds"]


@pytest.mark.ci
def test_any_paper_can_be_left_out_of_the_shipped_knowledge() -> None:
    """Nothing is left half said: every remaining statement is whole, and can be reasoned with."""
    base = shipped().base
    papers = sorted({paper for claim in base.claims.values() for paper in claim.papers})
    assert len(papers) > 80
    for paper in papers:
        left = base.without_papers([paper])
        assert Reasoned(left).minted.facts
        assert paper not in {cited for claim in left.claims.values() for cited in claim.papers}


def test_with_all_papers_left_out_no_claim_and_no_claimed_fact_is_left() -> None:
    base = shipped().base
    left: StatedKnowledge = base.without_papers({p for claim in base.claims.values() for p in claim.papers})
    assert left.claims == {}
    assert left.annotated == {}
    assert Reasoned(left).graph.activities


# --- conflicts --------------------------------------------------------------------------------------------------------


def test_conflicts_are_resolved_by_the_scopes_of_their_claims_just_where_curators_resolved_them() -> None:
    answers = [
        answer for answer in conflicts(shipped())["answers"] if "Conflict" in shipped().closure.types(answer["id"])
    ]
    assert len(answers) == 18
    for answer in answers:
        curated = [str(name) for name in shipped().closure.objects("hasModerator", answer["id"])]
        assert (answer["resolution"] == "open") == (curated == ["unresolved"]), answer["id"]


def test_most_conflicts_are_resolved_in_the_respect_that_curators_named() -> None:
    answers = [answer for answer in conflicts(shipped())["answers"] if answer["by"]]
    agreed = [a["id"] for a in answers if set(a["by"]) & set(shipped().closure.objects("hasModerator", a["id"]))]
    assert len(agreed) >= len(answers) - 1


# --- progress ---------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "seconds", "shown"), [(Terminal, 2.0, True), (Terminal, 0.1, False), (io.StringIO, 9.0, False)]
)
def test_progress_is_told_on_a_terminal_after_a_second(
    stream: type[io.StringIO], seconds: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", stream())
    with Progress("papers left out") as progress:
        now[0] = seconds
        progress(7)
    said = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert ("7 papers left out" in said) == shown
    assert said.endswith("\x1b[K") == shown
