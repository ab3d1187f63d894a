"""The report of a regimen: a file of its own in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.views.look import Look
from reasoner.views.report.written import written

if TYPE_CHECKING:
    from reasoner.model.documents.report import Report


def html(document: Report, _look: Look) -> str:
    """A page that stands alone."""
    return written(document, "html")


def md(document: Report, _look: Look) -> str:
    """Markdown."""
    return written(document, "md")


def svg(document: Report, _look: Look) -> str:
    """The picture of the niche."""
    return written(document, "svg")


def cx2(document: Report, _look: Look) -> str:
    """The network for Cytoscape and NDEx."""
    return written(document, "cx2")


def cyjs(document: Report, _look: Look) -> str:
    """The network for Cytoscape.js."""
    return written(document, "cyjs")
