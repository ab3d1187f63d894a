"""The search for minimal sets against every set tried, and against clingo where nothing is suppressed or restored."""

import random
import tracemalloc
from unittest.mock import patch

import clingo
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.model.masks import bits, union
from reasoner.search import conditions, set_tree
from reasoner.search.conditions import ArmOff, CandidateReach, IndexedProgram
from reasoner.search.search import Goal, Kept, Problem, Search, solve
from tests.oracles.search_cases import Case, cases, mask, off

QUICK = settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=5_000)
SIZES = st.integers(0, 4)


def check_sets(case: Case, size: int) -> None:
    check_solution(case, size)
    with patch.object(set_tree, "MANY", 0):  # as where each reason has many candidates
        check_solution(case, size)
    with patch.object(conditions, "MOST_WAYS", 0):  # as where arms have too many derivations to be listed
        check_solution(case, size)


def check_solution(case: Case, size: int) -> None:
    solution = solve(case.problem, size)
    assert solution.sets == sorted(case.minimal(size), key=lambda s: (len(s), s))
    assert solution.exhaustive_to == size
    assert not solution.interrupted
    if solution.exhausted:
        assert len(case.minimal(case.size)) == len(solution.sets)


def check_standing(case: Case) -> None:
    """Every set that turns an arm off, whatever it holds, holds one candidate of each reason that stands."""
    graph, reach = IndexedProgram(case.setting.program), CandidateReach(case.problem.effects)
    for arm in {arm for arms in case.goals for arm in arms}:
        condition = ArmOff(graph, reach, case.problem.base, mask(arm))
        off_under = [set(chosen) for chosen in case.sets(case.size) if off(case.setting.values(chosen), arm)]
        for chosen in case.sets(case.size):
            standing = condition.standing(sum(1 << candidate for candidate in chosen))
            if standing is not None:
                able = set(bits(standing))
                assert able.isdisjoint(chosen)
                assert all(able & other for other in off_under)


def check_single_goals(case: Case, size: int) -> None:
    search = Search(case.problem)
    for goal, arms in zip(case.problem.goals, case.goals, strict=True):
        alone = Case(case.setting, (arms,))
        assert search.reachable(goal) is bool(alone.minimal(case.size))
        with_the_rest = Case(case.setting, (arms,), case.needed, case.kept)
        assert search.solve(size, [goal]).sets == sorted(with_the_rest.minimal(size), key=lambda s: (len(s), s))


@QUICK
@given(cases(), SIZES)
def test_the_search_finds_just_the_minimal_sets(case, size):
    check_sets(case, size)


@settings(QUICK, max_examples=200)
@given(cases(most_candidates=5))
def test_every_set_that_turns_an_arm_off_undoes_each_reason_that_stands(case):
    check_standing(case)


@settings(QUICK, max_examples=100)
@given(cases(most_candidates=5), SIZES)
def test_a_goal_by_itself_is_reached_just_by_the_sets_that_reach_it(case, size):
    check_single_goals(case, size)


@pytest.mark.slow
@LONG
@given(cases(most_candidates=8, most_nodes=12), SIZES)
def test_thousands_of_larger_problems_have_just_their_minimal_sets(case, size):
    check_sets(case, size)


@pytest.mark.slow
@LONG
@given(cases(most_candidates=5, most_nodes=12))
def test_every_set_that_turns_one_of_thousands_of_arms_off_undoes_each_reason_that_stands(case):
    check_standing(case)


@pytest.mark.slow
@LONG
@given(cases(most_candidates=6, most_nodes=12), SIZES)
def test_thousands_of_single_goals_are_reached_just_by_the_sets_that_reach_them(case, size):
    check_single_goals(case, size)


# --- clingo -----------------------------------------------------------------------------------------------------------


def clingo_minimal(case: Case) -> list[tuple[int, ...]]:
    """All subset-minimal sets that solve a monotone problem.  Only integers reach the solver."""
    graph, candidates = case.setting.graph, case.setting.candidates
    lines = [f"{{x(0..{case.size - 1})}}."]
    for node in graph.nodes:
        cutters = [number for number, acting in enumerate(candidates) if node in acting.cut]
        lines += [f"cut({node}) :- x({number})." for number in cutters]
        lines += [f"cut({node})."] * (node in case.setting.base.cut)
    lines += [f"on({node}) :- not cut({node})." for node in graph.given]
    for influence in graph.positive:
        body = [f"on({node})" for node in influence.requires] + [f"not cut({influence.effect})"]
        lines.append(f"on({influence.effect}) :- {', '.join(body)}.")
    lines += [f":- {', '.join(f'on({node})' for node in arm)}." for arms in case.goals for arm in arms]
    lines += [f":- {', '.join(f'not x({number})' for number in group)}." for group in case.needed]
    lines.append("#show x/1.")
    control = clingo.Control(["--warn=none", "--heuristic=Domain", "--enum-mode=domRec", "--dom-mod=5,16", "0"])
    control.add("base", [], "\n".join(lines))
    control.ground([("base", [])])
    found = []
    control.solve(
        on_model=lambda model: found.append(tuple(sorted(s.arguments[0].number for s in model.symbols(shown=True))))
    )
    return sorted(found, key=lambda s: (len(s), s))


def check_against_clingo(case: Case) -> None:
    raised = case.setting.base
    assume(not raised.lift and not raised.supply)
    assert solve(case.problem, case.size).sets == clingo_minimal(case)


@QUICK
@given(cases(most_candidates=8, monotone=True))
def test_clingo_finds_the_same_minimal_sets_where_candidates_only_cut(case):
    check_against_clingo(case)


@pytest.mark.slow
@LONG
@given(cases(most_candidates=12, most_nodes=14, monotone=True))
def test_clingo_finds_the_same_minimal_sets_of_thousands_of_larger_problems(case):
    check_against_clingo(case)


# --- limits -----------------------------------------------------------------------------------------------------------


def pairs_needed(pairs: int) -> Problem:
    """``pairs`` goals, each cut by either of two candidates, so that there are ``2 ** pairs`` minimal sets.

    Each candidate also cuts a way of its own to a goal, one that is never open, so that no two do the same.
    """
    never = 1 << 3 * pairs
    own = [1 << pairs + number for number in range(2 * pairs)]
    ways = tuple(GroundClause(never | bit, 1 << number // 2) for number, bit in enumerate(own))
    effects = tuple(Effects(1 << number // 2 | bit) for number, bit in enumerate(own))
    goals = tuple(Goal(f"goal{number}", (1 << number,)) for number in range(pairs))
    return Problem(Program(never - 1, 0, ways, ()), Effects(), effects, goals)


def test_a_search_that_is_told_to_stop_says_so_and_keeps_what_is_minimal():
    whole = solve(pairs_needed(9), 9)
    assert (len(whole.sets), whole.exhaustive_to, whole.interrupted) == (512, 9, False)
    asked = []
    cut = solve(pairs_needed(9), 9, stop=lambda count, size: asked.append((count, size)) or len(asked) == 3)
    assert cut.interrupted
    assert cut.exhaustive_to < 9
    assert set(cut.sets) <= set(whole.sets)
    assert [count for count, _ in asked] == sorted(count for count, _ in asked)


def test_a_search_that_grows_too_large_says_so(monkeypatch):
    monkeypatch.setattr("reasoner.search.set_tree.MOST_LOOKED_AT", 128)
    cut = solve(pairs_needed(9), 9)
    assert cut.interrupted
    assert cut.looked_at <= 128


def test_memory_does_not_grow_with_the_sets_that_are_looked_at():
    """Goals that share their candidates so much that many sets are looked at before one reaches them all."""
    pick = random.Random(1)
    cut = [0] * 60
    for goal in range(200):
        for candidate in pick.sample(range(60), 5):
            cut[candidate] |= 1 << goal
    goals = tuple(Goal(f"goal{number}", (1 << number,)) for number in range(200))
    problem = Problem(Program((1 << 200) - 1, 0, (), ()), Effects(), tuple(map(Effects, cut)), goals)

    def peak(most: int) -> int:
        tracemalloc.start()
        try:
            found = solve(problem, 16, stop=lambda looked_at, _: looked_at > most)
            assert not found.sets
            assert found.looked_at > most
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(500), peak(5_000)
    assert many < 1.5 * few + 100_000


def test_more_sets_than_are_kept_make_the_answer_partial(monkeypatch):
    monkeypatch.setattr("reasoner.search.search.MOST_FOUND", 100)
    cut = solve(pairs_needed(9), 9)
    assert cut.interrupted
    assert len(cut.sets) == 100
    assert cut.exhaustive_to == 8


def test_a_set_that_does_not_do_what_it_was_found_for_is_never_given(monkeypatch):
    """As if the tree had found the first half of a pair to be enough; in pieces of any size."""
    monkeypatch.setattr("reasoner.search.search.AT_ONCE", 3)
    assert len(solve(pairs_needed(3), 3).sets) == 8
    monkeypatch.setattr(set_tree.SetTree, "_look_at", lambda self, chosen, *_: self.found.setdefault(chosen))
    with pytest.raises(RuntimeError, match="disagree"):
        solve(pairs_needed(3), 3)


def test_a_set_that_loses_what_is_to_be_kept_is_never_given(monkeypatch):
    program = Program(0b11, 0, (), ())
    both, one = Effects(0b11), Effects(0b01)
    kept = Kept("kept", program, (0b10,), Effects(), (both, one))
    problem = Problem(program, Effects(), (both, one), (Goal("g", (0b01,)),), kept=(kept,))
    assert solve(problem, 1).sets == [(1,)]
    monkeypatch.setattr("reasoner.search.conditions.FunctionKept.undo", lambda self, chosen: None)
    with pytest.raises(RuntimeError, match="disagree"):
        solve(problem, 1)


def test_candidates_that_do_the_same_all_get_their_sets():
    program = Program(0b01, 0, (GroundClause(0b01, 0b10),), ())
    problem = Problem(
        program, Effects(), (Effects(0b01),) * 3 + (Effects(0b10),) * 2 + (Effects(),), (Goal("g", (0b10,)),)
    )
    assert solve(problem, 3).sets == [(0,), (1,), (2,), (3,), (4,)]


def ladder(rungs: int, effects: tuple[Effects, ...]) -> Problem:
    """A route of so many steps, each brought about in either of two ways: ``2 ** rungs`` derivations.

    Node ``3 * n`` is a step, the two nodes after it are what can bring the next one about.
    """
    ways = [
        clause
        for step in range(0, 3 * rungs, 3)
        for way in (step + 1, step + 2)
        for clause in (GroundClause(1 << step, 1 << way), GroundClause(1 << way, 1 << step + 3))
    ]
    return Problem(Program(1, 0, tuple(ways), ()), Effects(), effects, (Goal("g", (1 << 3 * rungs,)),))


def test_what_one_branch_learns_of_a_route_with_many_derivations_spares_the_others(monkeypatch):
    """A route of 12 steps; each of 60 candidates cuts two of the 24 ways, and few triples block both of one step."""
    pick = random.Random(3)
    ways = [node for node in range(3 * 12) if node % 3]
    problem = ladder(12, tuple(Effects(union(1 << way for way in pick.sample(ways, 2))) for _ in range(60)))
    judge, judged = ArmOff._judge, []
    monkeypatch.setattr(ArmOff, "_judge", lambda self, effects: judged.append(effects) or judge(self, effects))
    found = solve(problem, 3)
    assert len(found.sets) > 100
    assert len(judged) < 2 * len(found.sets)


def test_a_goal_that_no_candidate_touches_is_out_of_reach():
    problem = Problem(Program(0b11, 0, (), ()), Effects(), (Effects(0b01),), (Goal("g", (0b10,)),))
    assert Search(problem).reachable(problem.goals[0]) is False
    solution = solve(problem, 2)
    assert (solution.sets, solution.exhausted) == ([], True)


def test_nothing_is_added_where_everything_is_off_already():
    problem = Problem(Program(0, 0, (), ()), Effects(), (Effects(0b1),), (Goal("g", (0b1,)),))
    assert solve(problem, 3).sets == [()]


def test_a_candidate_that_opens_what_another_must_cut_is_never_in_a_minimal_set():
    """0 suppresses 1; cutting 0 opens 1; cutting 1 is not needed as long as 0 is left alone."""
    program = Program(0b11, 0, (), (GroundClause(0b01, 0b10),))
    problem = Problem(program, Effects(), (Effects(0b01), Effects(0b10)), (Goal("g", (0b10,)),))
    assert solve(problem, 2).sets == [()]


def test_an_agent_that_restores_a_guard_closes_what_the_guard_suppresses():
    """2 holds 1 down unless 3 holds 2 down; candidate 0 restores 2."""
    program = Program(0b1110, 0, (), (GroundClause(0b0100, 0b0010), GroundClause(0b1000, 0b0100)))
    problem = Problem(program, Effects(), (Effects(lift=0b0100), Effects(cut=0b1000)), (Goal("g", (0b0010,)),))
    assert solve(problem, 2).sets == [(0,), (1,)]
