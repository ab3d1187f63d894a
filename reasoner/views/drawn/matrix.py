"""The matrix as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.views.blocks import Drawing, Heading
from reasoner.views.html.file import html_file
from reasoner.views.look import Look
from reasoner.views.marks import heading
from reasoner.views.matrix_picture import picture, title_of
from reasoner.views.pages.closing import closing
from reasoner.views.pages.matrix import routes_of

if TYPE_CHECKING:
    from reasoner.model.documents.matrix import Matrix


def svg(document: Matrix, look: Look) -> str:
    """The picture alone."""
    return f"{picture(document, look)}\n"


def html(document: Matrix, look: Look) -> str:
    """The picture on a page that stands by itself: no scripts, nothing fetched."""
    title = title_of(document, look)
    told = [*heading(document), Drawing(picture(document, look)), *routes_of(document, look), *closing(document)]
    return html_file(title, [Heading(title, level=1), *told])
