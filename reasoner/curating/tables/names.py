"""What the names in the cells of a table mean: things of the ontology, and things that the tables themselves add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reasoner.asking.names import NameIndex, article, spaced
from reasoner.errors import OntologyError
from reasoner.model.iris import BAD_IRI, BUILT_IN_ANNOTATIONS, RDFS
from reasoner.model.names import NAMESPACE, did_you_mean, fold, iri, local, nearest
from reasoner.model.ontology import Ontology
from reasoner.model.slips import meant
from reasoner.model.template import curie, expanded
from reasoner.model.term import Literal

_SHOWN = 8


class KnownNames:
    """Individuals with their classes, by id, label, synonym and identifier; ``added`` are those of the tables."""

    def __init__(self, ontology: Ontology, added: Mapping[str, Iterable[str]], labels: Mapping[str, str]) -> None:
        self.vocabulary = ontology.vocabulary
        self._types: dict[str, set[str]] = defaultdict(set)
        for fact in ontology.facts:
            if fact.object is None:
                self._types[fact.subject].update(self.above(fact.predicate))
        texts: dict[str, list[tuple[str, Literal]]] = dict(ontology.texts)
        for name, classes in added.items():
            for cls in classes:
                self._types[name].update(self.above(cls))
            texts[name] = [*texts.get(name, ()), (RDFS + "label", Literal(labels.get(name, name)))]
        self._annotations = _annotations(ontology)
        self.individuals = dict.fromkeys([*ontology.vocabulary.individuals, *added])
        self._index = NameIndex(self.individuals, texts)

    def above(self, cls: str) -> frozenset[str]:
        """A class and all that are broader."""
        return self.vocabulary.above(cls)

    def types(self, name: str) -> set[str]:
        """The classes of an individual, broader ones included."""
        return self._types.get(name, set())

    def individual(self, text: str, classes: frozenset[str] = frozenset(), never: frozenset[str] = frozenset()) -> str:
        """The id of the individual of ``classes`` (none: of any) and not of ``never`` that a cell names.

        Raises :class:`OntologyError`: E320 unknown, E321 ambiguous, E322 of another kind.
        """
        whole = expanded(text)
        name = local(whole) if whole else text
        found = [name] if name in self.individuals else []
        if not found and (not whole or whole.startswith(NAMESPACE)):
            found = self._index.find(text if not whole else name)
        fitting = [other for other in found if self._fits(other, classes, never)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise OntologyError(
                f"{text!r} names several things: {', '.join(sorted(fitting)[:_SHOWN])}",
                code="E321",
                hint="use one of these ids",
            )
        if found:
            raise self._wrong_kind(text, found[0], classes, never)
        wanted = _words(classes) or "entry"
        raise OntologyError(f"no {wanted} is called {text!r}", code="E320", hint=self._hint(name, classes, never))

    def declared(self, text: str, kind: str) -> str:
        """The IRI of the class or property that ``text`` names; raises :class:`OntologyError` (E320)."""
        found = expanded(text) or iri(text)
        known = {
            "class": self.vocabulary.classes,
            "property": self.vocabulary.object_properties | self.vocabulary.data_properties,
            "annotation property": self._annotations,
        }[kind]
        if local(found) in known:
            return found
        folded = [name for name in known if fold(name) == fold(text)]
        if kind == "class" and len(folded) == 1:
            return iri(folded[0])
        close = nearest(curie(found), sorted(curie(iri(name)) for name in known))
        hint = did_you_mean(close, "see the ontology's modules for what there is")
        raise OntologyError(f"no {kind} is called {curie(text)!r}", code="E320", hint=hint)

    def new_id(self, text: str) -> str:
        """The id that a row gives to its individual; raises :class:`OntologyError` (E320) for one that cannot be."""
        found = expanded(text) or (iri(text) if ":" not in text else "")
        if not found or BAD_IRI.search(found) or found in (NAMESPACE,):
            raise OntologyError(
                f"{text!r} cannot be an id",
                code="E329",
                hint="letters, digits, _ and -, such as dislodge:LR99_MSC, or a whole IRI",
            )
        name = local(found)
        if name in self.individuals:
            return name
        if (
            name in self.vocabulary.classes
            or name in self.vocabulary.object_properties | self.vocabulary.data_properties
        ):
            raise OntologyError(f"{text!r} is a term of the vocabulary", code="E329", hint="choose another id")
        alike = [other for other in self._index.ids.get(fold(name), []) if other != name]
        if alike:
            raise OntologyError(
                f"{text!r} is {alike[0]} but for its spelling",
                code="E329",
                hint=f"write {alike[0]}, or choose another id",
            )
        return name

    def _fits(self, name: str, classes: frozenset[str], never: frozenset[str]) -> bool:
        types = self.types(name)
        return (not classes or not classes.isdisjoint(types)) and never.isdisjoint(types)

    def _wrong_kind(self, text: str, name: str, classes: frozenset[str], never: frozenset[str]) -> OntologyError:
        own = sorted(self.types(name), key=lambda cls: -len(self.above(cls)))
        called = name if local(expanded(text) or text) == name else f"{text!r} ({name})"
        what = f"is no {_words(classes)}" if never.isdisjoint(self.types(name)) else "does not fit here"
        return OntologyError(
            f"{called} {what}: it is {article(own[0]) if own else 'of no class'}",
            code="E322",
            hint=self._hint(name, classes, never),
        )

    def _hint(self, text: str, classes: frozenset[str], never: frozenset[str]) -> str:
        spellings: dict[str, str] = {}
        fitting = [name for name in self.individuals if self._fits(name, classes, never)]
        for name in fitting:
            spellings.setdefault(name, name)
            for spelling in self._index.shown.get(name, ()):
                spellings.setdefault(spelling, name)
        close = meant(text, spellings, {name for name in fitting if "Therapy" in self.types(name)})
        otherwise = "use a name of the ontology, or add a row for it"
        if len(fitting) <= _SHOWN:
            otherwise = f"one of {', '.join(sorted(fitting))}" if fitting else f"there is no {_words(classes)} yet"
        return did_you_mean(close, otherwise)


def _annotations(ontology: Ontology) -> frozenset[str]:
    """The annotation properties that are declared, built in, or in use."""
    beside = [*ontology.axiom_annotations.values(), *ontology.statement_annotations.values()]
    used = {prop for notes in beside for prop, _ in notes} | {
        prop for texts in ontology.texts.values() for prop, _ in texts
    }
    return ontology.vocabulary.annotation_properties | BUILT_IN_ANNOTATIONS | used


def data_ranges(ontology: Ontology) -> dict[str, str]:
    """The datatype of each data property that has one, as an IRI."""
    found = (axiom.args for axiom in ontology.axioms if axiom.kind == "DataRange")
    return {prop: range_ for prop, range_, *_ in found if isinstance(prop, str) and isinstance(range_, str)}


def _words(classes: Iterable[str]) -> str:
    return " or ".join(sorted(spaced(cls) for cls in classes))
