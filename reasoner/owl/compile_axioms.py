"""OWL axioms to rules, named by the ids of the W3C's OWL 2 RL/RDF rules (tables 4 to 9 of the OWL 2 profiles).

Each axiom becomes the instances of those rules that it calls for, over unary and binary predicates: the closure never
sees a triple.  What would conclude a new individual or an alternative is no Horn rule; it comes back as
:class:`Unsupported`, with the reason, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.model.atom import SAME, Atom, Fact
from reasoner.model.axiom import NOTHING, Axiom, ClassTerm
from reasoner.model.rule import ProgramPart, Rule
from reasoner.model.term import Variable
from reasoner.owl.class_expressions import Alternative, Concluding, Fresh, KnownValues, condition, condition_id
from reasoner.owl.compiled import Compiled, Outside, Unsupported, X, Y, Z, class_terms, holds, term_text
from reasoner.owl.datatype_rules import add_datatype_rules, values_by_property
from reasoner.owl.equality_rules import add_equality_rules
from reasoner.owl.exclusions import Exclusions
from reasoner.owl.property_axioms import PROPERTY_AXIOMS

#: Axioms about annotations have no consequences.
_WITHOUT_LOGIC = frozenset({"SubAnnotationPropertyOf", "AnnotationDomain", "AnnotationRange", "DatatypeDefinition"})

#: The W3C ids of the rules for disjoint properties, by kind of axiom.
_DISJOINT_PROPERTIES = {"DisjointProperties": "prp-pdw", "AllDisjointProperties": "prp-adp"}


def compile_axioms(
    axioms: Iterable[Axiom], facts: Iterable[Fact] = (), rules: Iterable[Rule] = ()
) -> tuple[list[ProgramPart], list[Unsupported]]:
    """The rules that the axioms stand for, in the order of the axioms, and the parts that no rule expresses.

    Axioms about disjoint classes or properties become exclusions, which stand for a constraint on each two.
    ``facts`` and ``rules`` tell which predicates and data values are in use: without them no rule about equality or
    about datatypes is made for a predicate that no axiom mentions.  Rules about equality are made only when something
    can conclude ``sameAs``.  A rule without head is a contradiction; a rule without body holds at once.
    """
    axioms, facts, rules = list(axioms), list(facts), list(rules)
    values, definitions = values_by_property(facts, axioms, rules), _definitions(axioms)
    compiler = _Compiler(values, definitions)
    for axiom in axioms:
        compiler.compile(axiom)
    compiled = compiler.compiled
    if any(fact.predicate == NOTHING for fact in facts):
        compiled.add("cls-nothing2", "", (Atom(NOTHING, (X,)),), (), because="nothing belongs to the empty class")
    add_datatype_rules(compiled, axioms, values, definitions)
    add_equality_rules(compiled, facts, rules)
    return compiled.rules, compiled.unsupported


def _definitions(axioms: Iterable[Axiom]) -> dict[str, ClassTerm]:
    """Data ranges by the name of the datatype that they define."""
    found: dict[str, ClassTerm] = {}
    for axiom in axioms:
        if axiom.kind == "DatatypeDefinition":
            name, term = class_terms(axiom.args)
            found[str(name)] = term
    return found


class _Compiler:
    def __init__(self, values: KnownValues, definitions: dict[str, ClassTerm]) -> None:
        self.compiled = Compiled()
        self.exclusions = Exclusions(self.compiled)
        self.values = values
        self.definitions = definitions

    def compile(self, axiom: Axiom) -> None:
        """Add the rules of one axiom."""
        if axiom.kind in _WITHOUT_LOGIC:
            return
        try:
            if axiom.kind in _DISJOINT_PROPERTIES:
                self.exclusions.add(axiom, class_terms(axiom.args), _DISJOINT_PROPERTIES[axiom.kind])
            elif axiom.kind in PROPERTY_AXIOMS:
                PROPERTY_AXIOMS[axiom.kind](self.compiled, axiom)
            else:
                self._class_axiom(axiom)
        except Outside as reason:
            self.compiled.refuse(axiom, str(reason))

    def _class_axiom(self, axiom: Axiom) -> None:
        terms = class_terms(axiom.args)
        if axiom.kind == "SubClassOf":
            self._include(axiom, terms[0], terms[1], "cax-sco")
        elif axiom.kind == "EquivalentClasses":
            self._include(axiom, terms[0], terms[1], "cax-eqc1")
            self._include(axiom, terms[1], terms[0], "cax-eqc2")
        elif axiom.kind == "DisjointClasses":
            self.exclusions.add(axiom, terms, "cax-dw")
        elif axiom.kind == "AllDisjointClasses":
            self.exclusions.add(axiom, terms, "cax-adc")
        elif axiom.kind == "DisjointUnion":
            for part in terms[1:]:
                self._include(axiom, part, terms[0], "cls-uni")
            self.exclusions.add(axiom, terms[1:], "cax-dw")
            self.compiled.refuse(axiom, "that a member belongs to one of the parts is an alternative")
        elif axiom.kind == "Domain":
            because = f"{{x}} {terms[0]} {{y}}, and what {terms[0]} anything is of class {term_text(terms[1])}"
            self._conclude(axiom, terms[1], ((holds(terms[0], X, Y),), {}), X, Fresh(1), "prp-dom", because)
        elif axiom.kind == "Range":
            because = f"{{x}} {terms[0]} {{y}}, and what anything {terms[0]} is of class {term_text(terms[1])}"
            self._conclude(axiom, terms[1], ((holds(terms[0], X, Y),), {}), Y, Fresh(1), "prp-rng", because)
        elif axiom.kind == "HasKey":
            self._key(axiom)
        elif axiom.kind == "ClassAssertion":
            self._conclude(axiom, terms[0], ((), {X: str(terms[1])}), X, Fresh(), "cls-member", "")
        elif axiom.kind != "DataRange":  # handled with the values of the facts
            raise Outside("no rule is known for this kind of axiom")

    def _include(self, axiom: Axiom, sub: ClassTerm, sup: ClassTerm, plain: str) -> None:
        """Every member of ``sub`` is one of ``sup``."""
        fresh = Fresh()
        try:
            ways = condition(sub, X, fresh)
        except Outside as reason:
            self.compiled.refuse(axiom, str(reason))
            return
        origin = condition_id(sub, plain)
        readable = f"{term_text(sub)}<{term_text(sup)}"
        because = f"{{x}} is of class {term_text(sub)}, which lies within {term_text(sup)}"
        for way in ways:
            self._conclude(axiom, sup, way, X, fresh, origin, because, readable)

    def _conclude(
        self,
        axiom: Axiom,
        term: ClassTerm,
        way: Alternative,
        subject: Variable,
        fresh: Fresh,
        origin: str,
        because: str,
        readable: str = "",
    ) -> None:
        conclusion = Concluding(self.compiled, axiom, because, fresh, self.values, self.definitions)
        conclusion.conclude(term, subject, way, origin, readable or "<".join(term_text(arg) for arg in axiom.args))

    def _key(self, axiom: Axiom) -> None:
        """Members of a class that agree on all properties of a key are the same."""
        cls, *groups = axiom.args
        keys = [key for group in groups if isinstance(group, tuple) for key in group]
        if not keys:
            raise Outside("a key without properties")
        steps = []
        for number, key in enumerate(keys, 1):
            value = Z if number == 1 else Variable(f"z{number}")
            steps += [holds(key, X, value), holds(key, Y, value)]
        term = class_terms([cls])[0]
        fresh = Fresh(2)
        for atoms, bindings in condition(term, X, fresh):
            for more, new in condition(term, Y, fresh):
                self.compiled.add(
                    "prp-key",
                    f"{term_text(term)}.{'*'.join(map(term_text, keys))}",
                    (*atoms, *more, *steps),
                    (Atom(SAME, (X, Y)),),
                    axiom=axiom,
                    because=f"{{x}} and {{y}} agree on the key of {term_text(term)}",
                    bindings={**bindings, **new},
                )
