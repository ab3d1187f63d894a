"""Real answers over the shipped knowledge, one of each command about a scenario, as full as they get."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from reasoner.answers.assess import assess
from reasoner.answers.breaks import breaks
from reasoner.answers.choices import choices
from reasoner.answers.combine import combine
from reasoner.answers.compare import compare
from reasoner.answers.escapes import escapes
from reasoner.answers.matrix import matrix
from reasoner.answers.niche import niche
from reasoner.answers.report import report
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.asking.supposition import Supposition
from reasoner.asking.what_if import suppose
from reasoner.inference.reasoned import Reasoned

PLACE = ScenarioRequest("CML_LSC", "CML")
TREATED = ScenarioRequest("CML_LSC", "CML", background=("imatinib",))
MOBILISED = ScenarioRequest("CML_LSC", "CML", background=("imatinib", "plerixafor"))
IN_STEPS = ScenarioRequest("CML_LSC", "CML", background=("imatinib",), earlier=(("plerixafor",),))
EVICTING = ("block:CD44", "plerixafor")


@cache
def kb() -> Reasoned:
    return Reasoned.load()


@cache
def contested() -> Any:
    """The assessment of a regimen about which claims stand on both sides."""
    return assess(kb(), ("imatinib", "plerixafor"), PLACE)


def _supposing() -> Reasoned:
    """The knowledge as if a claim had not been made, a paper not been written, and an activity were on."""
    wanted = Supposition(("on(CXCR4__in__CML_LSC)",), ("retains(RP07, CML_LSC)",), ("CHO-ref31",), ("BOR-149",))
    return suppose(kb(), wanted)


ANSWERS: dict[str, Callable[[], Any]] = {
    "assess": lambda: assess(_supposing(), EVICTING, IN_STEPS),
    "breaks": lambda: breaks(kb(), PLACE),
    "choices": lambda: choices(kb()),
    "combine": lambda: combine(kb(), MOBILISED, Wish(spare=("HSC",), strict=True)),
    "compare": lambda: compare(kb(), [((), PLACE), (EVICTING, TREATED), (("ponatinib",), PLACE)]),
    "escapes": lambda: escapes(kb(), ("plerixafor",), TREATED),
    "matrix": lambda: matrix(kb(), [(("plerixafor",), TREATED), (EVICTING, IN_STEPS)], TREATED),
    "niche": lambda: niche(kb(), EVICTING, TREATED),
    "report": lambda: report(kb(), ("imatinib", "plerixafor"), PLACE, search=True),
}
