"""SWRL rules that stand in an ontology file (``swrl:Imp``) as rules of the model."""

from __future__ import annotations

import re

from reasoner.errors import Span
from reasoner.model.atom import BUILTINS, DIFFERENT, SAME, Atom
from reasoner.model.datatypes import is_false
from reasoner.model.iris import DCTERMS, RDFS, SWRL, SWRLB, TYPE
from reasoner.model.names import NAMESPACE
from reasoner.model.rule import Rule
from reasoner.model.term import Literal, Term, Variable
from reasoner.model.triple import Node, Value
from reasoner.reading.owl.declarations import Declarations
from reasoner.reading.owl.sorted_triples import SortedTriples

_RULE_IDS = re.compile(r"R-[A-Z]+-\d+")
_IDENTITY = {SWRL + "SameIndividualAtom": SAME, SWRL + "DifferentIndividualsAtom": DIFFERENT}
_ENABLED = "http://swrl.stanford.edu/ontologies/3.3/swrla.owl#isRuleEnabled"
#: What the project writes beside a rule, by part of the rule; editors may drop it.
_REMARKS = {"because": RDFS + "comment", "status": NAMESPACE + "ruleStatus", "source": DCTERMS + "source"}


class _Inexpressible(Exception):
    """Something that a rule of the model cannot say."""


def rules_of(triples: SortedTriples, declared: Declarations) -> list[Rule]:
    """The rules among the triples; one that cannot be kept is a warning that names what stands in the way."""
    found: list[Rule] = []
    for node, content in triples.nodes.items():
        if SWRL + "Imp" in content.get(TYPE, ()):
            number = len(found) + 1
            labels = [value.lexical for value in content.get(RDFS + "label", ()) if isinstance(value, Literal)]
            label = labels[0] if labels else ""
            match = _RULE_IDS.search(label)
            name = match.group() if match else label or f"swrl-{number}"
            try:
                rule = _rule(triples, declared, node, name, label)
            except _Inexpressible as reason:
                triples.warn(
                    f"the SWRL rule {name!r} is not used: {reason}",
                    code="E308",
                    hint="rules may use classes, properties, sameAs, differentFrom and comparisons",
                    about=node,
                )
            else:
                if rule is not None:
                    found.append(rule)
            triples.take_all(node)
    for node, kinds in triples.kinds.items():
        if SWRL + "Variable" in kinds:
            declared.individuals.pop(node, None)
    return found


def _rule(triples: SortedTriples, declared: Declarations, node: Node, name: str, label: str) -> Rule | None:
    content = triples.nodes[node]
    if any(isinstance(v, Literal) and is_false(v) for v in content.get(_ENABLED, ())):
        triples.warn(f"the SWRL rule {name!r} is switched off", code="E308", about=node)
        return None
    body, head = (
        tuple(
            _atom(triples, declared, atom)
            for heads in [triples.take(node, SWRL + part)]
            for h in heads
            for atom in triples.items(h)
        )
        for part in ("body", "head")
    )
    bound = {variable for atom in body if not atom.is_builtin for variable in atom.variables}
    for atom in (*head, *(atom for atom in body if atom.is_builtin)):
        for variable in atom.variables - bound:
            raise _Inexpressible(f"{variable} is not bound in the body")
    found = {
        part: tuple(v.lexical for v in content.get(predicate, ()) if isinstance(v, Literal))
        for part, predicate in _REMARKS.items()
    }
    return Rule(
        id=name,
        body=body,
        head=head,
        label=label.removeprefix(name).removeprefix(":").strip() or label,
        status=next(iter(found["status"]), ""),
        source=tuple(sorted(found["source"])),
        because=next(iter(found["because"]), ""),
        span=Span(triples.file_of(node)),
    )


def _atom(triples: SortedTriples, declared: Declarations, node: Value) -> Atom:
    content = triples.nodes.get(node, {}) if isinstance(node, str) else {}
    kind = next((str(k) for k in content.get(TYPE, ()) if str(k).startswith(SWRL)), "")
    first, second = SWRL + "argument1", SWRL + "argument2"
    if kind == SWRL + "ClassAtom":
        return Atom(_name(triples, declared, content, "classPredicate"), (_term(triples, content, first),))
    if kind in (SWRL + "IndividualPropertyAtom", SWRL + "DatavaluedPropertyAtom"):
        predicate = _name(triples, declared, content, "propertyPredicate")
        return Atom(predicate, (_term(triples, content, first), _term(triples, content, second)))
    if kind in _IDENTITY:
        return Atom(_IDENTITY[kind], (_term(triples, content, first), _term(triples, content, second)))
    if kind == SWRL + "BuiltinAtom":
        return _builtin(triples, content)
    raise _Inexpressible(f"it holds {kind.removeprefix(SWRL) or 'an atom of no kind'}")


def _builtin(triples: SortedTriples, content: dict[str, list[Value]]) -> Atom:
    name = str(next(iter(content.get(SWRL + "builtin", ())), "")).removeprefix(SWRLB)
    if name not in BUILTINS:
        raise _Inexpressible(f"the built-in {name} is not a comparison")
    arguments = [_as_term(triples, v) for head in content.get(SWRL + "arguments", ()) for v in triples.items(head)]
    if len(arguments) != 2:
        raise _Inexpressible(f"the built-in {name} needs two arguments")
    return Atom(name, tuple(arguments))


def _name(triples: SortedTriples, declared: Declarations, content: dict[str, list[Value]], role: str) -> str:
    iri = next(iter(content.get(SWRL + role, ())), "")
    if not isinstance(iri, str) or not iri or iri in triples.nodes:
        raise _Inexpressible("it uses a class or property expression")
    if role == "classPredicate":
        declared.is_class(iri)
    elif not (declared.is_object_property(iri) or declared.is_data_property(iri)):
        declared.undeclared_property(iri)
    return triples.name(iri)


def _term(triples: SortedTriples, content: dict[str, list[Value]], role: str) -> Term:
    values = content.get(role, ())
    if len(values) != 1:
        raise _Inexpressible("an atom lacks an argument")
    return _as_term(triples, values[0])


def _as_term(triples: SortedTriples, value: Value) -> Term:
    if isinstance(value, Literal):
        return value
    kinds = triples.kinds.get(value, set()) | set(map(str, triples.nodes.get(value, {}).get(TYPE, ())))
    if SWRL + "Variable" in kinds:
        return Variable(re.split(r"[#/:]", value)[-1])
    return triples.name(value)
