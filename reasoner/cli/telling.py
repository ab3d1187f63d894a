"""Where an answer goes: to standard output or to the file that was named; and the exit code that it calls for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from reasoner.asking.question import Written
from reasoner.cli.failures import ANSWERED, CUT_SHORT, DOES_NOT_HOLD, tell
from reasoner.cli.session import Session


def tell_answer(session: Session, answer: Any) -> int:
    """Print or write what a question answers with; the exit code that it calls for."""
    if answer is None:
        return ANSWERED
    if isinstance(answer, Written):
        return _write(session, answer)
    if isinstance(answer, Mapping):
        return _show(session, answer)
    return _print_rows(session, answer)


def _show(session: Session, document: Mapping[str, Any]) -> int:
    """A document; what its form has no place for is said on standard error."""
    from reasoner.views.documents import remarks, render

    session.emit(render(dict(document), session.form, session.look()))
    if session.form not in ("table", "json", "md", "html"):
        for remark in remarks(dict(document)):
            tell(f"Note: {remark}")
    if document.get("limit_reached"):
        return CUT_SHORT
    return DOES_NOT_HOLD if session.question.fails(document) else ANSWERED


def _write(session: Session, answer: Written) -> int:
    """Each text to its file, all of them or none, and to standard output those that have none."""
    from reasoner.writing.whole_file import write_all

    texts = [(text, path or session.file) for text, path in answer.texts]
    if files := {path: text for text, path in texts if path is not None}:
        write_all(files)
    for text, path in texts:
        if path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8"))  # an ontology is UTF-8 whatever the terminal is
            sys.stdout.buffer.flush()
    for note in answer.notes:
        tell(f"Note: {note}")
    return ANSWERED


def _print_rows(session: Session, answer: Any) -> int:
    """The rows or triples of a query, or the library of queries."""
    from reasoner.views.sparql.results import rendered
    from reasoner.views.sparql.shelf import Shelf, shelf

    if isinstance(answer, Shelf):
        session.emit(shelf(session.form, session.look()))
        return ANSWERED
    written = session.form in ("xml", "ttl")
    body = answer.body
    session.emit(body.decode() if written else rendered(body, session.form, session.look(), session.sources.reasoned))
    if (said := session.supposition) and session.form != "table":
        tell(f"Note: {said}")
    return _tell_state(session)


def _tell_state(session: Session) -> int:
    """Say on standard error, beside an answer that has no place for it, where the knowledge contradicts itself.

    Or that reasoning was cut short, so that nobody looked.  Returns the exit code that this calls for.
    """
    from reasoner.answers.frame import state
    from reasoner.views.marks import cut, known

    told = state(session.sources.reasoned)
    if said := cut(told) or known(told):
        tell(f"Note: {said}")
    return CUT_SHORT if "limit" in told else ANSWERED
