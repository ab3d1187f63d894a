"""IRIs as they are written: prefixed where every tool reads that back, else in full; illegal ones are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reasoner.errors import WritingError
from reasoner.model.iris import BAD_IRI, DC, DCTERMS, OBO_IN_OWL, OWL, RDF, RDFS, SKOS, SWRL, SWRLB
from reasoner.model.names import NAMESPACE
from reasoner.model.term import XSD

#: Prefixes of the project's files, in the order in which they are written.
PREFIXES = {
    "": NAMESPACE,
    "dc": DC,
    "dcterms": DCTERMS,
    "oboInOwl": OBO_IN_OWL,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "swrl": SWRL,
    "swrlb": SWRLB,
    "xsd": XSD,
}
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SPLIT = re.compile(r"(.*?)([A-Za-z_][A-Za-z0-9_.-]*)\Z", re.DOTALL)


def checked(iri: str) -> str:
    """The IRI itself; raises :class:`WritingError` (E601) for one that would empty or break the file elsewhere."""
    if BAD_IRI.search(iri) or ":" not in iri:
        raise WritingError(
            f"illegal IRI: {iri!r}",
            code="E601",
            hint="no spaces, { } | ^ ` < >, no bare %, one # at most, and a scheme: rename the term",
        )
    return iri


class PrefixedNames:
    """Prefixed names of one file; remembers which prefixes it needed."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._known: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        """``:CXCR4``, ``owl:Class``, or ``<…>`` in full.

        >>> PrefixedNames()("http://www.w3.org/2002/07/owl#Class"), PrefixedNames()("http://example.org/a:b")
        ('owl:Class', '<http://example.org/a:b>')
        """
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._written(checked(iri))
        return known

    def _written(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = _NAMESPACES.get(iri[:cut])
        if prefix is None or not _PLAIN.fullmatch(iri[cut:]):
            return f"<{iri}>"
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}"

    def prefixes(self) -> list[tuple[str, str]]:
        """The prefixes that were used, with their namespaces, in a fixed order."""
        return [(prefix, namespace) for prefix, namespace in PREFIXES.items() if prefix in self.used]


def element_names(iris: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """XML namespaces by prefix, and the qualified name of each IRI that is an element.

    Raises :class:`WritingError` (E602) for an IRI that ends in nothing that can name an element.
    """
    parts: dict[str, tuple[str, str]] = {}
    for iri in sorted(set(iris)):
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        known = _NAMESPACES.get(iri[:cut]) is not None and _PLAIN.fullmatch(iri[cut:])
        match = None if known else _SPLIT.match(checked(iri))
        if not known and (match is None or not match.group(1)):
            raise WritingError(
                f"{iri} cannot be written as an element of RDF/XML: its name must end in a letter-first word",
                code="E602",
                hint="rename the property, or write Turtle",
            )
        parts[iri] = (iri[:cut], iri[cut:]) if match is None else (match.group(1), match.group(2))
    foreign = sorted({namespace for namespace, _ in parts.values()} - _NAMESPACES.keys())
    prefixes = {**_NAMESPACES, **{namespace: f"ns{number}" for number, namespace in enumerate(foreign, 1)}}
    names = {iri: f"{prefixes[ns]}:{name}" if prefixes[ns] else name for iri, (ns, name) in parts.items()}
    used = {namespace for namespace, _ in parts.values()}
    return {prefixes[namespace]: namespace for namespace in sorted(used)}, names
