"""The page of ``explain``: derivations as trees that read as prose and end in the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Heading, Line, Node, Tree
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import plural, spoken

#: Kinds of step that the sentence itself makes plain.
_PLAIN = ("asserted", "given", "route", "arm", "action", "killing", "minted", "role", "step")
KEYS = ("derivation", "depth", "conclusion", "text", "rule", "evidence", "papers")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a step, in the order of the tree, with its depth."""
    found: list[dict[str, Any]] = []
    for number, derivation in enumerate(document["derivations"], 1):
        found += [{**step, "derivation": number, "depth": depth} for depth, step in _steps(derivation, 0)]
    return KEYS, found


def _steps(step: dict[str, Any], depth: int) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, step
    for premise in step.get("premises") or []:
        yield from _steps(premise, depth + 1)


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """One tree a derivation; a step that was shown before says so instead of repeating itself."""
    derivations = document["derivations"]
    conclusion = document.get("conclusion") or (derivations[0]["conclusion"] if derivations else "")
    verdict = f": {spoken(document['verdict'])}" if document.get("verdict") else ""
    yield Heading(f"{conclusion}{verdict}", level=1)
    if not derivations:
        yield Line("Nothing derives it.")
    yield from reasons(document)
    for number, derivation in enumerate(derivations, 1):
        if len(derivations) > 1:
            yield Heading(f"Derivation {number} of {len(derivations)}")
        yield Tree(_node(derivation, look, set()))
    papers = sorted({paper for d in derivations for _, step in _steps(d, 0) for paper in step.get("papers") or []})
    if papers:
        claims = {claim for d in derivations for _, step in _steps(d, 0) for claim in step.get("evidence") or []}
        yield Line("")
        yield Line(f"Rests on {plural(len(claims), 'claim')} from {plural(len(papers), 'paper')}:")
        for paper in papers:
            yield Line(paper, indent=2, hang=2)
    yield from closing(document, [document.get("verdict")])


def _node(step: dict[str, Any], look: Look, seen: set[str]) -> Node:
    conclusion, premises = step["conclusion"], step.get("premises") or []
    text = step.get("text") or conclusion
    if premises and conclusion in seen:
        return Node(text + sign(step), "(as above)")
    if premises:
        seen.add(conclusion)
    # An earlier step of a regimen has circumstances of its own: nothing said of the last one holds there.
    within = set() if step.get("rule") == "step" else seen
    return Node(text + sign(step), _remark(step, look), [_node(premise, look, within) for premise in premises])


def _remark(step: dict[str, Any], look: Look) -> str:
    """The rule in brackets and the claims; at a leaf also the papers behind them."""
    said = [_rule(step, look)] if step.get("rule") not in (None, *_PLAIN) else []
    said += [" ".join(step["evidence"])] if step.get("evidence") else []
    said += [f"({'; '.join(step['papers'])})"] if step.get("papers") and not step.get("premises") else []
    return " ".join(said)


def _rule(step: dict[str, Any], look: Look) -> str:
    """The rule with its label, unless the label is the sentence of the step."""
    rule, label = step["rule"], look.word(step["rule"])
    return f"[{rule}]" if label == rule or label in (step.get("text") or "") else f"[{rule}: {label}]"
