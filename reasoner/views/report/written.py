"""A report document in any of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.model.documents.report import Report


def written(document: Report, form: str) -> str:
    """The report as ``html``, ``md``, ``json``, ``svg``, ``cx2`` or ``cyjs``."""
    from reasoner.views.report.page import heading, page

    if form == "json":
        from reasoner.views.documents import json_text

        return json_text(document)
    if form == "md":
        from reasoner.views.report.prose import prose

        return prose(document)
    if form in ("cx2", "cyjs"):
        from reasoner.views.report.network import cx2, cytoscape

        return (cx2 if form == "cx2" else cytoscape)(document["niche"], heading(document))
    if form == "svg":
        from reasoner.views.picture.svg import svg

        return svg(document["niche"], heading(document), styled=True) + "\n"
    return page(document)
