"""The two questions about tables of facts."""

from __future__ import annotations

HELP = """
Facts as tables for a spreadsheet, in ROBOT's template format.

The first row names the columns, the second says what they state (ID, TYPE, AL rdfs:label@en, I dislodge:hasTarget,
>AI dislodge:supportedBy for the claims beside the column before). Values of a cell stand apart by |.
"""
EXAMPLES = (
    "dislodge template export action -o actions.tsv",
    "dislodge template import actions.tsv --dry-run",
    "dislodge template import new.tsv --into mine.ttl",
)
