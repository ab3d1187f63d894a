"""Values of a graph whose lists are folded: a well-formed list is one value, the tuple of its members."""

from __future__ import annotations

from typing import NamedTuple

from reasoner.model.iris import OWL, RDF, SWRL
from reasoner.model.term import Literal
from reasoner.model.triple import Node, is_blank

#: Properties of OWL whose list is read as a set.
UNORDERED = frozenset(
    OWL + name
    for name in (
        "unionOf", "intersectionOf", "oneOf", "members", "distinctMembers", "disjointUnionOf", "hasKey",
        "withRestrictions",
    )
)  # fmt: skip
#: Types of list cells, which say nothing that the list does not.
LIST_TYPES = frozenset({RDF + "List", SWRL + "AtomList"})


class Items(NamedTuple):
    """The members of a list."""

    members: tuple[Item, ...]


Item = str | Literal | Items
Content = dict[str, list[Item]]


def blanks_in(item: Item) -> list[Node]:
    """The blank nodes that a value names, those of a list in its order."""
    if isinstance(item, Items):
        return [blank for member in item.members for blank in blanks_in(member)]
    return [item] if isinstance(item, str) and is_blank(item) else []
