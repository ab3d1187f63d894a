"""The evaluation of many sets at once against the definition, set by set."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from reasoner.mechanism.well_founded import Effects, Program
from reasoner.search.evaluate_many import Cases, possible_in
from tests.oracles.definition import OFF
from tests.oracles.search_cases import Case, cases, mask

QUICK = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def check(case: Case) -> None:
    setting, problem = case.setting, case.problem
    numbers = range(case.size)
    sets = [chosen for size in range(case.size + 1) for chosen in combinations(numbers, size)]
    nodes = sorted(setting.graph.nodes)
    found = possible_in(problem.program, Cases(problem.base, problem.effects, sets), [mask({n}) for n in nodes])
    for number, chosen in enumerate(sets):
        values = setting.values(chosen)
        assert {n for n, column in zip(nodes, found, strict=True) if column >> number & 1} == {
            n for n in nodes if values[n] != OFF
        }


@QUICK
@given(cases(most_candidates=5))
def test_many_sets_at_once_have_the_values_that_each_has_alone(case):
    check(case)


@pytest.mark.slow
@settings(QUICK, max_examples=3_000)
@given(cases(most_candidates=6, most_nodes=12))
def test_many_sets_of_thousands_of_larger_problems_too(case):
    check(case)


def test_an_arm_of_which_one_node_is_off_is_off():
    program = Program(0b11, 0, (), ())
    assert possible_in(program, Cases(Effects(), [Effects(cut=0b01)], [(), (0,)]), [0b11, 0b10]) == [0b01, 0b11]
