"""Names mean nothing: with every individual renamed at random and all facts shuffled, the answers are the same."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.model.atom import Fact
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule
from reasoner.model.term import Ground
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped as folder
from tests.in_process import document

pytestmark = pytest.mark.ci

SEEDS = (1, 2)
QUESTIONS = [
    "breaks --route RP06",
    "breaks --route RP12",
    "breaks --route RP15",
    "assess --cell CML_LSC",
    "assess imatinib --cell CML_LSC",
    "assess imatinib+plerixafor --cell CML_LSC",
    "assess plerixafor --with-agent ponatinib --cell CML_LSC",
    "assess nilotinib --cell CML_LSC --state T315I",
    "assess arsenic_trioxide+chemotherapy --cell K562 --disease CML",
    "assess arsenic_trioxide+interferon_alpha --cell CML_progenitor --disease CML",
    "assess anti-alpha4_inhibitor+nilotinib --cell Leukemic_cell --disease BCR-ABL1_positive_B-ALL",
    "assess celecoxib+siltuximab --cell Neuroblastoma_cell",
    "assess VLA4_blockade+VLA5_blockade+doxorubicin --cell Myeloma_cell",
    "escapes imatinib --cell CML_LSC",
    "escapes bevacizumab --cell Endothelial_cell --disease Cancer",
    "escapes imatinib+plerixafor --cell CML_LSC",
]
#: Sentences tell one way of several; which one may follow the order of names.
ONE_OF_SEVERAL = {"kb", "reason", "text", "label"}


@cache
def shipped() -> Reasoned:
    """The shipped knowledge."""
    return Reasoned.load()


@cache
def kept() -> frozenset[str]:
    """The individuals of the vocabulary, which rules may name."""
    facts = read_ontology(sorted(folder("ontology").glob("modules/*.ttl"))).facts
    return frozenset(fact.subject for fact in facts)


@cache
def renamed(seed: int) -> tuple[Reasoned, dict[str, str]]:
    """The shipped knowledge with new names in another order, and the new name of each individual."""
    base = shipped().base
    individuals = {n for f in base.ontology.facts for n in (f.subject, f.object) if isinstance(n, str)} - kept()
    chance = random.Random(seed)
    numbers = chance.sample(range(100_000), len(individuals))
    names = {name: f"Q{number:05d}" for name, number in zip(sorted(individuals), numbers, strict=True)}
    ontology = _ontology(base.ontology, lambda name: names.get(name, name), chance)
    rules = [_rule(rule, names) for rule in base.rules]
    return Reasoned(StatedKnowledge(ontology, rules, f"{seed:064x}")), names


def _ontology(old: Ontology, new: Callable[[str], str], chance: random.Random) -> Ontology:
    def term(value: Ground) -> Ground:
        return new(value) if isinstance(value, str) else value

    def fact(was: Fact) -> Fact:
        return Fact(was.predicate, new(was.subject), None if was.object is None else term(was.object))

    facts = [fact(was) for was in old.facts]
    notes = [(fact(was), [(prop, term(value)) for prop, value in said]) for was, said in old.axiom_annotations.items()]
    chance.shuffle(facts)
    chance.shuffle(notes)
    return replace(
        old,
        facts=facts,
        axiom_annotations=dict(notes),
        texts={new(name): texts for name, texts in old.texts.items()},
        sources={new(name): file for name, file in old.sources.items()},
        vocabulary=replace(old.vocabulary, individuals=frozenset(map(new, old.vocabulary.individuals))),
    )


def _rule(rule: Rule, names: dict[str, str]) -> Rule:
    """A rule cites claims, and so individuals, as its source; nothing else of it may be renamed."""
    return replace(rule, source=tuple(names.get(claim, claim) for claim in rule.source))


def plain(found: Any) -> Any:
    """A document without what it picks, every list in an order of its own; the set picked stands beside the others."""
    if isinstance(found, dict):
        if "alternatives" in found:
            found = {**found, "agents": [], "alternatives": [found["agents"], *found["alternatives"]]}
        return {key: plain(value) for key, value in found.items() if key not in ONE_OF_SEVERAL}
    if isinstance(found, list):
        return sorted(map(plain, found), key=lambda item: json.dumps(item, sort_keys=True))
    return found


def answered(words: list[str], seed: int | None) -> Any:
    """The answer to a question, by the shipped names."""
    if seed is None:
        return plain(document(shipped(), *words))
    kb, names = renamed(seed)
    asked = [re.sub(r"[\w-]+", lambda found: names.get(found[0], found[0]), word) for word in words]
    old = {new: name for name, new in names.items()}
    text = json.dumps(document(kb, *asked))
    return plain(json.loads(re.sub(r"Q\d{5}", lambda found: old[found[0]], text)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_follows_the_facts_and_not_their_names(question: str, seed: int) -> None:
    words = question.split()
    assert answered(words, seed) == answered(words, None)


def test_the_whole_table_of_breakers_follows_the_facts() -> None:
    assert answered(["breaks"], SEEDS[0]) == answered(["breaks"], None)


def test_what_is_renamed_is_everything_but_the_vocabulary() -> None:
    kb, names = renamed(SEEDS[0])
    left = {n for f in kb.base.ontology.facts for n in (f.subject, f.object) if isinstance(n, str)}
    assert left - kept() == set(names.values())
    assert len(names) > 1_500
