"""Blocks as an HTML file that stands alone: no script, no request, readable for years."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from reasoner.views.blocks import Block
from reasoner.views.html.markup import Markup, tag
from reasoner.views.html.rendered import Leading, as_html, nowhere, style

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_file(title: str, blocks: Iterable[Block], leading: Leading = nowhere, *styles: str) -> str:
    """The blocks as a whole file; ``styles`` are style sheets of what is drawn in them."""
    page = (files("reasoner.views.html") / "file.css").read_text("utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", title),
        tag("style", Markup("".join((page, style(), *styles)))),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', tag('main', as_html(blocks, leading))), lang='en')}\n"
