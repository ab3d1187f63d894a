"""Rule programs as answer-set programs: from the parsed rules, over whole numbers only, so that no text gets in.

Term number ``i`` of an interning table is the constant ``i``, predicate number ``j`` of arity n is ``p<j>``/n.
Comparisons arrive as tables of pairs; a literal is never a subject, as in OWL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import clingo

from reasoner.model.atom import BUILTINS, DIFFERENT, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal, Variable

Compare = Callable[[str, Ground, Ground], bool]
#: Bodies with more atoms than this are handed over step by step, each with the variables that are needed later alone.
_LONG = 4


class Translation:
    """One program as text for clingo, with the way back."""

    def __init__(self, rules: Sequence[Rule], facts: Iterable[Fact], compares: Compare) -> None:
        self.terms: dict[Ground, int] = {}
        self.variables: dict[Variable, int] = {}
        self.predicates: dict[tuple[str, int], int] = {}
        self.compares = compares
        self.steps = 0
        self.rules = [line for rule in rules for line in self._rule(rule)]
        different = self._predicate(DIFFERENT, 2)
        self.rules.append(f"{different}(X, Y) :- {different}(Y, X), i(X).")
        self.facts = [f"{self._atom(fact.predicate, _args(fact))}." for fact in facts]

    def text(self) -> str:
        """The whole program."""
        return "\n".join([*self.rules, *self.facts, *self._individuals(), *self._comparisons()])

    def solve(self) -> set[Fact]:
        """The facts of the only model."""
        return self.read(self.concluded(self.loaded()))

    def loaded(self) -> clingo.Control:
        """The whole program, read by clingo."""
        control = clingo.Control(["--warn=none"])
        control.add("base", [], self.text())
        return control

    def concluded(self, control: clingo.Control) -> list[clingo.Symbol]:
        """The atoms of the only model."""
        control.ground([("base", [])])
        with control.solve(yield_=True) as handle:
            return [symbol for model in handle for symbol in model.symbols(atoms=True)]

    def read(self, symbols: Iterable[clingo.Symbol]) -> set[Fact]:
        """Atoms as facts, without those that serve the translation alone."""
        terms = list(self.terms)
        names = {f"p{number}": name for (name, _), number in self.predicates.items()}
        found: set[Fact] = set()
        for symbol in symbols:
            if symbol.name in names:
                subject, *rest = (terms[argument.number] for argument in symbol.arguments)
                found.add(Fact(names[symbol.name], subject, *rest))  # type: ignore[arg-type]
        return found

    def _rule(self, rule: Rule) -> Iterator[str]:
        needed = frozenset(variable for atom in rule.head for variable in atom.variables)
        atoms = sorted(rule.body, key=lambda atom: atom.is_builtin)
        tests = [atom for atom in atoms if atom.is_builtin]
        first, *rest = [atom for atom in atoms if not atom.is_builtin] or [None]
        body = [] if first is None else [self._atom(first.predicate, first.args)]
        bound = frozenset() if first is None else first.variables
        for place, atom in enumerate(rest):
            if len(rest) > _LONG:
                later = needed.union(*(other.variables for other in (*rest[place:], *tests)))
                bound &= later
                step = f"step{self.steps}({', '.join(['0', *map(self._term, sorted(bound))])})"
                self.steps += 1
                yield f"{step} :- {', '.join(body)}."
                body = [step]
            body.append(self._atom(atom.predicate, atom.args))
            bound |= atom.variables
        body += [self._atom(atom.predicate, atom.args) for atom in tests]
        for head in rule.head:
            guard = f"i({self._term(head.args[0])})"
            yield f"{self._atom(head.predicate, head.args)} :- {', '.join([*body, guard])}."

    def _atom(self, predicate: str, args: Sequence[object]) -> str:
        name = predicate if predicate in BUILTINS else self._predicate(predicate, len(args))
        return f"{name}({', '.join(map(self._term, args))})"

    def _term(self, term: object) -> str:
        if isinstance(term, Variable):
            return f"V{self.variables.setdefault(term, len(self.variables))}"
        return str(self.terms.setdefault(term, len(self.terms)))  # type: ignore[arg-type]

    def _predicate(self, name: str, arity: int) -> str:
        return f"p{self.predicates.setdefault((name, arity), len(self.predicates))}"

    def _individuals(self) -> Iterator[str]:
        for term, number in self.terms.items():
            if not isinstance(term, Literal):
                yield f"i({number})."

    def _comparisons(self) -> Iterator[str]:
        literals = [(term, number) for term, number in self.terms.items() if isinstance(term, Literal)]
        used = {test for test in BUILTINS if any(f"{test}(" in line for line in self.rules)}
        for test in sorted(used):
            for left, one in literals:
                for right, other in literals:
                    if self.compares(test, left, right):
                        yield f"{test}({one}, {other})."


def _args(fact: Fact) -> tuple[Ground, ...]:
    return (fact.subject,) if fact.object is None else (fact.subject, fact.object)


def clingo_closure(rules: Sequence[Rule], facts: Iterable[Fact], compares: Compare) -> set[Fact]:
    """All facts that clingo finds to follow."""
    return Translation(rules, facts, compares).solve()
