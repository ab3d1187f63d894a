"""Small scenarios that were once read wrongly, each cut down to what matters."""

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.reason import Reason
from reasoner.scenario.trace import Trace
from tests.properties.random_knowledge import reasoned

#: A cell with a kind of it, a disease, three states and a few molecules at work.
GROUND = """
    MalignantCell(tumour_cell) MalignantCell(stem_cell) subtypeOf(stem_cell,tumour_cell) NicheCell(stroma) Disease(D)
    Lesion(s1) Lesion(s2) Lesion(s3)
    GeneProduct(M) GeneProduct(N) GeneProduct(K) GeneProduct(L)
    MoleculeActivity(m) ofMolecule(m,M) inCell(m,stem_cell) MoleculeActivity(n) ofMolecule(n,N) inCell(n,stem_cell)
    MoleculeActivity(k) ofMolecule(k,K) inCell(k,stem_cell) MoleculeActivity(l) ofMolecule(l,L) inCell(l,stem_cell)
    NicheRoute(R) retains(R,stem_cell) hasArm(R,A) Arm(A) needs(A,m)
    Agent(drug) Agent(other)
"""


def facts(text: str) -> list[Fact]:
    """Facts from words such as ``holdsIn(m,D)``."""
    found = []
    for word in text.split():
        predicate, _, rest = word.removesuffix(")").partition("(")
        subject, _, value = rest.partition(",")
        found.append(Fact(predicate, subject, value or None))
    return found


def knowing(text: str) -> Reasoned:
    return reasoned(facts(GROUND + text))


def asked(text: str, *regimen: str, states: tuple[str, ...] = ()) -> Assessment:
    return Assessment(knowing(text), Place("stem_cell", "D", frozenset(states)), (), regimen)


def value(assessment: Assessment, name: str) -> str:
    scenario = assessment.scenario
    index = scenario.located.find(name)
    assert index is not None
    return scenario.valuation().value(1 << index)


def status(assessment: Assessment) -> str:
    (standing,) = assessment.scenario.routes
    return standing.status


# --- scopes -----------------------------------------------------------------------------------------------------------

CONTEXTS = "Context(wide) inDisease(wide,D) inState(wide,s1) Context(narrow) inDisease(narrow,D) inState(narrow,s1) "


def test_a_context_with_one_state_more_is_narrower_whatever_the_contexts_are_called():
    text = CONTEXTS + "inState(narrow,s2) givenIn(m,wide) deniedIn(m,narrow)"
    assert value(asked(text, states=("s1",)), "m") == "on"
    assert value(asked(text, states=("s1", "s2")), "m") == "off"


@pytest.mark.parametrize("names", [("X", "Y"), ("Y", "X")])
def test_which_of_two_scopes_has_the_first_name_does_not_decide(names):
    first, second = names
    text = f"""
        Disease({first}) Disease({second}) Disease(kind_of_first) subtypeOf(kind_of_first,{first})
        subtypeOf(D,kind_of_first) subtypeOf(D,{second}) givenIn(n,everywhere) givenIn(m,everywhere)
        Mechanism(up) requires(up,n) promotes(up,m) holdsIn(up,{first}) holdsIn(up,{second})
        Mechanism(down) requires(down,n) suppresses(down,m) holdsIn(down,kind_of_first)
    """
    assert value(asked(text), "m") == "undetermined"


def test_an_arm_that_is_stated_and_denied_in_one_scope_leaves_its_route_unknown():
    assert status(asked("givenIn(m,D) holdsIn(A,D) deniedIn(A,D)")) == "unknown"
    assert status(asked("holdsIn(A,D) deniedIn(A,D)")) == "inactive"


# --- agents -----------------------------------------------------------------------------------------------------------

DRUG = "Action(act) hasAgent(act,drug) hasMode(act,{mode}) hasTarget(act,{target}) "


def test_what_cuts_an_activity_in_a_kind_of_cell_cuts_it_in_a_narrower_kind():
    broad = "MoleculeActivity(m_broad) ofMolecule(m_broad,M) inCell(m_broad,tumour_cell) "
    text = broad + "givenIn(m,everywhere)" + " " + DRUG.format(mode="block", target="m_broad")
    assert status(asked(text)) == "open"
    assert status(asked(text, "drug")) == "broken"


def test_an_agent_that_supplies_what_nothing_else_speaks_of_opens_the_route():
    assert status(asked(DRUG.format(mode="supply", target="m"), "drug")) == "opened"


def test_what_agents_pull_both_ways_is_undetermined_and_so_is_what_rests_on_it():
    opposed = DRUG.format(mode="block", target="n") + "Action(more) hasAgent(more,other) hasMode(more,supply) "
    held_down = "givenIn(k,D) Mechanism(down) requires(down,k) suppresses(down,n) "
    text = opposed + "hasTarget(more,n) Mechanism(up) requires(up,n) promotes(up,m) " + held_down
    assessment = asked(text, "drug", "other")
    assert (value(assessment, "n"), value(assessment, "m"), status(assessment)) == ("undetermined",) * 2 + ("unknown",)


def test_a_lesion_defeats_an_action_unless_the_agent_or_its_class_overcomes_it():
    text = "givenIn(m,D) lesionOf(s1,M) " + DRUG.format(mode="block", target="M")
    assert status(asked(text, "drug")) == "broken"
    assert status(asked(text, "drug", states=("s1",))) == "open"
    assert status(asked(text + "overcomes(drug,s1)", "drug", states=("s1",))) == "broken"
    by_class = "AgentClass(class) memberOf(drug,class) overcomes(class,s1)"
    assert status(asked(text + by_class, "drug", states=("s1",))) == "broken"
    assert status(asked(text + "overcomes(other,s1)", "drug", states=("s1",))) == "open"


def test_a_route_that_was_undetermined_without_the_regimen_is_open_not_opened():
    text = "givenIn(m,D) deniedIn(m,D) " + DRUG.format(mode="supply", target="m")
    assert (status(asked(text)), status(asked(text, "drug"))) == ("unknown", "open")


OPENER_AND_BLOCKER = """Action(opens) hasAgent(opens,drug) hasMode(opens,supply) hasTarget(opens,n)
    Mechanism(up) requires(up,n) requires(up,k) promotes(up,m) givenIn(k,D)
    Action(blocks) hasAgent(blocks,other) hasMode(blocks,block) hasTarget(blocks,k)"""


def test_a_route_that_one_agent_opens_and_another_closes_is_broken_by_the_other_alone():
    (standing,) = asked(OPENER_AND_BLOCKER, "drug", "other").scenario.routes
    assert (standing.status, standing.standing.by) == ("broken", (("other",),))
    assert status(asked(OPENER_AND_BLOCKER, "drug")) == "opened"
    assert status(asked(OPENER_AND_BLOCKER, "other")) == "inactive"


def test_a_route_of_another_disease_is_looked_at_where_a_protection_by_it_is_in_force():
    elsewhere = "Disease(E) holdsIn(R,E) holdsIn(A,everywhere) givenIn(m,D) "
    assert asked(elsewhere).scenario.routes == []
    protection = "Protection(P) byRoute(P,R) ofCell(P,tumour_cell) fromTherapy(P,drug) "
    assert status(asked(elsewhere + protection)) == "open"
    assert asked(elsewhere + protection + "holdsIn(P,E)").scenario.routes == []


# --- outcomes ---------------------------------------------------------------------------------------------------------

SHIELD = """givenIn(m,D) Protection(P) byRoute(P,R) ofCell(P,stem_cell) fromTherapy(P,drug)
    Killing(kill) hasAgent(kill,drug) againstCell(kill,stem_cell) """


def outcomes(assessment: Assessment) -> set[tuple[str, str]]:
    return {(fact.predicate, str(fact.object)) for fact in assessment.conclusions}


def test_breaking_what_protects_from_a_killer_that_is_given_sensitises():
    text = SHIELD + "Action(blocks) hasAgent(blocks,other) hasMode(blocks,block) hasTarget(blocks,m)"
    assert ("sensitises", "stem_cell") in outcomes(asked(text, "drug", "other"))
    assert ("sensitises", "stem_cell") not in outcomes(asked(text, "other"))


def test_a_lesion_of_what_a_killer_acts_through_defeats_it_unless_it_overcomes_the_lesion():
    text = SHIELD + "actsThrough(kill,K) lesionOf(s1,K) "
    assert [k.agent for k in asked(text, "drug").scenario.killers] == ["drug"]
    mutated = asked(text, "drug", states=("s1",)).scenario
    assert (mutated.killers, [(k.agent, k.lesion) for k in mutated.defeated_killers]) == ([], [("drug", "s1")])
    assert asked(text + "overcomes(drug,s1)", "drug", states=("s1",)).scenario.killers


def test_a_killer_that_itself_breaks_what_protects_from_it_sensitises_nothing():
    """With the killer in the background nothing is left that breaks the route."""
    found = outcomes(asked(SHIELD + DRUG.format(mode="block", target="m"), "drug"))
    assert ("dislodges", "stem_cell") in found
    assert ("sensitises", "stem_cell") not in found


# --- minting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("elsewhere", ["a_first", "z_last"])
def test_a_part_that_two_interactions_share_is_there_wherever_one_of_them_is_stated(elsewhere):
    """The other interaction, stated for another disease, comes before or after by its name."""
    text = f"""
        Disease(E) Interaction(meeting) hasSender(meeting,stroma) hasLigand(meeting,L) hasReceptor(meeting,M)
        hasReceiver(meeting,stem_cell) holdsIn(meeting,D) givenIn(m,D)
        Interaction({elsewhere}) hasSender({elsewhere},stroma) hasLigand({elsewhere},L) hasReceptor({elsewhere},N)
        hasReceiver({elsewhere},stem_cell) holdsIn({elsewhere},E)
    """
    assert value(asked(text), "meeting") == "on"


# --- reasons ----------------------------------------------------------------------------------------------------------


def reason(assessment: Assessment, name: str) -> Reason:
    trace = Trace(assessment.reasoned, assessment.scenario)
    index = trace.located.find(name)
    assert index is not None
    return trace.value_reason(index)


def conclusions(told: Reason) -> list[str]:
    return [told.conclusion, *(c for premise in told.premises for c in conclusions(premise))]


def test_what_is_on_is_no_reason_for_itself():
    """n is off for want of a cause; that m would hold it down as well is no reason for m."""
    text = """givenIn(m,D) Mechanism(one) requires(one,n) suppresses(one,m)
              Mechanism(two) requires(two,m) suppresses(two,n)"""
    assert conclusions(reason(asked(text), "m")).count("on(m)") == 1


def test_what_is_undetermined_is_no_reason_for_being_off():
    text = "givenIn(k,D) deniedIn(k,D) Mechanism(up) requires(up,k) requires(up,n) promotes(up,m)"
    assert value(asked(text), "m") == "off"
    assert "undetermined(k)" not in conclusions(reason(asked(text), "m"))


def test_a_mechanism_in_doubt_is_no_reason_for_being_on():
    text = """givenIn(n,D) givenIn(k,D) Mechanism(a_doubtful) requires(a_doubtful,n) promotes(a_doubtful,m)
              holdsIn(a_doubtful,D) deniedIn(a_doubtful,D) Mechanism(firm) requires(firm,k) promotes(firm,m)"""
    assert reason(asked(text), "m").rule == "firm"


def test_a_suppression_that_an_agent_lifts_is_no_reason_for_being_off():
    text = "givenIn(n,D) Mechanism(down) requires(down,n) suppresses(down,m) " + DRUG.format(mode="restore", target="m")
    assert value(asked(text, "drug"), "m") == "off"
    assert reason(asked(text, "drug"), "m").rule != "down"
