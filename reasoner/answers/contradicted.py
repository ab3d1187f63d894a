"""What a document says of contradictions: those of the knowledge base, and which answers rest on one.

What resting means is defined in :mod:`reasoner.inference.contradictions`.  An answer with a derivation brings its own
``contradicted`` (:mod:`reasoner.answers.resting`), empty where it rests on none; any other rests on what it names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from reasoner.errors import Span

if TYPE_CHECKING:
    from reasoner.inference.contradictions import Contradiction
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.atom import Fact
    from reasoner.model.documents.frame import ContradictionRow

Document = dict[str, Any]

#: Where the answers of a document stand; elsewhere under ``answers``.
_ANSWERS = {
    "assess": ("outcomes", "routes", "hazards", "harms", "reported", "activities", "analogies", "steps"),
    "combine": ("regimens", "front", "certificate", "background_harms", "dropped"),
    "explain": ("derivations",),
    "why-not": ("reasons", "abduced"),
    "check": ("findings",),
    "diff": ("answers", "evidence", "rules"),
    "report": ("proofs", "claims"),
    "niche": ("nodes", "edges"),
    "choices": ("cells", "diseases", "states", "agents"),
}
#: What a document or an answer says of the place that it is about.
_PLACE = ("cell", "disease", "states", "state")
#: Where an answer, or a whole document, says on which contradicted individuals it rests.
MARK: Final = "contradicted"


def contradictions(reasoned: Reasoned) -> list[ContradictionRow]:
    """Every contradiction of a knowledge base, with the place of the statement to look at first.

    What is supposed is looked at before any file, and stands in none.
    """
    return [_entry(found, reasoned.supposed.added) for found in reasoned.contradictions]


def _entry(found: Contradiction, supposed: Collection[Fact]) -> ContradictionRow:
    span = Span("") if any(fact in supposed for fact in found.stated) else found.span
    return {
        "subject": found.subjects[0],
        "subjects": list(found.subjects),
        "facts": list(map(str, found.facts)),
        "file": span.file,
        "line": span.line,
        "rule": found.rule,
        "message": found.because,
        "stated": [
            {"fact": str(fact), "file": span.file, "line": span.line}
            for fact, span in zip(found.stated, found.spans, strict=True)
        ],
    }


def answers_of(document: Document) -> Iterator[Document]:
    """The entries of a document that can rest on a contradiction."""
    for key in _ANSWERS.get(document["command"], ("answers",)):
        yield from (entry for entry in document.get(key) or () if isinstance(entry, dict))


def mark(reasoned: Reasoned, document: Document) -> None:
    """Say at each answer, and of the whole, which contradicted individuals it rests on; nothing where it is none."""
    place = reasoned.contradictions.under(names_of([document.get(key) for key in _PLACE]))
    found = set(document.get(MARK, ()))
    for answer in answers_of(document):
        answer[MARK] = sorted(_resting(reasoned, answer) | place)
        found.update(answer[MARK])
    _clear(document)
    found |= place | reasoned.contradictions.under(names_of(_texts(document)))
    if found:
        document[MARK] = sorted(found)


def _clear(value: Any) -> None:
    """Take the marks that name nothing out of all that an answer holds."""
    if isinstance(value, dict):
        if value.get(MARK) == []:
            del value[MARK]
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        _clear(part)


def _texts(document: Document) -> list[str]:
    """What a document says by names alone: the routes that nothing breaks, the conclusion of which nothing is told."""
    lists = [value for value in document.values() if isinstance(value, list)]
    named = [text for value in lists for text in value if isinstance(text, str)]
    asked = "" if any(True for _ in answers_of(document)) else document.get("conclusion") or ""
    return [*named, asked]


def _resting(reasoned: Reasoned, answer: Document) -> set[str]:
    under = reasoned.contradictions.under
    if MARK in answer:
        return {*answer[MARK], *under(names_of([answer.get(key) for key in _PLACE]))}
    inner = set(_inner(list(answer.values())))
    return (
        inner if "contradictions" in answer else inner | under(names_of(answer)) | _of_claim(reasoned, answer.get("id"))
    )


def _inner(value: Any) -> Iterator[str]:
    """The marks of what an answer holds."""
    if isinstance(value, dict):
        yield from value.get(MARK, ())
        yield from _inner(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _inner(part)


def _of_claim(reasoned: Reasoned, name: str | None) -> set[str]:
    """What a claim rests on: what it mentions, and the facts that it stands beside."""
    if name not in reasoned.base.claims:
        return set()
    beside = reasoned.base.beside.get(name, ())
    names = [term for fact in beside for term in (fact.subject, fact.object) if isinstance(term, str)]
    return reasoned.contradictions.under([*names, *reasoned.base.claim(name).mentions])


def names_of(value: Any) -> Iterator[str]:
    """The names in a value: ids, regimens, and what formulas such as ``on(N)`` speak of."""
    if isinstance(value, str):
        yield from names_in(value)
    elif isinstance(value, dict):
        yield from names_of([part for key, part in value.items() if key != MARK])
    elif isinstance(value, Iterable):
        for part in value:
            yield from names_of(part)


_FORMULA = re.compile(r"[^\s()]+\(")


def names_in(text: str) -> Iterator[str]:
    """What may be names in a text that is a name, a regimen or a formula; of a sentence nothing.

    >>> list(names_in("dislodges(plerixafor+imatinib, CML_LSC)")), list(names_in("CXCR4 is at work"))
    (['plerixafor', 'imatinib', 'CML_LSC'], ['CXCR4 is at work'])
    """
    if not _FORMULA.match(text):
        yield text
        yield from text.split("+") if "+" in text else ()
        return
    for inner in re.findall(r"\(([^()]*)\)", text):
        for name in inner.split(", "):
            yield from name.split("+")
