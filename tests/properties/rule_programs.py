"""Random rule programs, and evaluators of them that share no code with the engine: slow, short, plain.

An individual is a letter, a value a small whole number.  Programs may be recursive, with comparisons, differentFrom,
constants, repeated variables and several heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from reasoner.model.atom import BUILTINS, Atom, Fact
from reasoner.model.derivation import Derivation
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Ground, Literal, Term, Variable

CLASSES = ("A", "B")
PROPERTIES = ("p", "q", "p", "differentFrom")
VALUES = "d"
INDIVIDUALS = tuple("abcd")
NUMBERS = tuple(Literal(str(number), XSD + "integer") for number in range(4))
VARIABLES = tuple(map(Variable, "xyzw"))
TESTS = sorted(BUILTINS)


# Strategies draw small numbers, and plain functions make atoms of them: drawing is what costs time.

_NUMBER = st.integers(0, 11)
_TRIPLE = st.tuples(_NUMBER, _NUMBER, _NUMBER)
_Triple = tuple[int, int, int]
_Drawn = tuple[list[_Triple], list[_Triple], list[_Triple]]


def _fact(drawn: _Triple) -> Fact:
    kind, one, other = drawn
    subject = INDIVIDUALS[one % 4]
    if kind < 3:
        return Fact(CLASSES[kind % 2], subject)
    if kind < 5:
        return Fact(VALUES, subject, NUMBERS[other % 4])
    return Fact(PROPERTIES[kind % 4], subject, INDIVIDUALS[other % 4])


def _term(drawn: int) -> Term:
    return VARIABLES[(0, 0, 0, 1, 1, 1, 2, 2, 0, 1, 3)[drawn]] if drawn < 11 else INDIVIDUALS[0]


def _body_atom(drawn: _Triple) -> Atom:
    kind, one, other = drawn
    if kind < 2:
        return Atom(CLASSES[other % 2], (_term(one),))
    if kind < 4:
        return Atom(VALUES, (_term(one), VARIABLES[other % 4] if other < 10 else NUMBERS[other - 10]))
    return Atom(PROPERTIES[kind % 4], (_term(one), _term(other)))


def _rule(drawn: _Drawn, number: int = 0) -> Rule:
    body = [_body_atom(triple) for triple in drawn[0]]
    bound: list[Term] = sorted({variable for atom in body for variable in atom.variables})

    def term(drawn: int) -> Term:
        return bound[drawn % len(bound)] if bound and drawn < 10 else INDIVIDUALS[drawn % 4]

    def number_or_term(drawn: int) -> Term:
        return term(drawn) if drawn < 8 else NUMBERS[drawn - 8]

    def head(drawn: _Triple) -> Atom:
        kind, one, other = drawn
        if kind < 4:
            return Atom(CLASSES[kind % 2], (term(one),))
        if kind < 6:
            return Atom(VALUES, (term(one), number_or_term(other)))
        return Atom(PROPERTIES[kind % 4], (term(one), term(other)))

    tests = [Atom(TESTS[kind % 6], (number_or_term(one), number_or_term(other))) for kind, one, other in drawn[1]]
    return Rule(f"R{number}", tuple([*body, *tests]), tuple(map(head, drawn[2])))


def facts(most: int = 14, least: int = 0) -> st.SearchStrategy[list[Fact]]:
    """Some facts, perhaps repeated."""
    return st.lists(_TRIPLE.map(_fact), min_size=least, max_size=most)


_BODY = st.sampled_from((1, 1, 2, 2, 2, 3, 3, 4)).flatmap(lambda n: st.lists(_TRIPLE, min_size=n, max_size=n))
_DRAWN = st.tuples(_BODY, st.lists(_TRIPLE, max_size=1), st.lists(_TRIPLE, min_size=1, max_size=2))


def body_atoms() -> st.SearchStrategy[Atom]:
    """An atom of a body that matches facts."""
    return _TRIPLE.map(_body_atom)


def rules() -> st.SearchStrategy[Rule]:
    """A safe rule."""
    return _DRAWN.map(_rule)


def programs(most_rules: int = 8, most_facts: int = 18) -> st.SearchStrategy[tuple[list[Rule], list[Fact]]]:
    """Rules and facts."""
    several = st.lists(_DRAWN, min_size=most_rules // 2, max_size=most_rules)
    numbered = several.map(lambda drawn: [_rule(one, place) for place, one in enumerate(drawn)])
    return st.tuples(numbered, facts(most_facts, most_facts * 2 // 3))


# Evaluation from first principles


Binding = dict[Variable, Ground]
#: Whether a comparison holds between two terms.
Compares = Callable[[str, Ground, Ground], bool]


def value(term: Term, binding: Binding) -> Ground:
    """A term under a substitution of all its variables."""
    return binding[term] if isinstance(term, Variable) else term


def whole(value: Literal) -> Fraction:
    """A whole number."""
    return Fraction(int(value.lexical))


def compares(test: str, left: object, right: object, ordinal: Callable[[Literal], Fraction] = whole) -> bool:
    """Whether a comparison of two values holds by where they stand; of anything else it does not."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return False
    one, other = ordinal(left), ordinal(right)
    return {
        "greaterThan": one > other,
        "greaterThanOrEqual": one >= other,
        "lessThan": one < other,
        "lessThanOrEqual": one <= other,
        "equal": one == other,
        "notEqual": one != other,
    }[test]


def instance(atom: Atom, binding: Binding) -> Fact:
    """The fact that an atom is under a substitution."""
    subject, *rest = (value(arg, binding) for arg in atom.args)
    return Fact(atom.predicate, subject, *rest)  # type: ignore[arg-type]


def matches(
    body: Sequence[Atom], known: Iterable[Fact], wanted: Iterable[Variable] | None = None, holds: Compares = compares
) -> Iterator[Binding]:
    """Substitutions under which all atoms are known and all comparisons hold; of ``wanted`` variables alone, if given.

    A variable that is not wanted is let go when no later atom needs it, so that a long body costs no more than a short
    one.
    """
    tests = [atom for atom in body if atom.predicate in BUILTINS]
    atoms = [atom for atom in body if atom.predicate not in BUILTINS]
    kept = None if wanted is None else {*wanted, *(variable for test in tests for variable in test.variables)}
    known = list(known)
    bindings: list[Binding] = [{}]
    for place, atom in enumerate(atoms):
        rows = [args for fact in known if (args := _arguments(fact, atom)) is not None]
        extended = [new for binding in bindings for args in rows if (new := _extended(binding, atom, args)) is not None]
        if kept is not None:
            needed = kept.union(*(later.variables for later in atoms[place + 1 :]))
            extended = [{v: term for v, term in binding.items() if v in needed} for binding in extended]
            extended = list({tuple(sorted(binding.items(), key=str)): binding for binding in extended}.values())
        bindings = extended
    for binding in bindings:
        if all(holds(t.predicate, value(t.args[0], binding), value(t.args[1], binding)) for t in tests):
            yield binding


def _arguments(fact: Fact, atom: Atom) -> tuple[Ground, ...] | None:
    args = (fact.subject,) if fact.object is None else (fact.subject, fact.object)
    return args if fact.predicate == atom.predicate and len(args) == len(atom.args) else None


def _extended(binding: Binding, atom: Atom, args: tuple[Ground, ...]) -> Binding | None:
    new = dict(binding)
    for arg, ground in zip(atom.args, args, strict=True):
        if (new.setdefault(arg, ground) if isinstance(arg, Variable) else arg) != ground:
            return None
    return new


def naive_closure(
    program: Sequence[Rule], given: Iterable[Fact], without: Iterable[Fact] = (), holds: Compares = compares
) -> set[Fact]:
    """Everything that follows, by applying every rule to everything until nothing is new."""
    known = set(given) - set(without)
    while True:
        new = {
            Fact(fact.predicate, fact.object, fact.subject)
            for fact in known
            if fact.predicate == "differentFrom" and isinstance(fact.object, str)
        }
        for rule in program:
            for binding in matches(rule.body, known, {v for atom in rule.head for v in atom.variables}, holds):
                new |= {instance(atom, binding) for atom in rule.head}
        new = {fact for fact in new if not isinstance(fact.subject, Literal)} - known - set(without)
        if not new:
            return known
        known |= new


def minimal_subsets(program: Sequence[Rule], given: Sequence[Fact], goal: Fact) -> set[frozenset[Fact]]:
    """The minimal sets of given facts that entail a goal, by trying all subsets."""
    found: list[frozenset[Fact]] = []
    distinct = sorted(set(given), key=str)
    for size in range(len(distinct) + 1):
        for chosen in combinations(distinct, size):
            subset = frozenset(chosen)
            if not any(smaller <= subset for smaller in found) and goal in naive_closure(program, subset):
                found.append(subset)
    return set(found)


def replay(derivation: Derivation, given: Iterable[Fact], program: Sequence[Rule]) -> None:
    """Check a derivation step by step: leaves are given, steps are instances of rules, nothing rests on itself."""
    asserted = set(given)
    allowed = {rule.id for rule in program} | {"eq-diff-sym"}

    def check(step: Derivation, below: tuple[Fact, ...]) -> None:
        assert step.conclusion not in below, f"{step.conclusion} rests on itself"
        if step.rule is None:
            assert step.conclusion in asserted, f"{step.conclusion} is a leaf and was not given"
            assert not step.premises
            return
        assert step.rule.id in allowed
        premises = [premise.conclusion for premise in step.premises]
        atoms = list(dict.fromkeys(atom for atom in step.rule.body if atom.predicate not in BUILTINS))
        assert len(atoms) == len(premises)
        assert any(
            [instance(atom, binding) for atom in atoms] == premises
            and any(instance(atom, binding) == step.conclusion for atom in step.rule.head)
            for binding in matches(step.rule.body, premises)
        ), f"{step.conclusion} does not follow by {step.rule.id} from {premises}"
        for premise in step.premises:
            check(premise, (*below, step.conclusion))

    check(derivation, ())
