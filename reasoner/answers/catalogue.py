"""What is in the knowledge base: lists by kind, one entry in full, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.answers.evidence import claims_by_name
from reasoner.answers.frame import finished, frame, look_up, reason
from reasoner.asking.names import kind_of, resolve
from reasoner.errors import QuestionError
from reasoner.mechanism.presence import ABSENT, DENIED, READ_FOR, SUPPLIED
from reasoner.model.iris import COMMENT, DEFINITION, IDENTIFIER, LABEL, SYNONYM
from reasoner.model.names import did_you_mean, fold, nearest

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.atom import Fact
    from reasoner.model.documents.catalogue import (
        Availability,
        Denial,
        Description,
        Listing,
        RuleList,
        RuleRow,
        ThingRow,
    )
    from reasoner.model.rule import Rule

#: The kinds that ``list`` knows by name; any class of the vocabulary will do as well.
KINDS = {
    "cells": "Cell", "molecules": "Molecule", "agents": "Agent", "therapies": "Therapy", "diseases": "Disease",
    "contexts": "Context", "states": "State", "lesions": "Lesion", "sites": "Site", "processes": "Process",
    "routes": "Route", "arms": "Arm", "protections": "Protection", "functions": "NormalFunction",
    "interactions": "Interaction", "mechanisms": "Mechanism", "activities": "Activity", "actions": "Action",
    "killings": "Killing", "outcomes": "Outcome", "hazards": "Hazard", "observations": "Observation",
    "trials": "Trial", "evidence": "Evidence", "papers": "Paper", "tiers": "Tier", "conflicts": "Conflict",
    "moderators": "Moderator",
}  # fmt: skip
#: Words that people use for some of them.
_OTHER_WORDS = {"drugs": "Agent", "pairs": "Interaction", "ligand-receptor pairs": "Interaction", "claims": "Evidence"}
_RULES = "rules"
#: What says that something is denied, and that a cell makes a ligand.
_DENIALS, _SECRETION = (DENIED, ABSENT), ("secretes", "mainSourceOf")
#: Of these the entry of either side tells.
_BOTH_WAYS = (SUPPLIED, READ_FOR)


def list_kind(reasoned: Reasoned, kind: str) -> Listing:
    """Everything of a kind, by id; the kind in the plural, the singular, or as a class of the vocabulary.

    Raises :class:`QuestionError` (E409) for an unknown kind.
    """
    cls = _class_of(reasoned, kind)
    if cls == _RULES:
        answers = [_row(rule.id, "rule", rule.label) for rule in reasoned.base.rules]
    else:
        answers = [_entry(reasoned, name) for name in sorted(reasoned.closure.members(cls))]
    told: Listing = {"command": "list", **look_up(reasoned, closed_world=True), "verdict": None, "answers": answers}
    if not answers:
        told["reasons"] = [reason("NOT_REPORTED", f"the knowledge base holds no {kind}")]
    return finished(reasoned, told)


def _class_of(reasoned: Reasoned, kind: str) -> str:
    classes = reasoned.base.ontology.vocabulary.classes
    words = KINDS | _OTHER_WORDS | {word.removesuffix("s"): cls for word, cls in _OTHER_WORDS.items()}
    known = {fold(name): cls for name, cls in words.items()} | {fold("rules"): _RULES, fold("rule"): _RULES}
    known = {fold(cls): cls for cls in sorted(classes)} | {fold(cls): cls for cls in KINDS.values()} | known
    if fold(kind) in known:
        return known[fold(kind)]
    close = nearest(kind, [*KINDS, _RULES])
    hint = f"did you mean {' or '.join(close)}? " if close else ""
    raise QuestionError(f"no kind is called {kind!r}", code="E409", hint=f"{hint}kinds: {', '.join([*KINDS, _RULES])}")


def _entry(reasoned: Reasoned, name: str) -> ThingRow:
    return {
        **_row(name, kind_of(reasoned, name), _label(reasoned, name), french(reasoned, name)),
        **_ungivable(reasoned, name),
        **_denied(reasoned, name),
    }


def _denied(reasoned: Reasoned, name: str) -> Denial:
    """The scopes in which something is denied that is present in none."""
    found = reasoned.denied.get(name)
    return {"denied_in": [str(fact.object) for fact in found]} if found else {}


def _row(name: str, kind: str, label: str, label_fr: str | None = None) -> ThingRow:
    return {"id": name, "kind": kind, "label": label, "label_fr": label_fr}


def _ungivable(reasoned: Reasoned, name: str) -> Availability:
    """The mark of an agent that nobody can be given."""
    return {"can_be_given": False} if name in reasoned.graph.ungivable else {}


def _label(reasoned: Reasoned, name: str) -> str:
    """The label; a claim without one is shown by its statement."""
    label = reasoned.label(name)
    return reasoned.base.claims[name].statement or label if label == name and name in reasoned.base.claims else label


def french(reasoned: Reasoned, name: str) -> str | None:
    """The French label, None when there is none."""
    for prop, literal in reasoned.base.ontology.texts.get(name, ()):
        if prop == LABEL and literal.language == "fr":
            return literal.lexical
    return None


def show(reasoned: Reasoned, name: str) -> Description:
    """One entry: an individual, a term of the vocabulary or a rule, with what is asserted and what follows.

    What is denied, and what describes it, stands apart.

    Raises :class:`QuestionError` for an unknown (E401) or ambiguous (E402) name.
    """
    if rule := next((rule for rule in reasoned.rules if rule.id == name), None):
        return _show(reasoned, name, "rule", label=rule.label, asserted=[rule.logic], evidence=list(rule.source))
    if kind := _term_kind(reasoned, name):
        facts = {f for f in reasoned.base.ontology.facts if f.predicate == name}
        follows = {f for f in reasoned.closure.of(name) if not reasoned.closure.is_asserted(f)}
        follows |= {f for f in reasoned.presence if f.predicate == name}
        return _described(reasoned, name, kind, facts, follows)
    found = resolve(reasoned, name)
    ontology = reasoned.base.ontology
    stated = {fact for fact in ontology.facts if found in (fact.subject, fact.object)} | ontology.in_groups(found)
    follows = {f for f in reasoned.closure.about(found) if f not in stated}
    follows |= {f for f in reasoned.presence if found in (f.subject, f.object if f.predicate in _BOTH_WAYS else None)}
    claims = sorted(claims_by_name(reasoned).get(found, set()) - {found})
    return _described(reasoned, found, kind_of(reasoned, found), stated, follows, claims)


def _described(
    reasoned: Reasoned, name: str, kind: str, stated: set[Fact], follows: set[Fact], claims: Iterable[str] = ()
) -> Description:
    """An entry with what is stated and what follows; what describes something that is denied stands apart."""
    supplied = {(f.subject, f.object) for f in reasoned.presence if f.predicate == SUPPLIED}
    off = {f for f in stated | follows if f.subject in reasoned.denied and f.subject != name and name not in _DENIALS}
    off |= {f for f in stated | follows if f.predicate in _SECRETION and (f.object, f.subject) not in supplied}
    subjects = {name, *(f.subject for f in off)}
    absent = {f for subject in subjects for f in reasoned.denied.get(subject, ())}
    return _show(
        reasoned,
        name,
        kind,
        asserted=_strings(stated - off),
        inferred=_strings(follows - off - absent),
        evidence=claims,
        denied=_strings(off | absent),
    )


def _show(
    reasoned: Reasoned,
    name: str,
    kind: str,
    *,
    label: str = "",
    asserted: Iterable[str] = (),
    inferred: Iterable[str] = (),
    evidence: Iterable[str] = (),
    denied: Iterable[str] = (),
) -> Description:
    definition = reasoned.base.text(name, DEFINITION) or reasoned.base.text(name, COMMENT)
    row = _row(name, kind, label or _label(reasoned, name), french(reasoned, name))
    told: Description = {
        "command": "show",
        **frame(reasoned),
        "verdict": None,
        "answers": [row],
        **row,
        "definition": definition or None,
        "synonyms": sorted(set(reasoned.base.texts(name, SYNONYM))),
        "identifiers": sorted(set(reasoned.base.texts(name, IDENTIFIER))),
        "asserted": list(asserted),
        "inferred": list(inferred),
        "denied": list(denied),
        "evidence": list(evidence),
        **_ungivable(reasoned, name),
    }
    return finished(reasoned, told)


def _term_kind(reasoned: Reasoned, name: str) -> str:
    vocabulary = reasoned.base.ontology.vocabulary
    kinds = {
        "class": vocabulary.classes,
        "object property": vocabulary.object_properties,
        "data property": vocabulary.data_properties,
        "annotation property": vocabulary.annotation_properties,
    }
    return next((kind for kind, names in kinds.items() if name in names), "")


def _strings(facts: Iterable[Fact]) -> list[str]:
    return sorted(str(fact) for fact in facts)


def rules(reasoned: Reasoned, rule_id: str | None = None) -> RuleList:
    """The rules in the order of their files; with an id, that one (also one compiled from an axiom).

    Raises :class:`QuestionError` (E401) for an unknown id.
    """
    chosen = list(reasoned.base.rules) if rule_id is None else [_rule(reasoned, rule_id)]
    told: RuleList = {
        "command": "rules",
        **look_up(reasoned),
        "verdict": None,
        "answers": [_rule_entry(rule) for rule in chosen],
    }
    if not chosen:
        told["reasons"] = [reason("NOT_REPORTED", "no rules are loaded")]
    return finished(reasoned, told)


def _rule(reasoned: Reasoned, rule_id: str) -> Rule:
    for rule in reasoned.rules:
        if rule.id == rule_id or fold(rule.id) == fold(rule_id):
            return rule
    known = [rule.id for rule in reasoned.base.rules]
    hint = did_you_mean(nearest(rule_id, known), "list them: dislodge rules")
    raise QuestionError(f"no rule is called {rule_id!r}", code="E401", hint=hint)


def _rule_entry(rule: Rule) -> RuleRow:
    return {
        "id": rule.id,
        "label": rule.label or rule.origin or rule.id,
        "status": rule.status,
        "source": list(rule.source),
        "because": rule.because,
        "logic": rule.logic,
        "examples": [*map(_premises, _example_facts(rule))],
    }


def _example_facts(rule: Rule) -> Iterator[tuple[Iterable[Fact], Iterable[Fact]]]:
    for example in (*rule.fires, *rule.silent):
        yield example.premises, example.conclusions


def _premises(example: tuple[Iterable[Fact], Iterable[Fact]]) -> str:
    """An example as text: ``facts -> conclusions``, or ``facts -> nothing``."""
    premises, conclusions = (" ^ ".join(map(str, facts)) for facts in example)
    return f"{premises} -> {conclusions or 'nothing'}"
