"""The frame that every document shares: command, knowledge base, closed world, verdict, answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

Document = dict[str, Any]


def document(
    kb: Reasoned,
    command: str,
    answers: Sequence[Document] = (),
    *,
    verdict: str | None = None,
    closed_world: bool = False,
    reasons: Sequence[Document] = (),
    **keys: Any,
) -> Document:
    """A document; ``reasons`` say why it holds no answers and are left out when it does."""
    frame: Document = {
        "command": command,
        "kb": {"version": kb.base.version, "sha256": kb.base.sha256},
        "closed_world": closed_world,
        "verdict": verdict,
        "answers": list(answers),
    }
    if reasons:
        frame["reasons"] = list(reasons)
    return frame | keys


def reason(code: str, text: str) -> Document:
    """Why there is no answer: a code, and a sentence about this very question."""
    return {"code": code, "text": text}
