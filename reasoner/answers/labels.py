"""The labels of all that a document names, for readers that do not have the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


def labels_in(reasoned: Reasoned, told: Any) -> dict[str, str]:
    """The label of every id that stands anywhere in what is told, by id; none of what is labelled as it is called."""
    return {name: label for name in sorted(set(_names_in(told))) if (label := reasoned.label(name)) != name}


def _names_in(value: Any) -> Iterator[str]:
    """Short texts of a document that may be ids."""
    if isinstance(value, str):
        if value and " " not in value:
            yield value.partition("/")[0]
        return
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for inner in inside:
        yield from _names_in(inner)
