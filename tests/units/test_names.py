from pathlib import Path

import pytest
from small_knowledge import small

from reasoner.asking.conclusion import Conclusion
from reasoner.asking.names import resolve
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.resolving import conclusion_request, regimen_request, resolve_conclusion, scenario_request
from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned


def refused(call: object, *arguments: object) -> QuestionError:
    with pytest.raises(QuestionError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("drug-a", "agent", "drug-a"),
        ("DRUG A", "agent", "drug-a"),
        ("Drug Alpha", "agent", "drug-a"),
        ("medicament alpha", "agent", "drug-a"),
        ("drugamab", "agent", "drug-a"),
        ("shared name", "agent", "drug-a"),
        ("shared-name", "target", "KINX"),
        ("cellule souche de a", "cell", "Stem_A"),
        ("CL:0000001", "cell", "Stem_A"),
        ("stem_a", "", "Stem_A"),
        ("late disease A", "state", "diseaseA_late"),
        ("mutX", "state", "mutX"),
    ],
)
def test_a_name_is_found_by_id_label_synonym_or_curie_of_the_kind(text: str, kind: str, name: str) -> None:
    assert resolve(small(), text, kind) == name


def test_what_is_minted_is_found_by_the_words_that_lists_show() -> None:
    kb = Reasoned.load()
    said = {name: kb.label(name) for name in kb.minted.names if kb.label(name) != name}
    assert len(said) > 20
    assert [name for name, label in said.items() if resolve(kb, label, "activity") != name] == []


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    error = refused(resolve, small(), "drugamap", "agent")
    assert error.code == "E401"
    assert "drug-a" in error.hint


def test_an_unknown_name_like_no_other_points_to_the_list() -> None:
    assert "dislodge list cells" in refused(resolve, small(), "zzzzzz", "cell").hint
    assert "dislodge list agents" in refused(resolve, small(), "zzzzzz", "agent").hint


def test_what_is_said_of_an_unknown_drug_makes_it_known(tmp_path: Path) -> None:
    hint = refused(resolve, Reasoned.load(), "zeta drug 5'", "agent").hint
    lines = hint.partition("holds: ")[2]
    added = tmp_path / "added.ttl"
    added.write_text(lines.replace("TARGET", "CXCR4"), encoding="utf-8")
    kb = Reasoned.load(extra=[added])
    assert resolve(kb, "zeta drug 5", "agent") == "zeta_drug_5"
    assert kb.graph.actions_of("zeta_drug_5")


@pytest.mark.ci
@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "ʹ", "′", "´", "`", ""])
def test_apostrophes_of_every_shape_are_one(apostrophe: str) -> None:
    kb = Reasoned.load()
    assert resolve(kb, f"inhibiteur de l{apostrophe}intégrine α4", "agent") == "anti-alpha4_inhibitor"
    assert resolve(kb, f"Fowler{apostrophe}s solution", "agent") == "potassium_arsenite"
    assert resolve(kb, f"cancer de l{apostrophe}oesophage", "disease") == "Oesophageal_cancer"


def test_other_things_are_still_found_from_afar() -> None:
    assert "CML_LSC" in refused(resolve, Reasoned.load(), "CML stemm cell leuk", "cell").hint


def test_an_ambiguous_name_is_refused_with_the_candidates() -> None:
    error = refused(resolve, small(), "stem cell", "cell")
    assert error.code == "E402"
    assert "Stem_M, Stem_N" in error.message


def test_a_name_of_another_kind_is_said_to_be_one() -> None:
    error = refused(resolve, small(), "KINX", "cell")
    assert error.code == "E403"
    assert error.message == "KINX is a gene product, not a cell"
    assert "'kinase x' (KINX) is a gene product, not an agent" in refused(resolve, small(), "kinase x", "agent").message


def test_a_molecule_given_for_an_activity_brings_its_activities() -> None:
    assert "KINX__in__Stem_A" in refused(resolve, small(), "KINX", "activity").hint


@pytest.mark.parametrize("text", ["in glass", "in_vitro"])
def test_an_evidence_setting_is_no_state(text: str) -> None:
    error = refused(resolve, small(), text, "state")
    assert error.code == "E405"
    assert "--tier" in error.hint


def test_the_scenario_options_are_resolved() -> None:
    request = scenario_request(small(), "A-SC", "maladie A", ["mutation X"], ["drug alpha + drug-b", "drug-a"])
    assert request == ScenarioRequest("Stem_A", "diseaseA", ("mutX",), ("drug-a", "drug-b"))


def test_a_regimen_brings_its_place_and_its_earlier_steps() -> None:
    agents, request = regimen_request(
        small(), ["diseaseA,mutX,Stem_A: drug-a then drug-b+block:KINX"], ScenarioRequest()
    )
    assert agents == ("drug-b", "block:KINX")
    assert request == ScenarioRequest("Stem_A", "diseaseA", ("mutX",), earlier=(("drug-a",),))


def test_arguments_are_one_regimen() -> None:
    assert regimen_request(small(), ["drug-a", "Drug Beta"], ScenarioRequest())[0] == ("drug-a", "drug-b")
    assert regimen_request(small(), [], ScenarioRequest())[0] == ()


def test_two_cells_are_refused() -> None:
    assert refused(regimen_request, small(), ["Stem_N: drug-a"], ScenarioRequest("Stem_A")).code == "E406"


def test_a_conclusion_over_a_scenario_holds_its_regimen_apart() -> None:
    found = resolve_conclusion(small(), 'sensitises(drug-a then "drug beta"+block:KINX, "stem cell of A")')
    assert found == Conclusion("sensitises", ("Stem_A",), ("drug-b", "block:KINX"), (("drug-a",),))


def test_what_a_regimen_does_to_a_route_has_short_words() -> None:
    assert resolve_conclusion(small(), "breaks(drug-a, routeR)") == Conclusion("breaksRoute", ("routeR",), ("drug-a",))


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [
        ("on(KINX__in__Stem_A)", Conclusion("on", ("KINX__in__Stem_A",))),
        ("status(routeR)", Conclusion("status", ("routeR",))),
        ("retains(routeR, Stem_A)", Conclusion("retains", ("routeR", "Stem_A"))),
        ("Route(routeR)", Conclusion("Route", ("routeR",))),
        ("hasHazard(drug-a, opposed_agents)", Conclusion("hasHazard", ("opposed_agents",), ("drug-a",))),
    ],
)
def test_conclusions_of_every_form_are_resolved(text: str, conclusion: Conclusion) -> None:
    assert resolve_conclusion(small(), text) == conclusion
    assert str(conclusion) == text


def test_only_ids_stand_without_quotes() -> None:
    error = refused(resolve_conclusion, small(), "sensitises(Drugamab, Stem_A)")
    assert error.code == "E401"
    assert '"Drugamab"' in error.hint


@pytest.mark.parametrize(
    "text", ["sensitizes(drug-a, Stem_A)", "sensitises(drug-a)", "on(a, b)", "retains(routeR+routeR, Stem_A)"]
)
def test_an_unknown_predicate_or_a_wrong_count_is_refused(text: str) -> None:
    error = refused(resolve_conclusion, small(), text)
    assert error.code == "E407"
    assert error.hint


def test_a_misspelt_predicate_brings_the_nearest() -> None:
    assert "sensitises" in refused(resolve_conclusion, small(), "sensitizes(drug-a, Stem_A)").hint


@pytest.mark.parametrize("text", ["sensitises(drug-a, Stem_A)", "on(KINX__in__Stem_A)", "status(routeR)"])
def test_a_conclusion_brings_its_cell_where_none_is_named(text: str) -> None:
    assert conclusion_request(small(), text, ScenarioRequest())[1].cell == "Stem_A"
    assert conclusion_request(small(), text, ScenarioRequest("Stem_N"))[1].cell == "Stem_N"
