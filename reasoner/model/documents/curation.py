"""The documents of ``format``, ``rules --pull`` and ``template import``: what changes in files as they are."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import NoVersion, ReasonRow
from reasoner.model.documents.words import Count

#: What became of a rule.
RuleChange = Literal["added", "changed", "removed", "same"]
#: What an editor of rules does not keep.
RulePart = Literal["status", "source", "comment"]


class OfFiles(TypedDict):
    """The frame of what is said of files as they are: no knowledge base answers."""

    kb: NoVersion
    closed_world: Literal[False]
    contradictions: None
    reasons: NotRequired[list[ReasonRow]]


class FormattedFile(TypedDict):
    """A file, and whether its canonical form differs from it."""

    file: str
    changed: bool


class Formatted(OfFiles):
    """Files in canonical form, rewritten or to be rewritten."""

    command: Literal["format"]
    verdict: Literal["canonical", "changed", "would change"]
    answers: list[FormattedFile]
    check: bool
    """Nothing is written."""
    changed: Count


class PulledRule(TypedDict):
    """A rule that an editor changed, or of which it dropped something."""

    id: str
    change: RuleChange
    file: str
    logic: str
    before: str | None
    """The logic that it had, where that differs."""
    dropped: list[RulePart]
    """What the editor lost and the file keeps."""


class Pull(OfFiles):
    """Rules taken over from an edited ontology."""

    command: Literal["rules-pull"]
    verdict: Literal["changed", "same"]
    answers: list[PulledRule]
    rules: Count
    written: bool


class ImportedThing(TypedDict):
    """An individual of which tables change what a file states."""

    id: str
    change: Literal["added", "changed"]
    file: str
    added: list[str]
    removed: list[str]


class TemplateImport(OfFiles):
    """What tables changed in the files of an ontology, or would change."""

    command: Literal["template-import"]
    verdict: Literal["changed", "same"]
    answers: list[ImportedThing]
    rows: Count
    files: list[str]
    """The files that change."""
    written: bool
