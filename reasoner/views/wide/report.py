"""The wide page of ``report``: picture, verdicts, what is left, proofs and evidence, each part leading to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.views import signs
from reasoner.views.blocks import Block, Column, Drawing, Fold, Heading, Line, Table, Target, ToClaim, ToProof
from reasoner.views.html.markup import Markup, tag
from reasoner.views.html.rendered import Leading
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages import assess as narrow
from reasoner.views.pages import escapes
from reasoner.views.pages.closing import closing, supposition
from reasoner.views.pages.explain import tree
from reasoner.views.phrases import named
from reasoner.views.picture.svg import svg
from reasoner.views.wide import assess, combine
from reasoner.views.wide.cards import cards
from reasoner.views.words import RESEARCH_USE

if TYPE_CHECKING:
    from reasoner.model.documents.escapes import Escapes
    from reasoner.model.documents.report import Report

_LEGEND = (
    "Arrow: activates. Bar: inhibits, or an agent acts against it. Cross: cut by the regimen. Thick, with a diamond:"
    " opened by the regimen. An arc over a cut: off at once, on again after relief. Dashed: inferred for this cell."
    f" {', '.join(f'{status.glyph} {status.word}' for status in signs.READ)}."
)


def title(document: Report) -> str:
    """Regimen, cell, disease and states on one line."""
    return narrow.title(document["assess"], _labelled(document))


def _labelled(document: Report) -> Look:
    """By the labels that the document itself holds."""
    labels = document["labels"]
    return Look(label=lambda name: labels.get(name, name))


def blocks(document: Report, _look: Look) -> Iterator[Block]:
    """Everything about one scenario; names are shown by the labels that the document holds."""
    told, look = document["assess"], _labelled(document)
    yield Heading(title(document), level=1)
    base = document["kb"]
    yield Line(f"dislodge {base['version']}, knowledge base sha256 {base['sha256']}.", "soft")
    yield Line(RESEARCH_USE, "strong")
    yield Line(supposition(document), "warn")
    yield from narrow.given(told, look)
    yield from assess.outcomes(told, look)
    yield from narrow.reported(told["reported"], look)
    yield from narrow.hazards(told["hazards"], look)
    yield from narrow.clones(told["clones"], look)
    yield Drawing(svg(document["niche"], title(document)), "The niche", _LEGEND)
    yield from assess.routes(told, look)
    yield from _left(document["escapes"], look)
    if "combine" in document:
        yield Heading("What could be added")
        yield from _deeper(combine.found(document["combine"], look))
    yield from narrow.harms(told["harms"], look)
    yield from narrow.analogies(told["analogies"], look)
    yield Heading("Proofs")
    for number, proof in enumerate(document["proofs"]):
        trees = [tree(derivation, look) for derivation in proof["derivations"]]
        yield Fold(proof["title"] + sign(proof), trees or [Line("No derivation.")], _anchor(number))
    yield Heading("Evidence")
    yield from cards(document["claims"])
    yield from closing(document, [*narrow.verdicts(told), *escapes.verdicts(document["escapes"])])


def _deeper(blocks: Iterator[Block]) -> Iterator[Block]:
    """A page as a section of another."""
    for block in blocks:
        yield Heading(block.text, block.level + 1) if isinstance(block, Heading) else block


def _left(document: Escapes, look: Look) -> Iterator[Block]:
    """What stays open, what would close each, and what would open if a lesion were there."""
    yield Heading("What is left")
    rows = [
        (
            named(row["route"], sign(row), look),
            f"if {look.words(row['if'], ' and ')}" if row["if"] else "now",
            escapes.known(row),
            escapes.closed_by(row, look),
        )
        for row in document["answers"]
    ]
    if rows:
        yield Table([Column(title) for title in ("route", "open", "known", "closed by adding")], rows)
    else:
        yield Line("No route stays open.")
    yield from _deeper(escapes.completion(document["completion"], look))


# --- where parts lead -------------------------------------------------------------------------------------------------


def leading(document: Report) -> Leading:
    """Leads from claims and from what is derived to the parts of the report that tell of them."""
    claims = {claim["id"] for claim in document["claims"]}
    anchors = {
        (derivation["conclusion"].partition("(")[0], proof["about"]): _anchor(number)
        for number, proof in enumerate(document["proofs"])
        for derivation in proof["derivations"]
    }

    def lead(target: Target, shown: Markup) -> Markup:
        anchor = None
        if isinstance(target, ToClaim) and target.id in claims:
            anchor = target.id
        elif isinstance(target, ToProof):
            anchor = anchors.get((target.predicate, target.subject))
        return tag("a", shown, href=f"#{anchor}") if anchor else shown

    return lead


def _anchor(number: int) -> str:
    return f"proof-{number + 1}"
