"""How the answer of a competency question is read from the JSON of a command.

A reader is one of these, written as a table in ``cases.toml``:

``key = K``
    The value, or the values, under the key K of the document.
``list = K, where = {F = V}, unless = {F = V}, take = F``
    Field F of the entries of the list K; ``where`` keeps, ``unless`` drops entries whose field is V or holds it, or one
    of several V.  Groups of agents come as ``A+B``.
``facts = P, at = "subject"``
    The subjects (or objects) of the facts P in what ``show`` says of a thing, asserted or inferred.
``walk = [P, "<P"]``
    Where steps along facts lead from a shown thing (or from what ``list`` took): to the objects of P, or back to its
    subjects, each step by ``show``.  With ``ends = true`` the first and the last thing of each walk.
``columns = [V, W], where = {V = X}``
    The values of these variables in each row of a query, IRIs by their local names.
``claims = true``
    Which claims of the question the proofs of ``explain`` cite.
``way_to = C``
    The states (``on``, ``off``) along the longest way through a proof that ends in C, in order.

A step, and what is taken, may be narrowed to a kind: ``hasTarget[molecules]`` keeps what ``list molecules`` gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Document = dict[str, Any]
Run = Callable[..., Document]

_STEP = re.compile(r"(<?)(\w+)(?:\[(\w+)\])?")
_FACT = re.compile(r"(\w+)\((.+), (.+)\)")


def read(how: dict[str, Any], document: Document, run: Run, claims: Iterable[str]) -> list[str]:
    """The answer that a reader finds: sorted, but for the order of a way through a proof."""
    if "way_to" in how:
        return _longest(document["derivations"], how["way_to"])
    if "claims" in how:
        return sorted(set(claims) & {c for node in _nodes(document["derivations"]) for c in node["evidence"]})
    if "columns" in how:
        return sorted(set(_row_words(how, document)))
    if "key" in how:
        return sorted(set(_words(document[how["key"]])))
    if "facts" in how:
        return sorted(set(_beside(document, how["facts"], how["at"] == "subject")))
    found = _taken(how, document, run) if "list" in how else [document["id"]]
    if "walk" in how:
        return sorted(set(_walk(found, how["walk"], run, how.get("ends", False))))
    return sorted(set(found))


# --- lists ------------------------------------------------------------------------------------------------------------


def _taken(how: dict[str, Any], document: Document, run: Run) -> list[str]:
    field, kept = _narrowed(how["take"], run)
    entries = [e for e in document.get(how["list"], []) if all(_fits(e, f, v) for f, v in how.get("where", {}).items())]
    entries = [e for e in entries if not any(_fits(e, f, v) for f, v in how.get("unless", {}).items())]
    return [word for entry in entries for word in _words(entry[field]) if kept(word)]


def _row_words(how: dict[str, Any], document: Document) -> Iterator[str]:
    for row in document.get("results", {}).get("bindings", []):
        values = {name: str(term["value"]).rpartition("#")[2] for name, term in row.items()}
        if all(_fits(values, field, wanted) for field, wanted in how.get("where", {}).items()):
            yield " ".join(values.get(name, "") for name in how["columns"])


def _fits(entry: Document, field: str, wanted: str | list[str]) -> bool:
    return not set(_words(entry[field])).isdisjoint(_words(wanted))


def _words(value: object) -> list[str]:
    """A value as words: a list item by item, a group of agents as one word."""
    if isinstance(value, list):
        return ["+".join(item) if isinstance(item, list) else str(item) for item in value]
    return [str(value)]


def _narrowed(step: str, run: Run) -> tuple[str, Callable[[str], bool]]:
    """The name of a step or field, and the test of its kind."""
    match = _STEP.fullmatch(step)
    assert match, step
    back, name, kind = match.groups()
    known = {entry["id"] for entry in run("list", kind)["answers"]} if kind else None
    return back + name, lambda word: known is None or word in known


# --- facts ------------------------------------------------------------------------------------------------------------


def _beside(shown: Document, prop: str, subjects: bool) -> Iterator[str]:
    """What stands at the other end of the facts of a property in what ``show`` says."""
    for text in (*shown["asserted"], *shown["inferred"]):
        fact = _FACT.fullmatch(text)
        if fact and fact[1] == prop and fact[3 if subjects else 2] == shown["id"]:
            yield fact[2 if subjects else 3]


def _walk(starts: list[str], steps: list[str], run: Run, ends: bool) -> Iterator[str]:
    """The things that the steps lead to; never back to where a walk began."""
    ways = [(start,) for start in starts]
    for step in steps:
        name, kept = _narrowed(step, run)
        back = name.startswith("<")
        ways = [
            (*way, found)
            for way in ways
            for found in _beside(run("show", way[-1]), name.removeprefix("<"), back)
            if kept(found)
        ]
    for way in ways:
        if way[-1] not in starts:
            first = way[0] if len(starts) > 1 else way[1]
            yield f"{first} {way[-1]}" if ends else way[-1]


# --- proofs -----------------------------------------------------------------------------------------------------------


def _nodes(trees: Iterable[Document]) -> Iterator[Document]:
    for tree in trees:
        yield tree
        yield from _nodes(tree["premises"])


def _longest(trees: Iterable[Document], last: str) -> list[str]:
    """The states along the longest way from a root to the conclusion ``last``."""
    ways = [way for tree in trees for way in _ways(tree, last)]
    longest = max(ways, key=len, default=[])
    return [conclusion for conclusion in longest if conclusion.startswith(("on(", "off("))]


def _ways(tree: Document, last: str) -> Iterator[list[str]]:
    if tree["conclusion"] == last:
        yield [last]
    for premise in tree["premises"]:
        yield from ([tree["conclusion"], *way] for way in _ways(premise, last))
