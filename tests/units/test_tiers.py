"""The published table of tiers and the evidence facts agree."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

ONTOLOGY = Path(__file__).parents[2] / "ontology"
NS = "https://w3id.org/dislodge#"
EMPTY = "*(empty)*"


def _table() -> dict[str, str]:
    """Setting text to tier, as printed in TIERS.md."""
    rows = [line for line in (ONTOLOGY / "TIERS.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]
    table = {setting: tier for setting, tier, _ in cells}
    assert len(table) == len(cells), "a setting stands twice in TIERS.md: keep one row for each"
    return table


def _evidence() -> dict[str, dict[str, list[str]]]:
    """Claim id to the values of its tier and setting."""
    claims: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(path=str(ONTOLOGY / "facts" / "evidence.ttl"), format=ox.RdfFormat.TURTLE):
        for name in ("hasTier", "settingText", "statement"):
            if triple.predicate.value == NS + name:
                claims[triple.subject.value.removeprefix(NS)][name].append(triple.object.value.removeprefix(NS))
    return claims


def test_every_claim_takes_the_tier_of_its_setting() -> None:
    table = _table()
    wrong = {
        claim: values["hasTier"]
        for claim, values in _evidence().items()
        if values["hasTier"] != [table.get((values["settingText"] or [EMPTY])[0])]
    }
    assert not wrong, f"correct hasTier in evidence.ttl or the row in TIERS.md: {wrong}"


def test_one_setting_has_one_tier_everywhere() -> None:
    tiers: dict[str, set[str]] = defaultdict(set)
    for values in _evidence().values():
        tiers[(values["settingText"] or [EMPTY])[0]].update(values["hasTier"])
    assert all(len(found) == 1 for found in tiers.values())


def test_the_table_lists_each_setting_and_no_other() -> None:
    settings = {(values["settingText"] or [EMPTY])[0] for values in _evidence().values()}
    assert settings == set(_table())
