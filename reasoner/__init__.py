"""dislodge: which interventions break which resistance route, and why.

The front door for Python: ``from reasoner import KnowledgeBase``, and the errors.  What stands behind a name is loaded
when the name is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reasoner.version import __version__

if TYPE_CHECKING:
    from reasoner.api import Answer, KnowledgeBase, Picture, Rows
    from reasoner.errors import (
        BudgetError,
        DislodgeError,
        Faults,
        LimitError,
        OntologyError,
        QuestionError,
        ReadingError,
        RuleError,
        Span,
        WritingError,
    )

__all__ = [
    "Answer",
    "BudgetError",
    "DislodgeError",
    "Faults",
    "KnowledgeBase",
    "LimitError",
    "OntologyError",
    "Picture",
    "QuestionError",
    "ReadingError",
    "Rows",
    "RuleError",
    "Span",
    "WritingError",
    "__version__",
]
_OF_THE_API = frozenset({"Answer", "KnowledgeBase", "Picture", "Rows"})


def __getattr__(name: str) -> Any:
    """What stands behind a name of ``__all__``."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module("reasoner.api" if name in _OF_THE_API else "reasoner.errors"), name)
    return found


def __dir__() -> list[str]:
    """The names that may be imported, with those that every module has."""
    return sorted({*globals(), *__all__})
