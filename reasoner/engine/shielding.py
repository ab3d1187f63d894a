"""Which routes shield a cell from a therapy."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.engine.place import Place
from reasoner.engine.reasoned import Reasoned


def shielding(kb: Reasoned, place: Place, therapies: Iterable[str] | None = None) -> set[str]:
    """The routes that protect the cell from some therapies (default: any), their classes, or an unnamed therapy."""
    hierarchy = kb.graph.hierarchy
    against = set(kb.closure.members("UnnamedTherapy")).union(*map(kb.graph.classes_of, therapies or ()))
    return {
        p.route
        for p in kb.graph.protections
        if hierarchy.covers(p.cell, place.cell or "")
        and hierarchy.fits(p.scopes, place)
        and (therapies is None or against & set(p.therapies))
    }
