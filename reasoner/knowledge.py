"""What files state: one ontology and its rules, read, joined, and never changed.

Reasoning over it is a floor higher (:mod:`reasoner.inference.reasoned`); here are only what was stated, and what stands
beside it: labels, evidence, version and content hash.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reasoner.errors import DislodgeError, Faults, ReadingError, RuleError, Span
from reasoner.files.moment import as_one
from reasoner.model.atom import Fact
from reasoner.model.datatypes import alike
from reasoner.model.iris import LABEL
from reasoner.model.ontology import Ontology
from reasoner.model.roles import Roles
from reasoner.model.rule import Rule
from reasoner.model.statements import DEFINITIONS, falling
from reasoner.model.term import Ground, Literal
from reasoner.resources import shipped_ontology, shipped_rules
from reasoner.version import __version__

#: How firmly a source speaks, weakest first; no claim at all is below them.
MODALITIES = ("controversial", "hypothesised", "suggested", "reported", "established")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one source: what it says, how firmly, in which setting, resting on which papers.

    ``restates`` and ``corrects`` are claims of other sources that rest on what this one reports.  Of patients are also
    told ``controlled`` (what it was compared to), the ``endpoint`` that was measured, whether that by the primary
    analysis (``is_primary``, None where nobody says), the ``trial``, and its ``size`` in patients.
    """

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
    states: tuple[str, ...] = ()
    together: bool = False
    mentions: tuple[str, ...] = ()
    of_patients: bool = False
    restates: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    controlled: str = ""
    endpoint: str = ""
    is_primary: bool | None = None
    trial: str = ""
    size: int | None = None

    def is_told_of(self, diseases: Set[str]) -> bool:
        """Whether it is about one of some diseases; one that names none is about any."""
        test = all if self.together else any
        return not self.diseases or test(disease in diseases for disease in self.diseases)

    @property
    def is_uncontrolled_rate(self) -> bool:
        """Whether it tells how often something was seen, with nothing to compare it to."""
        return self.controlled == "uncontrolled" and bool(self.endpoint)


@dataclass(frozen=True, slots=True)
class Support:
    """Claims for and against a fact."""

    supported: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of both sides."""
        return (*self.supported, *self.opposed)


class StatedKnowledge:
    """An ontology with rules.  Adding gives a new knowledge base; this one keeps answering as before.

    ``sha256`` is that of the files, also where something is supposed on top of them; ``kept_out`` are facts that must
    not hold, whatever follows.
    """

    def __init__(self, ontology: Ontology, rules: Sequence[Rule], sha256: str, kept_out: Iterable[Fact] = ()) -> None:
        self.ontology = ontology
        self.rules = tuple(rules)
        self.sha256 = sha256
        self.kept_out = frozenset(kept_out)
        self.version = __version__
        self._places: dict[Fact, Span] = {}

    @classmethod
    def load(
        cls,
        ontology: Sequence[Path] = (),
        extra: Sequence[Path] = (),
        rules: Sequence[Path] = (),
        use_rules: bool = True,
    ) -> StatedKnowledge:
        """Read a knowledge base from files.

        ``ontology`` replaces the shipped ontology, ``extra`` adds to it, ``rules`` adds to the shipped rules;
        ``use_rules`` False leaves all rules out.  What is added is read in the order of its places, so that no
        answer depends on the order in which it was named.
        All files are read as they are at one moment.  Raises :class:`~reasoner.errors.DislodgeError` with every fault.
        """
        return as_one(lambda: cls._load(ontology, extra, rules, use_rules))

    @classmethod
    def _load(
        cls, ontology: Sequence[Path], extra: Sequence[Path], rules: Sequence[Path], use_rules: bool
    ) -> StatedKnowledge:
        from reasoner.reading.owl.ontology import read_ontology
        from reasoner.reading.rules.comments import retired_rules
        from reasoner.reading.rules.text import read_rules

        read = read_ontology([*(ontology or shipped_ontology()), *_by_place(extra)])
        rule_files = [*shipped_rules(), *_by_place(rules)] if use_rules else []
        texts: list[str] = []
        found: list[Rule] = []
        faults: list[Exception] = []
        retired: set[str] = set()
        for file in rule_files:
            text = _rule_file(file)
            retired |= retired_rules(text)
            texts.append(text)
            try:
                found.extend(read_rules(text, str(file), read.vocabulary))
            except Faults as error:
                faults.extend(error.faults)
        _refuse_repeated(found, retired)
        if faults:
            raise Faults(faults)  # type: ignore[arg-type]
        return cls(read, found, hash_of(read, texts))

    # --- what if -----------------------------------------------------------------------------------------------------

    def adding(self, facts: Iterable[Fact], beside: Mapping[Fact, Support] | None = None) -> StatedKnowledge:
        """The knowledge base with further facts, as if a file had stated them, with the claims ``beside`` them."""
        known, vocabulary = set(self.ontology.facts), self.ontology.vocabulary
        new = [fact for fact in dict.fromkeys(facts) if fact not in known and not self.ontology.is_grouped(fact)]
        named = vocabulary.individuals | {fact.subject for fact in new if fact.object is None}
        remarks: dict[Fact, list[tuple[str, Ground]]] = {
            fact: [*(("supportedBy", c) for c in support.supported), *(("opposedBy", c) for c in support.opposed)]
            for fact, support in (beside or {}).items()
        }
        more = replace(
            self.ontology,
            facts=[*self.ontology.facts, *new],
            elsewhere={**self.ontology.elsewhere, **dict.fromkeys(new, "")},
            axiom_annotations={**remarks, **self.ontology.axiom_annotations},
            vocabulary=replace(vocabulary, individuals=named),
        )
        return StatedKnowledge(more, self.rules, self.sha256, self.kept_out.difference(new))

    def without(self, facts: Iterable[Fact]) -> StatedKnowledge:
        """The knowledge base in which these facts do not hold, with what says nothing without them left out too.

        The class of an individual takes the whole individual along; a fact that follows is kept from following.  A
        value is meant in all of its spellings.
        """
        lost = tuple(self._in_every_spelling(facts))
        fallen = falling(self.ontology.facts, lost, in_doubt=False, further=self.ontology.in_groups)
        return self._less(fallen, kept_out=self.kept_out.union(lost))

    def _in_every_spelling(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        for fact in facts:
            yield fact
            if isinstance(fact.object, Literal):
                about = (other for other in self.ontology.facts if other[:2] == fact[:2])
                yield from (other for other in about if other.object is not None and alike(other.object, fact.object))

    def without_claims(self, claims: Iterable[str]) -> StatedKnowledge:
        """The knowledge base as if nobody had made these claims.

        A fact that no other claim supports is left out, with every statement that it was a needed part of; facts
        without a claim, and those that define what a thing is, stay.  An observation keeps what other claims say.
        """
        return self._unsaid(frozenset(claims))

    def without_papers(self, papers: Iterable[str]) -> StatedKnowledge:
        """The knowledge base as if these papers had not been written: claims that rest on no other paper vanish."""
        left_out = frozenset(papers)
        return self._unsaid(self.resting_on(left_out), left_out)

    def resting_on(self, papers: Collection[str]) -> frozenset[str]:
        """The claims that rest on none but these papers."""
        return frozenset(c.id for c in self.claims.values() if c.papers and all(p in papers for p in c.papers))

    def _unsaid(self, claims: Collection[str], papers: Collection[str] = ()) -> StatedKnowledge:
        facts, names = self.ontology.facts, {*claims, *papers}
        unsupported = [fact for fact, support in self.annotated.items() if _loses_all(fact, support, claims)]
        lost = falling(facts, unsupported, in_doubt=True, further=self.ontology.in_groups)
        lost.update(fact for fact in facts if fact.subject in names or fact.object in names)
        lost.update(fact for name in names for fact in self.ontology.in_groups(name))
        return self._less(lost, claims)

    def _less(
        self, lost: Collection[Fact], claims: Collection[str] = (), kept_out: Iterable[Fact] | None = None
    ) -> StatedKnowledge:
        """The knowledge base without facts, without the remarks beside them, and without these claims beside others."""
        ontology = self.ontology
        facts = [fact for fact in ontology.facts if fact not in lost]
        groups = tuple(group.without(frozenset(lost)) for group in ontology.groups)
        left = {fact.subject for fact in facts if fact.object is None}
        gone = {fact.subject for fact in lost if fact.object is None} - left
        beside = {
            fact: [(prop, value) for prop, value in remarks if value not in claims]
            for fact, remarks in ontology.axiom_annotations.items()
            if fact not in lost
        }
        vocabulary = replace(ontology.vocabulary, individuals=ontology.vocabulary.individuals - gone)
        texts = {name: found for name, found in ontology.texts.items() if name not in gone}
        smaller = replace(
            ontology, facts=facts, groups=groups, axiom_annotations=beside, vocabulary=vocabulary, texts=texts
        )
        return StatedKnowledge(smaller, self.rules, self.sha256, self.kept_out if kept_out is None else kept_out)

    # --- places ------------------------------------------------------------------------------------------------------

    def places(self, facts: Iterable[Fact]) -> dict[Fact, Span]:
        """Where files state these facts; nowhere what is supposed.

        The files are looked through again: this is for the few facts that somebody must be sent to.
        """
        from reasoner.reading.rdf.places import places

        wanted = dict.fromkeys(facts)
        files = {fact: self.ontology.file_of(fact) for fact in wanted.keys() - self._places.keys()}
        self._places.update(places({fact: file for fact, file in files.items() if file}))
        return {fact: self._places.get(fact, Span("")) for fact in wanted}

    def placed(self, error: DislodgeError) -> DislodgeError:
        """The error with the place of the fact that it is about; of several files, of what the last one adds."""
        order = [file for file, _ in self.ontology.files]
        known = [span for span in self.places(getattr(error, "facts", ())).values() if span.file]
        if known and error.span is None:
            error.span = max(known, key=lambda span: order.index(span.file))
        return error

    # --- names -------------------------------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> Roles:
        """The part that each property plays."""
        return Roles(self.ontology)

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
        of_patients = self._data.get(tier, {}).get("ofPatients", [])
        size = text("n")
        return Claim(
            id=name,
            statement=text("statement"),
            kind=text("kindOfClaim"),
            modality=text("modality"),
            polarity=text("polarity"),
            setting=text("settingText"),
            section=text("sourceSection"),
            tier=tier,
            rank=self.rank_of(tier) or 0,
            papers=names("citesPaper"),
            diseases=names("inDisease"),
            states=names("inState"),
            together=text("diseasesTogether") == "true",
            mentions=names("mentions"),
            of_patients=any(isinstance(value, Literal) and value.lexical == "true" for value in of_patients),
            restates=names("restates"),
            corrects=names("corrects"),
            conflicts_with=names("conflictsWith"),
            controlled=text("controlled"),
            endpoint=text("endpoint"),
            is_primary={"true": True, "false": False}.get(text("primary")),
            trial=next(iter(names("ofTrial")), ""),
            size=int(size) if size.isdecimal() else None,
        )

    @cached_property
    def annotated(self) -> dict[Fact, Support]:
        """Every fact that claims stand beside."""
        found: dict[Fact, Support] = {}
        for fact, remarks in self.ontology.axiom_annotations.items():
            supported = tuple(v for p, v in remarks if p == "supportedBy" and isinstance(v, str))
            opposed = tuple(v for p, v in remarks if p == "opposedBy" and isinstance(v, str))
            if supported or opposed:
                found[fact] = Support(supported, opposed)
        return found

    @cached_property
    def beside(self) -> dict[str, list[Fact]]:
        """The facts that each claim stands beside."""
        found: dict[str, list[Fact]] = {}
        for fact, support in self.annotated.items():
            for claim in dict.fromkeys(support.claims):
                found.setdefault(claim, []).append(fact)
        return found

    def support(self, fact: Fact) -> Support:
        """The claims for and against an asserted fact."""
        return self.annotated.get(fact, _NO_SUPPORT)

    def papers(self, claims: Iterable[str]) -> list[str]:
        """The distinct papers that claims rest on, by name."""
        return sorted({paper for claim in claims for paper in self.claim(claim).papers})

    def rank_of(self, tier: str) -> int | None:
        """The rank of a tier; None of what has none."""
        ranks = self._data[tier].get("tierRank", []) if tier in self._data else []
        return int(ranks[0].lexical) if ranks and isinstance(ranks[0], Literal) else None

    def strongest_tier(self, rank: int) -> str:
        """The name of the tier with a rank."""
        for name, classes in self.types.items():
            if "Tier" in classes and self.rank_of(name) == rank:
                return name
        return ""


def _by_place(paths: Iterable[Path]) -> list[Path]:
    """The paths in the order of the places that they mean, each place once."""
    places = {os.path.realpath(path): Path(path) for path in paths}
    return [places[place] for place in sorted(places)]


def hash_of(ontology: Ontology, rule_texts: Iterable[str]) -> str:
    """SHA-256 over the contents of ontology and rule files, whatever their order and names."""
    texts = sorted(hashlib.sha256(text.encode()).hexdigest() for text in rule_texts)
    return hashlib.sha256("".join([ontology.sha256, *texts]).encode()).hexdigest()


_EVIDENCE = frozenset({"Evidence", "Tier", "Paper"})
_NO_SUPPORT = Support()


def _loses_all(fact: Fact, support: Support, claims: Collection[str]) -> bool:
    """Whether a fact would have no supporting claim left; an outcome stays while any claim speaks of it."""
    if fact.predicate in DEFINITIONS:
        return False
    told = support.supported if fact.predicate != "hasOutcome" else support.claims
    return bool(told) and all(claim in claims for claim in told)


def _rule_file(path: Path) -> str:
    from reasoner.reading.rdf.triples import read_bytes, utf8_data

    text = utf8_data(read_bytes(path), str(path)).decode()
    if not text.strip():
        hint = 'a rule begins with: rule ID "label"'
        raise ReadingError("the rule file is empty", code="E104", hint=hint, span=Span(str(path)))
    return text


def _refuse_repeated(rules: Iterable[Rule], retired: Collection[str]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in retired:
            raise RuleError(
                f"the id {rule.id} belonged to a rule that was retired",
                code="E219",
                hint="ids are never used again: give the rule a new one",
                span=rule.span,
            )
        if rule.id in seen:
            raise RuleError(
                f"two rules are called {rule.id}",
                code="E202",
                hint="give the new rule an id of its own",
                span=rule.span,
            )
        seen[rule.id] = rule
