"""What OWL 2 DL does not allow, beyond what the reader refuses (OWL 2 Structural Specification, sections 7 and 11).

Looked at are the axioms and facts as they are stated: object properties that must be simple, regularity of property
chains, the property of all data values, datatypes and their definitions, facets, anonymous individuals.  Annotations
are free.  A reasoner for OWL 2 DL, such as HermiT, refuses most of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.axiom import Axiom, Expression
from reasoner.model.iris import OWL, RDF, RDFS
from reasoner.model.names import ANONYMOUS
from reasoner.model.ontology import Ontology
from reasoner.model.term import XSD, Literal
from reasoner.owl.property_hierarchy import PropertyHierarchy

_TOP_DATA = OWL + "topDataProperty"
#: Axioms that only simple properties may stand in, as people call them.
_SIMPLE_AXIOMS = {
    "FunctionalProperty": "is functional",
    "InverseFunctionalProperty": "is inverse functional",
    "AsymmetricProperty": "is asymmetric",
    "IrreflexiveProperty": "is irreflexive",
    "DisjointProperties": "is disjoint with another property",
    "AllDisjointProperties": "is disjoint with other properties",
}
#: The words of OWL that stand beside the properties in these axioms, where they are others than the kind's own name.
_WRITTEN = {"DisjointProperties": "propertyDisjointWith", "AllDisjointProperties": "members"}
#: Expressions that only simple properties may stand in, with the place of the property.
_SIMPLE_EXPRESSIONS = {
    "hasSelf": (0, "has a restriction to oneself (hasSelf)"),
    "minCardinality": (1, "is counted (minCardinality)"),
    "maxCardinality": (1, "is counted (maxCardinality)"),
    "cardinality": (1, "is counted (cardinality)"),
}
_NUMBERS = frozenset(
    [OWL + "real", OWL + "rational"]
    + [XSD + name for name in ("decimal", "integer", "long", "int", "short", "byte", "double", "float")]
    + [XSD + f"{sign}Integer" for sign in ("nonNegative", "nonPositive", "positive", "negative")]
    + [XSD + f"unsigned{size}" for size in ("Long", "Int", "Short", "Byte")]
)
_TIMES = frozenset({XSD + "dateTime", XSD + "dateTimeStamp"})
_TEXTS = frozenset(
    [RDF + "PlainLiteral", RDF + "langString"]
    + [XSD + name for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")]
)
_BINARY = frozenset({XSD + "hexBinary", XSD + "base64Binary"})
_BOUNDS = frozenset({"minInclusive", "minExclusive", "maxInclusive", "maxExclusive"})
_LENGTHS = frozenset({"length", "minLength", "maxLength"})
#: The datatype map of OWL 2 (section 4): the facets that each datatype can be restricted by.
DATATYPE_MAP: dict[str, frozenset[str]] = {
    RDFS + "Literal": frozenset(),
    RDF + "XMLLiteral": frozenset(),
    XSD + "boolean": frozenset(),
    XSD + "anyURI": _LENGTHS | {"pattern"},
    **dict.fromkeys(_NUMBERS | _TIMES, _BOUNDS),
    **dict.fromkeys(_BINARY, _LENGTHS),
    **dict.fromkeys(_TEXTS, _LENGTHS | {"pattern"}),
    RDF + "PlainLiteral": _LENGTHS | {"pattern", RDF + "langRange"},
}


class Breach(NamedTuple):
    """Something that OWL 2 DL does not allow: which rule it breaks, about what, and in what it stands.

    ``word`` is a name that stands beside the subject where it is stated.
    """

    rule: str
    subject: str
    message: str
    stated: Axiom | Fact
    word: str = ""


def breaches(ontology: Ontology) -> Iterator[Breach]:
    """Everything in an ontology that is outside OWL 2 DL."""
    axioms = ontology.axioms
    for find in (_not_simple, _not_regular, _datatype_definitions, _facets):
        yield from find(axioms)
    yield from _top_data_property(axioms, ontology.facts)
    yield from _datatypes(axioms, ontology.facts)
    yield from _anonymous(axioms, ontology.facts)


def expressions(axiom: Axiom) -> Iterator[Expression]:
    """Every expression of an axiom, with those inside it."""
    queue: list[object] = list(axiom.args)
    while queue:
        part = queue.pop()
        if isinstance(part, Expression):
            yield part
            queue.extend(part.args)
        elif isinstance(part, tuple):
            queue.extend(part)


# --- properties -------------------------------------------------------------------------------------------------------


def _not_simple(axioms: list[Axiom]) -> Iterator[Breach]:
    hierarchy = PropertyHierarchy(axioms)
    for axiom in axioms:
        for prop, what, word in _needing_simple(axiom):
            if why := hierarchy.why_composite(prop):
                name = str(prop.args[0]) if isinstance(prop, Expression) else str(prop)
                yield Breach("simple", name, f"{name} {what}, but is not simple: {why}", axiom, word)


def _needing_simple(axiom: Axiom) -> Iterator[tuple[object, str, str]]:
    if axiom.kind in _SIMPLE_AXIOMS:
        for prop in axiom.args:
            yield prop, _SIMPLE_AXIOMS[axiom.kind], _WRITTEN.get(axiom.kind, axiom.kind)
    for expression in expressions(axiom):
        if expression.constructor in _SIMPLE_EXPRESSIONS:
            place, what = _SIMPLE_EXPRESSIONS[expression.constructor]
            yield expression.args[place], what, "onProperty"


def _not_regular(axioms: list[Axiom]) -> Iterator[Breach]:
    for axiom, way in PropertyHierarchy(axioms).cycles():
        name = way[0]
        text = f"a chain implies {name}, which itself is needed for a link of that chain: {' below '.join(way)}"
        yield Breach("regular", name, text, axiom, "propertyChainAxiom")


def _top_data_property(axioms: list[Axiom], facts: list[Fact]) -> Iterator[Breach]:
    text = "the property of all data values may only stand above another property"
    for axiom in axioms:
        below = axiom.args[:1] if axiom.kind == "SubPropertyOf" else axiom.args
        if _TOP_DATA in _names(below):
            yield Breach("top", _TOP_DATA, text, axiom)
    for fact in facts:
        if fact.predicate == _TOP_DATA:
            yield Breach("top", fact.subject, f"{text}: {fact}", fact, _TOP_DATA)


def _names(args: Iterable[object]) -> Iterator[str]:
    for arg in args:
        if isinstance(arg, str):
            yield arg
        elif isinstance(arg, Expression):
            yield from _names(arg.args)
        elif isinstance(arg, tuple):
            yield from _names(arg)


# --- datatypes --------------------------------------------------------------------------------------------------------


def _definitions(axioms: list[Axiom]) -> dict[str, list[Axiom]]:
    found: dict[str, list[Axiom]] = {}
    for axiom in axioms:
        if axiom.kind == "DatatypeDefinition":
            found.setdefault(str(axiom.args[0]), []).append(axiom)
    return found


def _datatype_definitions(axioms: list[Axiom]) -> Iterator[Breach]:
    """Definitions that run in a circle, and datatypes that are defined twice or that OWL defines itself."""
    defined = _definitions(axioms)
    for name, stated in defined.items():
        if name in DATATYPE_MAP:
            yield Breach(
                "definition", name, f"{name} is defined by OWL itself, and here again", stated[0], "equivalentClass"
            )
        if len(stated) > 1:
            yield Breach(
                "definition", name, f"the datatype {name} has {len(stated)} definitions", stated[1], "equivalentClass"
            )
    needs = {name: [n for axiom in stated for n in _needed(axiom) if n in defined] for name, stated in defined.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        text = f"the definitions of datatypes run in a circle: {' needs '.join([*circle, circle[0]])}"
        yield Breach("definition", circle[0], text, defined[circle[0]][0], "equivalentClass")


def _needed(definition: Axiom) -> Iterator[str]:
    """The datatypes that a definition rests on."""
    yield from _ranges(definition.args[1])
    yield from (literal.datatype for literal in _literals(definition.args))


def _datatypes(axioms: list[Axiom], facts: list[Fact]) -> Iterator[Breach]:
    """Datatypes that OWL 2 does not know, each once: a literal needs one of its own, a range may have a defined one."""
    defined = _definitions(axioms)
    told: set[str] = set()

    def unknown(name: str, known: Callable[[str], bool], stated: Axiom | Fact, subject: str) -> Iterator[Breach]:
        if name not in told and not known(name):
            told.add(name)
            kind = "is defined, and so no literal can have it" if name in defined else "is none of OWL 2"
            text = f"the datatype {name} {kind}{'' if name in defined else ', and no axiom defines it'}"
            yield Breach("datatype", subject, text, stated, name)

    for fact in facts:
        if isinstance(fact.object, Literal):
            yield from unknown(fact.object.datatype, DATATYPE_MAP.__contains__, fact, fact.subject)
    for axiom in axioms:
        subject = next(_names(axiom.args), "")
        for name in _datatypes_of(axiom):
            yield from unknown(name, lambda n: n in DATATYPE_MAP or n in defined, axiom, subject)
        for literal in _literals(axiom.args):
            yield from unknown(literal.datatype, DATATYPE_MAP.__contains__, axiom, subject)


#: Where a data range stands among the parts of an expression over a data property.
_RANGE_AT = {"dataSomeValuesFrom": 1, "dataAllValuesFrom": 1, **dict.fromkeys(
    ("dataMinCardinality", "dataMaxCardinality", "dataCardinality"), 2)}  # fmt: skip


def _datatypes_of(axiom: Axiom) -> Iterator[str]:
    """The names of the datatypes in an axiom."""
    if axiom.kind in ("DataRange", "DatatypeDefinition"):
        yield from _ranges(axiom.args[1])
    for expression in expressions(axiom):
        place = _RANGE_AT.get(expression.constructor)
        if place is not None and place < len(expression.args):
            yield from _ranges(expression.args[place])


def _ranges(part: object) -> Iterator[str]:
    """The names in a data range."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Expression):
        inside = part.args[:1] if part.constructor == "datatypeRestriction" else part.args
        for inner in inside:
            yield from _ranges(inner)


def _literals(args: Iterable[object]) -> Iterator[Literal]:
    for arg in args:
        if isinstance(arg, Literal):
            yield arg
        elif isinstance(arg, Expression | tuple):
            yield from _literals(arg.args if isinstance(arg, Expression) else arg)


def _facets(axioms: list[Axiom]) -> Iterator[Breach]:
    """Restrictions of a datatype by something that it does not have; what an axiom defines has nothing of the kind."""
    known = {**dict.fromkeys(_definitions(axioms), frozenset[str]()), **DATATYPE_MAP}
    for axiom in axioms:
        subject = next(_names(axiom.args), "")
        for expression in expressions(axiom):
            if expression.constructor != "datatypeRestriction":
                continue
            base, allowed = str(expression.args[0]), known.get(str(expression.args[0]))
            for facet in map(str, expression.args[1::2]):
                if allowed is not None and facet not in allowed:
                    text = f"the datatype {base} cannot be restricted by {facet}"
                    yield Breach("facet", subject, text, axiom, facet)


# --- anonymous individuals --------------------------------------------------------------------------------------------


def _anonymous(axioms: list[Axiom], facts: list[Fact]) -> Iterator[Breach]:
    """Individuals without a name where OWL 2 DL asks for a name, and those that are joined in a circle."""
    for axiom in axioms:
        if axiom.kind == "NegativePropertyAssertion" and (found := _nameless(axiom.args[1:])):
            yield Breach("name", found[0], f"an individual without a name stands in a {axiom.kind}", axiom)
        for expression in expressions(axiom):
            if expression.constructor in ("oneOf", "hasValue") and (found := _nameless(expression.args)):
                text = f"an individual without a name stands in a class expression ({expression.constructor})"
                yield Breach("nameless", found[0], text, axiom)
    trees = _Trees()
    for fact in facts:
        nameless = _nameless((fact.subject, fact.object))
        if fact.predicate in (SAME, DIFFERENT) and nameless:
            yield Breach("name", nameless[0], f"an individual without a name stands in {fact.predicate}", fact)
        elif len(nameless) == 2 and not trees.join(*nameless):
            text = f"individuals without names are joined in a circle, or twice: {fact}"
            yield Breach("nameless", nameless[0], text, fact)


def _nameless(args: Iterable[object]) -> list[str]:
    return [arg for arg in args if isinstance(arg, str) and arg.startswith(ANONYMOUS)]


class _Trees:
    """A forest in the making: which things hang together."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, one: str, other: str) -> bool:
        """Join two things; False where they hang together already."""
        first, second = self._root(one), self._root(other)
        self._parent[first] = second
        return first != second

    def _root(self, name: str) -> str:
        while (above := self._parent.get(name, name)) != name:
            self._parent[name] = name = self._parent.get(above, above)
        return name
