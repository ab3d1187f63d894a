"""The knowledge base as files for Protégé: what was asserted, and apart from it what follows.

The asserted file joins all modules and facts under one ontology IRI and holds the rules as SWRL.  Rules make no
individuals, so the activities and mechanisms that are minted before they run are written too, each marked ``minted``.
Conclusions go to an ontology of their own that imports the asserted one: the two never mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.course import course
from reasoner.asking.requests import ScenarioRequest
from reasoner.curating.asserted import remark
from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.axiom import THING
from reasoner.model.iris import OWL, RDFS, TYPE
from reasoner.model.names import NAMESPACE, iri
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Triple, Value
from reasoner.reading.rdf.ontology_files import read_again
from reasoner.reading.rdf.triples import parse_triples
from reasoner.writing.facts import declared, fact_triple, fact_triples
from reasoner.writing.swrl import declarations, rule_triples

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

ROOT = NAMESPACE.removesuffix("#")
MINTED = NAMESPACE + "minted"
INFERRED_BY = NAMESPACE + "inferredBy"
_ABOUT_SCENARIOS = (
    "What OWL and SWRL cannot say is added by the scenario evaluation of dislodge: a disease, its states and a regimen "
    "are read as a logic program over the mechanism graph under the well-founded semantics, the one place where the "
    "world is closed. It states onIn, offIn, reboundsIn, breaksRoute, narrowsRoute, opensRoute, reboundsRoute, "
    "leavesOpen, touchesFunction, effectiveKiller and inForce of a scenario, from which the rules R-OUT and R-HAZ "
    "conclude. Those rules stay silent in this file; dislodge export --scenario writes the facts on which they fire. "
    "Individuals marked minted were made before the rules ran, because rules make no individuals; they are made again "
    "from their roles and need no upkeep."
)
_ABOUT_INFERRED = (
    "What follows from the imported ontology by its axioms and rules. Nothing in it was stated by a curator."
)


def asserted(reasoned: Reasoned) -> list[Triple]:
    """The whole ontology under one IRI, with rules and minted individuals, from the files that it was read from.

    Raises :class:`~reasoner.errors.ReadingError` where one of them has changed meanwhile (E123) or is gone.
    """
    vocabulary = reasoned.base.ontology.vocabulary
    return [
        *_merged(reasoned),
        (_root(reasoned), RDFS + "comment", Literal(_ABOUT_SCENARIOS, language="en")),
        *(declarations() if reasoned.base.rules else ()),
        *rule_triples(reasoned.base.rules, vocabulary.data_properties),
        *_minted(reasoned),
    ]


def inferred(reasoned: Reasoned) -> list[Triple]:
    """Every conclusion, annotated with the rule that drew it, in an ontology that imports the asserted one.

    What only spells out an ``owl:AllDifferent``, or links of ``owl:sameAs``, pair by pair is left to the reader.
    """
    facts = [
        fact
        for fact in reasoned.closure.singles
        if not reasoned.closure.is_asserted(fact) and _is_worth(reasoned, fact)
    ]
    return _apart(reasoned, "inferred", facts, _ABOUT_INFERRED, _by_rule(reasoned, facts))


def of_scenario(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest) -> list[Triple]:
    """The closed facts of a scenario and what the outcome rules conclude from them, in an ontology of their own."""
    with course(reasoned, request, agents) as taken:
        assessment = taken.assessment()
        closed = assessment.closed_facts()
        with assessment.concluded() as closure:
            known = set(closed)
            names = {fact.subject for fact in closed if fact.predicate == "Scenario"}
            facts = [f for f in closure.singles if f not in known and _names(f) & names and not closure.is_asserted(f)]
        words = _in_words(reasoned, assessment.scenario.regimen, assessment.scenario.background, request)
        more: list[Triple] = []
        for name in sorted(names):
            more += [
                *declared([name]),
                (iri(name), RDFS + "label", Literal(_scenario_label(reasoned, name, words), language="en")),
            ]
        return _apart(
            reasoned,
            "scenario",
            [*closed, *filter(lambda f: _is_worth(reasoned, f), facts)],
            f"The state of the scenario {words}, and what follows from it.",
            more,
        )


def _names(fact: Fact) -> set[str]:
    return {fact.subject, str(fact.object)}


def _in_words(reasoned: Reasoned, regimen: Iterable[str], background: Iterable[str], request: ScenarioRequest) -> str:
    place = ",".join(filter(None, (request.disease, *request.states)))
    given = " then ".join(filter(None, ("+".join(background), "+".join(regimen)))) or "no agent"
    return f"{f'{place}: ' if place else ''}{given} for {request.cell}"


def _scenario_label(reasoned: Reasoned, name: str, words: str) -> str:
    killer = name.removeprefix("scenario_with_").removesuffix("_in_place")
    return f"scenario {words}" + (f", with {reasoned.label(killer)} in place" if killer != name else "")


# --- the asserted file ------------------------------------------------------------------------------------------------


def _root(reasoned: Reasoned) -> str:
    return reasoned.base.ontology.header.iri or ROOT


def _merged(reasoned: Reasoned) -> list[Triple]:
    """The triples of all files; of the headers the first one's statements and the comments of the others."""
    found: dict[Triple, None] = {(_root(reasoned), TYPE, OWL + "Ontology"): None}
    for file, data, blank in read_again(reasoned.base.ontology):
        triples = parse_triples(data, file, blank=blank)
        headers = {s for s, p, o in triples if p == TYPE and o == OWL + "Ontology"}
        for subject, predicate, value in triples:
            if subject not in headers:
                found[subject, predicate, value] = None
            elif predicate == RDFS + "comment" or (
                subject == _root(reasoned) and predicate not in (TYPE, OWL + "imports")
            ):
                found[_root(reasoned), predicate, value] = None
    return list(found)


def _minted(reasoned: Reasoned) -> list[Triple]:
    """Minted individuals: typed, labelled, marked, their facts with the claims that they rest on."""
    minted = reasoned.minted
    found: list[Triple] = []
    if minted.names:
        found += [
            (MINTED, TYPE, OWL + "AnnotationProperty"),
            (MINTED, RDFS + "label", Literal("minted", language="en")),
        ]
    for name in sorted(minted.names):
        found += declared([name])
        found.append((iri(name), MINTED, Literal("true", XSD + "boolean")))
        found.append((iri(name), RDFS + "label", Literal(_minted_label(reasoned, name), language="en")))
    found += fact_triples(minted.facts)
    for number, fact in enumerate(minted.origins):
        support = reasoned.support(fact)
        notes: list[tuple[str, Value]] = [(NAMESPACE + "supportedBy", iri(c)) for c in support.supported]
        notes += [(NAMESPACE + "opposedBy", iri(c)) for c in support.opposed]
        found += _annotated(fact, notes, f"_:minted{number}") if notes else []
    return found


def _minted_label(reasoned: Reasoned, name: str) -> str:
    label = reasoned.label(name)
    if label != name:
        return label
    for prop, words in (("engages", "engagement of"), ("releases", "release of")):
        for target in reasoned.closure.objects(prop, name):
            return f"{words} {reasoned.label(str(target))}"
    return name.replace("_", " ")


# --- ontologies of conclusions ----------------------------------------------------------------------------------------


def _apart(reasoned: Reasoned, name: str, facts: Sequence[Fact], comment: str, more: Iterable[Triple]) -> list[Triple]:
    """An ontology that imports the asserted one, and declares what it uses so that it can be read on its own."""
    own = f"{_root(reasoned)}/{name}"
    return [
        (own, TYPE, OWL + "Ontology"),
        (own, OWL + "imports", _root(reasoned)),
        (own, RDFS + "comment", Literal(comment, language="en")),
        (own, OWL + "versionInfo", Literal(f"{reasoned.base.version} {reasoned.base.sha256[:12]}")),
        *_used(reasoned, facts),
        *fact_triples(facts),
        *more,
    ]


def _used(reasoned: Reasoned, facts: Iterable[Fact]) -> list[Triple]:
    vocabulary = reasoned.base.ontology.vocabulary
    found: dict[Triple, None] = {}
    for fact in facts:
        kind = (
            "Class"
            if fact.object is None
            else "DatatypeProperty"
            if fact.predicate in vocabulary.data_properties
            else "ObjectProperty"
        )
        if fact.predicate not in (SAME, DIFFERENT):
            found[iri(fact.predicate), TYPE, OWL + kind] = None
    return list(found)


def _by_rule(reasoned: Reasoned, facts: Sequence[Fact]) -> list[Triple]:
    found: list[Triple] = [
        (INFERRED_BY, TYPE, OWL + "AnnotationProperty"),
        (INFERRED_BY, RDFS + "label", Literal("inferred by", language="en")),
    ]
    for number, fact in enumerate(facts):
        derivation = reasoned.closure.derivation(fact)
        if derivation is not None and derivation.rule is not None:
            found += _annotated(fact, [(INFERRED_BY, Literal(derivation.rule.id))], f"_:conclusion{number}")
    return found


def _annotated(fact: Fact, notes: Iterable[tuple[str, Value]], node: str) -> list[Triple]:
    return [*remark(node, fact_triple(fact)), *((node, prop, note) for prop, note in notes)]


def _is_worth(reasoned: Reasoned, fact: Fact) -> bool:
    """Whether a conclusion says something that OWL can hold: no membership in Thing, nothing equal to itself."""
    vocabulary = reasoned.base.ontology.vocabulary
    if fact.predicate in (SAME, DIFFERENT):
        return fact.subject != fact.object
    if fact.predicate == THING or (fact.object is None and fact.predicate not in vocabulary.classes):
        return False
    return fact.object is None or fact.predicate in vocabulary.object_properties | vocabulary.data_properties
