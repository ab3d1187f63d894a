"""The report of a regimen: a file of its own in every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block
from reasoner.views.look import Look
from reasoner.views.pages import assess, combine

if TYPE_CHECKING:
    from reasoner.model.documents.report import Report


def rows(document: Report) -> tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]:
    """As of the assessment that it holds."""
    found: tuple[tuple[str, ...], Sequence[Mapping[str, Any]]] = assess.rows(document["assess"])
    return found


def blocks(document: Report, look: Look) -> Iterator[Block]:
    """For people at a prompt: the assessment, then what the search found."""
    yield from assess.blocks(document["assess"], look)
    if "combine" in document:
        yield from combine.blocks(document["combine"], look)


def html(document: Report, look: Look) -> str:
    """A page that stands alone."""
    from reasoner.views.documents import wide_blocks_of
    from reasoner.views.html.file import html_file
    from reasoner.views.picture.svg import style
    from reasoner.views.wide.report import leading, title

    return html_file(title(document), wide_blocks_of(document, look), leading(document), style())


def md(document: Report, look: Look) -> str:
    """The same as Markdown, without the picture."""
    from reasoner.views.documents import wide_blocks_of
    from reasoner.views.markdown import as_markdown

    return as_markdown(wide_blocks_of(document, look))


def svg(document: Report, _look: Look) -> str:
    """The picture of the niche."""
    from reasoner.views.picture.svg import svg as drawn
    from reasoner.views.wide.report import title

    return drawn(document["niche"], title(document), styled=True) + "\n"


def cx2(document: Report, _look: Look) -> str:
    """The network for Cytoscape and NDEx."""
    from reasoner.views.report import network
    from reasoner.views.wide.report import title

    return network.cx2(document["niche"], title(document))


def cyjs(document: Report, _look: Look) -> str:
    """The network for Cytoscape.js."""
    from reasoner.views.report import network
    from reasoner.views.wide.report import title

    return network.cytoscape(document["niche"], title(document))
