"""The plainest evaluation of rules: try every rule on every combination of facts until nothing is new.

It shares no code with the engine and is the second opinion of these tests.  It knows values only as far as the cases
go: a number is written in one way before it is compared.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from reasoner.model.atom import DIFFERENT, DISTINCT, Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Literal, Variable

_TESTS = {
    "equal": lambda a, b: a == b,
    "notEqual": lambda a, b: a != b,
    "lessThan": lambda a, b: a < b,
    "lessThanOrEqual": lambda a, b: a <= b,
    "greaterThan": lambda a, b: a > b,
    "greaterThanOrEqual": lambda a, b: a >= b,
    DISTINCT: lambda a, b: a != b,
}
_NUMBERS = ("integer", "decimal", "number")


def saturate(rules: Iterable[Rule], facts: Iterable[Fact]) -> tuple[set[Fact], list[tuple[Rule, list[Fact]]]]:
    """All facts that follow, and every contradiction as a rule with the facts of its body."""
    rules, known = list(rules), {plain(fact) for fact in facts}
    while True:
        known |= {Fact(f.predicate, str(f.object), f.subject) for f in known if f.predicate == DIFFERENT}
        new = {_fact(atom, row) for rule in rules for row in _matches(rule.body, known, {}) for atom in rule.head}
        new = {fact for fact in new if not isinstance(fact.subject, Literal)}
        if new <= known:
            break
        known |= new
    clashes = [
        (rule, [_fact(atom, row) for atom in rule.body if not atom.is_builtin])
        for rule in rules
        if not rule.head
        for row in _matches(rule.body, known, {})
    ]
    return known, clashes


def _matches(body: tuple[Atom, ...], known: set[Fact], row: dict) -> Iterator[dict]:
    if not body:
        yield row
        return
    atom, rest = body[0], body[1:]
    if atom.is_builtin:
        a, b = (_number(term) if isinstance(term, Literal) else term for term in _terms(atom, row))
        if _TESTS[atom.predicate](a, b):
            yield from _matches(rest, known, row)
        return
    for fact in known:
        values = (fact.subject,) if fact.object is None else (fact.subject, fact.object)
        if fact.predicate == atom.predicate and len(values) == len(atom.args):
            longer = dict(row)
            if all(
                longer.setdefault(arg, v) == v if isinstance(arg, Variable) else _plain(arg) == v
                for arg, v in zip(atom.args, values, strict=True)
            ):
                yield from _matches(rest, known, longer)


def _terms(atom: Atom, row: dict) -> list:
    return [row[arg] if isinstance(arg, Variable) else arg for arg in atom.args]


def _fact(atom: Atom, row: dict) -> Fact:
    return plain(Fact(atom.predicate, *_terms(atom, row)))


def plain(fact: Fact) -> Fact:
    """The fact with its number written plainly."""
    return Fact(*map(_plain, fact))


def _plain(term):
    if not isinstance(term, Literal) or not isinstance(_number(term), Decimal):
        return term
    return Literal(format(_number(term).normalize(), "f"), "number")


def _number(literal: Literal) -> Decimal | str:
    try:
        return Decimal(literal.lexical) if literal.datatype.endswith(_NUMBERS) else literal.lexical
    except InvalidOperation:
        return literal.lexical
