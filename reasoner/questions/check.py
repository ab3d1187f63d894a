"""Whether ontology, facts and rules are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import FILE, argument, choice, flag, option
from reasoner.asking.question import Question
from reasoner.errors import DislodgeError, LimitError
from reasoner.model.findings import LAYERS, SEVERITIES

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.findings import Findings, Severity, Unreadable


def answer(
    sources: Sources, paths: tuple[Path, ...], coverage: bool, dl: bool, level: tuple[str, ...], severity: Severity
) -> Findings | Unreadable:
    """Check the knowledge, with these files added to it."""
    from reasoner.curating.check import about, check, unreadable

    try:
        asked = sources.adding(paths) if paths else sources
        _ = asked.reasoned.closure
    except LimitError:
        raise
    except DislodgeError as error:
        return unreadable(error)
    found = check(
        asked.reasoned, coverage=coverage, files=asked.files, dl=dl, layers=level or LAYERS, severity=severity
    )
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
        argument("paths", FILE, "[PATH]...", many=True),
        flag("coverage", "Also which claims are modelled, by which facts."),
        flag("dl", "Also ask HermiT, where Java is there."),
        option("level", choice(*LAYERS), "", "Only this layer; repeatable [all].", many=True),
        option("severity", choice(*SEVERITIES), "", "Show no less [info].", default="info"),
    ),
    answer=answer,
    supposing=False,
    fails=lambda document: any(finding["level"] == "error" for finding in document["findings"]),
    long=True,
)
