"""Whether ontology, facts and rules are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.errors import DislodgeError, LimitError
from reasoner.model.findings import LAYERS, SEVERITIES
from reasoner.model.parameter import FILE, FLAG, Parameter, choice
from reasoner.model.question import Question

if TYPE_CHECKING:
    from reasoner.answers.sources import Sources
    from reasoner.model.documents.findings import Findings, Severity, Unreadable


def answer(
    sources: Sources, paths: tuple[Path, ...], coverage: bool, dl: bool, level: tuple[str, ...], severity: Severity
) -> Findings | Unreadable:
    """Check the knowledge, with these files added to it."""
    from reasoner.answers.check import about, check, unreadable

    try:
        asked = sources.adding(paths) if paths else sources
        _ = asked.kb.closure
    except LimitError:
        raise
    except DislodgeError as error:
        return unreadable(error)
    found = check(asked.kb, coverage=coverage, files=asked.files, dl=dl, layers=level or LAYERS, severity=severity)
    return about(found, paths) if paths else found


QUESTION = Question(
    name="check",
    help="""
    Validate ontology, facts and rules; every finding with file, subject and the fix.

    Layers, each resting on those before: parse, safety, dl (what OWL 2 DL forbids), schema (labels, roles, signs,
    evidence), rules, consistency, questions (the answers that curators expect). What cannot be read is always told.
    PATH is read together with the shipped knowledge: facts (.ttl, .owl) or rules (.swrl). Of the rest only errors
    are shown then. Exit code 1 when there are errors.
    """,
    examples=(
        "dislodge check",
        "dislodge check my_facts.ttl my_rules.swrl",
        "dislodge check --level schema --level rules --severity warning",
        "dislodge check --coverage",
    ),
    parameters=(
        Parameter(name="paths", kind=FILE, positional=True, many=True, metavar="[PATH]..."),
        Parameter(name="coverage", kind=FLAG, help="Also which claims are modelled, by which facts."),
        Parameter(name="dl", kind=FLAG, help="Also ask HermiT, where Java is there."),
        Parameter(name="level", kind=choice(*LAYERS), many=True, help="Only this layer; repeatable [all]."),
        Parameter(name="severity", kind=choice(*SEVERITIES), default="info", help="Show no less [info]."),
    ),
    answer=answer,
    supposing=False,
    fails=lambda document: any(finding["level"] == "error" for finding in document["findings"]),
    long=True,
)
