"""An outcome that nobody has heard of, stated as a rule and a handful of triples, is treated as the shipped ones are.

Each question is asked of two small knowledge bases: in one a route ``retains`` a cell, in the other it ``dims`` it, and
a file states what that is and by which rule a regimen ``brightens`` a cell.  With these words exchanged the answers are
the same to the letter.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.curating.checks.soundness import outcomes
from reasoner.curating.template_export import exported
from reasoner.inference import cached
from reasoner.inference.reasoned import Reasoned
from reasoner.resources import shipped
from tests.in_process import Document, asked, document

#: An outcome with a relation and a state of its own, and what its rules say.
WORDS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

:dims a owl:ObjectProperty ; rdfs:subPropertyOf :concerns ; rdfs:domain :Route ; rdfs:range :Cell ;
    rdfs:label "dims"@en ; :goalWord "dimming" ; :soughtByDefault true .
:brightens a owl:ObjectProperty ; rdfs:domain :Scenario ; rdfs:range :Cell ; rdfs:label "brightens"@en .
:DimmingProcess a owl:Class ; rdfs:subClassOf :Process .
:brightened a owl:NamedIndividual , :ReachedState ; rdfs:label "the earlier brightening"@en .
:brightened_in_part a owl:NamedIndividual , :ReachedState ; rdfs:label "the earlier partial brightening"@en .
:brightening a owl:NamedIndividual , :Outcome ; rdfs:label "brightening"@en ; :concludedBy "brightens" ;
    :takesAway "dims" ; :reachesState :brightened ; :reachesInPart :brightened_in_part ; :endsProcess "DimmingProcess" ;
    :outcomeRank 1 .
"""
RULES = """
rule R-OUT-101 "breaking a route that dims a cell brightens it"
    status   curated
    source   CHO-177 CHO-185
    because  "{x} breaks {r}, a route that dims {c}"

    breaksRoute(?x, ?r) ^ hasCell(?x, ?c) ^ dims(?r, ?c) -> brightens(?x, ?c)

rule R-OUT-102 "narrowing a route that dims a cell brightens it in part"
    status   curated
    source   CHO-177
    because  "{x} narrows {r}, a route that dims {c}"

    narrowsRoute(?x, ?r) ^ hasCell(?x, ?c) ^ dims(?r, ?c) -> brightens(?x, ?c)

rule R-ROU-106 "a route that dims a broader kind of cell dims the narrower"
    status   definition
    because  "{d} is a kind of {c}"

    dims(?r, ?c) ^ subtypeOf(?d, ?c) -> dims(?r, ?d)

rule R-HAZ-101 "brightening without an effective killer"
    status   curated
    source   BOR-150 BOR-155 BOR-158
    because  "{x} brightens {c} while nothing given acts against it"

    brightens(?x, ?c) ^ hasCell(?x, ?c) ^ leavesNone(?x, killer_in_place)
    -> hasHazard(?x, eviction_without_killer)
"""
#: Words of the new outcome, longest first, with those of the shipped one that stand in their place.
TWINS = {
    "brightened_in_part": "dislodged_in_part", "the earlier partial brightening": "the earlier partial dislodging",
    "the earlier brightening": "the earlier dislodging", "DimmingProcess": "RetentionProcess",
    "brightening": "dislodgement", "brightened": "dislodged", "brightens": "dislodges", "dimming": "retention",
    "dims": "retains", "R-OUT-10": "R-OUT-00", "R-HAZ-10": "R-HAZ-00", "R-ROU-10": "R-ROU-00",
}  # fmt: skip

#: Routes of one arm and of two, one that protects, a rest that the state reached takes away, and a claim on each side.
FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

:fever a :Disease . :late_fever a :Disease ; :subtypeOf :fever .
:Ash_cell a :MalignantCell .
:Ash_stem_cell a :MalignantCell ; :subtypeOf :Ash_cell ; :occursIn :fever ; :hasNormalCounterpart :Loam_cell .
:Loam_cell a :NormalCell .
:Moss_cell a :NicheCell .
:LIG a :GeneProduct . :REC a :GeneProduct . :KIN a :GeneProduct . :GLUE a :GeneProduct .
:rooting a :DimmingProcess .

:link a :Interaction ; :hasSender :Moss_cell ; :hasLigand :LIG ; :hasReceptor :REC ; :hasReceiver :Ash_cell ;
    :holdsIn :fever .
:rooting__of__Ash_cell a :CellProcess ; :ofProcess :rooting ; :ofCell :Ash_cell .
:roots a :Mechanism ; :requires :link ; :promotes :rooting__of__Ash_cell ; :holdsIn :fever .
:route_one a :NicheRoute ; :holdsIn :fever ; :dims :Ash_cell ; :hasArm :arm_one .
:arm_one a :Arm ; :needs :rooting__of__Ash_cell .
:shelter a :Protection ; :byRoute :route_one ; :ofCell :Ash_cell ; :fromTherapy :killdrug ; :holdsIn :fever .

:GLUE__in__Ash_cell a :MoleculeActivity ; :ofMolecule :GLUE ; :inCell :Ash_cell ; :givenIn :fever .
:grip a :Activity ; :givenIn :fever .
:route_two a :NicheRoute ; :holdsIn :fever ; :dims :Ash_stem_cell ; :hasArm :arm_two , :arm_three .
:arm_two a :Arm ; :needs :GLUE__in__Ash_cell . :arm_three a :Arm ; :needs :grip .
:route_late a :NicheRoute ; :holdsIn :late_fever ; :dims :Ash_cell ; :hasArm :arm_late .
:arm_late a :Arm ; :needs :grip .
:feeding a :NicheRoute ; :holdsIn :fever ; :sustains :Ash_cell ; :hasArm :arm_feeding .
:arm_feeding a :Arm ; :needs :GLUE__in__Ash_cell .

:blockdrug a :Agent . :blocks_rec a :Action ; :hasAgent :blockdrug ; :hasTarget :REC ; :hasMode :block .
:gluedrug a :Agent . :blocks_glue a :Action ; :hasAgent :gluedrug ; :hasTarget :GLUE ; :hasMode :block .
:gripdrug a :Agent . :cuts_grip a :Action ; :hasAgent :gripdrug ; :hasTarget :grip ; :hasMode :block .
:killdrug a :Agent . :kills a :Killing ; :hasAgent :killdrug ; :againstCell :Ash_cell ;
    :actsThrough :KIN ; :holdsIn :fever .
:bad_change a :Lesion ; :lesionOf :KIN ; a :LossOfFunction .

:loam_link a :Interaction ; :hasSender :Moss_cell ; :hasLigand :LIG ; :hasReceptor :REC ; :hasReceiver :Loam_cell .
:loam_hold a :RetentionFunction ; :functionOf :Loam_cell ; :hasArm :loam_arm . :loam_arm a :Arm ; :needs :loam_link .

:paper a :Paper ; rdfs:label "a paper"@en .
:seen a :Evidence ; :statement "It does." ; :kindOfClaim "effect" ; :modality "established" ; :polarity "supports" ;
    :citesPaper :paper ; :hasTier :in_vivo ; :inDisease :fever .
:unseen a :Evidence ; :statement "It does not." ; :kindOfClaim "effect" ; :modality "suggested" ; :polarity "opposes" ;
    :citesPaper :paper ; :hasTier :in_vitro ; :inDisease :fever .
:watched a :Observation ; :hasOutcome :brightening ; :hasAgent :blockdrug ; :aboutCell :Ash_cell ;
    :aboutRoute :route_one ; :holdsIn :fever .
[] a owl:Axiom ; owl:annotatedSource :watched ; owl:annotatedProperty :hasOutcome ; owl:annotatedTarget :brightening ;
    :supportedBy :seen ; :opposedBy :unseen .
:missed a :Observation ; :hasOutcome :brightening ; :hasAgent :killdrug ; :aboutCell :Ash_cell ; :holdsIn :fever .
[] a owl:Axiom ; owl:annotatedSource :missed ; owl:annotatedProperty :hasOutcome ; owl:annotatedTarget :brightening ;
    :supportedBy :seen .
[] a owl:Axiom ; owl:annotatedSource :route_one ; owl:annotatedProperty :dims ; owl:annotatedTarget :Ash_cell ;
    :supportedBy :seen .
"""
CELL = "--cell Ash_stem_cell"
QUESTIONS = [
    f"assess {CELL}",
    f"assess blockdrug {CELL}",
    f"assess gluedrug {CELL}",
    f"assess blockdrug+gluedrug+gripdrug {CELL}",
    f"assess blockdrug+killdrug {CELL}",
    f"assess blockdrug+killdrug {CELL} --state bad_change",
    f"assess killdrug {CELL}",
    f"assess blockdrug {CELL} --disease late_fever",
    f"assess blockdrug+killdrug {CELL} --clone none --clone bad_change",
    f"assess gluedrug then killdrug {CELL}",
    f"assess blockdrug+gluedrug+gripdrug then killdrug {CELL}",
    f"compare blockdrug gluedrug {CELL}",
    "breaks",
    f"escapes blockdrug {CELL}",
    f"matrix {CELL}",
    f"combine {CELL}",
    f"combine {CELL} --close dimming",
    f"combine {CELL} --only gluedrug --only gripdrug --with-agent killdrug",
    f"combine {CELL} --spare Loam_cell",
    "explain brightens(blockdrug,Ash_stem_cell)",
    "explain brightens(gluedrug,Ash_stem_cell) --all",
    "explain dims(route_one,Ash_stem_cell)",
    "explain strategy(blockdrug+killdrug) --cell Ash_stem_cell",
    "explain brightens(gluedrug+gripdrug,Ash_stem_cell)",
    "explain on(rooting__of__Ash_cell) --cell Ash_stem_cell",
    "robustness brightens(blockdrug,Ash_stem_cell)",
    "why-not brightens(killdrug,Ash_stem_cell)",
    "why-not brightens(killdrug,Ash_stem_cell) --disease late_fever",
    "why-not brightens(killdrug,Loam_cell) --disease fever",
    "why-not brightens(killdrug,Ash_stem_cell) --abduce --max 1",
    "why-not brightens(killdrug,Ash_stem_cell) --abduce --max 2",
    f"why-not breaksRoute(killdrug,route_two) {CELL}",
]


def exchanged(text: str) -> str:
    """A text with the words of the shipped outcome in the place of those of the new one."""
    return re.sub("|".join(map(re.escape, TWINS)), lambda found: TWINS[found[0]], text)


@cache
def new() -> Reasoned:
    """The vocabulary, the facts, and the file and rules that state the new outcome."""
    return _read(FACTS, WORDS, RULES)


@cache
def twin() -> Reasoned:
    """The vocabulary and the same facts about the shipped outcome."""
    return _read(exchanged(FACTS))


def _read(facts: str, words: str = "", rules: str = "") -> Reasoned:
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("facts.ttl", "words.ttl", "new.swrl")]
        for file, text in zip(files, (facts, words, rules), strict=True):
            file.write_text(text, encoding="utf-8")
        modules = sorted(shipped("ontology").glob("modules/*.ttl"))
        extra = [files[1]] if words else []
        return Reasoned.load(ontology=[*modules, files[0]], extra=extra, rules=[files[2]] if rules else [])


def told(kb: Reasoned, words: list[str]) -> tuple[int, str]:
    """Exit code and text of ``dislodge WORDS``."""
    with patch.object(cached, "load", lambda *files, **options: kb):
        result = CliRunner().invoke(main, words)
    assert "internal error" not in result.stderr, result.stderr
    return result.exit_code, result.stdout + result.stderr


def _split(question: str) -> list[str]:
    head, _, rest = question.partition(" then ")
    words = head.split()
    if not rest:
        return words
    regimen, *options = rest.split()
    return [words[0], f"{words[1]} then {regimen}", *options]


def _told_alike(text: str) -> str:
    """A page without the hash of the files, and without how its lines are broken and columns set."""
    return re.sub(r"[\s│─-]+", " ", re.sub(r"[0-9a-f]{8,}", "", text))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_that_about_the_shipped_outcome(question: str) -> None:
    code, found = asked(new(), *_split(question))
    same, other = asked(twin(), *_split(exchanged(question)))
    assert code == same
    assert found is not None or code == 2
    assert json.loads(exchanged(json.dumps(_without_hash(found)))) == _without_hash(other)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_is_that_about_the_shipped_outcome(question: str) -> None:
    code, page = told(new(), _split(question))
    same, other = told(twin(), _split(exchanged(question)))
    assert code == same
    assert _told_alike(exchanged(page)) == _told_alike(other)


def _without_hash(found: object) -> object:
    """A document without the hashes of the files."""
    if isinstance(found, dict):
        return {key: _without_hash(value) for key, value in found.items() if key != "kb"}
    return [_without_hash(value) for value in found] if isinstance(found, list) else found


#: An outcome that needs a killer in place, of a route that veils a cell, and one of a protection.
KILLER_WORDS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

:veils a owl:ObjectProperty ; rdfs:subPropertyOf :concerns ; rdfs:domain :Route ; rdfs:range :Cell ;
    :goalWord "veiling" ; :soughtByDefault true .
:exposes a owl:ObjectProperty ; rdfs:domain :Scenario ; rdfs:range :Cell ; rdfs:label "exposes"@en .
:exposure a owl:NamedIndividual , :Outcome ; :concludedBy "exposes" ; :takesAway "veils" ; :needsKiller true .
:uncovers a owl:ObjectProperty ; rdfs:domain :Scenario ; rdfs:range :Cell ; rdfs:label "uncovers"@en .
:uncovering a owl:NamedIndividual , :Outcome ; :concludedBy "uncovers" ; :takesAway "shields" ; :needsKiller true .
"""
_VEILED = """
rule R-OUT-103 "breaking a route that veils a cell exposes it to a killer in place"
    status   definition
    because  "with {{t}} in place, the rest of {{x}} {verb} {{r}}, which veils {{c}}"

    hasVariant(?x, ?y) ^ killerInPlace(?y, ?t) ^ {prop}(?y, ?r) ^ hasCell(?x, ?c) ^ veils(?r, ?c) -> exposes(?x, ?c)

rule R-ROU-107 "a route that veils a broader kind of cell veils the narrower"
    status   definition
    because  "{{d}} is a kind of {{c}}"

    veils(?r, ?c) ^ subtypeOf(?d, ?c) -> veils(?r, ?d)

"""


def _killer_rules() -> str:
    """The rule of the route that veils, and those of the shipped outcome with the new name in their heads."""
    rules = (shipped("rules") / "outcome.swrl").read_text(encoding="utf-8")
    own = re.findall(r"rule R-OUT-00[34] .*?(?=\nrule )", rules, re.DOTALL)
    twins = "\n".join(text[: text.index("    fires")] for text in own).replace("R-OUT-00", "R-OUT-20")
    return _VEILED.format(verb="breaks", prop="breaksRoute") + twins.replace("sensitises", "uncovers")


@cache
def killing() -> Reasoned:
    """Routes that retain a cell and protect it; the outcome of a protection has a twin."""
    return _read(exchanged(FACTS), KILLER_WORDS, _killer_rules())


@cache
def veiled() -> Reasoned:
    """The same routes veil the cell, and protect it from nothing."""
    return _read(
        re.sub(":shelter.*?\n", "", exchanged(FACTS).replace(":retains", ":veils")), KILLER_WORDS, _killer_rules()
    )


def row(found: Document, outcome: str) -> Document | None:
    """The entry of an outcome without its name."""
    found = [entry for entry in found["outcomes"] if entry["outcome"] == outcome]
    return {**found[0], "outcome": ""} if found else None


@pytest.mark.parametrize("state", [(), ("--state", "bad_change")])
@pytest.mark.parametrize("regimen", ["blockdrug", "killdrug", "blockdrug+killdrug", "gluedrug+killdrug"])
def test_an_outcome_of_a_protection_is_told_as_the_shipped_one(regimen: str, state: tuple[str, ...]) -> None:
    cell = "Ash_stem_cell"
    found = document(killing(), "assess", regimen, "--cell", cell, *state)
    assert row(found, "uncovers") == row(found, "sensitises")
    for command in ("explain", "why-not"):
        one, other = (
            json.dumps(_without_hash(asked(killing(), command, f"{predicate}({regimen}, {cell})", *state)))
            for predicate in ("uncovers", "sensitises")
        )
        assert one.replace("uncovers", "sensitises").replace("R-OUT-20", "R-OUT-00") == other


def test_an_outcome_that_needs_a_killer_holds_with_one_only() -> None:
    assert row(document(veiled(), "assess", "blockdrug", *CELL.split()), "exposes") is None
    found = document(veiled(), "assess", "blockdrug+killdrug", *CELL.split())
    told = row(found, "exposes")
    assert told is not None
    assert (told["derived"], told["extent"], told["left"]) == ("yes", "partial", ["route_two"])
    assert told["strength"] == "inference"
    defeated = document(veiled(), "assess", "blockdrug+killdrug", *CELL.split(), "--state", "bad_change")
    assert row(defeated, "exposes") is None
    assert "exposes Ash_stem_cell: predicted, partial" in told_page("assess blockdrug+killdrug --cell Ash_stem_cell")


def told_page(question: str) -> str:
    """The page of an answer, on one line."""
    return " ".join(told(veiled(), question.split())[1].split())


@pytest.mark.parametrize(
    ("regimen", "state", "code"),
    [
        ("blockdrug", (), "NO_KILLER"),
        ("blockdrug+killdrug", ("--state", "bad_change"), "KILLER_DEFEATED"),
        ("killdrug", (), "TARGET_NOT_ON_ROUTE"),
    ],
)
def test_why_not_names_the_killer_that_is_missing(regimen: str, state: tuple[str, ...], code: str) -> None:
    found = document(veiled(), "why-not", f"exposes({regimen}, Ash_stem_cell)", *state)
    assert not found["holds"]
    assert code in [reason["code"] for reason in found["reasons"]]


def test_a_killer_is_among_what_could_be_missing() -> None:
    found = document(veiled(), "why-not", "exposes(blockdrug+gripdrug, Ash_stem_cell)", "--abduce", "--max", "1")
    assert "gripdrug acts against Ash_stem_cell" in json.dumps(found["abduced"])


def test_combinations_seek_it_and_conclude_it() -> None:
    found = document(veiled(), "combine", *CELL.split())
    rows = found["answers"]
    assert [entry["added"] for entry in rows] == [["blockdrug", "gluedrug", "gripdrug", "killdrug"]]
    assert {entry["verdict"] for entry in rows} == {"predicted"}
    assert document(veiled(), "combine", *CELL.split(), "--close", "veiling")["answers"] == rows
    assert told(veiled(), ["combine", *CELL.split(), "--close", "veil"])[0] == 2


def test_it_is_explained_by_its_rule() -> None:
    found = document(veiled(), "explain", "exposes(blockdrug+killdrug, Ash_stem_cell)")
    (tree,) = found["derivations"]
    assert tree["rule"] == "R-OUT-103"
    assert (
        tree["text"]
        == "with killdrug in place, the rest of blockdrug+killdrug breaks route_one, which veils Ash_stem_cell"
    )


def test_tables_and_lists_know_it() -> None:
    assert {"exposure", "uncovering"} <= {entry["id"] for entry in document(veiled(), "list", "outcomes")["answers"]}
    statements = json.dumps(document(veiled(), "show", "exposure"))
    assert all(word in statements for word in ("takesAway", "veils", "needsKiller"))
    statuses = {
        cell["route"] for entry in document(veiled(), "matrix", *CELL.split())["answers"] for cell in entry["routes"]
    }
    assert statuses == {"route_one", "route_two", "feeding"}


def test_an_outcome_without_a_rule_is_found() -> None:
    unruled = _read(exchanged(FACTS), WORDS)
    assert [(finding["code"], finding["subject"]) for finding in outcomes(unruled)] == [("C302", "brightens")]
    assert list(outcomes(new())) == []


def test_a_table_of_routes_has_a_column_for_its_relation(tmp_path: Path) -> None:
    facts, words = tmp_path / "facts.ttl", tmp_path / "words.ttl"
    facts.write_text(FACTS, encoding="utf-8")
    words.write_text(WORDS, encoding="utf-8")
    table, _ = exported([*sorted(shipped("ontology").glob("modules/*.ttl")), facts, words], "route")
    headers = [column.header for column in table.columns]
    assert headers[headers.index("dims") :][:3] == ["dims", "dims: supportedBy", "dims: opposedBy"]
