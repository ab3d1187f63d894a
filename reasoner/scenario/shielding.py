"""Which routes shield a cell from a therapy, and from which therapies a route does."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place


def shielding(reasoned: Reasoned, place: Place, therapies: Iterable[str] | None = None) -> set[str]:
    """The routes that protect the cell from some therapies (default: any), their classes, or an unnamed therapy."""
    hierarchy = reasoned.graph.hierarchy
    against = set(reasoned.closure.members("UnnamedTherapy")).union(*map(reasoned.graph.classes_of, therapies or ()))
    return {
        p.route
        for p in reasoned.graph.protections
        if hierarchy.covers(p.cell, place.cell or "")
        and hierarchy.fits(p.scopes, place)
        and (therapies is None or against & set(p.therapies))
    }


def protected_from(reasoned: Reasoned, place: Place, routes: Collection[str]) -> list[str]:
    """The therapies from which some routes are stated to protect the cell of a place."""
    hierarchy = reasoned.graph.hierarchy
    return sorted(
        {
            therapy
            for p in reasoned.graph.protections
            if p.route in routes and hierarchy.covers(p.cell, place.cell or "") and hierarchy.fits(p.scopes, place)
            for therapy in p.therapies
        }
    )
