"""A report as Markdown: the pages of the assessment, of what is left and of the search, the proofs, the claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Heading, Line, Node, Tree
from reasoner.views.documents import blocks_of
from reasoner.views.look import Look
from reasoner.views.markdown import as_markdown
from reasoner.views.marks import sign

if TYPE_CHECKING:
    from reasoner.model.documents.proof import ProofStep
    from reasoner.model.documents.report import Report


def prose(document: Report) -> str:
    """The report document as Markdown."""
    labels = document["labels"]
    return as_markdown(_blocks(document, Look(label=lambda name: labels.get(name, name))))


def _blocks(document: Report, look: Look) -> Iterator[Block]:
    yield from blocks_of(document["assess"], look)
    yield from blocks_of(document["escapes"], look)
    if "combine" in document:
        yield Heading("What could be added")
        yield from blocks_of(document["combine"], look)
    yield Heading("Proofs")
    for proof in document["proofs"]:
        yield Heading(proof["title"] + sign(proof), level=3)
        for tree in proof["derivations"]:
            yield Tree(_node(tree))
    yield Heading("Evidence")
    for claim in document["claims"]:
        papers = "; ".join(claim["papers"])
        yield Line(f"{claim['id']}: {claim['statement']} ({claim['modality']}; {papers}){sign(claim)}", indent=2)


def _node(tree: ProofStep) -> Node:
    return Node(tree["text"] + sign(tree), " ".join(tree["evidence"]), [_node(premise) for premise in tree["premises"]])
