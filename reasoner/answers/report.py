"""Everything about one scenario in one document: assessment, picture, proofs, claims, what is left, the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reasoner.answers.assess import assess
from reasoner.answers.claims import claims
from reasoner.answers.combine import combine
from reasoner.answers.escapes import escapes
from reasoner.answers.explain import explain
from reasoner.answers.frame import bare_frame, finished
from reasoner.answers.labels import labels_in
from reasoner.answers.niche import niche
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.assessment import RegimenAssessment
    from reasoner.model.documents.report import Proof, Report, Told

#: What the regimen does to a route that stands so.
FACT_OF = {"broken": "breaksRoute", "opened": "opensRoute", "open": "leavesOpen", "rebounds": "reboundsRoute"}


def report(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, search: bool = False) -> Report:
    """The report of a regimen; with ``search`` also what could be added to close every route, or why nothing does.

    Raises :class:`QuestionError` E440 for a search after earlier steps, which it knows nothing of.
    """
    if search and request.earlier:
        hint = "leave out the search, or ask for the last step alone"
        raise QuestionError("what could be added is not looked for after earlier steps", code="E440", hint=hint)
    told = assess(reasoned, agents, request)
    proofs = list(_proofs(reasoned, told, tuple(agents), request))
    named = dict.fromkeys([*_claims_in(told), *_claims_in(proofs)])
    found: Told = {
        "assess": told,
        "niche": niche(reasoned, agents, request),
        "proofs": proofs,
        "escapes": escapes(reasoned, agents, request),
        "claims": claims(reasoned, sorted(named))["answers"],
    }
    if search:
        background = tuple(dict.fromkeys((*request.background, *agents)))
        found["combine"] = combine(reasoned, replace(request, background=background), Wish())
    labels = labels_in(reasoned, found)
    whole: Report = {
        "command": "report",
        **bare_frame(reasoned, closed_world=True),
        "verdict": told["verdict"],
        "answers": [],
        "labels": labels,
        **found,
    }
    return finished(reasoned, whole)


def _proofs(
    reasoned: Reasoned, told: RegimenAssessment, agents: tuple[str, ...], request: ScenarioRequest
) -> Iterator[Proof]:
    """A derivation of every outcome, hazard and status that the regimen decides."""
    wanted = [
        (f"{row['outcome']} {reasoned.label(row['subject'])}", row["outcome"], row["subject"])
        for row in told["outcomes"]
        if row["derived"] == "yes"
    ]
    wanted += [
        (f"{row['route']} {reasoned.label(row['route'])}: {row['status']}", FACT_OF[row["status"]], row["route"])
        for row in told["routes"]
        if row["status"] in FACT_OF
    ]
    for title, predicate, subject in wanted:
        conclusion = Conclusion(predicate, (subject,), agents, request.earlier)
        derivations = explain(reasoned, conclusion, request)["derivations"]
        yield {"title": title, "about": subject, "derivations": derivations}


def _claims_in(value: Any) -> Iterator[str]:
    """The ids of claims anywhere in a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("evidence", "for", "against") and isinstance(inner, list):
                yield from (claim for claim in inner if isinstance(claim, str))
            else:
                yield from _claims_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _claims_in(inner)
