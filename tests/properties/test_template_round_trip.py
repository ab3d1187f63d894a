"""Tables: what was exported changes no byte, and the table of one ontology turns another into it, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.curating.asserted import Asserted, remark
from reasoner.curating.tables.kinds import KINDS
from reasoner.curating.template_export import export_table
from reasoner.curating.template_import import edited
from reasoner.errors import WritingError
from reasoner.model.iris import OBO_IN_OWL, OWL, RDFS, SKOS, TYPE
from reasoner.model.names import iri
from reasoner.model.template import TEXT, TemplateColumn
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Triple
from reasoner.reading.owl.ontology import joined
from reasoner.reading.rdf.ontology_files import OntologyFile, read_ontology_files
from reasoner.reading.rdf.triples import parse_triples
from reasoner.reading.tables.template import parse_template
from reasoner.resources import shipped
from reasoner.writing.template import template_text
from reasoner.writing.turtle import turtle

SUBJECTS = ("obs-1", "obs_2", "Obs3")
CLAIMS = tuple(f"CL-{number}" for number in range(4))
THINGS = ("thingA", "thingB", "thing-C")
PLAIN, PARTIAL = iri("aboutThing"), iri("partial")
TEXTS = (RDFS + "label", SKOS + "altLabel", RDFS + "comment", OBO_IN_OWL + "hasDbXref", RDFS + "seeAlso")

any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=9)
marks = st.text(st.sampled_from("|;¦§ab \t\"'\\^>@=\n"), max_size=9)


def literals(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Literal]:
    return st.one_of(
        texts.map(Literal),
        texts.map(lambda text: Literal(text, language="en")),
        texts.map(lambda text: Literal(text, language="pt-br")),
        st.integers(-9, 9).map(lambda number: Literal(str(number), XSD + "integer")),
    )


def kept(text: str) -> str:
    """The text, or another where no cell keeps it."""
    return text if TemplateColumn("", TEXT, iri("p")).covers(Literal(text)) else f"x{len(text)}"


def ontologies(texts: st.SearchStrategy[Literal]) -> st.SearchStrategy[list[Triple]]:
    """Observations with texts, facts, and claims and comments beside each fact."""
    notes = st.tuples(
        st.sets(st.sampled_from(CLAIMS), min_size=1), st.sets(st.sampled_from(CLAIMS)), st.sets(texts, max_size=1)
    )
    facts = st.dictionaries(st.sampled_from(THINGS), notes, max_size=3)
    truth = st.sets(st.sampled_from([Literal("true", XSD + "boolean"), Literal("false", XSD + "boolean")]), max_size=1)
    one = st.tuples(
        st.sampled_from(("efficacy", "awakening")),
        notes,
        facts,
        truth,
        st.lists(st.tuples(st.sampled_from(TEXTS), texts), max_size=4),
    )
    return st.tuples(*(one for _ in SUBJECTS)).map(_triples)


def _triples(drawn: tuple[tuple, ...], names: tuple[str, ...] = SUBJECTS) -> list[Triple]:
    found: list[Triple] = []
    for name, (outcome, notes, facts, truth, texts) in zip(names, drawn, strict=True):
        subject = iri(name)
        found += [(subject, TYPE, OWL + "NamedIndividual"), (subject, TYPE, iri("Observation"))]
        found += [(subject, prop, value) for prop, value in texts]
        found += [(subject, PARTIAL, value) for value in truth]
        for prop, thing, beside in [(iri("hasOutcome"), outcome, notes), *((PLAIN, t, n) for t, n in facts.items())]:
            found.append((subject, prop, iri(thing)))
            found += _beside((subject, prop, iri(thing)), f"_:{name}{len(found)}", *beside)
    found += [(iri(name), TYPE, iri("Evidence")) for name in CLAIMS]
    return found + [(iri(name), TYPE, iri("Site")) for name in THINGS]


def _beside(statement: Triple, node: str, good: set[str], bad: set[str], comments: set[Literal]) -> list[Triple]:
    notes = [(node, iri("supportedBy"), iri(claim)) for claim in good]
    notes += [(node, iri("opposedBy"), iri(claim)) for claim in bad]
    return [*remark(node, statement), *notes, *((node, RDFS + "comment", text) for text in comments)]


@cache
def modules() -> tuple[OntologyFile, ...]:
    return tuple(read_ontology_files(sorted(shipped("ontology").glob("modules/*.ttl"))))


def loaded(text: str) -> list[OntologyFile]:
    data = text.encode("utf-8")
    return [*modules(), OntologyFile(Path("facts.ttl"), data, parse_triples(data, "facts.ttl", blank="facts."))]


def table_of(text: str) -> str | None:
    """The table of the observations; None where no mark is left to stand between values."""
    found = loaded(text)
    try:
        return template_text(export_table(joined(found), Asserted(found), KINDS["observation"])[0])
    except WritingError:
        return None


def after(text: str, table: str) -> str:
    """The facts after the import of a table."""
    found = loaded(text)
    texts, _ = edited(found, [parse_template(table.encode("utf-8"), "table.tsv")], None)
    return texts.get(len(found) - 1, text)


quick: Callable[..., Callable[..., None]] = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@quick
@given(ontologies(literals(st.one_of(any_text, marks))))
def test_what_was_exported_changes_no_byte(triples: list[Triple]) -> None:
    text = turtle(triples)
    table = table_of(text)
    if table is not None:
        assert after(text, table) == text


@quick
@given(*2 * [ontologies(literals(st.one_of(any_text, marks).map(kept)))])
def test_the_table_of_one_ontology_turns_another_into_it(first: list[Triple], second: list[Triple]) -> None:
    old, new = turtle(full() + first), turtle(full() + second)
    table = table_of(new)
    if table is not None:
        assert after(old, table) == new


def full() -> list[Triple]:
    """An observation with every property in every form, so that every table has every column."""
    forms = [Literal("a"), Literal("a", language="en"), Literal("a", language="pt-br"), Literal("1", XSD + "integer")]
    notes = (set(CLAIMS[:1]), set(CLAIMS[1:2]), set(forms))
    texts = [(prop, form) for prop in TEXTS for form in forms]
    drawn = ("efficacy", notes, {THINGS[0]: notes}, {Literal("true", XSD + "boolean")}, texts)
    return _triples((drawn,), ("full",))
