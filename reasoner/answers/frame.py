"""The frame that every document shares: command, knowledge base, closed world, verdict, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reasoner.answers.contradicted import MARK, contradictions, mark
from reasoner.version import __version__

if TYPE_CHECKING:
    from reasoner.errors import BudgetError
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.place import Place
    from reasoner.model.documents.curation import OfFiles
    from reasoner.model.documents.frame import (
        AnswerFrame,
        Cut,
        Frame,
        KnowledgeState,
        LookUp,
        Origin,
        OverBudget,
        ReasonRow,
        SupposedTexts,
        Version,
    )
    from reasoner.model.documents.scenario import Location

#: The type of some document.
D = TypeVar("D", bound="Origin")

#: Documents whose answer stands under a key of its own; ``answers`` repeats what each entry is about.
_SUMMARY = {
    "assess": ("outcomes", ("outcome", "subject", "derived", "verdict")),
    "explain": ("derivations", ("conclusion", "rule")),
    "why-not": ("reasons", ("code", "rule", "fails")),
    "check": ("findings", ("level", "code", "subject")),
}
#: What is said where such a document has nothing to repeat.
_NOTHING = {
    "assess": ("NOT_REPORTED", "no outcome is derived, and none is claimed"),
    "explain": ("NOT_REPORTED", "nothing derives it"),
    "check": ("SOUND", "there is nothing to mend"),
    "breaks": ("UNBROKEN", "only the routes that no agent breaks were asked for"),
}


def frame(reasoned: Reasoned, *, closed_world: bool = False) -> AnswerFrame:
    """The frame of most documents: ``reasons`` come to it where there are no answers."""
    return cast("AnswerFrame", bare_frame(reasoned, closed_world=closed_world))


def bare_frame(reasoned: Reasoned, *, closed_world: bool = False) -> Frame:
    """What every document says of the knowledge base that answers, also where that contradicts itself."""
    return {**_origin(reasoned, closed_world), "contradictions": contradictions(reasoned)}


def look_up(reasoned: Reasoned, *, closed_world: bool = False) -> LookUp:
    """The same of what is asked only of what is stated: where the closure was cut, it says that nobody looked."""
    return cast("LookUp", {**_origin(reasoned, closed_world), **state(reasoned)})


def _origin(reasoned: Reasoned, closed_world: bool) -> Origin:
    version: Version = {"version": reasoned.base.version, "sha256": reasoned.base.sha256}
    return cast("Origin", {"kb": version, "closed_world": closed_world, **supposed(reasoned)})


def location(place: Place, states: Iterable[str], background: Iterable[str]) -> Location:
    """What a document says of the place that is asked about; of several clones ``states`` are those of all."""
    return {
        "cell": place.cell or "",
        "disease": place.disease,
        "states": sorted(states),
        "background": list(background),
    }


def of_files() -> OfFiles:
    """What every document says that tells of files as they are."""
    return {"kb": {"version": __version__, "sha256": None}, "closed_world": False, "contradictions": None}


def finished(reasoned: Reasoned, told: D) -> D:
    """A document as it goes out: what rests on a contradiction is marked, and one that answers nothing says why.

    Every one passes here.  Where the answer stands under a key of its own, ``answers`` repeats what it is about.
    """
    whole = cast("dict[str, Any]", told)
    command = whole["command"]
    entries = whole[_SUMMARY[command][0] if command in _SUMMARY else "answers"]
    if not entries and command in _NOTHING:
        whole.setdefault("reasons", [reason(*_NOTHING[command])])
    if whole["contradictions"]:
        mark(reasoned, whole)
    if command in _SUMMARY:
        whole["answers"] = [_about(command, entry) for entry in entries]
    return told


def _about(command: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry is about, with the mark that it bears."""
    about = {name: entry.get(name) for name in _SUMMARY[command][1]}
    return about | {MARK: entry[MARK]} if MARK in entry else about


def supposed(reasoned: Reasoned) -> SupposedTexts:
    """What the knowledge base supposes, as every document says it."""
    return {
        "assumed": list(reasoned.supposed.assumed),
        "retracted": list(reasoned.supposed.retracted),
        "without_papers": list(reasoned.supposed.papers),
        "without_claims": list(reasoned.supposed.claims),
    }


def state(reasoned: Reasoned) -> KnowledgeState:
    """Where the knowledge contradicts itself, or that nobody looked, because reasoning was cut short."""
    return (
        {"contradictions": None, **limit(reasoned.cut)}
        if reasoned.cut
        else {"contradictions": contradictions(reasoned)}
    )


def limit(error: BudgetError) -> Cut:
    """That a budget was used up, and by which rule."""
    return {
        "limit_reached": True,
        "limit": {"rule": error.rule, "bindings": error.bindings, "text": error.message},
    }


def no_answer(command: str, error: BudgetError) -> OverBudget:
    """The document of a question that cannot be answered within its budget."""
    return {
        "command": command,
        "kb": {"version": __version__, "sha256": None},
        "closed_world": False,
        "verdict": None,
        "answers": [],
        "contradictions": None,
        "reasons": [{"code": "E510", "text": error.message}],
        **limit(error),
    }


def reason(code: str, text: str) -> ReasonRow:
    """Why there is no answer: a code, and a sentence about this very question."""
    return {"code": code, "text": text}
