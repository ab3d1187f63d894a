"""Rules that were edited in Protégé, back into the rule files.

An editor of rules keeps a label, perhaps a comment, and the logic; status, sources and examples live in the files and
are attached again by the id with which the label begins.  All is checked before the first file is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.answers.frame import of_files, reason
from reasoner.curating.module_text import utf8
from reasoner.curating.rule_examples import failing_examples
from reasoner.errors import DislodgeError, Faults, RuleError, Span, raise_all
from reasoner.files.moment import as_one
from reasoner.model.atom import Atom
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.comments import FOOT, HEAD
from reasoner.reading.rdf.triples import read_bytes
from reasoner.reading.rules.comments import retired_rules, rule_comments
from reasoner.reading.rules.text import read_rules
from reasoner.writing.rule_text import rules_text
from reasoner.writing.whole_file import write_all

if TYPE_CHECKING:
    from reasoner.model.documents.curation import Pull, PulledRule, RuleChange, RulePart


@dataclass
class _RuleFile:
    """A rule file as it is, and the rules that it shall hold."""

    path: Path
    text: str
    old: list[Rule]
    new: list[Rule] = field(default_factory=list)


def pull(edited: Path, rule_files: Sequence[Path], *, check_only: bool = False) -> Pull:
    """Take the rules of an ontology file over into the rule files.

    Raises :class:`~reasoner.errors.DislodgeError` with every fault (a rule with no id, switched off, outside the rule
    language, unsafe, or false to its own examples), and then nothing is written.
    """
    ontology, files = as_one(lambda: (read_ontology([edited]), [_rule_file(path) for path in rule_files]))
    _refuse_unusable(ontology, edited)
    report = _joined(ontology.rules, files, edited)
    _check(files, ontology.vocabulary)
    if not check_only:
        write_all({file.path: _text(file) for file in files if file.new != file.old})
    changed = [row for row in report if row["change"] != "same" or row["dropped"]]
    told: Pull = {
        "command": "rules-pull",
        **of_files(),
        "verdict": "changed" if any(row["change"] != "same" for row in report) else "same",
        "answers": changed,
        "rules": len(report),
        "written": not check_only,
    }
    if not changed:
        told["reasons"] = [reason("SAME", "every rule is as it was")]
    return told


def _refuse_unusable(ontology: Ontology, edited: Path) -> None:
    faults: list[DislodgeError] = [warning for warning in ontology.warnings if warning.code == "E308"]
    if not ontology.rules and not faults:
        raise RuleError(
            f"{edited} holds no rules", code="E217", hint="save the ontology with its rules", span=Span(str(edited))
        )
    raise_all(faults)


def _rule_file(path: Path) -> _RuleFile:
    text = utf8(read_bytes(path), str(path))
    return _RuleFile(path, text, read_rules(text, str(path)))


def _text(file: _RuleFile) -> str:
    """The file with its comments; a rule that goes leaves its id behind, so that no other ever takes it."""
    comments = rule_comments(file.text, str(file.path))
    kept = {rule.id for rule in file.new}
    gone = [f"# retired {rule.id}: {rule.label}" for rule in file.old if rule.id not in kept]
    comments = {key: lines for key, lines in comments.items() if key in kept | {HEAD, FOOT}}
    return rules_text(file.new, {**comments, FOOT: [*comments.get(FOOT, ()), *gone]})


def _joined(rules: Iterable[Rule], files: Sequence[_RuleFile], edited: Path) -> list[PulledRule]:
    """Fill in the new rules of each file; one row a rule says what happened to it."""
    found = _by_id(rules, edited)
    _refuse_retired(found, files, edited)
    report: list[PulledRule] = []
    for file in files:
        for old in file.old:
            fresh = found.pop(old.id, None)
            if fresh is None:
                report.append(_row(old, "removed", file.path, []))
                continue
            new = _merged(old, fresh)
            file.new.append(new)
            report.append(_row(new, "same" if new == old else "changed", file.path, _dropped(old, fresh), old))
    for rule in found.values():
        home = _home(rule, files)
        home.new.append(replace(rule, status=rule.status or "draft", because=rule.because or rule.label))
        report.append(_row(home.new[-1], "added", home.path, []))
    return report


def _by_id(rules: Iterable[Rule], edited: Path) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    faults: list[DislodgeError] = []
    for rule in rules:
        family, _, number = rule.id.rpartition("-")
        hint = 'label it with its id, such as "R-OUT-009: what it says"; rules keep theirs for ever'
        span = Span(str(edited))
        if not (family.startswith("R-") and number.isdecimal()):
            faults.append(RuleError(f"the rule {rule.id!r} has no id: {rule.logic}", code="E203", hint=hint, span=span))
        elif rule.id in found:
            faults.append(RuleError(f"two rules are called {rule.id}", code="E202", hint=hint, span=span))
        found[rule.id] = rule
    raise_all(faults)
    return found


def _refuse_retired(found: Iterable[str], files: Sequence[_RuleFile], edited: Path) -> None:
    retired = set().union(*(retired_rules(file.text) for file in files))
    if again := sorted(retired & set(found)):
        raise RuleError(
            f"the id {again[0]} belonged to a rule that was retired",
            code="E219",
            hint="ids are never used again: give the rule a new one",
            span=Span(str(edited)),
        )


def _merged(old: Rule, fresh: Rule) -> Rule:
    """The rule of the file with what was edited: logic, label, comment; its spelling is kept where it says the same."""
    return replace(
        old,
        body=old.body if _same(old.body, fresh.body) else fresh.body,
        head=old.head if _same(old.head, fresh.head) else fresh.head,
        label=fresh.label if fresh.label and fresh.label != fresh.id else old.label,
        because=fresh.because or old.because,
        status=fresh.status or old.status,
        source=old.source if not fresh.source or set(fresh.source) == set(old.source) else fresh.source,
    )


def _same(old: Sequence[Atom], fresh: Sequence[Atom]) -> bool:
    """The order of atoms means nothing, and editors do not keep it."""
    return sorted(map(str, old)) == sorted(map(str, fresh))


def _dropped(old: Rule, fresh: Rule) -> list[RulePart]:
    """What the editor lost and the file still has."""
    parts: dict[RulePart, tuple[object, object]] = {
        "status": (old.status, fresh.status),
        "source": (old.source, fresh.source),
        "comment": (old.because, fresh.because),
    }
    return [name for name, (before, after) in parts.items() if before and not after]


def _home(rule: Rule, files: Sequence[_RuleFile]) -> _RuleFile:
    """The file of the rule's family."""
    family = rule.id.rpartition("-")[0]
    for file in files:
        if any(other.id.rpartition("-")[0] == family for other in file.old):
            return file
    known = sorted({other.id.rpartition("-")[0] for file in files for other in file.old})
    raise RuleError(
        f"no file holds rules of the family {family} ({rule.id})",
        code="E218",
        hint=f"choose an id of {', '.join(known)}, or begin a file for the family",
        span=rule.span,
    )


def _check(files: Sequence[_RuleFile], vocabulary: Vocabulary) -> None:
    """Every new rule is safe, well-typed and true to its examples."""
    faults: list[DislodgeError] = []
    for file in files:
        try:
            read = read_rules(rules_text(file.new), str(file.path), vocabulary)
        except Faults as error:
            faults += error.faults
        else:
            changed = [rule for rule in read if rule not in file.old]
            faults += failing_examples(changed)
    raise_all(faults)


def _row(rule: Rule, change: RuleChange, path: Path, dropped: list[RulePart], old: Rule | None = None) -> PulledRule:
    before = old.logic if old and old.logic != rule.logic else None
    return {
        "id": rule.id,
        "change": change,
        "file": str(path),
        "logic": rule.logic,
        "before": before,
        "dropped": dropped,
    }
