"""Queries that would run for hours, fill the memory, or nest too deeply."""

from pathlib import Path


def _doubled(times: int) -> str:
    """A text that grows four times as long at each step."""
    steps = (f"BIND (CONCAT(?v{n}, ?v{n}, ?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(times))
    return "SELECT (COUNT(*) AS ?n) { BIND ('0123456789' AS ?v0) " + " ".join(steps) + " }"


def _crossed(size: int) -> str:
    """Two long lists of values, every pair of them, sorted."""
    values = " ".join(f"'{n}'" for n in range(size))
    return f"SELECT * {{ VALUES ?x {{ {values} }} VALUES ?y {{ {values} }} }} ORDER BY ?y ?x"


BOMBS = [
    *Path(__file__).with_name("query_bombs.txt").read_text("utf-8").splitlines(),
    _doubled(20),
    _crossed(60_000),
    "ASK { FILTER (" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
    "SELECT * { " + "{ " * 50_000 + "?a ?b ?c" + " }" * 50_000 + " }",
    "ASK { FILTER (" + "!" * 200_000 + "true) }",
]
