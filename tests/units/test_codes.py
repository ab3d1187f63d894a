"""The catalogue of codes: each stands for one kind, is raised somewhere, and is tested somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import reasoner
from reasoner.codes import CODES, FAMILIES, as_markdown
from reasoner.errors import ReadingError, RuleError

PACKAGE = Path(reasoner.__file__).resolve().parent
TESTS = PACKAGE.parent / "tests"
#: A code by itself, or at the head of a sentence.
CODE = re.compile(r"(?P<code>[EC][0-9]{3})(: .*)?", re.DOTALL)


def raised(path: Path) -> Iterator[str]:
    """Codes in the statements of a module, its docstrings apart."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := CODE.fullmatch(node.value)):
            yield found["code"]


def test_what_is_raised_is_in_the_catalogue_and_the_other_way_round() -> None:
    found = {code: path for path in PACKAGE.rglob("*.py") if path.name != "codes.py" for code in raised(path)}
    assert {code: path for code, path in found.items() if code not in CODES} == {}, "state it in reasoner/codes.py"
    assert CODES.keys() - found.keys() == set(), "nothing raises it: remove it from reasoner/codes.py"


def test_every_code_is_tested() -> None:
    files = [path for path in TESTS.rglob("*") if path.suffix in (".py", ".txt", ".md", ".toml")]
    texts = "\n".join(path.read_text("utf-8") for path in files if path != Path(__file__))
    assert CODES.keys() - set(re.findall(r"\b[EC][0-9]{3}\b", texts)) == set(), "write a test that names it"


def test_no_two_codes_mean_one_kind() -> None:
    titles = [kind.title for kind in CODES.values()]
    assert sorted(titles) == sorted(set(titles)) and all(kind.remedy for kind in CODES.values())
    assert list(CODES) == sorted(CODES, key=lambda code: (code[0] == "C", code))


def test_every_code_has_a_family() -> None:
    assert {code[:2] for code in CODES} == set(FAMILIES)


def test_an_error_without_a_hint_brings_that_of_its_code() -> None:
    assert RuleError("no rule", code="E215").hint == CODES["E215"].remedy
    assert ReadingError("no file", code="E101", hint="look again").hint == "look again"


def test_the_manual_holds_a_row_for_each_code() -> None:
    page = as_markdown()
    assert re.findall(r"^\| ([EC]\d+) \|", page, re.MULTILINE) == list(CODES)
    assert all(row.replace("\\|", "").count("|") == 4 for row in page.splitlines() if row.startswith("|"))
