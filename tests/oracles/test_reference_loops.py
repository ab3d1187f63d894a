"""The reference reading held to feedback, clones and searches that the definition determines: small cases by hand."""

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracles.random_reading import knowledge
from tests.oracles.reference_reading import Reference
from tests.oracles.reference_search import Clones, Found, Search
from tests.oracles.reference_values import Moments, moments_of, parts_of, standing, worst
from tests.oracles.test_reference import SCENE, facts_of
from tests.properties.random_knowledge import Knowledge, Question


def at_work(*molecules: str, given: str = "") -> str:
    """Molecules at work in the blast, those of ``given`` given there, with a drug against each and a route on each."""
    lines = []
    for name in molecules:
        scope = ", givenIn marrow_disease" if name in given.split() else ""
        lines += [
            f"{name}: GeneProduct",
            f"{name}_work: MoleculeActivity, ofMolecule {name}, inCell blast{scope}",
            f"anti_{name}: Agent",
            f"block_{name}: Action, hasAgent anti_{name}, hasTarget {name}, hasMode block",
            f"via_{name}: IntrinsicRoute, sustains blast, holdsIn marrow_disease, hasArm {name}_arm",
            f"{name}_arm: Arm, needs {name}_work",
        ]
    return "\n".join(lines) + "\n"


def influence(name: str, said: str) -> str:
    """A mechanism from words: ``a + b -> c`` promotes, ``a -| c`` suppresses."""
    for arrow, sign in ((" -> ", "promotes"), (" -| ", "suppresses")):
        if arrow in said:
            causes, effect = said.split(arrow)
            needs = ", ".join(f"requires {cause}_work" for cause in causes.split(" + "))
            return f"{name}: Mechanism, {needs}, {sign} {effect}_work"
    raise ValueError(said)


def wired(*said: str) -> str:
    return "\n".join(influence(f"mechanism{number}", words) for number, words in enumerate(said)) + "\n"


#: A growth factor drives a kinase that brakes its own adaptor, which stands behind a second signal.
RELIEF = at_work("factor", "kinase", "brake", "adaptor", "second", given="factor adaptor") + wired(
    "factor -> kinase", "kinase -> brake", "brake -| adaptor", "adaptor -> second", "second -> kinase"
)
#: Two activities hold each other down; a push decides for the one, and its lack for the other.
SWITCH = at_work("left", "right", "push", given="left right push") + wired(
    "left -| right", "right -| left", "push -| right"
)
#: What stands behind the untreated cell's own doubt: a ring with an odd number of suppressions.
TORN = at_work("one", "two", "guard", given="one") + wired("one -> two", "two -| one")
#: A guard keeps a ring still; without it the ring turns for ever.
RING = at_work("one", "two", "guard", given="one guard") + wired("one -> two", "two -| one", "guard -| one")
#: A drug that its own target's product switches on.
PRODRUG = at_work("enzyme", "target", given="enzyme") + wired("enzyme -> target") + (
    "prodrug: Agent, dependsOnActivity target_work\n"
    "turn: Action, hasAgent prodrug, hasTarget enzyme, hasMode block\n"
)  # fmt: skip
KILLS = "killer: Agent\nkilling: Killing, hasAgent killer, againstCell blast\n"


class Said(NamedTuple):
    status: str
    by: tuple[str, ...] = ()  # each a set, agents joined by "+"


def question(regimen: str, states: str = "", background: str = "") -> Question:
    return Question("blast", "marrow_disease", tuple(states.split()), tuple(background.split()), tuple(regimen.split()))


def read(text: str, regimen: str, states: str = "", background: str = "") -> Reference:
    return Reference(facts_of(SCENE + text), question(regimen, states, background))


def said(reading: Reference, route: str) -> Said:
    found = reading.routes[f"via_{route}"]
    return Said(found.status, tuple(sorted("+".join(sorted(agents)) for agents in found.by)))


#: A switch that the shield's loss starts: the first is quick, its rival waits for a watch that the first takes away.
LATE = at_work("shield", "factor", "first", "rival", "watch", given="shield factor watch") + wired(
    "shield -| factor", "factor -> first", "factor -> rival", "first -| rival", "rival -| first", "watch -| rival",
    "first -| watch",
)  # fmt: skip
#: A state keeps a brake on itself going that nothing but its own means ever releases.
CHANGED = at_work("made", "held", given="held") + (
    "change: IntrinsicChange\nmaking: Mechanism, requires change, promotes made_work\n"
    + wired("made + held -| held")
    + KILLS
)
#: The normal cell's homing rests on a second loop of the same shape as the blast's.
HOMING = RELIEF + (
    "factor_blood: MoleculeActivity, ofMolecule factor, inCell blood_stem, givenIn everywhere\n"
    "brake_blood: MoleculeActivity, ofMolecule brake, inCell blood_stem\n"
    "adaptor_blood: MoleculeActivity, ofMolecule adaptor, inCell blood_stem, givenIn everywhere\n"
    "rise_blood: Mechanism, requires factor_blood, promotes brake_blood\n"
    "fall_blood: Mechanism, requires brake_blood, suppresses adaptor_blood\n"
    "back_blood: Mechanism, requires adaptor_blood, promotes brake_blood\n"
    "homing: RetentionFunction, functionOf blood_stem, hasArm homing_arm\nhoming_arm: Arm, needs brake_blood\n"
)

CASES: dict[str, tuple[str, str, dict[str, Said]]] = {
    "the kinase is blocked": (
        RELIEF, "anti_kinase", {"brake": Said("broken", ("anti_kinase",)), "second": Said("opened", ("anti_kinase",))},
    ),
    "the factor is bound": (
        RELIEF,
        "anti_factor",
        {"brake": Said("rebounds", ("anti_factor",)), "second": Said("rebounds", ("anti_factor",))},
    ),
    "what comes back is blocked as well": (
        RELIEF,
        "anti_factor anti_second",
        {"brake": Said("broken", ("anti_factor+anti_second",)), "second": Said("broken", ("anti_second",))},
    ),
    "a switch stays where it was pushed": (SWITCH, "anti_push", {"left": Said("open"), "right": Said("inactive")}),
    "a switch is held on its other side": (
        SWITCH, "anti_push anti_left", {"right": Said("opened", ("anti_left+anti_push",))},
    ),
    "a ring that turns is on again and again": (RING, "anti_guard", {"one": Said("opened", ("anti_guard",))}),
    "an untreated cell in doubt": (TORN, "anti_guard", {"one": Said("unknown"), "two": Said("unknown")}),
    "what was in doubt is cut": (
        TORN, "anti_two", {"one": Said("open", ("anti_two",)), "two": Said("broken", ("anti_two",))},
    ),
    "on at once and off after relief": (LATE, "anti_shield", {"watch": Said("unknown", ("anti_shield",))}),
    "a drug that undoes what it depends on": (
        PRODRUG, "prodrug", {"target": Said("rebounds", ("prodrug",)), "enzyme": Said("rebounds", ("prodrug",))},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_feedback_gives_one_of_six_statuses(name: str) -> None:
    text, regimen, expected = CASES[name]
    reading = read(text, regimen)
    assert {route: said(reading, route) for route in expected} == expected


MOMENTS = {
    (RELIEF, "anti_factor", "second"): ("off", "on"),
    (SWITCH, "anti_push", "left"): ("on", "on"),
    (SWITCH, "anti_push", "right"): ("off", "off"),
    (RING, "anti_guard", "one"): ("on", "on"),
    (TORN, "", "one"): ("undetermined", "undetermined"),
    (LATE, "anti_shield", "watch"): ("on", "off"),
    (LATE, "anti_shield", "first"): ("on", "on"),
    (PRODRUG, "prodrug", "target"): ("off", "on"),
}


@pytest.mark.parametrize(("text", "regimen", "molecule"), MOMENTS)
def test_routes_and_activities_have_two_moments(text: str, regimen: str, molecule: str) -> None:
    reading = read(text, regimen)
    expected = Moments(*MOMENTS[text, regimen, molecule])
    assert reading.owner_moments(f"via_{molecule}", reading.regimen) == expected
    assert reading.node_moments()["MoleculeActivity", molecule, "@", "blast"] == expected


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (["on"], "on"),
        (["off", "off", "on", "off"], "rebounds"),
        (["on", "off", "off"], "undetermined"),
        (["on", "off", "on"], "on"),
        (["off", "undetermined", "off"], "undetermined"),
        (["undetermined", "on", "on"], "undetermined"),
        (["undetermined", "undetermined"], "undetermined"),
    ],
)
def test_two_moments_are_one_of_four_values(steps: list[str], value: str) -> None:
    assert moments_of(steps).value == value


def test_a_route_is_judged_in_each_step_and_not_from_its_arms() -> None:
    """One arm is on at once and off from then on, the other the other way about: the route is on throughout."""
    text = LATE + "either: IntrinsicRoute, sustains blast, hasArm watch_way, hasArm other_way\n"
    text += "watch_way: Arm, needs watch_work\nother_way: Arm, needs late_work\n"
    text += at_work("late", given="late") + influence("rests", "watch -| late") + "\n"
    text += influence("returns", "late + factor -| rival") + "\n"
    reading = read(text, "anti_shield")
    arms = {arm: found.status for arm, found in reading.arm_standings["either"].items()}
    assert arms == {"watch_way": "unknown", "other_way": "rebounds"}
    assert reading.routes["either"].status == "open"


def test_a_broken_arm_narrows_a_route_that_comes_back() -> None:
    text = RELIEF + "both: IntrinsicRoute, sustains blast, hasArm one_way, hasArm other_way\n"
    text += "one_way: Arm, needs factor_work\nother_way: Arm, needs second_work, needs kinase_work\n"
    reading = read(text, "anti_factor")
    assert reading.routes["both"].status == "rebounds"
    assert reading.arm_standings["both"]["one_way"].status == "broken"
    assert reading.narrowed("both")
    assert reading.outcomes == {"restrains": "partial"}


def test_an_outcome_that_rests_on_doubt_is_in_doubt() -> None:
    reading = read(TORN.replace("via_one: IntrinsicRoute, sustains blast", "via_one: IntrinsicRoute"), "anti_two")
    assert reading.routes["via_two"].status == "broken"
    assert (reading.outcomes, reading.doubtful_outcomes) == ({}, {"restrains": "complete"})


def test_a_route_that_was_off_and_comes_back_is_opened() -> None:
    assert read(RELIEF, "anti_factor").hazards == {"opened_route"}
    known = read(RELIEF, "anti_factor", background="anti_kinase")
    assert known.routes["via_second"].status == "open"
    assert known.hazards == set()


def test_a_function_that_comes_back_is_lost() -> None:
    reading = read(HOMING, "anti_factor")
    assert reading.harms == {("blood_stem", "homing"): ("lost", frozenset({"anti_factor"}))}
    assert read(HOMING, "anti_kinase").harms == {}


def test_a_lost_function_of_the_background_is_no_harm_of_the_regimen() -> None:
    assert ("blood_stem", "homing") not in read(HOMING, "anti_second", background="anti_factor").harms


# --- clones and search ------------------------------------------------------------------------------------------------

#: Two killers, each through a molecule that one clone has changed, and a drug against what keeps the cells.
MIXED = at_work("anchor", "gate", given="anchor") + (
    "left_target: GeneProduct\nright_target: GeneProduct\nleft: Lesion, lesionOf left_target\n"
    "right: Lesion, lesionOf right_target\nleft_killer: Agent\nright_killer: Agent\n"
    "left_kills: Killing, hasAgent left_killer, againstCell blast, actsThrough left_target\n"
    "right_kills: Killing, hasAgent right_killer, againstCell blast, actsThrough right_target\n"
    "opens_gate: Mechanism, requires right, promotes gate_work\n"
)
EVERYONE = ("anti_anchor", "anti_gate", "left_killer", "right_killer")


def test_clones_take_the_worst_status() -> None:
    order = ["open", "opened", "rebounds", "unknown", "broken", "inactive"]
    assert [worst([status, "inactive"]) for status in order] == order
    assert [worst(order[place:]) for place in range(6)] == order
    clones = Clones(facts_of(SCENE + MIXED), question("anti_anchor"), [("left",), ("right",)])
    assert clones.routes == {"via_anchor": "broken", "via_gate": "open"}
    assert clones.left_open == [(("left",), []), (("right",), ["via_gate"])]


@pytest.mark.parametrize(("regimen", "killed"), [("left_killer", False), ("left_killer right_killer", True)])
def test_each_clone_needs_a_killer_of_its_own(regimen: str, killed: bool) -> None:
    clones = Clones(facts_of(SCENE + MIXED), question(regimen), [("left",), ("right",)])
    assert clones.killed == killed


def test_a_search_over_clones_closes_and_kills_in_each() -> None:
    search = Search(facts_of(SCENE + MIXED), question(""), ("via_anchor", "via_gate"), EVERYONE)
    both = ("anti_anchor", "left_killer"), ("anti_anchor", "right_killer")
    assert search.minimal(4) == set(map(frozenset, both))
    of_clones = replace(search, clones=(("left",), ("right",)), _tried={})
    assert of_clones.minimal(4) == {frozenset(EVERYONE)}
    assert of_clones.minimal(3) == frozenset()


def search_in(text: str, goals: str, agents: str, background: str = "", spared: str = "", states: str = "") -> Search:
    known = facts_of(SCENE + text)
    kept = (("blood_stem", spared),) if spared else ()
    return Search(known, question("", states, background), tuple(goals.split()), tuple(agents.split()), kept)


def test_no_regimen_closes_what_is_open_or_in_doubt_under_each() -> None:
    search = search_in(CHANGED, "via_held", "anti_made killer", states="change")
    assert read(CHANGED, "", states="change").routes["via_held"].status == "unknown"
    assert read(CHANGED, "anti_made", states="change").routes["via_held"].status == "open"
    assert search.found(2) == Found(frozenset(), ())


def test_what_stays_in_doubt_under_every_regimen_stands_apart() -> None:
    search = search_in(
        CHANGED + at_work("other", given="other"), "via_held via_other", "anti_other killer", states="change"
    )
    found = search.found(2)
    assert found == Found(frozenset({frozenset({"killer", "anti_other"})}), ("via_held",))
    assert not found.complete
    assert search.minimal(2) == frozenset()


def test_a_rebound_closes_nothing() -> None:
    search = search_in(RELIEF + KILLS, "via_brake", "anti_factor anti_second killer", background="killer")
    assert search.minimal(1) == frozenset()
    assert search.minimal(2) == {frozenset({"anti_factor", "anti_second"})}


def test_a_search_spares_a_function_at_each_moment() -> None:
    agents = "anti_factor anti_second anti_kinase killer"
    search = search_in(HOMING + KILLS, "via_brake", agents, spared="homing")
    assert search.minimal(3) == {frozenset({"killer", "anti_kinase"})}
    assert replace(search, spared=(), _tried={}).minimal(3) == {
        frozenset({"killer", "anti_kinase"}),
        frozenset({"killer", "anti_factor", "anti_second"}),
    }


def test_of_a_value_no_part_of_the_regimen_need_decide() -> None:
    values = {frozenset(): "off", frozenset("a"): "rebounds", frozenset("b"): "off", frozenset("ab"): "off"}
    assert standing("ab", values.__getitem__) == ("broken", frozenset({frozenset("b")}))
    assert standing("a", values.__getitem__) == ("rebounds", frozenset({frozenset("a")}))
    assert standing("b", values.__getitem__) == ("inactive", frozenset())


# --- random knowledge -------------------------------------------------------------------------------------------------


def kinds_of_feedback(reading: Reference) -> set[str]:
    """What an example has of what is rare: under some part of its regimen, or with no agent at all."""
    parts, found = parts_of(reading.regimen), set()
    moments = [(reading.model(part), reading.node_moments(part)) for part in parts]
    if any(map(reading.delayed, parts)):
        found.add("read in steps")
    if reading.delayed_untreated():
        found.add("untreated in doubt")
    for model, of_nodes in moments:
        values = {node: of_nodes[node.key].value for node in reading.nodes}
        if "rebounds" in values.values():
            found.add("an activity comes back")
        if any(model[node] == "undetermined" != value for node, value in values.items()):
            found.add("decided by steps")
    if any(standing.status == "rebounds" for standing in reading.routes.values()):
        found.add("a route comes back")
    return found


def test_random_knowledge_has_feedback_of_every_kind() -> None:
    kinds: Counter[str] = Counter()

    @settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(knowledge())
    def draw(example: Knowledge) -> None:
        reading = Reference(example.facts, example.question)
        kinds.update(kinds_of_feedback(reading))
        one = Clones(example.facts, example.question)
        assert one.routes == {name: found.status for name, found in reading.routes.items()}

    draw()
    least = {
        "read in steps": 60,
        "decided by steps": 30,
        "an activity comes back": 20,
        "a route comes back": 6,
        "untreated in doubt": 20,
    }
    assert {kind: min(kinds[kind], wanted) for kind, wanted in least.items()} == least
