"""What is there, and where: denials, scopes and cells, on small invented facts and on the shipped knowledge."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reasoner.answers.breaks import breaks
from reasoner.answers.catalogue import list_kind, show
from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.resources import shipped as shipped_files
from reasoner.views.limited import Limits
from reasoner.views.sparql.dataset import dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.library import bindings_of, shipped_query
from reasoner.views.sparql.results import rows_of

HEAD = (
    "@prefix : <https://w3id.org/dislodge#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . :facts a owl:Ontology .\n"
)
CELLS = """
:dysA a :Disease . :dysA1 a :Disease ; :subtypeOf :dysA . :dysB a :Disease .
:tumX a :MalignantCell . :stemX a :MalignantCell ; :subtypeOf :tumX ; :occursIn :dysA1 .
:budX a :MalignantCell ; :subtypeOf :tumX . :stromaS a :NicheCell .
:ligL a :GeneProduct . :recR a :GeneProduct . :kinK a :GeneProduct . :kinM a :GeneProduct .
:supply a :Supply ; :ofLigand :ligL ; :fromSource :stromaS .
:own a :Supply ; :ofLigand :ligL ; :fromSource :stemX .
:nicheN a :NicheCell .
:link a :Interaction ; :hasSender :nicheN ; :hasLigand :ligL ; :hasReceptor :recR ; :hasReceiver :stemX .
:recR__in__stemX a :MoleculeActivity ; :ofMolecule :recR ; :inCell :stemX .
"""
TWO_CELLS = """
:kinK__in__stemX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :stemX ; :givenIn :everywhere .
:kinM__in__budX a :MoleculeActivity ; :ofMolecule :kinM ; :inCell :budX ; :givenIn :everywhere .
:routeR a :NicheRoute ; :holdsIn :dysA ; :retains :stemX , :budX ; :hasArm :armS , :armB .
:armS a :Arm ; :needs :kinK__in__stemX . :armB a :Arm ; :needs :kinM__in__budX .
:drugK a :Agent . :blockK a :Action ; :hasAgent :drugK ; :hasTarget :kinK ; :hasMode :block .
:drugM a :Agent . :blockM a :Action ; :hasAgent :drugM ; :hasTarget :kinM ; :hasMode :block .
"""


_FOLDER = TemporaryDirectory()


@cache
def knowledge_of(facts: str) -> Reasoned:
    """The shipped vocabulary and rules with these facts; the file stays, as a store reads it again."""
    file = Path(_FOLDER.name) / f"facts{len(list(Path(_FOLDER.name).iterdir()))}.ttl"
    file.write_text(HEAD + facts, encoding="utf-8")
    return Reasoned.load([*sorted(shipped_files("ontology").glob("modules/*.ttl")), file])


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def rows(reasoned: Reasoned, name: str, **given: str) -> list[dict[str, str]]:
    query = shipped_query(name)
    reply = evaluate(
        dataset_of(reasoned), Query(query.text, bindings_of(reasoned, query, given)), "json", "nt", Limits()
    )
    return list(rows_of(reply.body).rows)


def told(facts: str, name: str) -> set[str]:
    """What the relation says of a name, as ``presentIn scope`` and ``absentIn scope``."""
    return {f"{f.predicate} {f.object}" for f in knowledge_of(CELLS + facts).presence if f.subject == name}


@pytest.mark.parametrize(
    ("facts", "name", "found"),
    [
        (":supply :givenIn :dysA .", "supply", {"presentIn dysA"}),
        (":supply :deniedIn :dysA .", "supply", {"absentIn dysA"}),
        (":supply :givenIn :dysA , :dysB ; :deniedIn :dysA .", "supply", {"presentIn dysB"}),
        (":supply :givenIn :dysA1 ; :deniedIn :dysA .", "supply", {"presentIn dysA1", "absentIn dysA"}),
        (":supply :givenIn :dysA ; :deniedIn :dysA1 .", "supply", {"presentIn dysA", "absentIn dysA1"}),
        (":own :givenIn :dysA ; :deniedIn :dysA1 .", "own", {"absentIn dysA", "absentIn dysA1"}),
        (":wide a :Supply ; :ofLigand :ligL ; :fromSource :tumX ; :deniedIn :dysA1 . :own :givenIn :dysA1 .",
         "own", {"presentIn dysA1"}),
        (":link :holdsIn :dysA1 .", "link", {"presentIn dysA1"}),
        (":link :holdsIn :dysA1 . :recR__in__stemX :deniedIn :dysA1 .", "link", {"absentIn dysA1"}),
        (":link :holdsIn :dysA1 . :recR__in__stemX :deniedIn :dysA .", "link", {"presentIn dysA1"}),
        (":link :holdsIn :dysA1 ; :deniedIn :dysA1 .", "link", set()),
    ],
)  # fmt: skip
def test_the_nearest_statement_says_what_is_there_and_a_tie_says_neither(
    facts: str, name: str, found: set[str]
) -> None:
    assert told(facts, name) == found


def test_what_an_agent_raises_leaves_its_way_through_present() -> None:
    facts = """
    :routeR a :NicheRoute ; :holdsIn :dysA1 ; :retains :stemX ; :hasArm :armR . :armR a :Arm ; :needs :recR__in__stemX .
    :recR__in__stemX :deniedIn :dysA1 .
    """
    assert told(facts, "armR") == {"absentIn dysA1"}
    raising = ":d a :Agent . :raise a :Action ; :hasAgent :d ; :hasTarget :recR__in__stemX ; :hasMode :supply ."
    assert told(facts + raising, "armR") == {"presentIn dysA1", "readFor stemX"}


def test_a_cell_is_no_source_of_what_it_is_denied_to_make() -> None:
    assert "Neuroblastoma_cell" not in {row["source"] for row in rows(shipped(), "sources-of-ligand", ligand="IL6")}
    secreting = knowledge_of(CELLS + ":stemX :secretes :ligL . :own :deniedIn :dysA1 . :stromaS :secretes :ligL .")
    assert {row["source"] for row in rows(secreting, "sources-of-ligand", ligand="ligL")} == {"stromaS", "nicheN"}
    shown = show(secreting, "stemX")
    assert "secretes(stemX, ligL)" in shown["denied"] and "secretes(stemX, ligL)" not in shown["asserted"]


def test_every_denial_of_the_shipped_knowledge_is_heard() -> None:
    denied = [s for s in shipped().graph.statements if not s.holds]
    present = set(shipped().presence)
    assert denied and not any(Fact("presentIn", s.activity, s.scope) in present for s in denied)


def test_an_entry_sets_apart_what_is_denied() -> None:
    document = show(shipped(), "Neuroblastoma_cell")
    described = "fromSource(IL6__from__Neuroblastoma_cell, Neuroblastoma_cell)"
    assert described in document["denied"] and described not in document["asserted"]
    listed = {row["id"]: row.get("denied_in") for row in list_kind(shipped(), "activities")["answers"]}
    assert listed["VLA4__in__CML_LSC"] == ["CML"] and listed["CXCR4__in__CML_LSC"] is None


def test_a_row_of_a_route_lists_the_arms_of_its_cell_alone() -> None:
    reasoned = knowledge_of(CELLS + TWO_CELLS)
    for cell, agent, arm in (("stemX", "drugK", "armS"), ("budX", "drugM", "armB")):
        located = reasoned.located(Place(cell, "dysA"))
        assert [found.arm.name for found in located.arms(reasoned.graph.routes["routeR"])] == [arm]
        answers = breaks(reasoned, ScenarioRequest(cell=cell, disease="dysA"), route="routeR", by_analogy=False)[
            "answers"
        ]
        assert [(row["agent"], row["effect"], row["arms"]) for row in answers] == [(agent, "breaks", [arm])]
    cells = {(row["arm"], row["cells"]) for row in rows(reasoned, "arms-of-route", route="routeR")}
    assert cells == {("armS", "stemX"), ("armB", "budX")}


def test_no_shipped_route_lists_an_arm_of_another_cell() -> None:
    reasoned = shipped()
    covers = reasoned.graph.hierarchy.covers
    for cell in reasoned.closure.members("MalignantCell"):
        for disease in map(str, reasoned.closure.objects("occursIn", cell)):
            located = reasoned.located(Place(cell, disease))
            for route in reasoned.graph.routes.values():
                for found in located.arms(route):
                    places = {located.nodes[index].activity.places[-1:] for index in found.needs}
                    strangers = {p[0] for p in places if p and p[0] in route.cells and not covers(p[0], cell)}
                    assert not strangers or found.arm.cell, (cell, route.name, found.arm.name)


def test_a_protection_names_the_needs_of_its_own_cell() -> None:
    needs = {(row["cell"], row["route"]): row["needs"] for row in rows(shipped(), "what-protects-from-each-therapy")}
    assert needs["Breast_cancer_cell", "RP26"] == "E-cadherin at work in breast cancer cell"
