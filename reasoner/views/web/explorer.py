"""What the explorer asks for its pages, beside the questions that everybody may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import REGIMEN, STRATEGY, TEXT, Parameter, argument, flag, option
from reasoner.asking.question import Question
from reasoner.views.look import Look

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources

_REGIMEN = option("regimen", REGIMEN, many=True)


def about(sources: Sources) -> dict[str, Any]:
    """Version, hash, sizes and contradictions of the knowledge base, and the prefixes that queries may use."""
    from reasoner.answers.contradicted import contradictions
    from reasoner.views.marks import known
    from reasoner.views.sparql.graphs import PREFIXES
    from reasoner.views.words import RESEARCH_USE

    base, told = sources.reasoned.base, contradictions(sources.reasoned)
    return {
        "version": base.version,
        "sha256": base.sha256,
        "facts": base.ontology.size,
        "conclusions": len(sources.reasoned.closure) - base.ontology.size,
        "rules": len(base.rules),
        "claims": len(base.claims),
        "research_use": RESEARCH_USE,
        "prefixes": PREFIXES,
        "contradictions": told,
        "contradiction": known({"contradictions": told}),
    }


def choices(sources: Sources) -> Any:
    """What a scenario and a search can be made of, by which signs a status is shown, and what a regimen does to it."""
    from reasoner.answers.choices import choices
    from reasoner.answers.report import FACT_OF
    from reasoner.views.signs import READ, legend

    reasoned = sources.reasoned
    goals = [{"word": kind.word, "is_default": kind.is_default} for kind in reasoned.outcomes.goal_kinds.values()]
    statuses = [
        {"word": s.word, "state": s.state, "said": s.said, "is_danger": s.tone == "bad", "fact": FACT_OF.get(s.word)}
        for s in READ
    ]
    harms = [outcome.predicate for outcome in reasoned.outcomes if outcome.is_harm]
    return {**choices(reasoned), "goals": goals, "statuses": statuses, "legend": legend(), "harms": harms}


def scenario(sources: Sources, request: ScenarioRequest, regimen: tuple[str, ...], inactive: bool) -> dict[str, Any]:
    """A scenario as the explorer shows it: the document of ``dislodge assess``, the niche, its picture, the tables."""
    from reasoner.answers.assess import assess
    from reasoner.answers.niche import niche
    from reasoner.views.pages.assess import analogies, harms
    from reasoner.views.picture.svg import svg
    from reasoner.views.web.parts import as_part
    from reasoner.views.wide.assess import routes

    reasoned = sources.reasoned
    told = assess(reasoned, regimen, request)
    drawn = niche(reasoned, regimen, request, inactive=inactive)
    title = f"The niche of {drawn['cell_label']} under {' + '.join(map(reasoned.label, regimen)) or 'no treatment'}"
    look = Look(label=reasoned.label)
    tables = [
        *routes(told, look, inactive=inactive),
        *harms(told["harms"], look),
        *analogies(told["analogies"], look),
    ]
    return {
        "assess": told,
        "niche": drawn,
        "svg": svg(drawn, title, live=True),
        "title": title,
        "page": as_part(tables),
    }


def surroundings(sources: Sources, request: ScenarioRequest, regimen: tuple[str, ...]) -> dict[str, Any]:
    """The matrix of no treatment, the regimen, and the regimen with each agent more."""
    from reasoner.answers.matrix import beside, matrix
    from reasoner.views.web.parts import as_part
    from reasoner.views.wide.matrix import around

    others = beside(sources.reasoned, regimen, request)
    regimens = [(), *([regimen] if regimen else []), *((*regimen, other) for other in others)]
    found = matrix(sources.reasoned, [(agents, request) for agents in regimens], request)
    asked = found["answers"][: len(regimens) - len(others)]
    return {"page": as_part(around(found, asked, Look(label=sources.reasoned.label)))}


def claims(sources: Sources, claim: tuple[str, ...], against: tuple[str, ...]) -> dict[str, Any]:
    """The claims whose ids are given, with statement, setting and papers; those ``against`` something say so."""
    from reasoner.answers.claims import claims
    from reasoner.views.web.parts import as_part
    from reasoner.views.wide.cards import cards

    found = claims(sources.reasoned, (*claim, *against))
    return {**found, "page": as_part(cards(found["answers"], claim, against))}


def proof(sources: Sources, request: ScenarioRequest, conclusion: Conclusion) -> dict[str, Any]:
    """What derives a conclusion; where nothing does, what is missing."""
    from reasoner.answers.explain import explain
    from reasoner.answers.why_not import why_not
    from reasoner.views.pages.explain import tree
    from reasoner.views.pages.why_not import missing
    from reasoner.views.web.parts import as_part

    look = Look(label=sources.reasoned.label)
    told = explain(sources.reasoned, conclusion, request)
    if told["derivations"]:
        return {**told, "page": as_part(tree(derivation, look) for derivation in told["derivations"])}
    lacking = why_not(sources.reasoned, conclusion, request)
    return {**lacking, "page": as_part(missing(lacking, look))}


def queries(sources: Sources) -> Any:
    """The query library with its texts."""
    from reasoner.views.sparql.library import library
    from reasoner.views.sparql.shelf import entry

    return [{**entry(query), "text": query.text} for query in library().values()]


def _page(name: str, answer: Any, *parameters: Parameter, long: bool = False) -> Question:
    return Question(
        name=name, help=answer.__doc__, examples=(), answer=answer, parameters=parameters, supposing=False, long=long
    )


#: The questions of the pages.
PAGES = (
    _page("about", about),
    _page("choices", choices),
    _page("scenario", scenario, _REGIMEN, *SCENARIO, flag("inactive")),
    _page("surroundings", surroundings, _REGIMEN, *SCENARIO, long=True),
    _page("claims", claims, option("claim", TEXT, many=True), option("against", TEXT, many=True)),
    _page("proof", proof, argument("conclusion", STRATEGY, least=1), *SCENARIO),
    _page("queries", queries),
)
