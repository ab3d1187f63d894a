"""The page of ``explain``: derivations as trees that read as prose and end in the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Heading, Line, TextRun, Tree, TreeNode, Words, joined
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.worth import told_of
from reasoner.views.phrases import SAID_OF_IT, claim_runs, in_cells, tested, worded, words_used
from reasoner.views.words import plural

if TYPE_CHECKING:
    from reasoner.model.documents.explanation import Explanation
    from reasoner.model.documents.proof import ProofStep

#: Kinds of step that the sentence itself makes plain.
_PLAIN = ("asserted", "given", "route", "arm", "action", "killing", "minted", "role", "step")
KEYS = (
    "derivation", "depth", "conclusion", "text", "rule", "evidence", "papers", "verdict", "strength", "modality",
    *SAID_OF_IT,
)  # fmt: skip


def rows(document: Explanation) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """What the conclusion is worth, then one row a step, in the order of the tree, with its depth."""
    found: list[Mapping[str, Any]] = [in_cells({**document, "text": "", "papers": []})]
    for number, derivation in enumerate(document["derivations"], 1):
        found += [{**step, "derivation": number, "depth": depth} for depth, step in _steps(derivation, 0)]
    return KEYS, found


def _steps(step: ProofStep, depth: int) -> Iterator[tuple[int, ProofStep]]:
    yield depth, step
    for premise in step["premises"]:
        yield from _steps(premise, depth + 1)


def blocks(document: Explanation, look: Look) -> Iterator[Block]:
    """One tree a derivation, then the papers that all rest on."""
    derivations = document["derivations"]
    yield Heading(f"{document['conclusion']}: {worded(document)}", level=1)
    yield from told_of(document, (tested(document),) if derivations else (), look)
    if not derivations:
        yield Line("Nothing derives it.")
    yield from reasons(document)
    for number, derivation in enumerate(derivations, 1):
        if len(derivations) > 1:
            yield Heading(f"Derivation {number} of {len(derivations)}")
        yield tree(derivation, look)
    papers = sorted({paper for d in derivations for _, step in _steps(d, 0) for paper in step["papers"]})
    if papers:
        claims = {claim for d in derivations for _, step in _steps(d, 0) for claim in step["evidence"]}
        yield Line("")
        yield Line(f"Rests on {plural(len(claims), 'claim')} from {plural(len(papers), 'paper')}:")
        for paper in papers:
            yield Line(paper, indent=2, hang=2)
    yield from closing(document, words_used([document]))


def tree(derivation: ProofStep, look: Look) -> Tree:
    """A derivation as a tree; a step that was shown before says so instead of repeating itself."""
    return Tree(_node(derivation, look, set()))


def _node(step: ProofStep, look: Look, seen: set[str]) -> TreeNode:
    conclusion, premises = step["conclusion"], step["premises"]
    text = step["text"] or conclusion
    if premises and conclusion in seen:
        return TreeNode(text + sign(step), "(as above)")
    if premises:
        seen.add(conclusion)
    # An earlier step of a regimen has circumstances of its own: nothing said of the last one holds there.
    within = set() if step["rule"] == "step" else seen
    return TreeNode(text + sign(step), _remark(step, look), [_node(premise, look, within) for premise in premises])


def _remark(step: ProofStep, look: Look) -> Words:
    """The rule in brackets and the claims; at a leaf also the papers behind them."""
    said: list[str | TextRun] = [_rule(step, look)] if step["rule"] not in _PLAIN else []
    said += claim_runs(step["evidence"])
    said += [f"({'; '.join(step['papers'])})"] if step["papers"] and not step["premises"] else []
    return joined(said, " ")


def _rule(step: ProofStep, look: Look) -> str:
    """The rule with its label, unless the label is the sentence of the step."""
    rule, label = step["rule"], look.word(step["rule"])
    return f"[{rule}]" if label == rule or label in step["text"] else f"[{rule}: {label}]"
