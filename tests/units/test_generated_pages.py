"""Pages that are written from code say what the code says."""

from collections.abc import Iterable
from pathlib import Path

from reasoner.model.rule import Rule
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped_rules
from tests.owlrl.rl_status import status_table

ROOT = Path(__file__).resolve().parents[2]


def rules_table(rules: Iterable[Rule]) -> str:
    """The rules as a table in Markdown: id, what it says, what it rests on."""
    rows = [f"| {rule.id} | {rule.label} | {' '.join(rule.source)} |\n" for rule in rules]
    return "".join(["| id | says that | source |\n|---|---|---|\n", *rows])


def test_the_table_of_owl_rl_rules_is_current():
    page = (ROOT / "ontology" / "OWL_RL.md").read_text(encoding="utf-8")
    assert page.endswith(status_table().strip() + "\n"), "write ontology/OWL_RL.md again from status_table()"


def test_the_table_of_rules_is_current():
    page = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    rules = [rule for path in shipped_rules() for rule in read_rules(path.read_text(encoding="utf-8"), str(path))]
    begin, end = "<!-- rules: begin (generated; do not edit) -->\n", "<!-- rules: end -->"
    table = page[page.index(begin) + len(begin) : page.index(end)]
    assert len(rules) > 50 and table == rules_table(rules), "write the table again from rules_table()"
