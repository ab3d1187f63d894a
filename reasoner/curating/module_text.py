"""The text of an ontology file with other statements: canonical, its comments where they were."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.errors import LimitError, ReadingError, Span, WritingError
from reasoner.model.iris import TYPE
from reasoner.model.triple import Triple, is_blank
from reasoner.reading.rdf.comments import FOOT, HEAD, refuse_comments, turtle_comments
from reasoner.reading.rdf.triples import content_format, parse_triples
from reasoner.writing.folded import LIST_TYPES
from reasoner.writing.ontology_text import ontology_text
from reasoner.writing.turtle import turtle


def module_text(old: bytes, triples: list[Triple], name: str) -> str:
    """``triples`` in the syntax of the file ``name`` whose content is ``old``, with its comments.

    Raises :class:`ReadingError` for a file that is not UTF-8 (E105), a comment that has no place (E116), and where the
    text would not come back as the triples (E117); :class:`WritingError` for what the syntax cannot say, and
    :class:`LimitError` for blank nodes that cannot be told apart (E512).
    """
    text = utf8(old, name)
    form = content_format(old, name) if old.strip() else "ttl"
    try:
        if form == "ttl":
            new = turtle(triples, _placed(turtle_comments(text, name), triples))
        else:
            refuse_comments(text, name, form)
            new = ontology_text(triples, form)
    except (LimitError, WritingError) as error:
        error.span = error.span or Span(name)
        raise
    if fingerprint(parse_triples(new.encode("utf-8"), name)) != fingerprint(triples):
        raise ReadingError(
            "the file does not come back as it was", code="E117", hint="report this file", span=Span(name)
        )
    return new


def utf8(data: bytes, name: str) -> str:
    """The text of a file; raises :class:`ReadingError` (E105) for one that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ReadingError(
            "only UTF-8 is rewritten", code="E105", hint="save the file as UTF-8", span=Span(name)
        ) from None


def _placed(comments: dict[str, list[str]], triples: Iterable[Triple]) -> dict[str, list[str]]:
    """Comments of subjects that are gone stand at the foot."""
    subjects = {subject for subject, _, _ in triples}
    for key in [key for key in comments if key not in subjects and key not in (HEAD, FOOT)]:
        comments.setdefault(FOOT, []).extend(comments.pop(key))
    return comments


def fingerprint(triples: Iterable[Triple]) -> tuple[set[Triple], int]:
    """What must not change: the statements without blank nodes, and how many there are with them."""
    kept = {t for t in triples if t[1] != TYPE or t[2] not in LIST_TYPES}
    ground = {t for t in kept if not is_blank(t[0]) and not is_blank(t[2])}
    return ground, len(kept)
