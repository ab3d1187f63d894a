"""What a question asks, every name resolved: its scenario, and what a combination shall do."""

from __future__ import annotations

from dataclasses import dataclass

#: How many regimens are listed unless told otherwise.
DEFAULT_LIMIT = 50


@dataclass(frozen=True, slots=True)
class ScenarioRequest:
    """Cell, disease, states and background of a question, as ids; what is not stated is None or empty.

    ``clones`` are sets of states on top of ``states``, each of a clone of the cell; ``earlier`` are the steps of the
    regimen before the last one, in order; the background is given in all of them.
    """

    cell: str | None = None
    disease: str | None = None
    states: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    clones: tuple[tuple[str, ...], ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a combination is asked to do, with every name resolved.

    ``close`` are routes, arms, activities or words (default: what retains the cell, protects it or hinders delivery to
    it), of the ``scope`` *near* (stated for this cell or disease, else for the nearest broader one) or *all*; ``spare``
    cells whose ``functions`` (default: retention) are to be kept, or with ``strict`` not even touched; ``max_size``
    counts what is added to the background, ``limit`` the regimens that are listed.
    """

    close: tuple[str, ...] = ()
    scope: str = "near"
    spare: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    strict: bool = False
    max_size: int | None = None
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_strength: str | None = None
    limit: int = DEFAULT_LIMIT


#: The agents of the last step of a regimen, and where and after what they are given.
RegimenRequest = tuple[tuple[str, ...], ScenarioRequest]
