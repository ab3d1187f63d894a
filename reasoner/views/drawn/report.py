"""The report of a regimen: a file of its own in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.views.documents import wide_blocks_of
from reasoner.views.look import Look
from reasoner.views.picture.svg import style
from reasoner.views.picture.svg import svg as picture
from reasoner.views.wide.report import leading, title

if TYPE_CHECKING:
    from reasoner.model.documents.report import Report


def html(document: Report, look: Look) -> str:
    """A page that stands alone."""
    from reasoner.views.html.file import html_file

    return html_file(title(document), wide_blocks_of(document, look), leading(document), style())


def md(document: Report, look: Look) -> str:
    """The same as Markdown, without the picture."""
    from reasoner.views.markdown import as_markdown

    return as_markdown(wide_blocks_of(document, look))


def svg(document: Report, _look: Look) -> str:
    """The picture of the niche."""
    return picture(document["niche"], title(document), styled=True) + "\n"


def cx2(document: Report, _look: Look) -> str:
    """The network for Cytoscape and NDEx."""
    from reasoner.views.network import cytoscape

    return cytoscape.cx2(document["niche"], title(document))


def cyjs(document: Report, _look: Look) -> str:
    """The network for Cytoscape.js."""
    from reasoner.views.network import cytoscape

    return cytoscape.cyjs(document["niche"], title(document))
