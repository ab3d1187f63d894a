"""Answers as values of Python, which a notebook shows as pages, pictures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from inspect import Parameter as Taken
from inspect import Signature, cleandoc
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.asking.parameter import Parameter
    from reasoner.asking.question import Question
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.frame import ContradictionRow
    from reasoner.model.documents.niche import Niche
    from reasoner.views.look import Look


#: A question may suppose facts in place for as long as it is answered: threads wait for each other.
ONE_AT_A_TIME = RLock()


def signature(question: Question) -> Signature:
    """The signature of the method that asks a question: its arguments, then all else by keyword."""
    taken = [Taken("self", Taken.POSITIONAL_ONLY)]
    arguments = [parameter for parameter in question.parameters if parameter.positional]
    others = [parameter for parameter in question.parameters if not parameter.positional]
    taken += [_taken(parameter, Taken.POSITIONAL_OR_KEYWORD) for parameter in arguments]
    taken += [_taken(parameter, Taken.KEYWORD_ONLY) for parameter in (*others, *question.supposed)]
    return Signature(taken)


def _taken(parameter: Parameter, kind: Any) -> Taken:
    return Taken(parameter.name, kind, default=Taken.empty if parameter.needed else parameter.empty)


def explained(question: Question) -> str:
    """The help of the method that asks a question."""
    lines = [cleandoc(question.help), "", "Parameters:"]
    for parameter in (*question.parameters, *question.supposed):
        said = parameter.help or parameter.metavar
        lines.append(f"    {parameter.name} ({parameter.kind.name}){f': {said}' if said else ''}")
    return "\n".join([*lines, "", "The same on the command line:", *(f"    {line}" for line in question.examples)])


def _is_table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError:
        raise ImportError("a table needs pandas: pip install pandas") from None


@dataclass(frozen=True, repr=False)
class Answer(Mapping[str, Any]):
    """A document, as a mapping; a notebook shows it as a page, ``print`` as text."""

    document: Mapping[str, Any]
    _reasoned: Reasoned
    _agents: tuple[str, ...] = ()
    _request: ScenarioRequest | None = None

    def __getitem__(self, key: str) -> Any:
        return self.document[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.document)

    def __len__(self) -> int:
        return len(self.document)

    def frame(self, key: str = "answers") -> Any:
        """The rows under a key as a DataFrame; needs pandas (``pip install pandas``).

        Raises :class:`QuestionError` for a key that holds no rows, with those that do.
        """
        rows = self.document.get(key)
        keys = [name for name, value in self.document.items() if value and name != "reasons" and _is_table(value)]
        if not _is_table(rows) or (not rows and key == "answers" and keys):
            from reasoner.errors import QuestionError

            raise QuestionError(f"no rows stand under {key!r}", code="E425", hint=f"there are: {', '.join(keys)}")
        return _pandas().DataFrame(rows)

    @cached_property
    def picture(self) -> Picture:
        """The niche under the regimen; only for answers about a scenario."""
        from reasoner.answers.niche import niche
        from reasoner.errors import QuestionError

        if self._request is None or self._request.cell is None:
            raise QuestionError("this answer is about no scenario", code="E425", hint="ask assess")
        with ONE_AT_A_TIME:
            return Picture(niche(self._reasoned, self._agents, self._request))

    def text(self, form: str = "table") -> str:
        """The answer in a form of the command line: table, json, csv, tsv, md, and svg or html where it is drawn."""
        from reasoner.views.documents import render

        return render(self.document, form, self._look())

    def _look(self) -> Look:
        from reasoner.views.look import Look

        return Look(width=100, label=self._reasoned.label)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Answer {self.document['command']}: {self.document['verdict'] or 'no verdict'}>"

    def _repr_html_(self) -> str:
        from reasoner.views.documents import wide_blocks_of
        from reasoner.views.html.rendered import for_notebooks

        return for_notebooks(wide_blocks_of(self.document, self._look()))


@dataclass(frozen=True)
class Picture:
    """A niche that a notebook draws."""

    document: Niche

    def _repr_svg_(self) -> str:
        from reasoner.views.picture.svg import svg

        return svg(self.document, f"The niche of {self.document['cell_label']}", styled=True)

    def save(self, path: str | Path) -> None:
        """Write the picture to an SVG file."""
        from reasoner.writing.whole_file import write_whole

        write_whole(Path(path), self._repr_svg_() + "\n")


@dataclass(frozen=True)
class Rows(Sequence[dict[str, str]]):
    """Rows of a query, and where the knowledge that it asked contradicts itself; a notebook shows a table."""

    names: tuple[str, ...]
    rows: list[dict[str, str]]
    contradictions: Sequence[ContradictionRow] = ()

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> Any:
        """The rows as a DataFrame; needs pandas."""
        return _pandas().DataFrame(self.rows, columns=list(self.names))

    def _repr_html_(self) -> str:
        from reasoner.views.blocks import Column, Line, Table
        from reasoner.views.html.rendered import for_notebooks
        from reasoner.views.marks import known

        rows = Table([*map(Column, self.names)], [[row.get(name, "") for name in self.names] for row in self.rows])
        return for_notebooks([Line(known({"contradictions": self.contradictions}), "warn"), rows])
