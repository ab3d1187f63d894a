"""The table of questions: a line each, in the order of the help text; a module of this package states each in full.

Every face is made from it.  A further question is one module here, which holds its ``QUESTION``, and one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.asking.question import Question

#: What each question asks, or each group of questions.
TABLE = {
    "breaks": "Which intervention breaks, narrows or opens which route.",
    "assess": "What a regimen does: routes, outcomes, hazards, harms.",
    "compare": "Regimens side by side.",
    "matrix": "Regimens by routes, as a table or a picture.",
    "combine": "Minimal regimens that close everything asked for.",
    "escapes": "Routes that a regimen leaves open, and what closes them.",
    "explain": "Why a conclusion holds: its derivations, down to the papers.",
    "why-not": "Why a conclusion does not hold: what is missing.",
    "robustness": "On which papers a conclusion hangs, and what topples it.",
    "evidence": "Claims that name all of the things given.",
    "conflicts": "Contradictions: both sides, and what decides.",
    "list": "Everything of one kind in the knowledge base.",
    "show": "All about one thing, by id, label, synonym or CURIE.",
    "rules": "The rules, or one rule in full.",
    "sparql": "SPARQL over what is asserted and what follows.",
    "report": "One file about a regimen: picture, verdicts, proofs.",
    "serve": "Explorer and SPARQL endpoint on this computer.",
    "check": "Validate ontology, facts and rules.",
    "diff": "What an edit changes: statements, rules and answers, with proofs.",
    "format": "Rewrite ontology and rule files in canonical form.",
    "template": "Facts as tables for a spreadsheet, out and in.",
    "template export": "The table of what the ontology asserts of one KIND.",
    "template import": "Make the ontology state what tables hold.",
    "export": "One file for Protégé: ontology, evidence, rules as SWRL.",
}
#: Names that stand for several questions.
GROUPS = frozenset(name.split()[0] for name in TABLE if " " in name)


def commands() -> dict[str, str]:
    """The commands in the order of the help text, each with its line there."""
    return {name: line for name, line in TABLE.items() if " " not in name}


def question(name: str) -> Question:
    """The question of a name in :data:`TABLE`."""
    found: Question = import_module(f"{__name__}.{name.replace('-', '_').replace(' ', '_')}").QUESTION
    return found


def questions() -> Iterator[Question]:
    """Every question, in the order of the table."""
    return (question(name) for name in TABLE if name not in GROUPS)
