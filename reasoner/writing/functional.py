"""OWL functional syntax: one axiom a line, sorted."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.model.structure import Form, FormPart, OntologyForm
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Triple, is_blank
from reasoner.writing.prefixed_names import PrefixedNames, checked
from reasoner.writing.structural import structural


def functional(triples: Iterable[Triple]) -> str:
    """The triples in functional syntax; raises :class:`~reasoner.errors.WritingError` for what OWL 2 cannot say."""
    ontology, writer = structural(triples), _Writer()
    axioms = writer.axioms(ontology)
    header = [f"<{checked(iri)}>" for iri in (ontology.iri, ontology.version) if iri]
    body = [f"Import(<{checked(iri)}>)" for iri in sorted(ontology.imports)]
    body += sorted(map(writer.text, ontology.annotations))
    prefixes = [f"Prefix({prefix}:=<{namespace}>)" for prefix, namespace in writer.names.prefixes()]
    return "\n".join([*prefixes, "", f"Ontology({' '.join(header)}", *body, "", *axioms, ")", ""])


class _Writer:
    def __init__(self) -> None:
        self.names = PrefixedNames()

    def axioms(self, ontology: OntologyForm) -> list[str]:
        return [text for _, text in sorted({(axiom_rank(axiom), self.text(axiom)) for axiom in ontology.axioms})]

    def text(self, part: FormPart) -> str:
        if isinstance(part, Form):
            if part.head == "FacetRestriction":
                return " ".join(map(self.text, part.parts))
            return f"{part.head}({' '.join(map(self.text, part.parts))})"
        if isinstance(part, Literal):
            return self._literal(part)
        if isinstance(part, int):
            return str(part)
        return part if is_blank(part) else self.names(part)

    def _literal(self, literal: Literal) -> str:
        text = '"' + literal.lexical.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if literal.language:
            return f"{text}@{literal.language}"
        return text if literal.datatype == XSD + "string" else f"{text}^^{self.names(literal.datatype)}"


def axiom_rank(axiom: Form) -> int:
    """Where a kind of axiom stands: declarations, axioms, facts, rules."""
    ranks = {"Declaration": 0, "AnnotationAssertion": 2, "ClassAssertion": 3, "DLSafeRule": 5}
    return ranks.get(axiom.head, 4 if "Assertion" in axiom.head or "Individual" in axiom.head else 1)
