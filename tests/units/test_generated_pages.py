"""Pages that are written from code say what the code says."""

from pathlib import Path

from reasoner.engine.rl_status import status_table

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_of_owl_rl_rules_is_current():
    page = (ROOT / "ontology" / "OWL_RL.md").read_text(encoding="utf-8")
    assert page.endswith(status_table().strip() + "\n"), "write ontology/OWL_RL.md again from status_table()"
