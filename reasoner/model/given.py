"""Parameters that several questions share."""

from __future__ import annotations

from reasoner.model.parameter import FLAG, TEXT, Name, Parameter, Part

#: The scenario that a question is about.
SCENARIO = (
    Parameter(name="cell", kind=Part("cell"), metavar="CELL", help="The cell that the question is about."),
    Parameter(name="disease", kind=Part("disease"), metavar="DISEASE", help="The disease; default: the cell's own."),
    Parameter(
        name="state",
        kind=Part("state"),
        many=True,
        metavar="STATE",
        help="A lesion, phase or treatment state; repeatable.",
    ),
    Parameter(
        name="clone",
        kind=Part("clone"),
        many=True,
        metavar="STATE+…",
        help="A clone by its own states, or none; repeatable.",
    ),
    Parameter(
        name="background",
        option="--with-agent",
        kind=Part("agent"),
        many=True,
        metavar="AGENT",
        help="An agent given beforehand; repeatable.",
    ),
)
BY_ANALOGY = Parameter(
    name="by_analogy", kind=FLAG, default=True, help="Show rows that rest on another disease or cell [shown]."
)
#: What is supposed for one question, and written to no file.
SUPPOSING = (
    Parameter(
        name="assume", kind=TEXT, many=True, metavar="FACT", help="Suppose that a fact holds, or on(N); repeatable."
    ),
    Parameter(
        name="retract", kind=TEXT, many=True, metavar="FACT", help="Suppose that a fact does not hold; repeatable."
    ),
    Parameter(
        name="without_paper",
        kind=Name("paper"),
        many=True,
        metavar="PAPER",
        help="As if it had not been written; repeatable.",
    ),
    Parameter(
        name="without_claim",
        kind=Name("claim"),
        many=True,
        metavar="CLAIM",
        help="As if not claimed; repeatable.",
    ),
)
