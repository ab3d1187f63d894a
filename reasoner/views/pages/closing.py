"""What stands at the foot of every page: reasons for an empty answer, the closed world, research use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reasoner.views.blocks import Block, Line
from reasoner.views.words import RESEARCH_USE, code_sentence, legend


def reasons(document: Mapping[str, Any]) -> Iterator[Block]:
    """The typed reasons of a document, one line each."""
    for reason in document.get("reasons", []):
        code = reason.get("code", "")
        text = reason.get("text") or code_sentence(code)
        yield Line(f"{text} [{code}]" if code else text, indent=2, hang=2)


def supposition(document: Mapping[str, Any]) -> str:
    """What the answer supposes, in one sentence; empty when it supposes nothing."""
    said = [
        f"{words}: {joint.join(document[key])}"
        for key, words, joint in (
            ("assumed", "assumed", " ^ "),
            ("retracted", "retracted", " ^ "),
            ("without_papers", "as if not written", ", "),
            ("without_claims", "as if not claimed", ", "),
        )
        if document.get(key)
    ]
    return f"What if: {'; '.join(said)}. Written to no file." if said else ""


def _supposed(document: Mapping[str, Any]) -> Iterator[Block]:
    """One line that says what the answer supposes, when it supposes anything."""
    if said := supposition(document):
        yield Line(said, "warn", hang=2)


def closing(document: Mapping[str, Any], verdicts: Iterable[str | None] = ()) -> Iterator[Block]:
    """The legend of the verdicts used, the closed world with version and hash, and the research-use line."""
    yield Line("")
    yield from _supposed(document)
    for word, meaning in legend(verdicts):
        yield Line(f"{word}: {meaning}", "soft", hang=2)
    base = document.get("kb", {})
    if not base.get("sha256"):
        yield Line("The knowledge base could not be read.", "soft")
        yield Line(RESEARCH_USE, "soft")
        return
    stamp = f"knowledge base {base.get('version', '')}, sha256 {base['sha256'][:12]}"
    if document.get("closed_world"):
        yield Line(f"Closed world: what the {stamp} does not state counts as absent.", "soft")
    else:
        yield Line(f"From the {stamp}.", "soft")
    yield Line(RESEARCH_USE, "soft")
