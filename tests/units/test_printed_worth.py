"""What pages print of the worth of a conclusion: each case of a few facts, as a reader in a terminal sees it."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.resources import shipped

FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

:ill a :Disease .
:dysA a :Disease ; :subtypeOf :ill .
:stemX a :MalignantCell ; :occursIn :dysA .
:molM a :Molecule .
:wayM a :MoleculeActivity ; :ofMolecule :molM ; :inCell :stemX ; :givenIn :dysA .
:routeR a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armR .
:armR a :Arm ; :needs :wayM .
:molN a :Molecule .
:wayN a :MoleculeActivity ; :ofMolecule :molN ; :inCell :stemX ; :givenIn :dysA .
:routeS a :NicheRoute ; :holdsIn :ill ; :sustains :stemX ; :hasArm :armS .
:armS a :Arm ; :needs :wayN .
:drugA a :Agent .
:drugA_block a :Action ; :hasAgent :drugA ; :hasTarget :molM ; :hasMode :block .
:drugB a :Agent .
:drugB_block a :Action ; :hasAgent :drugB ; :hasTarget :molM ; :hasMode :block .
:unnamedU a :Placeholder .
:unnamedU_block a :Action ; :hasAgent :unnamedU ; :hasTarget :molN ; :hasMode :block .
:PA a :Paper .
:PB a :Paper .
"""


def claim(name: str, **said: str) -> str:
    """A claim in mice that reports a result, unless something else is said of it."""
    parts = {"hasTier": ":in_vivo", "modality": '"reported"', "polarity": '"supports"'} | said
    return f":{name} a :Evidence ; " + " ; ".join(f":{prop} {value}" for prop, value in parts.items()) + " .\n"


def seen(name: str, agents: str, side: str, claims: str, outcome: str = "dislodgement", route: str = "") -> str:
    """That some agents were seen to dislodge the cell or to do something else, or not."""
    about = f" ; :aboutRoute {route}" if route else ""
    return f"""
    :{name} a :Observation ; :hasOutcome :{outcome} ; :hasAgent {agents} ; :aboutCell :stemX ; :holdsIn :dysA{about} .
    [] a owl:Axiom ; owl:annotatedSource :{name} ; owl:annotatedProperty :hasOutcome ;
        owl:annotatedTarget :{outcome} ; :{side} {claims} .
    """


REVIEW = {"hasTier": ":review_statement", "citesPaper": ":PA", "statement": '"It works, as a paper shows."'}
PRIMARY = {"citesPaper": ":PA", "corrects": ":CL-review", "statement": '"It does not work."'}
DRIFT = claim("CL-review", **REVIEW) + seen("said", ":drugA", "supportedBy", ":CL-review")
RATE = {"hasTier": ":clinical", "controlled": '"uncontrolled"', "endpoint": '"response"'}
TRIAL = {"hasTier": ":clinical", "controlled": '"randomised"', "citesPaper": ":PA"}

#: More facts, the command, and what its page holds, however its lines are broken.
CASES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "a review that drifted from its paper": (
        DRIFT + claim("CL-no", **PRIMARY) + seen("found", ":drugA", "opposedBy", ":CL-no"),
        "assess drugA --cell stemX",
        ("drift, not counted: CL-review cites the paper for “It works, as a paper shows”; the paper says “It does not "
         "work” (CL-no)",),
    ),
    "drift without sentences": (
        DRIFT.replace(' ; :statement "It works, as a paper shows."', "")
        + claim("CL-no", citesPaper=":PA", corrects=":CL-review") + seen("found", ":drugA", "opposedBy", ":CL-no"),
        "assess drugA --cell stemX",
        ("drift, not counted: CL-review, corrected by CL-no",),
    ),
    "a rate in patients": (
        claim("CL-rate", **RATE) + seen("given", ":drugA", "supportedBy", ":CL-rate"),
        "assess drugA --cell stemX",
        ("told, on neither side: CL-rate", "tested as given, in patients counted on neither side"),
    ),
    "a route that no product closes": (
        "",
        "escapes drugA --cell stemX",
        ("no agent that can be given;", "unnamedU (no product): predicted",),
    ),
    "what closes a route, and what speaks against it": (
        claim("CL-no") + seen("found", ":drugA", "opposedBy", ":CL-no"),
        "escapes drugN --cell stemX --assume 'Agent(drugN)'",
        ("drugA or drugB: predicted", "never tested together, elsewhere against CL-no"),
    ),
    "regimens side by side": (
        claim("CL-no") + seen("found", ":drugA", "opposedBy", ":CL-no"),
        "compare drugA drugB --cell stemX",
        ("dislodges stemX opposed · complete", "against CL-no –", "elsewhere against – CL-no",
         "open · predicted · stated for a broader disease under all: routeS"),
    ),
    "a proposal about the outcome of a regimen that closes its goal": (
        ":drugK a :Agent .\n:kill_K a :Killing ; :hasAgent :drugK ; :againstCell :stemX .\n"
        + claim("CL-yes") + claim("CL-hope", modality='"hypothesised"')
        + seen("hoped", ":drugA , :drugK", "supportedBy", ":CL-hope")
        + seen("broke", ":drugA", "supportedBy", ":CL-yes", "route_broken", ":routeR"),
        "combine --cell stemX --with-agent drugK --close routeR",
        ("1. drugK + drugA closes routeR verdict supported, never tested together, for CL-yes",),
    ),
    "what is reported of a regimen": (
        claim("CL-bad", polarity='"opposes"') + seen("found", ":drugA", "opposedBy", ":CL-bad", "efficacy"),
        "report drugA --cell stemX --format md",
        ("Reported about this regimen", "against: CL-bad"),
    ),
    "a paper that only the word of patients hangs on": (
        claim("CL-lab", citesPaper=":PB") + claim("CL-trial", **TRIAL)
        + seen("found", ":drugA", "supportedBy", ":CL-lab , :CL-trial"),
        "robustness 'dislodges(drugA, stemX)' --cell stemX",
        ("dislodges(drugA, stemX): supported; patients: supported", "PA supported", "PB predicted; patients: supp"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_page_says_what_a_conclusion_is_worth(name: str, tmp_path: Path) -> None:
    more, command, expected = CASES[name]
    (tmp_path / "facts.ttl").write_text(FACTS + more, encoding="utf-8")
    files = [*sorted(shipped("ontology").glob("modules/*.ttl")), tmp_path / "facts.ttl"]
    named = [word for file in files for word in ("--ontology", str(file))]
    result = CliRunner().invoke(main, [*shlex.split(command), *named])
    page = " ".join(result.stdout.split())
    for text in expected:
        assert text in page, result.output
