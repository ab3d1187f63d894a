"""What says nothing once a role is gone, and what goes with it."""

import pytest

from reasoner.model.atom import Fact
from reasoner.model.statements import falling
from reasoner.reading.rules.text import read_atoms


def facts(text: str) -> list[Fact]:
    return [Fact(atom.predicate, *atom.args) for atom in read_atoms(text)]  # type: ignore[arg-type]


ROUTE = facts(
    "NicheRoute(r) ^ hasArm(r, a) ^ hasArm(r, b) ^ retains(r, c) ^ Arm(a) ^ needs(a, x) ^ needs(a, y) ^ Arm(b)"
    " ^ needs(b, y) ^ Activity(x) ^ Activity(y) ^ Protection(p) ^ byRoute(p, r) ^ ofCell(p, c) ^ fromTherapy(p, k)"
    " ^ fromTherapy(p, l) ^ Mechanism(m) ^ requires(m, x) ^ promotes(m, y)"
)
CASES = {
    "a need of two": ("needs(a, x)", ["needs(a, x)"], ["needs(a, x)", "Arm(a)", "needs(a, y)", "hasArm(r, a)"]),
    "the only need": ("needs(b, y)", ["needs(b, y)", "Arm(b)", "hasArm(r, b)"], None),
    "one therapy of two": ("fromTherapy(p, k)", ["fromTherapy(p, k)"], None),
    "what a route does": ("retains(r, c)", ["retains(r, c)"], None),
    "the effect of a mechanism": ("promotes(m, y)", ["promotes(m, y)", "Mechanism(m)", "requires(m, x)"], None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_statement_goes_when_a_part_of_it_that_it_needs_goes(case: str) -> None:
    lost, gone, gone_in_doubt = CASES[case]
    assert {str(f) for f in falling(ROUTE, facts(lost), in_doubt=False)} == set(gone)
    assert {str(f) for f in falling(ROUTE, facts(lost), in_doubt=True)} == set(gone_in_doubt or gone)


def test_an_individual_goes_with_its_class_and_takes_along_what_needs_it() -> None:
    gone = {str(f) for f in falling(ROUTE, facts("Activity(y)"), in_doubt=False)}
    assert {"Activity(y)", "Arm(a)", "Arm(b)", "NicheRoute(r)", "Protection(p)", "Mechanism(m)"} <= gone
    assert "Activity(x)" not in gone


def test_what_was_never_stated_takes_nothing_along() -> None:
    assert falling(ROUTE, facts("Activity(a) ^ Therapy(k) ^ needs(b, x)"), in_doubt=True) == set()


def test_one_of_two_classes_takes_nothing_along() -> None:
    twice = [*facts("Agent(d) ^ Regimen(d) ^ memberOf(d, k)")]
    assert falling(twice, facts("Regimen(d)"), in_doubt=False) == set(facts("Regimen(d)"))


def test_a_statement_that_loses_its_last_scope_does_not_hold_everywhere_instead() -> None:
    stated = facts("Killing(k) ^ hasAgent(k, d) ^ againstCell(k, c) ^ holdsIn(k, x) ^ holdsIn(k, y)")
    assert falling(stated, facts("holdsIn(k, x)"), in_doubt=True) == set(facts("holdsIn(k, x)"))
    assert falling(stated, facts("holdsIn(k, x) ^ holdsIn(k, y)"), in_doubt=True) == set(stated)


def test_the_mode_of_an_interaction_is_no_needed_part() -> None:
    stated = facts("Interaction(i) ^ hasMode(i, soluble) ^ Action(a) ^ hasMode(a, block)")
    gone = falling(stated, facts("hasMode(i, soluble) ^ hasMode(a, block)"), in_doubt=True)
    assert {str(f) for f in gone} == {"hasMode(i, soluble)", "hasMode(a, block)", "Action(a)"}
