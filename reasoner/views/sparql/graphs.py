"""The IRIs of the named graphs and of what stands in them, and the prefixes that every query may use.

======================================  ==============================================================================
``…/graph/asserted``                    what the files state, triple by triple
``…/graph/inferred``                    what follows by axioms and rules, the minted activities, and what is there
                                        (``presentIn``, ``suppliedBy``, ``readFor``, ``absentIn``); never asserted
``…/graph/evidence``                    each annotated fact as an ``rdf:Statement`` with the claims for and against it
``…/graph/derivations``                 PROV-O: which rule concluded a fact, from which facts
``…/graph/supposed``                    what one question assumes beside the files; not there without an assumption
``…/graph/scenario/<slug>``             the state and the outcomes of one evaluated scenario
======================================  ==============================================================================

The default graph is asserted, inferred and supposed together.  ``…`` is ``https://w3id.org/dislodge``.  That members of
an ``owl:AllDifferent`` differ is put before a query only where it can match it, and only about what the query names
wherever each pattern that can match it names its subject or object; such differences have no derivations there.  Nor
has what is there: it is what statements and denials come to in a scope (:mod:`reasoner.mechanism.presence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

from reasoner.model.atom import Fact
from reasoner.model.names import NAMESPACE
from reasoner.model.term import XSD, Literal

ROOT = "https://w3id.org/dislodge/"
GRAPH = ROOT + "graph/"
ASSERTED, INFERRED, EVIDENCE, DERIVATIONS = (
    GRAPH + name for name in ("asserted", "inferred", "evidence", "derivations")
)
SUPPOSED = GRAPH + "supposed"
SCENARIO_GRAPH, SCENARIO = GRAPH + "scenario/", ROOT + "scenario/"
STATEMENT, DERIVATION, RULE = ROOT + "statement/", ROOT + "derivation/", ROOT + "rule/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PROV = "http://www.w3.org/ns/prov#"

#: Ready in every query; a query may declare them otherwise.
PREFIXES = {
    "": NAMESPACE,
    "dislodge": NAMESPACE,
    "graph": GRAPH,
    "scenario": SCENARIO,
    "rule": RULE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
    "prov": PROV,
}

#: What each fixed graph holds, for lists and descriptions.
MEANING = {
    ASSERTED: "what the files state",
    INFERRED: "what follows by axioms and rules",
    EVIDENCE: "claims for and against each fact",
    DERIVATIONS: "which rule concluded each inferred fact, from which facts",
}


@lru_cache(maxsize=16384)
def part(text: str) -> str:
    """A text as one segment of an IRI.

    >>> part("CML LSC"), part("plerixafor+imatinib")
    ('CML%20LSC', 'plerixafor+imatinib')
    """
    return quote(text, safe="+-_.~()")


def statement_iri(fact: Fact) -> str:
    """The IRI of the statement of a fact, readable where its names are.

    >>> statement_iri(Fact("retains", "RP06", "CML_LSC"))
    'https://w3id.org/dislodge/statement/RP06/retains/CML_LSC'
    """
    value = "" if fact.object is None else f"/{part(_written(fact.object))}"
    return f"{STATEMENT}{part(fact.subject)}/{part(fact.predicate)}{value}"


def _written(value: str | Literal) -> str:
    if isinstance(value, str):
        return value
    kind = f"@{value.language}" if value.language else f"^^{value.datatype.removeprefix(XSD)}"
    return f'"{value.lexical}"{kind}'


def scenario_slug(
    cell: str,
    disease: str | None,
    states: Iterable[str],
    background: Iterable[str],
    steps: Sequence[Iterable[str]],
) -> str:
    """The name of a scenario inside IRIs: cell, disease, states, background, then the steps of the regimen.

    >>> scenario_slug("CML_LSC", "CML", ["T315I"], [], [["imatinib"], ["plerixafor", "imatinib"]])
    'CML_LSC.CML.T315I.imatinib.then.imatinib+plerixafor'
    >>> scenario_slug("HSC", None, [], ["imatinib"], [[]])
    'HSC.normal.with.imatinib.untreated'
    """
    given = [word for step in steps for word in ("then", "+".join(sorted(step)) or "untreated")][1:]
    before = ["with", "+".join(sorted(background))] if background else []
    return ".".join(map(part, (cell, disease or "normal", *sorted(states), *before, *given)))


def shortened(iri: str) -> str:
    """An IRI as people read it: a local name of the project, a prefixed name, else the IRI itself.

    >>> shortened(NAMESPACE + "CXCR4"), shortened(RDFS + "label"), shortened(GRAPH + "asserted")
    ('CXCR4', 'rdfs:label', 'graph:asserted')
    """
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if prefix and iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return iri[length:] if prefix == "dislodge" else f"{prefix}:{iri[length:]}"
