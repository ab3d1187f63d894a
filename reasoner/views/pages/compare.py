"""The page of ``compare``: one column a regimen; what is the same under all of them is said once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.scenario.scenario import INACTIVE
from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages import assess
from reasoner.views.pages.closing import closing
from reasoner.views.phrases import SIDE_TITLES, opposing, placed, toned, worded, words_used
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import RegimenAssessment, RouteRow
    from reasoner.model.documents.comparison import Comparison
    from reasoner.model.documents.scenario import Judged

KEYS = ("regimen", "background", "place", *assess.KEYS)


def rows(document: Comparison) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """The rows of ``assess`` for each regimen, with the regimen in front."""
    found: list[Mapping[str, Any]] = []
    for answer in document["answers"]:
        of = {"regimen": answer["regimen"], "background": answer["background"], "place": _place(answer)}
        found += [{**row, **of} for row in assess.rows(answer)[1]]
    return KEYS, found


def blocks(document: Comparison, look: Look) -> Iterator[Block]:
    """Routes, outcomes, hazards, evidence and normal cells, each as a table with one column a regimen."""
    answers = document["answers"]
    yield Heading(_title(answers, look), level=1)
    titles = _titles(answers, look)
    yield from _routes(answers, titles, look)
    yield from _section("Outcomes", answers, titles, lambda a: _outcomes(a, look))
    yield from _section("Hazards", answers, titles, lambda a: _hazards(a, look))
    yield from _section("Harms to normal cells", answers, titles, lambda a: _harms(a, look))
    yield from _section("Evidence for the outcomes", answers, titles, _evidence)
    yield from closing(document, words_used([row for answer in answers for row in _judged(answer)]))


def _judged(answer: RegimenAssessment) -> Iterator[Judged]:
    """The rows whose words the page says."""
    yield from (route for route in answer["routes"] if route["status"] != INACTIVE)
    yield from (*answer["outcomes"], *answer["hazards"], *answer["harms"])


def _place(answer: RegimenAssessment) -> list[str]:
    clones = " / ".join(clone["clone"] for clone in answer["clones"])
    said = [answer["cell"], answer["disease"], *answer["states"], clones and f"clones {clones}"]
    return [word for word in said if word]


def _title(answers: Sequence[RegimenAssessment], look: Look) -> str:
    said = f"{plural(len(answers), 'regimen')} compared"
    if len({tuple(_place(a)) for a in answers}) == 1:
        said += f" · {look.place(answers[0])}"
    if len({tuple(a["background"]) for a in answers}) == 1 and answers[0]["background"]:
        said += f" · on top of {look.words(answers[0]['background'], ' + ')}"
    return said


def _titles(answers: Sequence[RegimenAssessment], look: Look) -> list[str]:
    """The regimens; with their place or background where these differ."""
    places = len({tuple(_place(a)) for a in answers}) > 1
    backgrounds = len({tuple(a["background"]) for a in answers}) > 1
    titles = []
    for answer in answers:
        steps = [*(step["regimen"] for step in answer["steps"]), answer["regimen"]]
        said = "; then ".join(look.words(step, " + ") or "no agent" for step in steps)
        said += f" on top of {look.words(answer['background'], ' + ')}" if backgrounds and answer["background"] else ""
        titles.append(said + (f" ({look.words(_place(answer))})" if places else ""))
    return titles


def _status(route: RouteRow) -> str:
    return f"{route['status']}, narrowed" if route["narrowed_by"] else route["status"]


def _stands(route: RouteRow) -> str:
    """How a route stands, and what that is worth, but for one that is off anyway."""
    return _status(route) if route["status"] == INACTIVE else _joined(_status(route), *_worth(route))


def _worth(row: Judged) -> tuple[str, ...]:
    """What a row is worth, where it was stated, and what speaks against it."""
    return worded(row), placed(row), opposing(row)


def _joined(*words: str | None) -> str:
    return " · ".join(filter(None, words))


def _routes(answers: Sequence[RegimenAssessment], titles: list[str], look: Look) -> Iterator[Block]:
    """Routes whose status differs as a table, the others by status."""
    by_route: dict[str, list[str]] = {}
    for number, answer in enumerate(answers):
        for row in answer["routes"]:
            by_route.setdefault(row["route"], ["–"] * len(answers))[number] = _stands(row) + sign(row)
    differing = {route: cells for route, cells in by_route.items() if len(set(cells)) > 1}
    yield Heading("Routes")
    if differing:
        columns = [Column("route"), *(Column(title) for title in titles)]
        yield Table(
            columns, [[look.both(route), *map(toned, cells)] for route, cells in sorted(differing.items())], indent=2
        )
    same: dict[str, list[str]] = {}
    for route, cells in sorted(by_route.items()):
        if route not in differing:
            same.setdefault(cells[0], []).append(look.both(route))
    for status, routes in sorted(same.items()):
        yield Line(f"{status} under all: {'; '.join(routes)}", indent=2, hang=2)


def _section(
    heading: str,
    answers: Sequence[RegimenAssessment],
    titles: list[str],
    read: Callable[[RegimenAssessment], dict[str, str]],
) -> Iterator[Block]:
    """One row for each thing that is said of some regimen."""
    cells = [read(answer) for answer in answers]
    names = list(dict.fromkeys(name for found in cells for name in found))
    if not names:
        return
    yield Heading(heading)
    columns = [Column(""), *(Column(title) for title in titles)]
    yield Table(columns, [[name, *(toned(found.get(name, "–")) for found in cells)] for name in names], indent=2)


def _outcomes(answer: RegimenAssessment, look: Look) -> dict[str, str]:
    found = {}
    for outcome in answer["outcomes"]:
        underived = outcome["derived"] == "no" and outcome["verdict"] != "not_derived"
        extent = "not derived here" if underived else outcome["extent"]
        further = [*assess.farther_of(outcome, look), opposing(outcome)]
        said = _joined(worded(outcome), extent, spoken(outcome["strength"]), placed(outcome), *further)
        found[f"{outcome['outcome']} {look.word(outcome['subject'])}"] = said + sign(outcome)
    return found


def _hazards(answer: RegimenAssessment, look: Look) -> dict[str, str]:
    return {look.word(hazard["hazard"]): _joined(*_worth(hazard)) + sign(hazard) for hazard in answer["hazards"]}


def _harms(answer: RegimenAssessment, look: Look) -> dict[str, str]:
    return {
        look.word(harm["function"]): _joined(f"{harm['extent']} by {by}", *_worth(harm)) + sign(harm)
        for harm in answer["harms"]
        for by in (look.words(harm["by"], " and "),)
    }


def _evidence(answer: RegimenAssessment) -> dict[str, str]:
    """The claims that speak of the outcomes, here and elsewhere, and those that report something else of it."""
    outcomes = answer["outcomes"]
    found = {
        title: dict.fromkeys(claim for row in outcomes for claim in row[key]) for key, title in SIDE_TITLES.items()
    }
    found["on neither side"] = dict.fromkeys(claim for row in outcomes for claim in row["told"])
    for seen in answer["reported"]:
        for claim in seen["claims"] if seen["from"] == "here" else ():
            found.setdefault(f"reported, {assess.SIDES[claim['side']]}", {})[claim["claim"]] = None
    return {title: " ".join(claims) for title, claims in found.items() if claims}
