"""One run of a command: the knowledge base it asks, and where its answer goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.cli.failures import ANSWERED, CUT_SHORT, DOES_NOT_HOLD, tell
from reasoner.errors import BudgetError, QuestionError
from reasoner.model.budget import UNBOUNDED, Budget

if TYPE_CHECKING:
    from reasoner.answers.requests import ScenarioRequest
    from reasoner.cli.progress import Progress
    from reasoner.engine.meter import Meter
    from reasoner.engine.reasoned import Reasoned
    from reasoner.views.look import Look

_WIDEST = 140


@dataclass(frozen=True, slots=True)
class Places:
    """The scenario options as written."""

    cell: str | None = None
    disease: str | None = None
    states: tuple[str, ...] = ()
    clones: tuple[str, ...] = ()
    background: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """The shared options of a command, and what they give."""

    form: str = "table"
    output: Path | None = None
    ontology: tuple[Path, ...] = ()
    extra: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    use_rules: bool = True
    colour: bool = True
    budget: Budget = UNBOUNDED
    suppose: tuple[tuple[str, ...], ...] = ()
    scenario: bool = False

    @cached_property
    def kb(self) -> Reasoned:
        """The knowledge base under what is supposed, read on first use."""
        from reasoner.engine.kept import load

        kb = load(self.ontology, self.extra, self.rules, self.use_rules, self.meter)
        if not any(self.suppose):
            return kb
        from reasoner.answers.what_if import Wanted, suppose

        return suppose(kb, Wanted(*self.suppose), scenario=self.scenario)

    @cached_property
    def meter(self) -> Meter:
        """What the question may take and has taken, which shows on a terminal."""
        from reasoner.engine.meter import Meter

        return Meter(self.budget, lambda rule, count: self.progress(count, f", now of {rule}"))

    @cached_property
    def progress(self) -> Progress:
        """The line that shows how much reasoning there was, while there is no answer yet."""
        from reasoner.cli.progress import Progress

        return Progress("bindings of rules")

    @property
    def supposition(self) -> str:
        """What is supposed, in one sentence; empty when nothing is."""
        from reasoner.answers.document import supposed
        from reasoner.views.pages.closing import supposition

        return supposition(supposed(self.kb))

    def tell_state(self) -> int:
        """Say on standard error, beside an answer that has no place for it, where the knowledge contradicts itself.

        Or that reasoning was cut short, so that nobody looked.  Returns the exit code that this calls for.
        """
        from reasoner.answers.document import state
        from reasoner.views.marks import cut, known

        told = state(self.kb)
        if said := cut(told) or known(told):
            tell(f"Note: {said}")
        return CUT_SHORT if "limit" in told else ANSWERED

    @property
    def files(self) -> list[Path]:
        """The ontology files that the knowledge base is read from."""
        from reasoner.resources import shipped_ontology

        return [*(self.ontology or shipped_ontology()), *self.extra]

    @property
    def read(self) -> list[Path]:
        """Every file that the command reads, shipped ones and those that its own options name among them."""
        from reasoner.resources import shipped_rules

        return [*self.files, *(shipped_rules() if self.use_rules else ()), *self.rules, *self.named]

    @cached_property
    def _rule_labels(self) -> dict[str, str]:
        return {rule.id: rule.label for rule in self.kb.base.rules}

    def adding(self, paths: Iterable[Path]) -> Session:
        """The session with files added: rules by their suffix, everything else as facts."""
        found = tuple(paths)
        rules = tuple(path for path in found if path.suffix == ".swrl")
        facts = tuple(path for path in found if path.suffix != ".swrl")
        return replace(self, extra=(*self.extra, *facts), rules=(*self.rules, *rules))

    def request(self, places: Places) -> ScenarioRequest:
        """The scenario with every name resolved."""
        from reasoner.answers.asking import scenario_request

        return scenario_request(self.kb, places.cell, places.disease, places.states, places.background, places.clones)

    def finish(self, document: dict[str, Any]) -> int:
        """Print or write the document; the exit code that it calls for."""
        from reasoner.views.documents import remarks, render

        self.emit(render(document, self.form, self.look()))
        if self.form in ("csv", "tsv", "svg"):
            for remark in remarks(document):
                tell(f"Note: {remark}")
        return exit_code(document)

    def cut_short(self, command: str, error: BudgetError) -> None:
        """Say as JSON, where that was asked for, that there is no answer within the budget."""
        if self.form == "json":
            from reasoner.answers.document import no_answer
            from reasoner.views.documents import json_text

            self.emit(json_text(no_answer(command, error)))

    def emit(self, text: str) -> None:
        """Print the text, or write it to the file that was named: whole or not at all."""
        self.progress.wipe()
        if self._to_file:
            from reasoner.writing.whole_file import write_whole

            write_whole(Path(self.output or ""), text)
        else:
            _print(text)

    @property
    def _to_file(self) -> bool:
        return self.output is not None and str(self.output) != "-"

    def check_output(self) -> None:
        """Refuse to write over a file that is read."""
        self.checked(self.output)

    def checked(self, output: Path | None) -> Path | None:
        """A file to write that is none of those that are read."""
        try:
            is_read = output is not None and os.path.realpath(output) in map(os.path.realpath, self.read)
        except OSError as error:  # the folder that one stands in is gone
            said = f"cannot write {output}: {error.strerror}"
            raise QuestionError(said, code="E412", hint="name a file in a folder that is there") from error
        if is_read:
            raise QuestionError(f"{output} is an input of this command", code="E412", hint="name another file after -o")
        return output

    def look(self) -> Look:
        """How an answer is shown where it goes."""
        from reasoner.views.look import Look

        terminal = not self._to_file and sys.stdout.isatty()
        plain = not self.colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        width = min(max(_columns(), 40), _WIDEST) if terminal else 80
        return Look(width=width, colour=terminal and not plain, label=self._label)

    def _label(self, name: str) -> str:
        return self._rule_labels.get(name) or self.kb.label(name)


def _columns() -> int:
    import shutil  # needed on a terminal alone

    return shutil.get_terminal_size((80, 24)).columns


def exit_code(document: dict[str, Any]) -> int:
    """0 answered; 1 the thing asked for does not hold; 3 a limit cut the answer short."""
    if document.get("limit_reached"):
        return CUT_SHORT
    if document["command"] == "explain" and not document["derivations"]:
        return DOES_NOT_HOLD
    if document["command"] == "robustness" and not document["holds"]:
        return DOES_NOT_HOLD
    if document["command"] == "diff" and document["exit_code"] and document["verdict"] == "different":
        return DOES_NOT_HOLD
    if document["command"] == "format" and document["check"] and document["changed"]:
        return DOES_NOT_HOLD
    if document["command"] == "check" and any(finding["level"] == "error" for finding in document["findings"]):
        return DOES_NOT_HOLD
    return ANSWERED


def _print(text: str) -> None:
    """Write to standard output, also where its encoding lacks a letter; a closed pipe is raised at once."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()
