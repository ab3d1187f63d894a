"""What ``check`` finds of statements once they are placed: never read, in contradiction, overruled, hanging."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli.group import main
from reasoner.resources import shipped

FACTS = """@prefix : <https://w3id.org/dislodge#> .
:dysA a :Disease . :dysA1 a :Disease ; :subtypeOf :dysA . :dysB a :Disease ; :subtypeOf :dysA .
:dysA2 a :Disease ; :subtypeOf :dysA1 , :dysB .
:tumX a :MalignantCell . :stemX a :MalignantCell ; :subtypeOf :tumX ; :occursIn :dysA1 .
:budX a :MalignantCell ; :subtypeOf :tumX . :nicheN a :NicheCell .
:ligL a :GeneProduct . :recR a :GeneProduct . :kinK a :GeneProduct .
:kinK__in__stemX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :stemX .
:kinK__in__tumX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :tumX .
:kinK__in__budX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :budX .
:recR__in__stemX a :MoleculeActivity ; :ofMolecule :recR ; :inCell :stemX .
:recR__in__tumX a :MoleculeActivity ; :ofMolecule :recR ; :inCell :tumX .
:route a :NicheRoute ; :retains :stemX ; :holdsIn :dysA ; :hasArm :arm . :arm a :Arm ; :needs :kinK__in__stemX .
"""
LINK = ":link a :Interaction ; :hasSender :nicheN ; :hasLigand :ligL ; :hasReceptor :recR ; :hasReceiver :stemX"


@pytest.mark.parametrize(
    ("facts", "code", "subject"),
    [
        (
            ":way a :Mechanism ; :requires :kinK__in__tumX , :kinK__in__budX ; :promotes :recR__in__stemX .",
            "C406",
            "way",
        ),
        (":kinK__in__stemX :givenIn :dysA1 ; :deniedIn :dysA1 .", "C407", "kinK__in__stemX"),
        (":stemX :occursIn :dysA2 . :kinK__in__stemX :givenIn :dysA1 ; :deniedIn :dysB .", "C407", "kinK__in__stemX"),
        (":kinK__in__stemX :givenIn :dysA . :kinK__in__tumX :deniedIn :dysA1 .", "C407", "kinK__in__stemX"),
        (f"{LINK} ; :holdsIn :dysA1 . :recR__in__stemX :deniedIn :dysA .", "C408", "recR__in__stemX"),
        (f"{LINK} ; :holdsIn :dysA . :recR__in__stemX :deniedIn :dysA .", "C415", "recR__in__stemX"),
        (f"{LINK} ; :holdsIn :dysA1 . :recR__in__tumX :deniedIn :dysA1 .", "C408", "recR__in__stemX"),
        (
            f"{LINK} ; :holdsIn :dysA . :kinK__in__stemX :givenIn :dysA ."
            " :makes a :Mechanism ; :requires :kinK__in__stemX ; :promotes :recR__in__stemX .",
            "C409",
            "recR__in__stemX",
        ),
    ],
)
def test_check_finds_what_a_placing_makes(facts: str, code: str, subject: str, tmp_path: Path) -> None:
    assert (code, subject) in findings(facts, tmp_path)


@pytest.mark.ci
@pytest.mark.parametrize(
    "facts",
    [
        ":kinK__in__stemX :givenIn :dysA1 ; :deniedIn :dysA .",
        ":kinK__in__stemX :givenIn :dysA1 ; :deniedIn :dysB .",
        ":kinK__in__stemX :givenIn :dysA1 . :kinK__in__tumX :deniedIn :dysA .",
        f"{LINK} ; :holdsIn :dysA . :recR__in__stemX :givenIn :dysA .",
        f"{LINK} ; :holdsIn :dysA . :recR__in__stemX :deniedIn :dysB .",
        ":way a :Mechanism ; :requires :kinK__in__tumX ; :promotes :recR__in__stemX .",
        ":way a :Mechanism ; :requires :kinK__in__budX ; :promotes :recR__in__stemX .",
    ],
)
def test_check_is_silent_where_the_narrowest_decides(facts: str, tmp_path: Path) -> None:
    assert not {found for found in findings(facts, tmp_path) if found[0] in ("C406", "C407", "C408", "C409", "C415")}


def findings(facts: str, folder: Path) -> set[tuple[str, str]]:
    """Code and subject of each finding over the vocabulary and the facts."""
    file = folder / "facts.ttl"
    file.write_text(FACTS + facts, encoding="utf-8")
    files = [*sorted(shipped("ontology").glob("modules/*.ttl")), file]
    named = [word for path in files for word in ("--ontology", str(path))]
    result = CliRunner().invoke(main, ["check", "--json", *named])
    return {(found["code"], found["subject"]) for found in json.loads(result.stdout)["findings"]}
