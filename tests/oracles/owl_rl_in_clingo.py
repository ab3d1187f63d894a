"""OWL 2 RL as one answer-set program over numbers: the W3C's tables written down once, for classes and edges.

It shares no code with the compiler of axioms: an axiom becomes facts about it (``sub(C, D)``, ``chain(P, Q, R)``), and
the rules below say what follows.  ``in(C, X)`` is membership in a class or an expression, ``e(P, X, Y)`` an edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import clingo

from reasoner.model.atom import BUILTINS, DIFFERENT, SAME, Atom, Fact
from reasoner.model.axiom import THING, Axiom, Expression
from reasoner.model.term import Literal, Variable
from tests.properties.generated import Knowledge, compares

RULES = """
in(D, X) :- sub(C, D), in(C, X).
in(E, X) :- both(E, A, B), in(A, X), in(B, X).
in(A, X) :- both(E, A, _), in(E, X).                in(B, X) :- both(E, _, B), in(E, X).
in(E, X) :- either(E, A), in(A, X).                 in(E, X) :- one(E, X).                  in(T, X) :- thing(T), i(X).
in(E, X) :- some(E, P, C), e(P, X, Y), in(C, Y).    in(C, Y) :- all(E, P, C), in(E, X), e(P, X, Y).
e(P, X, V) :- value(E, P, V), in(E, X).             in(E, X) :- value(E, P, V), e(P, X, V).
clash :- complement(E, C), in(E, X), in(C, X).      clash :- disjoint(C, D), in(C, X), in(D, X).
clash :- none(E, P, C), in(E, X), e(P, X, Y), in(C, Y).
same(Y, Z) :- most(E, P, C), in(E, X), e(P, X, Y), in(C, Y), e(P, X, Z), in(C, Z).
e(Q, X, Y) :- under(P, Q), e(P, X, Y).              e(Q, Y, X) :- inverse(P, Q), e(P, X, Y).
e(P, X, Z) :- chain(P, Q, R), e(Q, X, Y), e(R, Y, Z).
e(P, X, U) :- chain(P, Q, R, S), e(Q, X, Y), e(R, Y, Z), e(S, Z, U).
same(Y, Z) :- functional(P), e(P, X, Y), e(P, X, Z).
clash :- asymmetric(P), e(P, X, Y), e(P, Y, X).     clash :- irreflexive(P), e(P, X, X).
clash :- apart(P, Q), e(P, X, Y), e(Q, X, Y).       clash :- negative(P, X, Y), e(P, X, Y).
in(C, X) :- domain(P, C), e(P, X, Y).
same(X, Y) :- key(C, P), in(C, X), in(C, Y), e(P, X, Z), e(P, Y, Z).
same(X, Y) :- key(C, P, D), in(C, X), in(C, Y), e(P, X, Z), e(P, Y, Z), e(D, X, V), e(D, Y, V).
same(Y, X) :- same(X, Y).                           same(X, Z) :- same(X, Y), same(Y, Z).
in(C, Y) :- same(X, Y), in(C, X).
e(P, Y, Z) :- same(X, Y), e(P, X, Z).               e(P, Z, Y) :- same(X, Y), e(P, Z, X).
different(Y, X) :- different(X, Y).                 different(Y, Z) :- same(X, Y), different(X, Z).
clash :- different(X, X).                           clash :- same(X, Y), different(X, Y).
"""


class OwlRl:
    """One knowledge base as a program for clingo, with the way back."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers: dict[object, int] = {}
        self.lines: list[str] = []
        for axiom in knowledge.axioms:
            self._axiom(axiom)
        for fact in knowledge.facts:
            subject, *rest = (fact.subject,) if fact.object is None else (fact.subject, fact.object)
            self.lines.append(f"{self._atom(Atom(fact.predicate, (subject, *rest)))}.")
        for rule in knowledge.rules:
            body = [self._atom(atom) for atom in rule.body if not atom.is_builtin]
            tests = [
                f"{atom.predicate}({', '.join(map(self._term, atom.args))})" for atom in rule.body if atom.is_builtin
            ]
            for head in rule.head:
                guard = f"i({self._term(head.args[0])})"
                self.lines.append(f"{self._atom(head)} :- {', '.join([*body, *tests, guard])}.")

    def solve(self) -> tuple[set[Fact], bool]:
        """The facts that follow, and whether there is a contradiction."""
        control = clingo.Control(["--warn=none"])
        control.add("base", [], "\n".join([RULES, *self.lines, *self._things(), *self._comparisons()]))
        control.ground([("base", [])])
        terms = {number: term for term, number in self.numbers.items()}
        found: set[Fact] = set()
        clash = False
        for atom in control.symbolic_atoms:
            name, arguments = (
                atom.symbol.name,
                [terms.get(a.number) for a in atom.symbol.arguments if a.type.name == "Number"],
            )
            clash = clash or name == "clash"
            if name in ("same", "different"):
                found.add(Fact(SAME if name == "same" else DIFFERENT, *arguments))  # type: ignore[arg-type]
            elif name in ("in", "e") and isinstance(predicate := arguments[0], tuple) and isinstance(predicate[1], str):
                found.add(Fact(predicate[1], *arguments[1:]))  # type: ignore[arg-type]
        return found, clash

    # --- terms: classes and properties are ("class", term), everything else itself ------------------------------------

    def _number(self, thing: object) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    def _term(self, term: object) -> str:
        return f"V{self._number(term)}" if isinstance(term, Variable) else str(self._number(term))

    def _property(self, prop: Any) -> int:
        known = ("property", prop) in self.numbers
        number = self._number(("property", prop))
        if isinstance(prop, Expression) and not known:
            self._say("inverse", number, self._property(prop.args[0]))
            self._say("inverse", self._property(prop.args[0]), number)
        return number

    def _class(self, cls: Any) -> int:
        known = ("class", cls) in self.numbers
        number = self._number(("class", cls))
        if cls == THING and not known:
            self._say("thing", number)
        if isinstance(cls, Expression) and not known:
            self._expression(number, cls)
        return number

    def _expression(self, number: int, cls: Expression) -> None:
        kind, args = cls.constructor, cls.args
        if kind == "intersectionOf":
            self._say("both", number, *map(self._class, args))
        elif kind == "unionOf":
            for arg in args:
                self._say("either", number, self._class(arg))
        elif kind == "oneOf":
            for arg in args:
                self._say("one", number, self._number(arg))
        elif kind == "complementOf":
            self._say("complement", number, self._class(args[0]))
        elif kind in ("someValuesFrom", "allValuesFrom"):
            self._say(kind[: -len("ValuesFrom")], number, self._property(args[0]), self._class(args[1]))
        elif kind == "hasValue":
            self._say("value", number, self._property(args[0]), self._number(args[1]))
        else:
            word = "some" if kind == "minCardinality" else ("none", "most")[int(str(args[0]))]
            self._say(word, number, self._property(args[1]), self._class(args[2] if len(args) > 2 else THING))

    def _say(self, word: str, *numbers: int) -> None:
        self.lines.append(f"{word}({', '.join(map(str, numbers))}).")

    def _atom(self, atom: Atom) -> str:
        arguments = ", ".join(map(self._term, atom.args))
        if atom.predicate in (SAME, DIFFERENT):
            return f"{'same' if atom.predicate == SAME else 'different'}({arguments})"
        if len(atom.args) == 1:
            return f"in({self._class(atom.predicate)}, {arguments})"
        return f"e({self._property(atom.predicate)}, {arguments})"

    def _things(self) -> Iterator[str]:
        for term, number in self.numbers.items():
            if isinstance(term, str):
                yield f"i({number})."

    def _comparisons(self) -> Iterator[str]:
        literals = [(term, number) for term, number in self.numbers.items() if isinstance(term, Literal)]
        for test in sorted(BUILTINS):
            for left, one in literals:
                for right, other in literals:
                    if compares(test, left, right):
                        yield f"{test}({one}, {other})."

    # --- axioms -------------------------------------------------------------------------------------------------------

    def _axiom(self, axiom: Axiom) -> None:
        kind, args = axiom.kind, axiom.args
        if kind in ("SubClassOf", "EquivalentClasses"):
            pair = [self._class(arg) for arg in args]
            self._say("sub", *pair)
            if kind == "EquivalentClasses":
                self._say("sub", *reversed(pair))
        elif kind in ("DisjointClasses", "AllDisjointClasses"):
            self._pairs("disjoint", [self._class(arg) for arg in args])
        elif kind in ("DisjointProperties", "AllDisjointProperties"):
            self._pairs("apart", [self._property(arg) for arg in args])
        elif kind == "ClassAssertion":
            self.lines.append(f"in({self._class(args[0])}, {self._number(args[1])}).")
        elif kind == "NegativePropertyAssertion":
            self._say("negative", self._property(args[0]), self._number(args[1]), self._number(args[2]))
        elif kind == "HasKey":
            keys = [self._property(prop) for group in args[1:] for prop in group]  # type: ignore[union-attr]
            self._say("key", self._class(args[0]), *keys)
        else:
            self._property_axiom(kind, args)

    def _pairs(self, word: str, numbers: list[int]) -> None:
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                self._say(word, one, other)

    def _property_axiom(self, kind: str, args: tuple[Any, ...]) -> None:
        prop = self._property(args[0])
        back = Expression("inverseOf", (args[0],))
        if kind in ("SubPropertyOf", "EquivalentProperties"):
            self._say("under", prop, self._property(args[1]))
            if kind == "EquivalentProperties":
                self._say("under", self._property(args[1]), prop)
        elif kind in ("InverseOf", "SymmetricProperty"):
            other = self._property(args[-1])
            self._say("inverse", prop, other)
            self._say("inverse", other, prop)
        elif kind == "PropertyChain":
            self._say("chain", prop, *map(self._property, args[1]))
        elif kind == "TransitiveProperty":
            self._say("chain", prop, prop, prop)
        elif kind in ("FunctionalProperty", "InverseFunctionalProperty"):
            self._say("functional", prop if kind == "FunctionalProperty" else self._property(back))
        elif kind in ("AsymmetricProperty", "IrreflexiveProperty"):
            self._say(kind.removesuffix("Property").lower(), prop)
        elif kind in ("Domain", "Range"):
            self._say("domain", prop if kind == "Domain" else self._property(back), self._class(args[1]))
        else:
            raise AssertionError(f"nothing is known of {kind}")


def owl_rl_closure(knowledge: Knowledge) -> tuple[set[Fact], bool]:
    """All facts that follow by the rules of OWL 2 RL, and whether they contradict each other."""
    return OwlRl(knowledge).solve()
