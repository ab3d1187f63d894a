"""Blocks as parts of the explorer's pages: what leads somewhere says where, and the page's scripts follow it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Target, ToClaim, ToRegimen
from reasoner.views.documents import wide_blocks_of
from reasoner.views.html.markup import Markup, tag
from reasoner.views.html.rendered import as_html
from reasoner.views.look import Look

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: A name with a prefix, which stands in a conclusion without quotes.
_PREFIXED = re.compile(r"\w+:")


def page_of(reasoned: Reasoned, document: Mapping[str, Any]) -> str:
    """The page of a document."""
    return as_part(wide_blocks_of(document, Look(label=reasoned.label)), first=2)


def as_part(blocks: Iterable[Block], first: int = 1) -> str:
    """The blocks as XHTML, which a browser reads as XML; ``first`` is the level of the heading of a whole page."""
    return as_html(blocks, _lead, first=first)


def _lead(target: Target, shown: Markup) -> Markup:
    """A button that opens claims or a proof, a link to another scenario."""
    if isinstance(target, ToClaim):
        side = "against" if target.against else "for"
        return tag("button", shown, type="button", class_="plain", data_claim=target.id, data_side=side)
    if isinstance(target, ToRegimen):
        return tag("a", shown, data_agents=" ".join(target.agents))
    under = None
    if target.predicate == "status":
        said, under = f"status({_quoted(target.subject)})", " ".join(target.agents)
    else:
        said = f"{target.predicate}({'+'.join(map(_quoted, target.agents))}, {_quoted(target.subject)})"
    return tag(
        "button", shown, type="button", class_="plain", data_conclusion=said, data_under=under, data_title=target.title
    )


def _quoted(name: str) -> str:
    return name if _PREFIXED.match(name) else json.dumps(name, ensure_ascii=False)
