"""What is there, and where: denials, scopes and cells, on small invented facts and on the shipped knowledge."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reasoner.answers.assess import assess
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
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
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
TOUCHED = """
:kinQ a :GeneProduct . :normN a :NormalCell . :normM a :NormalCell .
:kinK__in__stemX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :stemX ; :givenIn :dysA1 .
:kinM__in__stemX a :MoleculeActivity ; :ofMolecule :kinM ; :inCell :stemX .
:kinQ__in__stemX a :MoleculeActivity ; :ofMolecule :kinQ ; :inCell :stemX ; :givenIn :dysA1 .
:stepM a :Mechanism ; :requires :kinM__in__stemX ; :promotes :kinK__in__stemX .
:stepQ a :Mechanism ; :requires :kinQ__in__stemX ; :promotes :kinM__in__stemX .
:routeR a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armR ; rdfs:label "route R"@en .
:armR a :Arm ; :needs :kinK__in__stemX .
:kinK__in__normN a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :normN ; :givenIn :everywhere .
:kinM__in__normN a :MoleculeActivity ; :ofMolecule :kinM ; :inCell :normN .
:kinQ__in__normM a :MoleculeActivity ; :ofMolecule :kinQ ; :inCell :normM ; :givenIn :everywhere .
:stepN a :Mechanism ; :requires :kinM__in__normN ; :promotes :kinK__in__normN .
:homeF a :RetentionFunction ; :functionOf :normN , :normM ; :hasArm :armN , :armM .
:armN a :Arm ; :needs :kinK__in__normN . :armM a :Arm ; :needs :kinQ__in__normM .
:drugK a :Agent . :blockK a :Action ; :hasAgent :drugK ; :hasTarget :kinK ; :hasMode :block .
:drugM a :Agent . :blockM a :Action ; :hasAgent :drugM ; :hasTarget :kinM ; :hasMode :block .
:drugQ a :Agent . :blockQ a :Action ; :hasAgent :drugQ ; :hasTarget :kinQ ; :hasMode :block .
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


@pytest.mark.parametrize(
    ("denied", "agents"),
    [
        ("", {"drugK", "drugM", "drugQ"}),
        (":kinM__in__stemX :deniedIn :dysA1 .", {"drugK"}),
        (":kinM__in__stemX :deniedIn :dysA .", {"drugK"}),
        (":kinM__in__stemX :deniedIn :dysB .", {"drugK", "drugM", "drugQ"}),
        (":stepM :deniedIn :dysA1 .", {"drugK"}),
        (":kinM__in__stemX :deniedIn :dysA1 . :giveM a :Action ; :hasAgent :drugQ ; :hasTarget :kinM__in__stemX ; "
         ":hasMode :supply .", {"drugK", "drugM", "drugQ"}),
        (":routeR :hasArm :armS . :armS a :Arm ; :needs :own . :own :givenIn :dysA1 . :armR :deniedIn :dysA1 .", set()),
        (":armR :deniedIn :dysA1 .", set()),
    ],
)  # fmt: skip
def test_no_agent_reaches_a_route_by_what_is_denied(denied: str, agents: set[str]) -> None:
    reasoned = knowledge_of(CELLS + TOUCHED + denied)
    assert {row["agent"] for row in rows(reasoned, "agents-that-reach-route", route="routeR")} == agents
    assert not agents or not rows(reasoned, "routes-out-of-reach")
    there = ScenarioRequest(cell="stemX", disease="dysA1")
    breaking = breaks(reasoned, there, route="routeR", by_analogy=False)["answers"]
    assert {row["agent"] for row in breaking if row["effect"] != "none"} <= agents


def test_the_price_is_that_of_the_cell_whose_function_is_touched() -> None:
    def price(denied: str) -> set[tuple[str, str]]:
        found = rows(knowledge_of(CELLS + TOUCHED + denied), "price-for-normal-cells")
        return {(row["agent"], row["cell"]) for row in found}

    assert price("") == {("drugK", "normN"), ("drugM", "normN"), ("drugQ", "normM")}
    denied = ":kinM__in__normN :deniedIn :everywhere ."
    assert price(denied) == {("drugK", "normN"), ("drugQ", "normM")}


def test_what_gets_to_a_route_is_among_what_may_touch_it() -> None:
    reasoned = shipped()
    found = {(f.subject, f.object) for f in reasoned.presence if f.predicate == "getsTo"}
    touching = set(reasoned.closure.pairs("mayTouch"))
    assert found < touching
    for action, owner in touching - found:
        assert owner in reasoned.graph.functions, (action, owner)


def test_a_fact_about_what_is_denied_says_where() -> None:
    def denied(name: str, given: str, *shown: str) -> set[tuple[str, ...]]:
        found = rows(shipped(), name, **dict([given.split("=")]))
        return {tuple(row.get(column, "") for column in (*shown, "denied")) for row in found}

    described = denied("why-inferred", "thing=IL6__from__Neuroblastoma_cell", "property", "object")
    assert ("placedIn", "Neuroblastoma_cell", "Neuroblastoma") in described
    # A denial is what it states, and holds.
    assert denied("evidence-for", "thing=IL6__from__Neuroblastoma_cell", "property") == {("deniedIn", "")}
    assert denied("facts-of-claim", "claim=BOR-056", "property") == {("deniedIn", "")}
    assert denied("facts-of-claim", "claim=CHO-127", "side") == {("supportedBy", "")}


def test_a_stated_fact_that_a_denial_overrules_is_told_as_denied() -> None:
    claimed = "".join(
        f"[] a owl:Axiom ; owl:annotatedSource :{s} ; owl:annotatedProperty :{p} ; owl:annotatedTarget :{o} ; "
        ":supportedBy :claimC .\n"
        for s, p, o in (
            ("own", "givenIn", "dysA"), ("own", "givenIn", "dysB"), ("stemX", "secretes", "ligL"),
            ("stromaS", "secretes", "ligL"), ("link", "hasLigand", "ligL"), ("routeR", "hasArm", "armR"),
        )
    )  # fmt: skip
    facts = """
    :claimC a :Evidence ; :statement "said"@en .
    :own :givenIn :dysA , :dysB ; :deniedIn :dysA1 . :stromaS :secretes :ligL . :stemX :secretes :ligL .
    :link :holdsIn :dysA1 . :recR__in__stemX :deniedIn :dysA1 .
    :routeR a :NicheRoute ; :holdsIn :dysA1 ; :retains :stemX ; :hasArm :armR . :armR a :Arm ; :needs :recR__in__stemX .
    """
    reasoned = knowledge_of(CELLS + facts + claimed)
    found = {
        (row["subject"], row["object"]): " ".join(sorted(row.get("denied", "").split()))
        for row in rows(reasoned, "facts-of-claim", claim="claimC")
    }
    # What stemX is given to make in dysB it makes nowhere: it is a cell of dysA1 alone.
    assert found == {
        ("own", "dysA"): "dysA dysA1", ("own", "dysB"): "", ("stemX", "ligL"): "dysA dysA1 everywhere",
        ("stromaS", "ligL"): "", ("link", "ligL"): "dysA1", ("routeR", "armR"): "dysA1",
    }  # fmt: skip
    of_own = rows(reasoned, "evidence-for", thing="own")
    assert {row["object"]: {*row.get("denied", "").split()} for row in of_own} == {
        "dysA": {"dysA", "dysA1"},
        "dysB": set(),
    }


def test_a_harm_names_the_claims_of_its_own_cell() -> None:
    claimed = "".join(
        f":{claim} a :Evidence . [] a owl:Axiom ; owl:annotatedSource :{s} ; owl:annotatedProperty :{p} ; "
        f"owl:annotatedTarget :{o} ; :supportedBy :{claim} .\n"
        for claim, s, p, o in (
            ("claimN", "armN", "needs", "kinK__in__normN"), ("claimM", "armM", "needs", "kinQ__in__normM"),
            ("claimK", "blockK", "hasTarget", "kinK"), ("claimQ", "lowerQ", "hasTarget", "kinQ"),
        )
    )  # fmt: skip
    lowering = ":lowerQ a :Action ; :hasAgent :drugK ; :hasTarget :kinQ ; :hasMode :lower .\n"
    reasoned = knowledge_of(CELLS + TOUCHED + lowering + claimed)
    found = assess(reasoned, ["drugK"], ScenarioRequest(cell="stemX", disease="dysA1"))["harms"]
    assert {harm["cell"]: set(harm["evidence"]) for harm in found} == {
        "normN": {"claimN", "claimK"},
        "normM": {"claimM", "claimQ"},
    }
