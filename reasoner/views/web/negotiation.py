"""Which form a client gets."""

from __future__ import annotations

from collections.abc import Mapping

#: Media types of results, most wanted first where a client does not care.
RESULT_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/x-turtle": "ttl",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "application/ld+json": "jsonld",
}
#: What is sent with each form: for results and for graphs.
SENT_RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
SENT_GRAPHS = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples; charset=utf-8",
    "xml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def chosen(accept: str, offered: Mapping[str, str]) -> str | None:
    """The form of the offered media type that the client likes best; None if it takes none of them.

    >>> chosen("text/csv;q=0.5, application/json", RESULT_TYPES), chosen("image/png", RESULT_TYPES)
    ('json', None)
    """
    best: tuple[float, int, int] | None = None
    form = None
    for position, (media, found) in enumerate(offered.items()):
        for quality, exactness in _wishes(accept or "*/*", media):
            rank = (quality, exactness, -position)
            if quality > 0 and (best is None or rank > best):
                best, form = rank, found
    return form


def _wishes(accept: str, media: str) -> list[tuple[float, int]]:
    """How much a client wants a media type, by the most exact of its wishes."""
    found: list[tuple[int, float]] = []
    for item in accept.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        exactness = 2 if name == media else 1 if name == media.partition("/")[0] + "/*" else 0 if name == "*/*" else -1
        if exactness >= 0:
            found.append((exactness, _quality(parameters)))
    if not found:
        return []
    exactness, quality = max(found)
    return [(quality, exactness)]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
