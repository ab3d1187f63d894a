"""An ontology as text in any of the syntaxes that are written."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.errors import WritingError
from reasoner.model.triple import Triple

#: Syntaxes by the usual ending of their files: RDF/XML, Turtle, functional syntax, OWL/XML, N-Triples.
FORMS = ("owl", "ttl", "ofn", "owx", "nt")
#: How other tools call them.
_OTHER_NAMES = {"rdf": "owl", "xml": "owl", "rdfxml": "owl", "turtle": "ttl", "functional": "ofn", "fss": "ofn",
                "owlxml": "owx", "ntriples": "nt"}  # fmt: skip


def ontology_text(triples: Iterable[Triple], form: str) -> str:
    """The triples as text, the same bytes for the same triples.

    Raises :class:`~reasoner.errors.WritingError` for what the syntax cannot hold, and for a syntax
    that is not known (E605).
    """
    match _OTHER_NAMES.get(form, form):
        case "ttl":
            from reasoner.writing.turtle import turtle

            return turtle(triples)
        case "owl":
            from reasoner.writing.rdf_xml import rdf_xml

            return rdf_xml(triples)
        case "nt":
            from reasoner.writing.n_triples import n_triples

            return n_triples(triples)
        case "ofn":
            from reasoner.writing.functional import functional

            return functional(triples)
        case "owx":
            from reasoner.writing.owl_xml import owl_xml

            return owl_xml(triples)
    raise WritingError(f"no syntax is called {form!r}", code="E605", hint=f"one of {', '.join(FORMS)}")
