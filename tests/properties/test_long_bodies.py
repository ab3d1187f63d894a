"""Bodies of many atoms: the same conclusions and proofs as from first principles, and no more work than their links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure import compile_rules
from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure
from reasoner.model.atom import Atom, Fact
from reasoner.model.budget import Budget
from reasoner.model.rule import Rule
from reasoner.model.term import Variable
from tests.properties.rule_programs import naive_closure

checked = settings(max_examples=150, deadline=None, derandomize=True)
long = settings(max_examples=3000, deadline=None)

#: More than anything here takes: bindings are counted only where they are bounded.
PLENTY = Budget(10**12)
_NODES = st.integers(0, 3)


@pytest.fixture(scope="class", params=[3, 1000])
def eager(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a join does after many bindings, it does after the first, and it forgets after a few, or never."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compile_rules, "REMEMBER_AFTER", 0)
        patch.setattr(compile_rules, "TRIAL", request.param)
        patch.setattr(compile_rules, "MOST_REMEMBERED", request.param)
        compile_rules.forward.cache_clear()
        compile_rules.finder.cache_clear()
        yield
    compile_rules.forward.cache_clear()
    compile_rules.finder.cache_clear()


def _variable(number: int) -> Variable:
    return Variable(f"v{number}")


@st.composite
def long_rules(draw: st.DrawFn) -> Rule:
    """A chain, tree or cycle of four to seven links, with a class, a comparison or a constant here and there."""
    size = draw(st.integers(4, 7))
    shape = draw(st.sampled_from(("chain", "tree", "cycle")))
    joined = list(pairwise(range(size)))
    if shape == "tree":
        joined = [(draw(st.integers(0, node - 1)), node) for node in range(1, size)]
    if shape == "cycle":
        joined.append((size - 1, 0))
    body = [
        Atom(draw(st.sampled_from("pq")), (_variable(one), _variable(other)) if draw(st.booleans()) else
             (_variable(other), _variable(one)))
        for one, other in joined
    ]  # fmt: skip
    if draw(st.booleans()):
        body.append(Atom("A", (_variable(draw(st.integers(0, size - 1))),)))
    if draw(st.booleans()):
        body[0] = Atom(body[0].predicate, (body[0].args[0], "n0"))
    bound = sorted({variable for atom in body for variable in atom.variables})
    one, other = draw(st.sampled_from(bound)), draw(st.sampled_from(bound))
    head = draw(st.sampled_from((Atom("p", (one, other)), Atom("r", (one, other)), Atom("A", (one,)))))
    return Rule("R", tuple(draw(st.permutations(body))), (head,))


def graphs() -> st.SearchStrategy[list[Fact]]:
    """A few links between four individuals, and who of them is an A."""
    links = st.tuples(st.sampled_from("pq"), _NODES, _NODES).map(lambda t: Fact(t[0], f"n{t[1]}", f"n{t[2]}"))
    members = _NODES.map(lambda node: Fact("A", f"n{node}"))
    return st.lists(st.one_of(links, links, links, members), min_size=2, max_size=9)


def check(rule: Rule, facts: list[Fact], later: list[Fact]) -> None:
    """The same facts, each with a proof, also where some facts come later, counted or not."""
    for meter in (None, Meter(PLENTY)):
        check_counted(rule, facts, later, meter)


def check_counted(rule: Rule, facts: list[Fact], later: list[Fact], meter: Meter | None) -> None:
    closure = Closure([rule], facts, meter=meter)
    assert set(closure) == naive_closure([rule], facts)
    with closure.assume(later):
        everything = naive_closure([rule], [*facts, *later])
        assert set(closure) == everything
        for fact in everything:
            proof = closure.derivation(fact)
            assert proof is not None
            assert set(proof.support()) <= {*facts, *later}
    assert set(closure) == naive_closure([rule], facts)


@pytest.mark.usefixtures("eager")
class TestJoinsThatRememberFromTheStart:
    @checked
    @given(long_rules(), graphs(), graphs())
    def test_they_conclude_what_follows_from_first_principles(
        self, rule: Rule, facts: list[Fact], later: list[Fact]
    ) -> None:
        check(rule, facts, later)

    @pytest.mark.slow
    @long
    @given(long_rules(), graphs(), graphs())
    def test_they_conclude_what_follows_in_thousands_of_graphs(
        self, rule: Rule, facts: list[Fact], later: list[Fact]
    ) -> None:
        check(rule, facts, later)


def chain(links: int) -> Rule:
    body = [Atom("p", (_variable(link), _variable(link + 1))) for link in range(links)]
    return Rule("R", tuple(body), (Atom("r", (_variable(0), _variable(links))),))


@pytest.mark.parametrize("links", [6, 10, 16])
def test_a_chain_costs_what_its_links_cost_and_not_its_paths(links: int) -> None:
    nodes = 12
    facts = [Fact("p", f"n{one}", f"n{other}") for one in range(nodes) for other in range(nodes)]
    closure = Closure([chain(links)], facts, meter=Meter(PLENTY))
    assert len(closure.pairs("r")) == nodes**2
    assert closure.meter.spent <= links * nodes**3
    assert closure.derivation(Fact("r", "n0", "n1")) is not None


def test_a_failing_search_for_a_proof_does_not_go_twice_the_same_way() -> None:
    """The last link of the chain is missing but for one end, which a depth-first search reaches last."""
    nodes, links = 10, 10
    facts = [Fact("p", f"n{one}", f"n{other}") for one in range(nodes) for other in range(nodes)]
    body = (*chain(links).body, Atom("q", (_variable(links), _variable(links + 1))))
    rule = Rule("R", body, (Atom("r", (_variable(0), _variable(links + 1))),))
    closure = Closure([rule], [*facts, Fact("q", f"n{nodes - 1}", "end")], meter=Meter(PLENTY))
    before = closure.meter.spent
    assert closure.derivation(Fact("r", "n0", "end")) is not None
    assert closure.meter.spent - before <= links * nodes**2
