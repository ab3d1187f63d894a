"""dislodge from Python and in notebooks: a method for every question, made from the table of questions.

    from reasoner import KnowledgeBase

    kb = KnowledgeBase.shipped()
    answer = kb.assess("imatinib + plerixafor", cell="CML LSC")
    answer["outcomes"]            # the document of ``dislodge assess --json``
    answer.frame("routes")        # a pandas DataFrame, where pandas is there
    answer.picture                # the niche as SVG; a notebook draws it
    help(kb.combine)              # every parameter, as on the command line

Names may be ids, labels, synonyms or CURIEs, in any spelling, as on the command line; a name that is not known raises
:class:`reasoner.QuestionError` with the nearest ones.  Every answer is for research use only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from weakref import finalize

from reasoner.asking.arguments import given, resolved
from reasoner.asking.given import supposition_of
from reasoner.asking.question import Question, Written
from reasoner.asking.sources import Sources
from reasoner.asking.supposition import NOTHING
from reasoner.closure.meter import Meter
from reasoner.model.budget import budget_of
from reasoner.questions import question, questions
from reasoner.views.in_python import ONE_AT_A_TIME, Answer, Picture, Rows, explained, signature

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.frame import ContradictionRow

Texts = str | Iterable[str]


class KnowledgeBase:
    """What is known, and what follows from it; every question is a method."""

    def __init__(self, known: Reasoned | Sources) -> None:
        self._sources = known if isinstance(known, Sources) else Sources.of(known)
        _ = self._sources.unsupposed

    @classmethod
    def shipped(cls) -> KnowledgeBase:
        """The knowledge base that ships with the package."""
        return cls(Sources())

    @classmethod
    def load(
        cls,
        *facts: str | Path,
        rules: str | Path | Sequence[str | Path] = (),
        alone: bool = False,
        budget: int | str | Sequence[int | str] | None = None,
    ) -> KnowledgeBase:
        """The shipped knowledge with files added; ``alone`` leaves the shipped facts out.

        ``budget`` bounds the bindings of rules (a number), the time (such as ``"30s"``), or both, of what follows at
        all and then of each question; a question beyond it raises :class:`~reasoner.errors.BudgetError`, which names
        the rule.
        """
        paths = tuple(Path(path) for path in facts)
        bounds = budget_of([budget] if isinstance(budget, int | float | str) else budget or ())
        return cls(
            Sources(
                ontology=paths if alone else (),
                extra=() if alone else paths,
                rules=tuple(Path(path) for path in ([rules] if isinstance(rules, str | Path) else rules)),
                meter=Meter(bounds),
            )
        )

    def stating(self, facts: Texts, rules: Texts = ()) -> KnowledgeBase:
        """Another knowledge base that states more, given as text: facts in Turtle or another syntax, and rules.

        >>> kb = KnowledgeBase.shipped()
        >>> more = kb.stating("@prefix : <https://w3id.org/dislodge#> . :newdrug a :Agent .")
        >>> more.show("newdrug")["kind"], more.sha256 == kb.sha256
        ('Agent', False)
        """
        texts = {".ttl": _several(facts), ".swrl": _several(rules)}
        # Files, as SPARQL and findings go back to what was read: they last as long as the knowledge base.
        folder = TemporaryDirectory(prefix="dislodge-")
        paths = []
        for ending, parts in texts.items():
            for number, text in enumerate(parts, 1):
                paths.append(Path(folder.name, f"stated-{number}{ending}"))
                data = text.encode("utf-8", "surrogatepass")  # what is no text is refused when it is read
                paths[-1].write_bytes(data)
        try:
            other = KnowledgeBase(self._sources.adding(paths))
        except BaseException:
            folder.cleanup()
            raise
        finalize(other, folder.cleanup)
        return other

    @property
    def version(self) -> str:
        """The version of the package."""
        return self._sources.unsupposed.base.version

    @property
    def sha256(self) -> str:
        """The hash of everything that was read."""
        return self._sources.unsupposed.base.sha256

    @property
    def contradictions(self) -> list[ContradictionRow]:
        """Where the knowledge contradicts itself, as every document tells it; empty where it does not."""
        from reasoner.answers.contradicted import contradictions

        return contradictions(self._sources.supposing(NOTHING, scenario=False).reasoned)

    def label(self, name: str, language: str = "en") -> str:
        """The label of an id."""
        return self._sources.unsupposed.label(name, language)

    def sparql(
        self,
        query: str,
        *,
        scenario: Texts = (),
        cell: str | None = None,
        timeout: float = 60,
        assume: Texts = (),
        retract: Texts = (),
        without_paper: Texts = (),
        without_claim: Texts = (),
        **bindings: str,
    ) -> Rows:
        """The rows of a SELECT or ASK query, or of a shipped query by name; variables are bound, never pasted.

        The other parameters are those of ``dislodge sparql``; every further keyword binds the variable of its name.
        """
        from reasoner.views.sparql.library import library
        from reasoner.views.sparql.results import rows_of

        supposed = {
            "assume": assume,
            "retract": retract,
            "without_paper": without_paper,
            "without_claim": without_claim,
        }
        if cell is not None and not scenario:  # of no scenario: a variable
            bindings, cell = {**bindings, "cell": cell}, None
        asked = {
            "name" if query in library() else "query": query,
            "bind": [f"{variable}={value}" for variable, value in bindings.items()],
            "scenario": scenario,
            "cell": cell,
            "timeout": timeout,
            **supposed,
        }
        found = rows_of(self._answered(question("sparql"), asked)[0].body)
        return Rows(found.names, list(found.rows), self.contradictions)

    def _ask(self, asked: Question, words: dict[str, Any]) -> Answer | str | None:
        """A document as an answer; of what is written, the text that goes to no file."""
        found, sources, arguments = self._answered(asked, words)
        if isinstance(found, Written):
            return _written(found)
        if found is None:
            return None
        return Answer(found, sources.reasoned, arguments.get("regimen", ()), arguments.get("request"))

    def _answered(self, asked: Question, words: dict[str, Any]) -> tuple[Any, Sources, dict[str, Any]]:
        """What a question answers with, of which knowledge, and its arguments."""
        with nullcontext() if asked.takes("tell") else ONE_AT_A_TIME:  # what tells goes on until it is stopped
            return self._answered_alone(asked, words)

    def _answered_alone(self, asked: Question, words: dict[str, Any]) -> tuple[Any, Sources, dict[str, Any]]:
        values = given((*asked.parameters, *asked.supposed), words)
        sources = self._sources.supposing(supposition_of(values), scenario=asked.is_of_scenario(values))
        arguments = resolved(asked, sources, values)
        return asked.answer(sources, **arguments), sources, arguments

    def __repr__(self) -> str:
        return f"KnowledgeBase(version={self.version!r}, sha256={self.sha256[:12]!r})"

    if TYPE_CHECKING:  # of a checkout; a wheel has a stub that names every method: reasoner.views.stub

        def __getattr__(self, name: str) -> Callable[..., Any]: ...


def _several(texts: Texts) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def _written(found: Written) -> str:
    """Write what goes to files, all or none; the text that goes to none."""
    from reasoner.writing.whole_file import write_all

    if files := {path: text for text, path in found.texts if path is not None}:
        write_all(files)
    return "".join(text for text, path in found.texts if path is None)


def _method(asked: Question) -> Callable[..., Any]:
    """The method that asks a question; its signature and help are those of the table."""
    taken = signature(asked)

    def method(*given: Any, **words: Any) -> Any:
        bound = taken.bind(*given, **words).arguments
        kb: KnowledgeBase = bound.pop("self")
        return kb._ask(asked, bound)

    method.__name__ = asked.method
    method.__qualname__ = f"KnowledgeBase.{asked.method}"
    method.__doc__ = explained(asked)
    method.__signature__ = taken  # type: ignore[attr-defined]
    return method


for _question in questions():
    if not hasattr(KnowledgeBase, _question.method):
        setattr(KnowledgeBase, _question.method, _method(_question))

__all__ = ["Answer", "KnowledgeBase", "Picture", "Rows"]
