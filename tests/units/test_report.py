"""Reports that stand alone, and what hostile labels can do in them: nothing."""

import csv
import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner
from hostile import LABELS, knowledge

from reasoner.answers.report import report
from reasoner.asking.requests import ScenarioRequest
from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned
from reasoner.views import schemas
from reasoner.views.documents import render
from reasoner.views.look import Look

pytestmark = pytest.mark.ci

BOTH = ("imatinib", "plerixafor")


@cache
def document() -> dict[str, object]:
    return report(Reasoned.load(), BOTH, ScenarioRequest("CML_LSC"), search=True)


@cache
def made(form: str) -> str:
    return render(document(), form, Look())


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_report_stands_alone() -> None:
    text = made("html")
    assert len(text.encode()) < 600_000
    for tag, attributes in Tags(text).found:
        assert tag not in ("script", "link", "iframe", "img", "object", "base")
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert attributes.get("href", "#").startswith("#")
    assert "url(" not in re.sub(r"url\(#(tip|bar)\)", "", text)
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text).replace("http-equiv", "")


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_every_form_that_is_read_tells_what_the_search_found(form: str) -> None:
    without = report(Reasoned.load(), BOTH, ScenarioRequest("CML_LSC"))
    added = set(made(form).splitlines()) - set(render(without, form, Look()).splitlines())
    found = document()["combine"]
    agents = [agent for row in found["regimens"] or found["front"] for agent in row["agents"]]  # type: ignore[index]
    assert agents and all(any(agent in line for line in added) for agent in agents[:3])
    assert any("combine" in line if form == "json" else "What could be added" in line for line in added)


def test_the_report_says_what_a_reader_must_know() -> None:
    text = made("html")
    for said in (
        "For research use only",
        str(document()["kb"]["sha256"]),
        "contested",
        "CHO-187",
        "RP07",
        "Closed world",
    ):  # type: ignore[index]
        assert said in text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="niche"') == 1
    assert "No regimen closes all of it" in text


def test_the_documents_fit_their_schemas() -> None:
    found = json.loads(json.dumps(document()))
    jsonschema.validate(found, schemas.schema("report"))
    jsonschema.validate(found["niche"], schemas.schema("niche"))
    for inner in ("assess", "escapes", "combine"):
        jsonschema.validate(found[inner], schemas.schema(inner))


def test_every_claim_that_a_report_names_is_in_it() -> None:
    text = made("html")
    for claim in set(re.findall(r'href="#([^"]+)"', text)):
        assert f'id="{claim}"' in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_a_report_supposes_is_said_before_anything_else(form: str) -> None:
    words = ["report", *BOTH, "--cell", "CML_LSC", "--assume", "off(CXCR4__in__CML_LSC)", "--format", form]
    told = run(*words)
    assert "What if: assumed: off(CXCR4" in told[: told.index("Outcomes")].replace("\\", "")
    assert "What if" not in made(form)


def test_a_search_that_would_know_nothing_of_earlier_steps_is_refused() -> None:
    words = ["report", "imatinib then plerixafor", "--cell", "CML_LSC", "--search"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "E440" in done.stderr
    assert run(*words[:-1], "--format", "md").startswith("# imatinib; then plerixafor")


def test_what_a_report_derives_leads_to_its_proof() -> None:
    text = made("html")
    told = document()["assess"]
    decided = {row["route"] for row in told["routes"] if row["status"] in ("broken", "open", "opened")}  # type: ignore[index]
    about = {proof["about"]: number for number, proof in enumerate(document()["proofs"], 1)}  # type: ignore[arg-type, index, var-annotated]
    assert decided and decided <= set(about)
    for route in decided:
        row = text[text.index(f"<strong>{route}</strong>") :].partition("</tr>")[0]
        assert f'<a href="#proof-{about[route]}"><span class="badge' in row
        assert f'id="proof-{about[route]}"' in text


def test_the_other_forms_hold_the_same_scenario() -> None:
    assert "## Proofs" in made("md")
    assert "RP06" in made("md")
    assert json.loads(made("json"))["command"] == "report"
    network = json.loads(made("cyjs"))
    ids = {node["data"]["id"] for node in network["elements"]["nodes"]}
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in network["elements"]["edges"])
    kinds = {edge["data"]["kind"] for edge in network["elements"]["edges"]}
    selectors = " ".join(rule["selector"] for rule in network["style"])
    assert "cuts" in kinds
    assert 'edge[kind = "cuts"]' in selectors
    aspects = {name: value for aspect in json.loads(made("cx2")) for name, value in aspect.items()}
    assert aspects["CXVersion"] == "2.0"
    numbers = {node["id"] for node in aspects["nodes"]}
    assert all({edge["s"], edge["t"]} <= numbers for edge in aspects["edges"])
    (look,) = aspects["visualProperties"]
    mapped = [m["definition"]["attribute"] for part in ("nodeMapping", "edgeMapping") for m in look[part].values()]
    declared = aspects["attributeDeclarations"][0]
    assert set(mapped) <= {*declared["nodes"], *declared["edges"]}
    assert {entry["name"] for entry in aspects["metaData"]} == set(aspects) - {
        "CXVersion",
        "hasFragments",
        "metaData",
        "status",
    }
    assert ElementTree.fromstring(made("svg")).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_ending_of_the_file_chooses_the_form(tmp_path: Path) -> None:
    for ending, start in (("html", "<!doctype html>"), ("md", "# imatinib"), ("svg", "<svg"), ("cx2", "[")):
        target = tmp_path / f"r.{ending}"
        done = CliRunner().invoke(main, ["report", "imatinib", "--cell", "CML LSC", "-o", str(target)])
        assert done.exit_code == 0, done.output
        assert target.read_text("utf-8").startswith(start)


def test_a_picture_shows_what_is_cut_opened_and_inferred() -> None:
    text = made("svg")
    assert 'class="edge signal is-cut"' in text
    assert "inferred" in text
    kb = Reasoned.load()
    alone = render(report(kb, ("imatinib",), ScenarioRequest("CML_LSC")), "svg", Look())
    assert 'class="edge signal is-opened"' in alone
    assert 'marker-end="url(#bar)"' in alone


# --- hostile labels ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    facts.write_text(knowledge(), encoding="utf-8")
    return facts


def run(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_there_are_hostile_labels_enough() -> None:
    assert len(LABELS) >= 200


def test_hostile_labels_are_inert_in_a_report(hostile: Path) -> None:
    text = run("report", "HzKill", "HA1", "--cell", "Hz_cell", "--with", str(hostile))
    for tag, attributes in Tags(text).found:
        assert tag in ALLOWED, tag
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "action", "data", "xlink:href")
        ]
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]", text)
    svg = text[text.index("<svg") : text.index("</svg>") + 6]
    ElementTree.fromstring(svg)


ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "div",
        "span",
        "strong",
    ),
    *("a", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "details", "summary", "footer"),
    *("svg", "defs", "marker", "path", "g", "rect", "text", "tspan"),
}


def test_hostile_labels_steer_no_terminal(hostile: Path) -> None:
    for words in (
        ["assess", "HzKill", "HA1", "--cell", "Hz_cell"],
        ["sparql", "SELECT ?l { ?a a :Agent ; rdfs:label ?l }"],
        ["sparql", "SELECT ?l { ?a a :Agent ; rdfs:label ?l }", "--json"],
        ["report", "HzKill", "--cell", "Hz_cell", "--format", "md"],
        ["report", "HzKill", "--cell", "Hz_cell", "--format", "cx2"],
    ):
        text = run(*words, "--with", str(hostile))
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f\u2028]", text), words


def test_hostile_labels_are_no_formulas_in_csv(hostile: Path) -> None:
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        text = run("sparql", "SELECT ?l { ?a rdfs:label ?l }", "--format", form, "--with", str(hostile))
        cells = [row[0] for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
        assert len(cells) > 200
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell[:1]]
