"""Rules as canonical rule text: reading it back gives an equal rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reasoner.model.atom import Atom, Fact
from reasoner.model.names import iri
from reasoner.model.rule import Example, Rule
from reasoner.model.spelling import is_bare_name, literal_type
from reasoner.model.term import XSD, Literal, Term, Variable

#: Where a conjunction is broken into lines, in characters.
_WIDTH = 110


def rule_text(rule: Rule) -> str:
    """The rule as text, with a line break at the end."""
    lines = [f"rule {rule.id} {_quoted(rule.label)}", f"    status   {rule.status}"]
    if rule.source:
        lines.append(f"    source   {' '.join(rule.source)}")
    lines += [f"    because  {_quoted(rule.because)}", ""]
    lines += [f"    {line}" for line in _logic(rule.body, rule.head)]
    examples = [_example("fires ", example) for example in rule.fires]
    examples += [_example("silent", example) for example in rule.silent]
    return "\n".join([*lines, *([""] if examples else []), *examples, ""])


def rules_text(rules: Iterable[Rule], comments: Mapping[str, Sequence[str]] | None = None) -> str:
    """A file of rules, a blank line between them.

    ``comments`` are lines to stand before a rule, by its id; those under ``""`` begin the file, those under ``"."`` end
    it.
    """
    kept = comments or {}

    def lines(key: str) -> str:
        return "".join(f"{line}\n" for line in kept.get(key, ()))

    return "\n".join(filter(None, [lines(""), *(lines(rule.id) + rule_text(rule) for rule in rules), lines(".")]))


def atoms_text(atoms: Iterable[Atom | Fact]) -> str:
    """A conjunction as text that reads back equal."""
    return " ^ ".join(_atom(atom) for atom in atoms)


def _example(word: str, example: Example) -> str:
    arrow = f" -> {atoms_text(example.conclusions)}" if example.conclusions else ""
    return f"    {word}   {atoms_text(example.premises)}{arrow}"


def _logic(body: Sequence[Atom], head: Sequence[Atom]) -> list[str]:
    end = f"-> {atoms_text(head)}" if head else "->"
    lines = [""]
    for place, atom in enumerate(body):
        part = f"{'^ ' if place else ''}{_atom(atom)}"
        if lines[-1] and len(lines[-1]) + len(part) + 1 > _WIDTH:
            lines.append(part)
        else:
            lines[-1] = f"{lines[-1]} {part}".lstrip()
    return [f"{lines[0]} {end}"] if len(lines) == 1 and len(lines[0]) + len(end) < _WIDTH else [*lines, end]


def _atom(atom: Atom | Fact) -> str:
    if isinstance(atom, Atom):
        args: tuple[Term, ...] = atom.args
    else:
        args = (atom.subject,) if atom.object is None else (atom.subject, atom.object)
    return f"{_name(atom.predicate)}({', '.join(map(_term, args))})"


def _term(term: Term) -> str:
    if isinstance(term, Variable):
        return str(term)
    return _literal(term) if isinstance(term, Literal) else _name(term)


def _literal(literal: Literal) -> str:
    kind = literal_type(literal.lexical)
    if kind and literal.datatype == XSD + kind:
        return literal.lexical
    text = _quoted(literal.lexical)
    if literal.language:
        return f"{text}@{literal.language}"
    if literal.datatype == XSD + "string":
        return text
    if literal.datatype.startswith(XSD):
        return f"{text}^^xsd:{literal.datatype.removeprefix(XSD)}"
    return f"{text}^^<{literal.datatype}>"


def _name(name: str) -> str:
    return name if is_bare_name(name) else f"<{iri(name)}>"


def _quoted(text: str) -> str:
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(character, escape)
    return f'"{text}"'
