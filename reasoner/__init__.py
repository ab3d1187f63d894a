"""dislodge: which interventions break which resistance route, and why.

The front door for Python: ``from reasoner import KnowledgeBase``, and the errors.  What stands behind a name is loaded
when the name is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from reasoner.version import __version__

TYPE_CHECKING = False  # as a checker of types knows it, without a module that takes longer to load than this one
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


if not TYPE_CHECKING:  # else every other name would pass as well

    def __getattr__(name: str) -> object:
        """What stands behind a name of ``__all__``."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = import_module("reasoner.api" if name in _OF_THE_API else "reasoner.errors")
        found = globals()[name] = getattr(home, name)
        return found


def __dir__() -> list[str]:
    """The names that may be imported."""
    return sorted(__all__)
