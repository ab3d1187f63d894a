"""dislodge from Python and in notebooks.

    from reasoner.api import KnowledgeBase

    kb = KnowledgeBase.shipped()
    answer = kb.assess("imatinib + plerixafor", cell="CML LSC")
    answer["outcomes"]            # the document of ``dislodge assess --json``
    answer.frame("routes")        # a pandas DataFrame, where pandas is there
    answer.picture                # the niche as SVG; a notebook draws it

Names may be ids, labels, synonyms or CURIEs, in any spelling, as on the command line; a name that is not known raises
:class:`reasoner.errors.QuestionError` with the nearest ones.  Every answer is for research use only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.engine import kept
from reasoner.engine.meter import Meter
from reasoner.errors import BudgetError
from reasoner.model.budget import budget_of

if TYPE_CHECKING:
    from reasoner.answers.requests import ScenarioRequest
    from reasoner.engine.reasoned import Reasoned
    from reasoner.views.look import Look

Names = str | Iterable[str]


class KnowledgeBase:
    """What is known, and what follows from it."""

    def __init__(self, reasoned: Reasoned) -> None:
        self._loaded = reasoned

    @property
    def _reasoned(self) -> Reasoned:
        """What is asked, with the whole of its budget for the next question, whatever was asked before."""
        with suppress(BudgetError):
            _ = self._loaded.closure
        self._loaded.meter.renew()
        return self._loaded

    @classmethod
    def shipped(cls) -> KnowledgeBase:
        """The knowledge base that ships with the package."""
        return cls(kept.load())

    @classmethod
    def load(
        cls,
        *facts: str | Path,
        rules: Sequence[str | Path] = (),
        alone: bool = False,
        budget: int | float | str | Sequence[int | str] | None = None,
    ) -> KnowledgeBase:
        """The shipped knowledge with files added; ``alone`` leaves the shipped facts out.

        ``budget`` bounds the bindings of rules (a number), the time (such as ``"30s"``), or both, of what follows at
        all and then of each question; a question beyond it raises :class:`~reasoner.errors.BudgetError`, which names
        the rule.
        """
        paths = [Path(path) for path in facts]
        more = [Path(path) for path in rules]
        given = budget_of([budget] if isinstance(budget, int | float | str) else budget or ())
        return cls(kept.load(paths if alone else (), () if alone else paths, more, meter=Meter(given)))

    @property
    def version(self) -> str:
        """The version of the package."""
        return self._loaded.base.version

    @property
    def sha256(self) -> str:
        """The hash of everything that was read."""
        return self._loaded.base.sha256

    @property
    def contradictions(self) -> list[dict[str, Any]]:
        """Where the knowledge contradicts itself, as every document tells it; empty where it does not."""
        from reasoner.answers.contradicted import contradictions

        return contradictions(self._reasoned)

    def label(self, name: str, language: str = "en") -> str:
        """The label of an id."""
        return self._loaded.label(name, language)

    # --- questions ---------------------------------------------------------------------------------------------------

    def assess(
        self,
        regimen: Names = (),
        *,
        cell: str,
        disease: str | None = None,
        state: Names = (),
        background: Names = (),
        clone: Names = (),
    ) -> Answer:
        """What a regimen does: routes and arms, outcomes, hazards, harms, activities (``dislodge assess``)."""
        from reasoner.answers.assess import assess

        agents, request = self._asked(regimen, cell, disease, state, background, clone)
        return self._answer(assess(self._reasoned, agents, request), agents, request)

    def combine(
        self,
        *,
        cell: str,
        disease: str | None = None,
        state: Names = (),
        background: Names = (),
        clone: Names = (),
        close: Names = (),
        spare: Names = (),
        max_size: int | None = None,
        scope: str = "near",
    ) -> Answer:
        """Minimal regimens, or the certificate that there are none (``dislodge combine``)."""
        from reasoner.answers.combine import combine
        from reasoner.answers.names import resolve_all
        from reasoner.answers.requests import Wish

        _, request = self._asked((), cell, disease, state, background, clone)
        spared = resolve_all(self._reasoned, _list(spare), "cell")
        wish = Wish(close=tuple(_list(close)), scope=scope, spare=spared, max_size=max_size)
        return self._answer(combine(self._reasoned, request, wish), (), request)

    def explain(
        self,
        conclusion: str,
        *,
        cell: str | None = None,
        disease: str | None = None,
        state: Names = (),
        background: Names = (),
        every: bool = False,
    ) -> Answer:
        """Why a conclusion such as ``dislodges(imatinib+plerixafor, CML_LSC)`` holds (``dislodge explain``)."""
        from reasoner.answers.asking import conclusion_request
        from reasoner.answers.explain import explain

        _, request = self._asked((), cell, disease, state, background)
        asked, request = conclusion_request(self._reasoned, conclusion, request)
        return self._answer(explain(self._reasoned, asked, request, every=every), (), request)

    def escapes(
        self, regimen: Names, *, cell: str, disease: str | None = None, state: Names = (), background: Names = ()
    ) -> Answer:
        """Which routes a regimen leaves open, and what would close each (``dislodge escapes``)."""
        from reasoner.answers.escapes import escapes

        agents, request = self._asked(regimen, cell, disease, state, background)
        return self._answer(escapes(self._reasoned, agents, request), agents, request)

    def conflicts(self, name: str | None = None) -> Answer:
        """Contradictions with both sides (``dislodge conflicts``)."""
        from reasoner.answers.conflicts import conflicts

        return self._answer(conflicts(self._reasoned, name), (), None)

    def sparql(self, query: str, **bindings: str) -> Rows:
        """The rows of a SELECT or ASK query, or of a shipped query by name; variables are bound, never pasted."""
        from reasoner.views.limited import Limits
        from reasoner.views.sparql.asking import ask
        from reasoner.views.sparql.evaluate import Query
        from reasoner.views.sparql.library import bindings_of, library
        from reasoner.views.sparql.results import rows_of

        shipped = library().get(query)
        bound = bindings_of(self._reasoned, shipped, bindings)
        asked = Query(shipped.text if shipped else query, bound)
        reply = ask(self._reasoned, asked, "json", (), Limits(60, 2 << 30, 256 << 20))
        found = rows_of(reply.body)
        return Rows(found.names, list(found.rows), self.contradictions)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _asked(
        self, regimen: Names, cell: str | None, disease: str | None, state: Names, background: Names, clone: Names = ()
    ) -> tuple[tuple[str, ...], ScenarioRequest]:
        from reasoner.answers.asking import regimen_request, scenario_request

        place = scenario_request(self._reasoned, cell, disease, _list(state), _list(background), _list(clone))
        return regimen_request(self._reasoned, _list(regimen), place)

    def _answer(self, document: dict[str, Any], agents: tuple[str, ...], request: ScenarioRequest | None) -> Answer:
        return Answer(document, self._reasoned, agents, request)

    def __repr__(self) -> str:
        return f"KnowledgeBase(version={self.version!r}, sha256={self.sha256[:12]!r})"


def _list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


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

    document: dict[str, Any]
    _reasoned: Reasoned
    _agents: tuple[str, ...]
    _request: ScenarioRequest | None

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

            raise QuestionError(f"no rows stand under {key!r}", code="E403", hint=f"there are: {', '.join(keys)}")
        return _pandas().DataFrame(rows)

    @cached_property
    def picture(self) -> Picture:
        """The niche under the regimen; only for answers about a scenario."""
        from reasoner.answers.niche import niche
        from reasoner.errors import QuestionError

        if self._request is None or self._request.cell is None:
            raise QuestionError("this answer is about no scenario", code="E403", hint="ask assess")
        return Picture(niche(self._reasoned, self._agents, self._request))

    def _look(self) -> Look:
        from reasoner.views.look import Look

        return Look(width=100, label=self._reasoned.label)

    def __str__(self) -> str:
        from reasoner.views.documents import render

        return render(self.document, "table", self._look())

    def __repr__(self) -> str:
        return f"<Answer {self.document['command']}: {self.document['verdict'] or 'no verdict'}>"

    def _repr_html_(self) -> str:
        from reasoner.views.documents import blocks_of
        from reasoner.views.report.notebook import as_html

        return as_html(blocks_of(self.document, self._look()))


@dataclass(frozen=True)
class Picture:
    """A niche that a notebook draws."""

    document: dict[str, Any]

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
    contradictions: Sequence[dict[str, Any]] = ()

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> Any:
        """The rows as a DataFrame; needs pandas."""
        return _pandas().DataFrame(self.rows, columns=list(self.names))

    def _repr_html_(self) -> str:
        from reasoner.views.marks import known
        from reasoner.views.report.markup import table, tag

        shown = table(self.names, [[row.get(name, "") for name in self.names] for row in self.rows])
        said = known({"contradictions": self.contradictions})
        return tag("div", tag("p", said), shown) if said else shown


__all__ = ["Answer", "KnowledgeBase", "Picture", "Rows"]
