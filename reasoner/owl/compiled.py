"""What compiling axioms yields: rules with readable ids, and what cannot be said by rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reasoner.model.atom import Atom
from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.rule import ProgramPart, Rule
from reasoner.model.term import Ground, Literal, Term, Variable

X, Y, Z = Variable("x"), Variable("y"), Variable("z")
#: Origin of rules that are sound in OWL 2 but stand outside its RL profile.
BEYOND_RL = "beyond-rl"

Bindings = Mapping[Variable, Ground]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A part of an axiom that no rule expresses, with the reason in one clause."""

    axiom: Axiom
    reason: str

    def __str__(self) -> str:
        """Render as one line."""
        return f"{axiom_text(self.axiom)}: {self.reason}"


class Outside(Exception):
    """Raised where an expression has no counterpart among Horn rules; says why."""


class Compiled:
    """Collects rules under unique ids, and what is unsupported."""

    def __init__(self) -> None:
        self.rules: list[ProgramPart] = []
        self.unsupported: list[Unsupported] = []
        self._ids: dict[str, int] = {}

    def add(
        self,
        origin: str,
        readable: str,
        body: Sequence[Atom],
        head: Sequence[Atom],
        *,
        axiom: Axiom | None = None,
        because: str = "",
        bindings: Bindings | None = None,
    ) -> None:
        """Note a rule; ``bindings`` replace variables by individuals in the whole rule.

        Raises :class:`Outside` for a rule whose head speaks of what its body does not name.
        """
        body = tuple(dict.fromkeys(bound(atom, bindings or {}) for atom in body))
        head = tuple(bound(atom, bindings or {}) for atom in head)
        if head and set(head) <= set(body):
            return  # says nothing
        known = {variable for atom in body if not atom.is_builtin for variable in atom.variables}
        if any(atom.variables - known for atom in (*head, *body)):
            raise Outside("a statement about everything that there is")
        name = f"{origin}:{readable}" if readable else origin
        count = self._ids[name] = self._ids.get(name, 0) + 1
        if count > 1:
            name = f"{name}#{count}"
        label = axiom_text(axiom) if axiom else readable
        self.rules.append(
            Rule(name, body, head, label=label, because=because, origin=origin, span=axiom.span if axiom else None)
        )

    def refuse(self, axiom: Axiom, reason: str) -> None:
        """Note a part of an axiom as unsupported."""
        entry = Unsupported(axiom, reason)
        if entry not in self.unsupported:
            self.unsupported.append(entry)


def bound(atom: Atom, bindings: Bindings) -> Atom:
    """The atom with variables replaced."""
    if not bindings:
        return atom
    return Atom(
        atom.predicate, tuple(bindings.get(arg, arg) if isinstance(arg, Variable) else arg for arg in atom.args)
    )


def holds(prop: object, subject: Term, value: Term) -> Atom:
    """The atom that says that a property term joins two terms.

    Raises :class:`Outside` for the top and bottom properties.
    """
    if isinstance(prop, Expression) and prop.constructor == "inverseOf":
        return holds(prop.args[0], value, subject)
    name = str(prop)
    if name.startswith("http://www.w3.org/2002/07/owl#"):
        raise Outside(f"{name.rpartition('#')[2]} joins everything or nothing")
    return Atom(name, (subject, value))


_INFIX = {"intersectionOf": "&", "unionOf": "|", "dataIntersectionOf": "&", "dataUnionOf": "|"}
_WORDS = {
    "someValuesFrom": "some",
    "allValuesFrom": "only",
    "hasValue": "value",
    "hasSelf": "self",
    "complementOf": "not",
}


def term_text(term: object) -> str:
    """A class term or argument in short, for ids and labels.

    >>> term_text(Expression("someValuesFrom", ("hasArm", "Arm")))
    'some(hasArm,Arm)'
    """
    if isinstance(term, Expression):
        if term.constructor in _INFIX:
            return "(" + _INFIX[term.constructor].join(map(term_text, term.args)) + ")"
        if term.constructor in ("oneOf", "dataOneOf"):
            return "{" + ",".join(map(term_text, term.args)) + "}"
        word = term.constructor
        if word.startswith("data") and word[4:5].isupper():
            word = word[4].lower() + word[5:]
        return f"{_WORDS.get(word, word)}({','.join(map(term_text, term.args))})"
    if isinstance(term, tuple):
        return "*".join(map(term_text, term))
    if isinstance(term, str) and "#" in term:
        return term.rpartition("#")[2]
    return str(term)


@cache
def axiom_text(axiom: Axiom) -> str:
    """An axiom on one line: ``SubClassOf(Drug, Agent)``."""
    return f"{axiom.kind}({', '.join(map(term_text, axiom.args))})"


def class_terms(args: Iterable[object]) -> list[ClassTerm]:
    """The arguments of an axiom that are class terms, in order."""
    return [arg for arg in args if isinstance(arg, str | Expression) and not isinstance(arg, Literal)]
