"""The report of a regimen: a file of its own in every form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reasoner.views.look import Look
from reasoner.views.report.written import written


def html(document: Mapping[str, Any], _look: Look) -> str:
    """A page that stands alone."""
    return written(document, "html")


def md(document: Mapping[str, Any], _look: Look) -> str:
    """Markdown."""
    return written(document, "md")


def svg(document: Mapping[str, Any], _look: Look) -> str:
    """The picture of the niche."""
    return written(document, "svg")


def cx2(document: Mapping[str, Any], _look: Look) -> str:
    """The network for Cytoscape and NDEx."""
    return written(document, "cx2")


def cyjs(document: Mapping[str, Any], _look: Look) -> str:
    """The network for Cytoscape.js."""
    return written(document, "cyjs")
