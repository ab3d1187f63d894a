"""One run of a command: the knowledge that it asks, and where its answer goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reasoner.asking.given import supposition_of
from reasoner.asking.parameter import SIDE, TARGET, File, Kind
from reasoner.asking.question import Question
from reasoner.cli.progress import Progress
from reasoner.errors import BudgetError, QuestionError
from reasoner.model.budget import budget_of

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.views.look import Look

_WIDEST = 140
#: Endings of files that mean a form of another name.
_ENDINGS = {"htm": "html"}


@dataclass(frozen=True)
class Session:
    """A question as it is asked: how its answer is written and where to, and of which knowledge."""

    question: Question
    form: str
    output: Path | None
    sources: Sources
    progress: Progress
    colour: bool = True

    @classmethod
    def of(cls, question: Question, words: Mapping[str, Any]) -> Session:
        """What the shared options say, whose names begin with ``_``."""
        from reasoner.asking.sources import Sources
        from reasoner.closure.meter import Meter

        progress = Progress("bindings of rules")
        meter = Meter(budget_of(words["_budget"]), lambda rule, count: progress(count, f", now of {rule}"))
        sources = Sources(
            ontology=words["_ontology"],
            extra=words["_with"],
            rules=words["_rules"],
            use_rules=not words["_no_rules"],
            meter=meter,
            supposed=supposition_of(words),
            scenario=question.is_of_scenario(words),
        )
        output = words.get("_output")
        return cls(question, _form(question, words, output), output, sources, progress, not words["_no_color"])

    @property
    def supposition(self) -> str:
        """What is supposed, in one sentence; empty when nothing is."""
        from reasoner.answers.frame import supposed
        from reasoner.views.pages.closing import supposition

        return supposition(supposed(self.sources.reasoned))

    @cached_property
    def _rule_labels(self) -> dict[str, str]:
        return {rule.id: rule.label for rule in self.sources.reasoned.base.rules}

    @property
    def file(self) -> Path | None:
        """The file that the answer goes to; None for standard output."""
        return None if self.output is None or str(self.output) == "-" else self.output

    def cut_short(self, error: BudgetError) -> None:
        """Say as JSON, where that was asked for, that there is no answer within the budget."""
        if self.form == "json":
            from reasoner.answers.frame import no_answer
            from reasoner.views.documents import json_text

            self.emit(json_text(no_answer(self.question.name, error)))

    def emit(self, text: str) -> None:
        """Print the text, or write it to the file that was named: whole or not at all."""
        self.progress.wipe()
        if self.file is None:
            _print(text)
        else:
            from reasoner.writing.whole_file import write_whole

            write_whole(self.file, text)

    def check_outputs(self, values: Mapping[str, Any]) -> None:
        """Refuse (E412) to write over a file that is read, or twice to one."""
        given = [(parameter.kind, values[parameter.name]) for parameter in self.question.parameters]
        targets = [value for kind, value in given if kind is TARGET and value]
        targets += [self.file] if self.file is not None else []
        if not targets:
            return
        named = [path for kind, value in given for path in _paths(kind, value)]
        try:
            seen = {os.path.realpath(path): "is an input of this command" for path in (*self.sources.read, *named)}
            for target in targets:
                if said := seen.setdefault(os.path.realpath(target), ""):
                    raise QuestionError(f"{target} {said}", code="E412", hint="name another file after -o")
                seen[os.path.realpath(target)] = "is named twice"
        except OSError as error:  # the folder that one stands in is gone
            said = f"cannot write {self.output}: {error.strerror}"
            raise QuestionError(said, code="E412", hint="name a file in a folder that is there") from error

    def look(self) -> Look:
        """How an answer is shown where it goes."""
        from reasoner.views.look import Look

        terminal = self.file is None and sys.stdout.isatty()
        plain = not self.colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        width = min(max(_columns(), 40), _WIDEST) if terminal else 80
        return Look(width=width, colour=terminal and not plain, label=self._label)

    def _label(self, name: str) -> str:
        return self._rule_labels.get(name) or self.sources.reasoned.label(name)


def _form(question: Question, words: Mapping[str, Any], output: Path | None) -> str:
    """The form that is asked for, by name or by the ending of the file."""
    form: str | None = words.get("_form")
    if words.get("_json"):
        if form not in (None, "json"):
            raise click.UsageError(f"--json and --format {form} exclude each other.")
        return "json"
    usual = next(iter(question.forms), "")
    if form is None and question.by_ending and output is not None:
        ending = output.suffix.lstrip(".").lower()
        ending = _ENDINGS.get(ending, ending)
        return ending if ending in question.forms else usual
    return form or usual


def _paths(kind: Kind, value: Any) -> list[Path]:
    """The files that the value of a parameter names, to be read."""
    if not value or not (isinstance(kind, File) or kind is SIDE):
        return []
    return [Path(path) for path in (value if isinstance(value, tuple) else (value,))]


def _columns() -> int:
    import shutil  # needed on a terminal alone

    return shutil.get_terminal_size((80, 24)).columns


def _print(text: str) -> None:
    """Write to standard output, also where its encoding lacks a letter; a closed pipe is raised at once."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()
