"""The scenario that a question is asked in, with every name resolved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScenarioRequest:
    """Cell, disease, states and background of a question, as ids; what is not stated is None or empty.

    ``earlier`` are the steps of the regimen before the last one, in order; the background is given in all of them.
    """

    cell: str | None = None
    disease: str | None = None
    states: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()
