"""Nothing that is denied comes out of a query, a page or a picture as holding.

What is denied is read here off the nodes of each place and not from the relation that pages and queries read.
"""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from random_knowledge import CELLS, DISEASES, MOLECULES, NORMAL, STROMA, Knowledge, knowledge

from reasoner.answers.breaks import breaks
from reasoner.answers.catalogue import show
from reasoner.answers.niche import niche
from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.mechanism_graph import PROMOTES, Activity
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.views.limited import Limits
from reasoner.views.network.cytoscape import cx2, cyjs
from reasoner.views.picture.svg import svg
from reasoner.views.sparql.dataset import Dataset, dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.library import bindings_of, shipped_query
from reasoner.views.sparql.results import rows_of

_EVERY_CELL = (*CELLS, NORMAL, STROMA)


@st.composite
def with_denials(draw: st.DrawFn) -> Knowledge:
    """Knowledge in which more is denied, in it and of broader cells, and some cells secrete something."""
    drawn = draw(knowledge())
    names = [n for cls in ("Supply", "MoleculeActivity", "Interaction") for n in drawn.members(cls)]
    scopes = st.sampled_from(["everywhere", *DISEASES])
    more = [Fact("deniedIn", draw(st.sampled_from(names)), draw(scopes)) for _ in range(3)] if names else []
    more += [Fact("secretes", draw(st.sampled_from(_EVERY_CELL)), draw(st.sampled_from(MOLECULES))) for _ in range(2)]
    return Knowledge((*dict.fromkeys((*drawn.facts, *more)),), drawn.question)


def is_denied(reasoned: Reasoned, activity: Activity, scope: str) -> bool:
    """Whether a denial of an activity, or of an end of it, prevails in a scope, and nothing brings it about."""
    states = frozenset(map(str, reasoned.closure.objects("inState", scope)))
    disease = None if scope == "everywhere" else scope
    located = reasoned.located(Place(activity.acted_on[0] if activity.places else None, disease, states))
    keys = [activity.key]
    ways = [m for m in located.by_effect.get(located.by_key[activity.key], ()) if m.sign == PROMOTES]
    if activity.kind == "Interaction" and all(m.name in reasoned.graph.engaged for m in ways):
        (ligand, receptor), (sender, receiver) = activity.things, activity.places
        keys += [("Supply", ligand, "@", sender), ("MoleculeActivity", receptor, "@", receiver)]
    for key in keys:
        index = located.by_key[key]
        node = located.nodes[index]
        is_made = any(m.sign == PROMOTES for m in located.by_effect.get(index, ()))
        if node.denials and node.says is False and not located.parts.counts(index) and not is_made:
            return True
    return False


def rows(reasoned: Reasoned, dataset: Dataset, name: str, **given: str) -> list[dict[str, str]]:
    query = shipped_query(name)
    reply = evaluate(dataset, Query(query.text, bindings_of(reasoned, query, given)), "json", "nt", Limits())
    return list(rows_of(reply.body).rows)


@settings(max_examples=30)
@given(with_denials())
def test_what_is_present_is_denied_by_nothing(drawn: Knowledge) -> None:
    reasoned = drawn.reasoned()
    told = set(reasoned.presence)
    for fact in told:
        assert fact not in reasoned.base.ontology.facts
        if fact.predicate == "presentIn":
            assert Fact("absentIn", fact.subject, fact.object) not in told
            if (activity := reasoned.graph.activities.get(fact.subject)) and activity.kind != "Activity":
                assert not is_denied(reasoned, activity, str(fact.object)), fact


@settings(max_examples=20)
@given(with_denials())
def test_no_query_serves_what_is_denied(drawn: Knowledge) -> None:
    reasoned = drawn.reasoned()
    dataset = dataset_of(reasoned)
    graph = reasoned.graph
    for cell in CELLS:
        for row in rows(reasoned, dataset, "niche-of-cell", cell=cell):
            scope = row.get("scope") or "everywhere"
            assert not is_denied(reasoned, graph.activities[row["interaction"]], scope)
        for row in rows(reasoned, dataset, "routes-of-cell", cell=cell):
            route = graph.routes[row["route"]]
            assert any(graph.is_arm_of(arm, route, cell) for arm in route.arms)
    for disease in DISEASES:
        for row in rows(reasoned, dataset, "pairs-in-disease", disease=disease):
            pair = graph.activities[row["interaction"]]
            below = [d for d in DISEASES if graph.hierarchy.covers(disease, d)]
            assert row["status"] in ("denied", "contested") or any(
                not is_denied(reasoned, pair, scope)
                for scope in {str(f.object) for f in reasoned.presence if f.subject == pair.name}
                if scope in below or graph.hierarchy.diseases_above(scope) & set(below)
            )
    for ligand in MOLECULES:
        made = {(a.places[0]): a for a in graph.activities.values() if a[1:3] == ("Supply", (ligand,))}
        for row in rows(reasoned, dataset, "sources-of-ligand", ligand=ligand):
            source = row["source"]
            if (supply := made.get(source)) is not None and Fact("secretes", source, ligand) not in reasoned.closure:
                scopes = {str(f.object) for f in reasoned.presence if f[:2] == ("presentIn", supply.name)}
                alike = [a for a in graph.activities.values() if a.key == supply.key]
                scopes |= {str(f.object) for f in reasoned.presence for a in alike if f[:2] == ("presentIn", a.name)}
                assert any(not is_denied(reasoned, supply, scope) for scope in scopes)


@settings(max_examples=15)
@given(with_denials())
def test_an_action_that_may_break_a_route_at_home_gets_to_it(drawn: Knowledge) -> None:
    reasoned = drawn.reasoned()
    graph = reasoned.graph
    touching = set(reasoned.closure.pairs("mayTouch"))
    getting = {(f.subject, f.object) for f in reasoned.presence if f.predicate == "getsTo"}
    assert getting <= touching
    for route in graph.routes.values():
        for cell in route.cells:
            own = set(map(str, reasoned.closure.objects("occursIn", cell)))
            for disease in own.intersection(route.scopes) if own else set(route.scopes).intersection(DISEASES):
                request = ScenarioRequest(cell=cell, disease=disease)
                for row in breaks(reasoned, request, route=route.name, by_analogy=False)["answers"]:
                    actions = {(action.name, route.name) for action in graph.actions_of(row["agent"])}
                    assert row["effect"] == "none" or actions & getting or not actions & touching


@settings(max_examples=20)
@given(with_denials())
def test_no_page_shows_what_is_denied_among_what_is_there(drawn: Knowledge) -> None:
    reasoned = drawn.reasoned()
    for name in (*_EVERY_CELL, *MOLECULES):
        document = show(reasoned, name)
        told = [*document["asserted"], *document["inferred"]]
        for denied in reasoned.denied:
            assert not any(f"({denied}, " in fact for fact in told)
            about = f"({denied}, {name})"
            described = any(str(f).endswith(about) for f in reasoned.closure.about(name) if f.predicate != "deniedIn")
            assert not described or any(about in fact for fact in document["denied"])


@settings(max_examples=20)
@given(with_denials())
def test_no_picture_draws_what_is_denied(drawn: Knowledge) -> None:
    reasoned = drawn.reasoned()
    asked = drawn.question
    place = asked.place._replace(disease=asked.disease or DISEASES[0])
    request = ScenarioRequest(cell=place.cell, disease=place.disease, states=asked.states)
    document = niche(reasoned, [], request)
    nodes = {node["id"]: node for node in document["nodes"]}
    located = reasoned.located(place)
    for edge in document["edges"]:
        if edge["kind"] in ("promotes", "signal") and not edge["from"].startswith("a:"):
            index = int(edge["to"].removeprefix("n"))
            key = located.nodes[index].activity.key
            if edge["from"].startswith("c:") and key[0] == "Availability":
                supply = located.by_key[("Supply", *key[1:])]
                node = located.nodes[supply]
                is_made = any(m.sign == PROMOTES for m in located.by_effect.get(supply, ()))
                is_off = node.denials and node.says is False and not located.parts.counts(supply) and not is_made
                assert not is_off or edge["state"] != "off"
    for node in nodes.values():
        assert not node.get("denied") or node["state"] == "off"
    drawn_parts = json.loads(cyjs(document, "niche"))["elements"]["edges"]
    assert len(drawn_parts) == len(document["edges"])
    assert svg(document, "niche").startswith("<svg") and json.loads(cx2(document, "niche"))
