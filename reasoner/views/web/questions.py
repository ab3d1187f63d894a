"""The questions of the API by name: each gives a document of the command line, or what the explorer needs to draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reasoner.views.web.asked import Asked


def about(asked: Asked) -> Any:
    """Version, hash, sizes and contradictions of the knowledge base, and the prefixes that queries may use."""
    from reasoner.answers.contradicted import contradictions
    from reasoner.views.marks import known
    from reasoner.views.sparql.graphs import PREFIXES
    from reasoner.views.words import RESEARCH_USE

    base, told = asked.kb.base, contradictions(asked.kb)
    return {
        "version": base.version,
        "sha256": base.sha256,
        "facts": base.ontology.size,
        "conclusions": len(asked.kb.closure) - base.ontology.size,
        "rules": len(base.rules),
        "claims": len(base.claims),
        "research_use": RESEARCH_USE,
        "prefixes": PREFIXES,
        "contradictions": told,
        "contradiction": known({"contradictions": told}),
    }


def assess(asked: Asked) -> Any:
    """The document of ``dislodge assess``."""
    from reasoner.answers.assess import assess

    agents, request = asked.scenario
    return assess(asked.kb, agents, request)


def choices(asked: Asked) -> Any:
    """What a scenario can be made of."""
    from reasoner.answers.choices import choices

    return choices(asked.kb)


def scenario(asked: Asked) -> Any:
    """A scenario as the explorer shows it: the document of ``dislodge assess``, the niche and its picture."""
    from reasoner.answers.assess import assess
    from reasoner.answers.niche import niche
    from reasoner.views.picture.svg import svg

    agents, request = asked.scenario
    told = assess(asked.kb, agents, request)
    drawn = niche(asked.kb, agents, request, inactive=asked.one("inactive") == "1")
    title = f"The niche of {drawn['cell_label']} under {' + '.join(map(asked.kb.label, agents)) or 'no treatment'}"
    names = {r["route"]: asked.kb.label(r["route"]) for r in told["routes"]}
    names |= {name: asked.kb.label(name) for name in _named(told)}
    return {"assess": told, "niche": drawn, "svg": svg(drawn, title, live=True), "labels": names, "title": title}


def _named(told: Any) -> set[str]:
    """Ids of an assessment that a page shows by their labels."""
    found = {told["cell"], told["disease"], *told["states"], *told["regimen"], *told["background"], *_of_killers(told)}
    for outcome in told["outcomes"]:
        found |= {outcome["subject"], *outcome["left"]}
    for hazard in told["hazards"]:
        found |= {hazard["hazard"], hazard.get("subject")}
    for harm in told["harms"]:
        found |= {harm["cell"], harm["function"], *harm["by"]}
    for row in told.get("analogies", ()):
        found |= {row.get("route"), *row.get("from", ())}
    for route in told["routes"]:
        found |= {arm["arm"] for arm in route["arms"]} | set(route["protects_against"])
    return {name for name in found if isinstance(name, str)}


def _of_killers(told: Any) -> set[str]:
    """The cells and diseases for which the killers of an assessment or a regimen are stated."""
    return {name for row in told["killer_scopes"] for name in (row["cell"], *row["stated_for"], *row["diseases"])}


def matrix(asked: Asked) -> Any:
    """The document of ``dislodge matrix``: no treatment, the regimen, the regimen with each agent more."""
    from reasoner.answers.matrix import beside, matrix

    agents, request = asked.scenario
    others = beside(asked.kb, agents, request)
    regimens = [(), *([agents] if agents else []), *((*agents, other) for other in others)]
    found = matrix(asked.kb, [(regimen, request) for regimen in regimens], request)
    names = {*found["routes"], *others, *agents}
    return {**found, "labels": {name: asked.kb.label(name) for name in sorted(names)}, "asked": list(agents)}


def explain(asked: Asked) -> Any:
    """The document of ``dislodge explain CONCLUSION``."""
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.explain import explain

    _, request = asked.scenario
    conclusion, request = conclusion_request(asked.kb, asked.needed("conclusion"), request)
    return explain(asked.kb, conclusion, request)


def why_not(asked: Asked) -> Any:
    """The document of ``dislodge why-not CONCLUSION``."""
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.why_not import why_not

    _, request = asked.scenario
    conclusion, request = conclusion_request(asked.kb, asked.needed("conclusion"), request)
    return why_not(asked.kb, conclusion, request)


def combine(asked: Asked) -> Any:
    """The document of ``dislodge combine``; the normal counterpart of the cell is spared unless ``spare`` is empty."""
    from reasoner.answers.combine import combine
    from reasoner.answers.names import resolve_all
    from reasoner.answers.requests import Wish

    _, request = asked.scenario
    size = asked.one("size")
    wish = Wish(
        close=tuple(asked.all("close")),
        scope="all" if asked.one("scope") == "all" else "near",
        spare=resolve_all(asked.kb, asked.all("spare"), "cell"),
        max_size=int(size) if size and size.isdigit() and int(size) <= 4 else None,
        exclude=resolve_all(asked.kb, asked.all("exclude"), "agent"),
    )
    found = combine(asked.kb, request, wish)
    names = {a for r in [*found["regimens"], *found["front"]] for a in (*r["agents"], *r["closes"], *r["leaves_open"])}
    names |= {h["cell"] for r in [*found["regimens"], *found["front"]] for h in r["harms"]}
    names |= {h["function"] for r in [*found["regimens"], *found["front"]] for h in r["harms"]}
    names |= {name for r in [*found["regimens"], *found["front"]] for name in _of_killers(r)}
    names |= {name.partition("/")[0] for name in (*found["uncovered"], *found["unknown"], *found["goals"])}
    return {**found, "labels": {name: asked.kb.label(name) for name in sorted(names)}}


def conflicts(asked: Asked) -> Any:
    """The document of ``dislodge conflicts [NAME]``."""
    from reasoner.answers.conflicts import conflicts

    return conflicts(asked.kb, asked.one("name"))


def evidence(asked: Asked) -> Any:
    """The claims whose ids are given, with statement, setting and papers."""
    from reasoner.answers.claims import claims

    return claims(asked.kb, asked.all("claim"))


def show(asked: Asked) -> Any:
    """The document of ``dislodge show NAME``."""
    from reasoner.answers.catalogue import show

    return show(asked.kb, asked.needed("name"))


def queries(asked: Asked) -> Any:
    """The query library with its texts."""
    from reasoner.views.sparql.library import library
    from reasoner.views.sparql.shelf import entry

    return [{**entry(query), "text": query.text} for query in library().values()]


QUESTIONS: dict[str, Callable[[Asked], Any]] = {
    "about": about,
    "assess": assess,
    "choices": choices,
    "scenario": scenario,
    "matrix": matrix,
    "explain": explain,
    "why-not": why_not,
    "combine": combine,
    "conflicts": conflicts,
    "evidence": evidence,
    "show": show,
    "queries": queries,
}
