"""Atoms of rule text: ``Class(?x) ^ property(?x, name)``, in rules, in their examples and in questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reasoner.errors import RuleError, Span
from reasoner.model.atom import BUILTINS, Atom, Fact
from reasoner.model.datatypes import ill_typed
from reasoner.model.names import local
from reasoner.model.spelling import RULE_NAME, literal_type
from reasoner.model.term import XSD, Literal, Term, Variable
from reasoner.reading.rules.tokens import Token

#: The longest conjunction.
MAX_ATOMS = 500


class Placed(NamedTuple):
    """An atom and where it is written."""

    atom: Atom
    span: Span


class AtomReader:
    """Reads conjunctions from the tokens of one statement.

    ``strict`` holds names to :data:`RULE_NAME`, as the logic of a rule must; examples and questions may use any name.
    Every method raises :class:`RuleError` at the first token that does not fit.
    """

    def __init__(self, tokens: Sequence[Token], end: Span, strict: bool) -> None:
        self.tokens = tokens
        self.end = end
        self.strict = strict
        self.place = 0

    def peek(self, kind: str) -> bool:
        """Whether the next token is of a kind."""
        return self.place < len(self.tokens) and self.tokens[self.place].kind == kind

    def take(self, kind: str, expected: str) -> Token:
        """The next token, which must be of a kind."""
        if not self.peek(kind):
            raise self.unexpected(expected)
        self.place += 1
        return self.tokens[self.place - 1]

    def finish(self, expected: str) -> None:
        """Make sure that nothing is left."""
        if self.place < len(self.tokens):
            raise self.unexpected(expected)

    def unexpected(self, expected: str) -> RuleError:
        """The error for the next token."""
        if self.place < len(self.tokens):
            token = self.tokens[self.place]
            return RuleError(f"expected {expected}, found {token.shown()}", code="E201", span=token.span)
        return RuleError(f"expected {expected}, found the end", code="E201", span=self.end)

    def conjunction(self) -> list[Placed]:
        """Atoms joined by ``^``."""
        atoms = [self.atom()]
        while self.peek("and"):
            if len(atoms) == MAX_ATOMS:
                raise RuleError(f"more than {MAX_ATOMS} atoms", code="E211", span=atoms[0].span)
            self.place += 1
            atoms.append(self.atom())
        return atoms

    def atom(self) -> Placed:
        """A predicate with its arguments in parentheses."""
        kind = "iri" if self.peek("iri") and not self.strict else "word"
        token = self.take(kind, "an atom such as Class(?x) or property(?x, ?y)")
        name = token.text.removeprefix("swrlb:")
        if name not in BUILTINS:
            name = self.name(token)
        self.take("open", f"'(' after {token.shown()}")
        args: list[Term] = []
        while not self.peek("close"):
            if args:
                self.take("comma", "',' or ')'")
            args.append(self.term())
        self.take("close", "')'")
        atom = Atom(name, tuple(args))
        if len(args) not in (1, 2):
            raise RuleError(
                f"{token.shown()} has {len(args)} arguments",
                code="E208",
                hint="a class has one argument, a property two",
                span=token.span,
            )
        return Placed(atom, token.span)

    def term(self) -> Term:
        """A variable, a literal or the name of an individual."""
        if self.peek("variable"):
            return Variable(self.take("variable", "a term").text)
        if self.peek("string"):
            return self.text()
        if self.peek("iri") and not self.strict:
            return local(self.take("iri", "a term").text)
        token = self.take("word", "a variable such as ?x, a name, a number or a text in quotes")
        datatype = literal_type(token.text)
        return Literal(token.text, XSD + datatype) if datatype else self.name(token)

    def text(self) -> Literal:
        """A text in quotes, with a language or a datatype if one follows."""
        text = self.take("string", "a text in quotes").text
        if self.peek("language"):
            return Literal(text, language=self.take("language", "a language").text)
        if not self.peek("type"):
            return Literal(text)
        self.take("type", "'^^'")
        token = self.take("iri" if self.peek("iri") else "word", "a datatype such as xsd:decimal")
        literal = Literal(text, XSD + token.text[4:] if token.text.startswith("xsd:") else token.text)
        if ill_typed(literal):
            raise RuleError(f"{text!r} is no {token.text}", code="E201", span=token.span)
        return literal

    def name(self, token: Token) -> str:
        """The name that a token is."""
        if token.kind == "iri":
            return local(token.text)
        if self.strict and not RULE_NAME.fullmatch(token.text):
            raise RuleError(
                f"{token.shown()} cannot be a name in a rule",
                code="E201",
                hint="names in rules are made of letters, digits and _, a letter first",
                span=token.span,
            )
        return token.text


def ground(placed: Placed) -> Fact:
    """The fact that an atom without variables is; raises :class:`RuleError` if it is none."""
    atom = placed.atom
    if atom.variables:
        raise RuleError(f"{atom} holds a variable", code="E214", hint="examples are facts", span=placed.span)
    if atom.is_builtin:
        raise RuleError(f"{atom} is a comparison", code="E214", hint="examples are facts", span=placed.span)
    subject, *rest = (arg for arg in atom.args if not isinstance(arg, Variable))
    if isinstance(subject, Literal):
        raise RuleError(f"{atom} is about the literal {subject}", code="E210", span=placed.span)
    return Fact(atom.predicate, subject, *rest)
