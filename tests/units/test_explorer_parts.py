"""What the explorer's tables lead to is there: proofs can be asked, claims read, regimens looked at."""

from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from reasoner.inference.cached import load
from reasoner.views.limited import Limits
from tests.effort import PATIENCE
from tests.served import Served, serving, whole

pytestmark = pytest.mark.ci
SEARCH = "combine?cell=CML_LSC&background=imatinib&page=1"


@pytest.fixture(scope="module")
def http() -> Iterator[Served]:
    with serving(whole(load(), Limits(PATIENCE, niced=True))) as served:
        yield served


def leads(http: Served, path: str, name: str) -> list[ElementTree.Element]:
    """The parts of a page that lead to something."""
    page = ElementTree.fromstring(http.get(f"/api/{path}").json()["page"])
    return [element for element in page.iter() if element.get(f"data-{name}") is not None]


@pytest.mark.parametrize(
    "path",
    [
        "scenario?cell=CML_LSC",
        "scenario?cell=CML_LSC&regimen=imatinib",
        "scenario?cell=CML_LSC&regimen=imatinib%2Bplerixafor&inactive=1",
        "scenario?cell=CML_LSC&regimen=block:CXCR4&state=T315I",
        "surroundings?cell=CML_LSC&regimen=imatinib",
    ],
)
def test_whatever_the_tables_say_to_be_derived_is_derived(path: str, http: Served) -> None:
    place = {"cell": "CML_LSC", "state": "T315I" if "T315I" in path else ""}
    found = {
        (lead.get("data-conclusion"), lead.get("data-under"), lead.get("data-title"))
        for lead in leads(http, path, "conclusion")
    }
    assert found
    for conclusion, under, title in sorted(found, key=str)[::3]:
        fields = {**place, "conclusion": conclusion, "background": "+".join((under or "").split())}
        told = http.get(f"/api/proof?{urlencode({key: value for key, value in fields.items() if value})}").json()
        assert told.get("derivations"), (title, conclusion, told)
        assert ElementTree.fromstring(told["page"]).find("ul[@class='proof']") is not None


@pytest.mark.parametrize(
    "path",
    [
        "scenario?cell=CML_LSC&regimen=imatinib%2Bplerixafor",
        "combine?cell=CML_LSC&background=imatinib&page=1",
        "conflicts?page=1",
    ],
)
def test_every_claim_of_the_tables_can_be_read(path: str, http: Served) -> None:
    found = {(lead.get("data-claim"), lead.get("data-side")) for lead in leads(http, path, "claim")}
    assert found
    for claim, side in found:
        told = http.get(f"/api/claims?{'claim' if side == 'for' else 'against'}={claim}").json()
        card = ElementTree.fromstring(told["page"]).find("div")
        assert card is not None and card.get("id") == claim
        assert side == "for" or card.get("class") == "claim against"


@pytest.mark.parametrize(
    "path", ["surroundings?cell=CML_LSC&regimen=imatinib", "combine?cell=CML_LSC&background=imatinib&page=1"]
)
def test_every_regimen_of_the_tables_can_be_looked_at(path: str, http: Served) -> None:
    found = {lead.get("data-agents") or "" for lead in leads(http, path, "agents")}
    assert len(found) > 2
    for agents in found:
        told = http.get(f"/api/assess?{urlencode({'cell': 'CML_LSC', 'regimen': agents.split()}, doseq=True)}").json()
        assert set(told["regimen"]) == set(agents.split())


@pytest.mark.parametrize("regimen", ["", "imatinib", "imatinib%2Bimatinib", "imatinib%2Bplerixafor"])
def test_a_matrix_begins_with_no_treatment_and_the_regimen(regimen: str, http: Served) -> None:
    given = f"&regimen={regimen}" if regimen else ""
    page = ElementTree.fromstring(http.get(f"/api/surroundings?cell=CML_LSC{given}").json()["page"])
    names = ["".join(head.itertext()) for head in page.iter("th") if head.get("scope") == "row"]
    asked = " + ".join(dict.fromkeys(filter(None, regimen.split("%2B"))))
    assert names[: 2 if asked else 1] == (["untreated", asked] if asked else ["untreated"])
    assert all(name.startswith("+ ") for name in names[2 if asked else 1 :])


def test_a_claim_on_both_sides_says_so(http: Served) -> None:
    told = http.get("/api/claims?claim=CHO-187&against=CHO-187").json()
    assert "for and against" in told["page"]
    assert http.get("/api/proof?cell=CML_LSC&conclusion=breaksRoute(imatinib,%20RP06)").json()["command"] == "why-not"
