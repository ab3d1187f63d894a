"""The words that documents use: each is one of a few."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

#: How a route, an arm or a function stands.
RouteStatus = Literal["broken", "open", "opened", "rebounds", "inactive", "unknown"]
#: What is derived, crossed with what sources say of it.
Verdict = Literal[
    "supported",
    "contested",
    "opposed",
    "proposed",
    "disputed_elsewhere",
    "shown_elsewhere",
    "predicted",
    "by_analogy",
    "conjectured",
    "reported",
    "refuted",
    "undetermined",
    "not_derived",
    "not_tested",
]
#: What is said after a verdict of what was tested elsewhere, or of parts of the regimen.
Elsewhere = Literal["disputed_elsewhere", "shown_elsewhere"]
#: Whether just these agents were tested, some of them, or none.
Tested = Literal["as_given", "parts", "none"]
#: Whether a conclusion is derived.
Derived = Literal["yes", "no", "undetermined"]
#: The tier of the evidence that a conclusion rests on, from the strongest.
Strength = Literal["clinical", "patient_samples", "in_vivo", "in_vitro", "review_statement", "inference"]
#: What an agent or a regimen does to a route.
Effect = Literal["breaks", "narrows", "rebounds", "opens"]
#: Whether something is stated for this very cell and disease.
Nearness = Literal["exact", "broader", "narrower", "other"]
#: How far a function of a normal cell is harmed.
Extent = Literal["lost", "touched"]
#: How an activity stands at one moment.
Momentary = Literal["on", "off", "undetermined"]
#: How an activity stands in the end.
ActivityValue = Literal["on", "off", "undetermined", "rebounds"]


class Keyword(NamedTuple):
    """What a JSON Schema says of a value beyond its type, for ``Annotated``."""

    name: str
    value: int | str | bool


NOT_EMPTY = Keyword("minItems", 1)
Count = Annotated[int, Keyword("minimum", 0)]
#: The answers of a document that has them under keys of its own.
Nothing = Annotated[list[str], Keyword("maxItems", 0)]
