"""A question as a record: its name and help, what may be given with it, what answers it, how the answer is told.

Every face is made from it: the command, the method of the Python API, the route under ``/api``, completion, manual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reasoner.asking.given import SUPPOSING
from reasoner.asking.parameter import Parameter, ScenarioPart

#: How a document can be told, and what a question that draws offers besides.
FORMS = ("table", "json", "csv", "tsv", "md")
PICTURES = ("svg", "html")
#: Forms that a page may have a function of its own for.
DRAWN = (*PICTURES, "md", "cx2", "cyjs")


class Written(NamedTuple):
    """An answer that is files: each text with the file that it goes to, or None; and what is to be said beside them."""

    texts: tuple[tuple[str, Path | None], ...]
    notes: tuple[str, ...] = ()


def _never(_document: Mapping[str, Any]) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question that can be asked of the knowledge, or one thing that can be done with its files.

    ``answer`` is called with the :class:`~reasoner.asking.sources.Sources` and the parameters by name, every name in
    them resolved; the type that it is annotated to return is the type of the document.  Where it has an argument
    ``stop``, that is asked with a count of ``search`` now and then, and says whether to end with what was found.
    """

    name: str
    help: str
    examples: tuple[str, ...]
    answer: Callable[..., Any]
    parameters: tuple[Parameter, ...] = ()
    #: How the answer is written, the first unless another is asked for; empty where nothing is printed.
    forms: tuple[str, ...] = FORMS
    #: Whether the ending of the file that it is written to may name the form.
    by_ending: bool = False
    #: Whether facts may be supposed; not where files are looked at as they are.
    supposing: bool = True
    #: Whether a document says that what was asked for does not hold: exit code 1.
    fails: Callable[[Mapping[str, Any]], bool] = _never
    #: What a search counts.
    search: str = ""
    #: Whether an answer may take longer than a server can wait.
    long: bool = False
    #: Why no other program may ask over HTTP; empty where it may.
    local: str = ""
    #: The page of the explorer that shows the answer; empty where there is none yet.
    page: str = ""

    @property
    def method(self) -> str:
        """The name of the method of the Python API, and of the module that states the question."""
        return self.name.replace("-", "_").replace(" ", "_")

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of the types of document that it answers with; none for what answers with text or rows."""
        said = str(self.answer.__annotations__.get("return", ""))
        return tuple(name for name in said.split(" | ") if name not in ("None", *_NO_DOCUMENT))

    @property
    def supposed(self) -> tuple[Parameter, ...]:
        """The parameters of what-if."""
        return SUPPOSING if self.supposing else ()

    def is_of_scenario(self, values: Mapping[str, Any]) -> bool:
        """Whether it is about a scenario as it is asked, so that states of it may be supposed."""
        return self.has_scenario and bool(values.get("scenario", True))

    def takes(self, argument: str) -> bool:
        """Whether the answering function has an argument that a face may hand it: ``stop``, ``tell``."""
        return argument in self.answer.__annotations__

    @property
    def has_scenario(self) -> bool:
        """Whether it takes the parts of a scenario."""
        return any(isinstance(parameter.kind, ScenarioPart) for parameter in self.parameters)


#: What answers with something else than a document.
_NO_DOCUMENT = ("Written", "Reply", "Shelf")
