"""An evaluated scenario as a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from reasoner.answers.scenario_facts import ScenarioFacts
from reasoner.model.atom import Fact
from reasoner.model.term import Ground
from reasoner.views.sparql import terms
from reasoner.views.sparql.graphs import SCENARIO, SCENARIO_GRAPH, part, scenario_slug

_NAME = "scenario"


def slug_of(scenario: ScenarioFacts) -> str:
    """The name of a scenario inside IRIs."""
    place = scenario.place
    return scenario_slug(place.cell or "", place.disease, place.states, scenario.background, scenario.steps)


def scenario_quads(scenario: ScenarioFacts) -> Iterator[Quad]:
    """The facts of a scenario in its graph, with the scenario (and its variants) under IRIs of their own."""
    slug = slug_of(scenario)
    graph = NamedNode(SCENARIO_GRAPH + slug)
    yield Quad(NamedNode(SCENARIO + slug), terms.LABEL, terms.text(scenario.label, "en"), graph)
    for fact in scenario.facts:
        subject = _renamed(fact.subject, slug)
        value = None if fact.object is None else _renamed(fact.object, slug)
        yield terms.quad(Fact(fact.predicate, str(subject), value), graph)


def _renamed(name: Ground, slug: str) -> Ground:
    if isinstance(name, str) and name.startswith(_NAME):
        return SCENARIO + slug + part(name.removeprefix(_NAME))
    return name
