"""How a page says that the knowledge contradicts itself: a line at its head, a sign at each answer that rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reasoner.answers.contradicted import MARK, answers_of
from reasoner.views.blocks import Block, Line
from reasoner.views.words import in_words

SIGN = "‡"
#: Individuals that the line at the head names.
_NAMED = 3


def sign(answer: Mapping[str, Any]) -> str:
    """The sign of an answer that rests on a contradiction, with a blank before it; empty for any other.

    >>> sign({"contradicted": ["CXCR4"]}), sign({})
    (' ‡', '')
    """
    return f" {SIGN}" if answer.get(MARK) else ""


def heading(document: Mapping[str, Any]) -> Iterator[Block]:
    """The line at the head of a page; none where the knowledge does not contradict itself."""
    if said := sentence(document):
        yield Line(said, "warn", hang=2)


def sentence(document: Mapping[str, Any]) -> str:
    """What contradicts itself, where to mend it, and how many answers rest on it; empty for a sound knowledge base."""
    return " ".join(filter(None, (cut(document), known(document), _before(document), _resting(document))))


def cut(document: Mapping[str, Any]) -> str:
    """That reasoning was cut short, so that only what is stated is told; empty where it was not."""
    if "limit" not in document:
        return ""
    return f"Only what is stated: {document['limit']['text']}. What follows, and contradictions, nobody looked for."


def known(document: Mapping[str, Any]) -> str:
    """What contradicts itself, and where to mend it."""
    return _about("The knowledge contradicts itself about", document.get("contradictions"))


def _before(document: Mapping[str, Any]) -> str:
    return _about("Before, the knowledge contradicted itself about", document.get("contradictions_before"))


def _about(verb: str, contradictions: Sequence[Mapping[str, Any]] | None) -> str:
    by_subject = {entry["subject"]: entry for entry in reversed(contradictions or ())}
    if not by_subject:
        return ""
    shown = [f"{name} ({_why(by_subject[name])})" for name in sorted(by_subject)[:_NAMED]]
    more = len(by_subject) - len(shown)
    rest = f" and {more} more: dislodge check" if more > 0 else ""
    return f"{verb} {', '.join(shown)}{rest}."


def _why(entry: Mapping[str, Any]) -> str:
    """The statements that cannot all hold, as people say them, why not, and the place of one."""
    classes = [stated["fact"].partition("(") for stated in entry["stated"]]
    if len(classes) > 1 and all(rest == f"{entry['subject']})" for _, _, rest in classes):
        said = " and ".join(in_words(name) for name, _, _ in classes)
    else:
        said = " and ".join(stated["fact"] for stated in entry["stated"])
    place = f"{entry['file']}:{entry['line']}" if entry["line"] else entry["file"] or "supposed here"
    return f"{said}, but {entry['message']}: {place}"


def _resting(document: Mapping[str, Any]) -> str:
    if not document.get("contradictions") and not document.get("contradictions_before"):
        return ""
    count = sum(bool(answer.get(MARK)) for answer in _told(document))
    if count:
        rest, are = ("rests", "is") if count == 1 else ("rest", "are")
        return f"{count} of the answers below {rest} on this and {are} marked {SIGN}."
    return "What is asked about rests on this." if document.get(MARK) else "No answer below rests on this."


def _told(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answers of a document; of documents side by side, those of each."""
    for answer in answers_of(dict(document)):
        if "contradictions" in answer:
            yield from _told(answer)
        else:
            yield answer
