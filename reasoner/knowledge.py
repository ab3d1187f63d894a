"""The knowledge base: one ontology and its rules, read, joined, and never changed.

Reasoning over it is a floor higher (:mod:`reasoner.engine.reasoned`); here are only what was stated, and what stands
beside it: labels, evidence, version and content hash.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reasoner import __version__
from reasoner.errors import Faults, OntologyError, ReadingError
from reasoner.model.atom import Fact
from reasoner.model.names import NAMESPACE
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal
from reasoner.reading.ontology import Ontology, read_ontology
from reasoner.resources import shipped_ontology, shipped_rules

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SYNONYM = "http://www.w3.org/2004/02/skos/core#altLabel"
IDENTIFIER = "http://www.geneontology.org/formats/oboInOwl#hasDbXref"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"

#: How firmly a source speaks, weakest first; no claim at all is below them.
MODALITIES = ("controversial", "hypothesised", "suggested", "reported", "established")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one source: what it says, how firmly, in which setting, resting on which papers."""

    id: str
    statement: str = ""
    kind: str = ""
    modality: str = ""
    polarity: str = ""
    setting: str = ""
    section: str = ""
    tier: str = ""
    rank: int = 0
    papers: tuple[str, ...] = ()
    diseases: tuple[str, ...] = ()
    together: bool = False
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """Claims for and against a fact."""

    supported: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()


class KnowledgeBase:
    """An ontology with rules.  Adding gives a new knowledge base; this one keeps answering as before."""

    def __init__(self, ontology: Ontology, rules: Sequence[Rule], sha256: str) -> None:
        self.ontology = ontology
        self.rules = tuple(rules)
        self.sha256 = sha256
        self.version = __version__

    @classmethod
    def load(
        cls,
        ontology: Sequence[Path] = (),
        extra: Sequence[Path] = (),
        rules: Sequence[Path] = (),
        use_rules: bool = True,
    ) -> KnowledgeBase:
        """Read a knowledge base from files.

        ``ontology`` replaces the shipped ontology, ``extra`` adds to it, ``rules`` adds to the shipped rules;
        ``use_rules`` False leaves all rules out.  Raises :class:`~reasoner.errors.DislodgeError` with every fault.
        """
        from reasoner.reading.rule_text import read_rules

        read = read_ontology([*(ontology or shipped_ontology()), *extra])
        rule_files = [*shipped_rules(), *rules] if use_rules else []
        digest = hashlib.sha256(read.sha256.encode())
        found: list[Rule] = []
        faults: list[Exception] = []
        for file in rule_files:
            text = _rule_file(file)
            digest.update(text.encode())
            try:
                found.extend(read_rules(text, str(file), read.vocabulary))
            except Faults as error:
                faults.extend(error.faults)
        _refuse_repeated(found)
        if faults:
            raise Faults(faults)  # type: ignore[arg-type]
        return cls(read, found, digest.hexdigest())

    # --- names -------------------------------------------------------------------------------------------------------

    @cached_property
    def types(self) -> dict[str, list[str]]:
        """The asserted classes of each individual."""
        found: dict[str, list[str]] = defaultdict(list)
        for fact in self.ontology.facts:
            if fact.object is None:
                found[fact.subject].append(fact.predicate)
        return dict(found)

    def text(self, name: str, prop: str, language: str = "en") -> str:
        """The first text of a kind (label, comment …) that ``name`` carries in a language, or empty."""
        for key, literal in self.ontology.texts.get(name, ()):
            if key == prop and literal.language in (language, ""):
                return literal.lexical
        return ""

    def texts(self, name: str, prop: str) -> list[str]:
        """All texts of a kind that ``name`` carries."""
        return [literal.lexical for key, literal in self.ontology.texts.get(name, ()) if key == prop]

    def label(self, name: str, language: str = "en") -> str:
        """The label of a name; the name itself when it has none."""
        return self.text(name, LABEL, language) or self.text(name, LABEL) or name

    # --- evidence ----------------------------------------------------------------------------------------------------

    @cached_property
    def _data(self) -> dict[str, dict[str, list[Ground]]]:
        """Property values of claims, papers and tiers, by subject and property."""
        wanted = {n for n, classes in self.types.items() if not _EVIDENCE.isdisjoint(classes)}
        found: dict[str, dict[str, list[Ground]]] = defaultdict(lambda: defaultdict(list))
        for fact in self.ontology.facts:
            if fact.object is not None and fact.subject in wanted:
                found[fact.subject][fact.predicate].append(fact.object)
        return found

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim by id."""
        return {n: self._claim(n) for n, classes in sorted(self.types.items()) if "Evidence" in classes}

    def claim(self, claim: str) -> Claim:
        """One claim; an id that no file describes gives an empty claim of the weakest tier."""
        return self.claims.get(claim) or Claim(claim)

    def _claim(self, name: str) -> Claim:
        data = self._data[name]

        def text(prop: str) -> str:
            values = data.get(prop, [])
            return values[0].lexical if values and isinstance(values[0], Literal) else ""

        def names(prop: str) -> tuple[str, ...]:
            return tuple(v for v in data.get(prop, []) if isinstance(v, str))

        tier = next(iter(names("hasTier")), "")
        ranks = self._data.get(tier, {}).get("tierRank", [])
        return Claim(
            id=name,
            statement=text("statement"),
            kind=text("kindOfClaim"),
            modality=text("modality"),
            polarity=text("polarity"),
            setting=text("settingText"),
            section=text("sourceSection"),
            tier=tier,
            rank=int(ranks[0].lexical) if ranks and isinstance(ranks[0], Literal) else 0,
            papers=names("citesPaper"),
            diseases=names("inDisease"),
            together=text("diseasesTogether") == "true",
            mentions=names("mentions"),
        )

    @cached_property
    def _supports(self) -> dict[Fact, Support]:
        found: dict[Fact, Support] = {}
        for fact, remarks in self.ontology.axiom_annotations.items():
            supported = tuple(v for p, v in remarks if p == "supportedBy" and isinstance(v, str))
            opposed = tuple(v for p, v in remarks if p == "opposedBy" and isinstance(v, str))
            if supported or opposed:
                found[fact] = Support(supported, opposed)
        return found

    @property
    def annotated(self) -> dict[Fact, Support]:
        """Every fact that claims stand beside."""
        return self._supports

    def support(self, fact: Fact) -> Support:
        """The claims for and against an asserted fact."""
        return self._supports.get(fact, _NO_SUPPORT)

    def papers(self, claims: Iterable[str]) -> list[str]:
        """The distinct papers that claims rest on, by name."""
        return sorted({paper for claim in claims for paper in self.claim(claim).papers})

    def strongest_tier(self, rank: int) -> str:
        """The name of the tier with a rank."""
        for name, classes in self.types.items():
            if "Tier" in classes:
                ranks = self._data[name].get("tierRank", [])
                if ranks and isinstance(ranks[0], Literal) and int(ranks[0].lexical) == rank:
                    return name
        return ""


_EVIDENCE = frozenset({"Evidence", "Tier", "Paper"})
_NO_SUPPORT = Support()


def _rule_file(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"cannot read the rule file {path}", code="E102", hint=str(error)) from None
    if not text.strip():
        raise ReadingError(f"the rule file {path} is empty", code="E103", hint='a rule begins with: rule ID "label"')
    return text


def _refuse_repeated(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise OntologyError(
                f"two rules are called {rule.id}",
                code="E205",
                hint="give the new rule an id of its own",
                span=rule.span,
            )
        seen[rule.id] = rule


__all__ = [
    "COMMENT",
    "DEFINITION",
    "IDENTIFIER",
    "LABEL",
    "MODALITIES",
    "NAMESPACE",
    "SYNONYM",
    "Claim",
    "KnowledgeBase",
    "Support",
]
