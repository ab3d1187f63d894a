"""Class expressions in rules: as conditions (left of an inclusion) and as conclusions (right of one).

A condition is a list of alternatives (a union gives several), each a conjunction of atoms with bindings (a nominal
binds its variable).  A conclusion adds rules, or says why it cannot: rules conclude no new individuals and no
alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from reasoner.model.atom import DISTINCT, SAME, Atom
from reasoner.model.axiom import NOTHING, THING, Axiom, ClassTerm, Expression
from reasoner.model.datatypes import alike
from reasoner.model.term import Ground, Literal, Term, Variable
from reasoner.owl.compiled import BEYOND_RL, Compiled, Outside, holds, term_text
from reasoner.owl.datatypes import in_range

MAX_ALTERNATIVES = 256
LITERAL = "http://www.w3.org/2000/01/rdf-schema#Literal"
_SOME = frozenset({"someValuesFrom", "dataSomeValuesFrom"})
_MINIMA = frozenset({"minCardinality", "dataMinCardinality"})

Alternative = tuple[tuple[Atom, ...], dict[Variable, Ground]]
#: Data values that occur with a property in the facts, by property.
KnownValues = dict[str, list[Literal]]


class Fresh:
    """Variables that do not occur yet: ``?y``, ``?z``, ``?v3``, ``?v4`` and so on."""

    def __init__(self, used: int = 0) -> None:
        self._numbers = count(used + 1)

    def __call__(self) -> Variable:
        """The next variable."""
        number = next(self._numbers)
        return Variable(("y", "z")[number - 1] if number < 3 else f"v{number}")


def condition(term: ClassTerm, subject: Variable, fresh: Fresh) -> list[Alternative]:
    """When ``subject`` belongs to ``term``; raises :class:`Outside` if rules cannot test it."""
    if isinstance(term, str):
        if term == THING:
            return [((), {})]
        return [((Atom(term, (subject,)),), {})]
    name, args = term.constructor, term.args
    if name == "intersectionOf":
        return _all_of([condition(_term(arg), subject, fresh) for arg in args])
    if name == "unionOf":
        return _limited([way for arg in args for way in condition(_term(arg), subject, fresh)])
    if name in ("oneOf", "dataOneOf"):
        return _limited([((), {subject: arg}) for arg in args if isinstance(arg, str | Literal)])
    if name in ("hasValue", "dataHasValue"):
        return [((holds(args[0], subject, _ground(args[1])),), {})]
    if name == "hasSelf":
        return [((holds(args[0], subject, subject),), {})]
    if name in _SOME:
        return _some(args[0], _term(args[1]), subject, fresh, name.startswith("data"))
    if name in _MINIMA and args[0] == 1:
        return _some(args[1], _term(args[2]) if len(args) > 2 else THING, subject, fresh, name.startswith("data"))
    if name in _MINIMA and args[0] == 0:
        return [((), {})]
    raise Outside(f"{term_text(term)} as a condition needs a closed world or counting")


def _some(prop: object, filler: ClassTerm, subject: Variable, fresh: Fresh, data: bool) -> list[Alternative]:
    value = fresh()
    step = holds(prop, subject, value)
    if filler in (THING, LITERAL):
        return [((step,), {})]
    if data and not (isinstance(filler, Expression) and filler.constructor == "dataOneOf"):
        raise Outside(f"a condition on the datatype {term_text(filler)} is not tested")
    return _all_of([[((step,), {})], condition(filler, value, fresh)])


def _all_of(parts: Sequence[list[Alternative]]) -> list[Alternative]:
    """Every way to satisfy all parts at once."""
    ways: list[Alternative] = [((), {})]
    for part in parts:
        ways = _limited(
            [
                (atoms + more, {**bindings, **new})
                for atoms, bindings in ways
                for more, new in part
                if all(alike(bindings.get(variable, value), value) for variable, value in new.items())
            ]
        )
    return ways


def _limited(ways: list[Alternative]) -> list[Alternative]:
    if len(ways) > MAX_ALTERNATIVES:
        raise Outside(f"the condition has more than {MAX_ALTERNATIVES} alternatives")
    return ways


_CONDITION_IDS = {
    "intersectionOf": "cls-int1",
    "unionOf": "cls-uni",
    "oneOf": "cls-oo",
    "hasValue": "cls-hv2",
    "dataHasValue": "cls-hv2",
}


def condition_id(term: ClassTerm, plain: str) -> str:
    """The W3C id of the rule that reads ``term``; ``plain`` for a named class."""
    if isinstance(term, str):
        return plain
    if term.constructor in ("someValuesFrom", "dataSomeValuesFrom"):
        return "cls-svf2" if term.args[1] in (THING, LITERAL) else "cls-svf1"
    return _CONDITION_IDS.get(term.constructor, BEYOND_RL)


class Concluding:
    """Adds the rules that an axiom concludes from one condition, or says why it cannot.

    ``because`` tells why they hold, in words; ``fresh`` gives the variables that the condition leaves free.
    """

    def __init__(
        self,
        compiled: Compiled,
        axiom: Axiom,
        because: str,
        fresh: Fresh,
        values: KnownValues,
        definitions: dict[str, ClassTerm],
    ) -> None:
        self.compiled = compiled
        self.axiom = axiom
        self.because = because
        self.fresh = fresh
        self.values = values
        self.definitions = definitions

    def conclude(self, term: ClassTerm, subject: Variable, way: Alternative, origin: str, readable: str) -> None:
        """Say that ``subject`` belongs to ``term`` whenever ``way`` holds; what no rule can say is refused."""
        try:
            self._conclude(term, subject, way, origin, readable)
        except Outside as reason:
            self.compiled.refuse(self.axiom, str(reason))

    def _conclude(self, term: ClassTerm, subject: Variable, way: Alternative, origin: str, readable: str) -> None:
        body, bindings = way
        if isinstance(term, str):
            if term == NOTHING:
                name = "cls-nothing2" if origin in ("cax-sco", "cax-eqc1", "cax-eqc2") else origin
                self._rule(name, readable, way, (), ())
            elif term != THING:
                self._rule(origin, readable, way, (), (Atom(term, (subject,)),))
            return
        name, args = term.constructor, term.args
        if name == "intersectionOf":
            for part in args:
                self._part(_term(part), subject, way, "cls-int2", readable)
        elif name == "complementOf":
            for atoms, new in condition(_term(args[0]), subject, self.fresh):
                self.compiled.add(
                    "cls-com", readable, (*body, *atoms), (), axiom=self.axiom, bindings={**bindings, **new}
                )
        elif name == "allValuesFrom":
            value = self.fresh()
            step = (*body, holds(args[0], subject, value))
            self._part(_term(args[1]), value, (step, bindings), "cls-avf", readable)
        elif name in ("hasValue", "dataHasValue"):
            self._rule("cls-hv1", readable, way, (), (holds(args[0], subject, _ground(args[1])),))
        elif name == "hasSelf":
            self._rule(BEYOND_RL, readable, way, (), (holds(args[0], subject, subject),))
        elif name == "oneOf" and len(args) == 1:
            self._rule(BEYOND_RL, readable, way, (), (Atom(SAME, (subject, _ground(args[0]))),))
        elif name == "unionOf" and len(args) == 1:
            self._part(_term(args[0]), subject, way, origin, readable)
        elif name == "dataAllValuesFrom":
            self._check_values(str(args[0]), _term(args[1]), subject, way, readable)
        elif name in _MAXIMA:
            self._at_most(term, subject, way, readable)
        elif name in _MINIMA and args[0] == 0:
            return
        elif name in _SOME and isinstance(args[1], Expression) and args[1].constructor in ("oneOf", "dataOneOf"):
            if len(args[1].args) != 1:
                raise Outside(f"{term_text(term)} concludes one of several values")
            self._rule(BEYOND_RL, readable, way, (), (holds(args[0], subject, _ground(args[1].args[0])),))
        else:
            raise Outside(_why_not(term))

    def _rule(self, origin: str, readable: str, way: Alternative, more: Iterable[Atom], head: Sequence[Atom]) -> None:
        body, bindings = way
        self.compiled.add(
            origin, readable, (*body, *more), head, axiom=self.axiom, because=self.because, bindings=bindings
        )

    def _part(self, term: ClassTerm, subject: Variable, way: Alternative, origin: str, readable: str) -> None:
        """A conclusion inside another one; what cannot be said of one part does not stop the others."""
        name = readable if isinstance(term, Expression) else f"{readable}[{term_text(term)}]"
        self.conclude(term, subject, way, origin, name)

    def _at_most(self, term: Expression, subject: Variable, way: Alternative, readable: str) -> None:
        number, prop = term.args[0], term.args[1]
        filler = _term(term.args[2]) if len(term.args) > 2 else None
        body, bindings = way
        data = term.constructor.startswith("data")
        exact = term.constructor.lower().endswith("cardinality") and "max" not in term.constructor.lower()
        if not isinstance(number, int) or number > 1:
            raise Outside(f"{term_text(term)} counts beyond one")
        if data and filler not in (None, LITERAL):
            raise Outside(f"{term_text(term)} counts values of one datatype")
        values = [self.fresh() for _ in range(number + 1)]
        steps = [holds(prop, subject, value) for value in values]
        ways: list[Alternative] = [((), {})]
        if filler and not data:
            ways = _all_of([condition(filler, value, self.fresh) for value in values])
        for atoms, new in ways:
            test: tuple[Atom, ...] = ()
            head: tuple[Atom, ...] = ()
            if number == 1:
                test = (Atom(DISTINCT, (values[0], values[1])),) if data else ()
                head = () if data else (Atom(SAME, (values[0], values[1])),)
            more = (*steps, *atoms, *test)
            self._rule(_maximum_id(number, filler), readable, (body, {**bindings, **new}), more, head)
        if exact and number == 1:
            raise Outside(f"{term_text(term)} concludes that there is a value, without naming it")

    def _check_values(self, prop: str, term: ClassTerm, subject: Variable, way: Alternative, readable: str) -> None:
        """Constraints for the values of the facts that are outside a data range."""
        body, bindings = way
        for literal in self.values.get(prop, ()):
            inside = in_range(literal, term, self.definitions)
            if inside is None:
                raise Outside(f"the datatype {term_text(term)} is not known")
            if not inside:
                self.compiled.add(
                    "cls-avf",
                    f"{readable}[{literal}]",
                    (*body, holds(prop, subject, literal)),
                    (),
                    axiom=self.axiom,
                    bindings=bindings,
                )


_MAXIMA = frozenset({"maxCardinality", "cardinality", "dataMaxCardinality", "dataCardinality"})


def _maximum_id(number: int, filler: ClassTerm | None) -> str:
    if filler is None:
        return "cls-maxc1" if number == 0 else "cls-maxc2"
    if filler == THING:
        return "cls-maxqc2" if number == 0 else "cls-maxqc4"
    return "cls-maxqc1" if number == 0 else "cls-maxqc3"


def _why_not(term: Expression) -> str:
    name = term.constructor
    if name in _SOME or name in _MINIMA:
        return f"{term_text(term)} concludes that there is a value, without naming it"
    if name in ("unionOf", "oneOf"):
        return f"{term_text(term)} concludes one of several alternatives"
    return f"{term_text(term)} cannot be concluded by a rule"


def _term(arg: object) -> ClassTerm:
    if isinstance(arg, str | Expression):
        return arg
    raise Outside(f"{arg} is no class")


def _ground(arg: object) -> Term:
    if isinstance(arg, str | Literal):
        return arg
    raise Outside(f"{arg} is no value")
