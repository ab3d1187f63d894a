"""The rules, and rules that were edited elsewhere taken over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import FILE, TEXT, argument, flag, option
from reasoner.asking.question import Question
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.catalogue import RuleList
    from reasoner.model.documents.curation import Pull


def answer(sources: Sources, rule: str | None, pull: Path | None, dry_run: bool) -> RuleList | Pull:
    """List the rules, or take over those of a file."""
    if pull is None:
        if dry_run:
            raise QuestionError("--dry-run belongs to --pull", code="E440", hint="name the edited file: --pull FILE")
        from reasoner.answers.catalogue import rules

        return rules(sources.reasoned, rule)
    from reasoner.curating.pull import pull as take_over
    from reasoner.resources import shipped_rules

    if rule is not None:
        raise QuestionError("--pull takes all rules", code="E440", hint="leave out the ID")
    return take_over(pull, sources.rules or shipped_rules(), check_only=dry_run)


QUESTION = Question(
    name="rules",
    help="""
    The rules, or one rule in full: what it concludes, why, and from which claims.

    With --pull, rules edited in Protégé come back into the rule files (those of --rules, else the shipped ones);
    status, sources and examples are attached again by id.
    """,
    examples=(
        "dislodge rules",
        "dislodge rules R-OUT-001",
        "dislodge rules --pull edited_in_protege.owl",
    ),
    parameters=(
        argument("rule", TEXT, "[ID]"),
        option("pull", FILE, "FILE", "Take over the rules of an edited ontology into the rule files."),
        flag("dry_run", "With --pull: say what would change, write nothing."),
    ),
    answer=answer,
)
