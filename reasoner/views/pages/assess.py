"""The page of ``assess``: what a regimen does to routes, outcomes, hazards, normal cells and activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from reasoner.views.blocks import Block, Column, Heading, Line, Stack, Table, TextRun
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.killers import from_afar
from reasoner.views.pages.worth import told_of
from reasoner.views.phrases import (
    SAID_OF_IT,
    badge,
    badges,
    cited,
    drifted,
    in_cells,
    in_short,
    opposing,
    sides,
    tested,
    toned,
    worded,
    words_used,
)
from reasoner.views.words import SCENARIO_CODES, STATUS_ORDER, STATUSES, regimens, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import (
        ActivityRow,
        AnalogyRow,
        AssessedClone,
        AssessedStep,
        HarmRow,
        HazardRow,
        OutcomeRow,
        RegimenAssessment,
        ReportedClaim,
        ReportedRow,
        RouteRow,
    )
    from reasoner.model.documents.escapes import Escapes
    from reasoner.model.documents.scenario import Defeat

KEYS = (
    "section", "name", "subject", "result", "detail", "by", "verdict", "strength", "modality", "evidence",
    *SAID_OF_IT,
)  # fmt: skip


def rows(document: RegimenAssessment) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a route, arm, outcome, hazard, harm, activity, analogy and observation; ``section`` says which.

    What earlier steps did comes first, with the number of the step.
    """
    found: list[Mapping[str, Any]] = [
        {**in_cells(row), "section": f"step {number} {kind}", "name": row[kind], "result": row.get("extent")}
        for number, step in enumerate(document["steps"], 1)
        for kind, rows_of in (("outcome", step["outcomes"]), ("hazard", step["hazards"]))
        for row in cast("list[Mapping[str, Any]]", rows_of)
    ]
    for route in document["routes"]:
        found.append(
            {
                **in_cells(route),
                "section": "route",
                "name": route["route"],
                "result": route["status"],
                "detail": route["reason"],
            }
        )
        for arm in route["arms"]:
            found.append(
                {**arm, "section": "arm", "name": arm["arm"], "subject": route["route"], "result": arm["status"]}
            )
    for outcome in document["outcomes"]:
        found.append(
            {
                **in_cells(outcome),
                "section": "outcome",
                "name": outcome["outcome"],
                "result": outcome["extent"],
                "detail": [*outcome["left"], *(f"{name} (farther)" for name in outcome["farther"])],
            }
        )
    found += [{**in_cells(row), "section": "hazard", "name": row["hazard"]} for row in document["hazards"]]
    for harm in document["harms"]:
        found.append(
            {
                **in_cells(harm),
                "section": "harm",
                "name": harm["function"],
                "subject": harm["cell"],
                "result": harm["extent"],
            }
        )
    for activity in document["activities"]:
        change = f"{activity['before']} -> {activity['after']}"
        found.append(
            {
                **activity,
                "section": "activity",
                "name": activity["activity"],
                "result": change,
                "detail": _partly(activity),
            }
        )
    for row in document["analogies"]:
        found.append({**in_cells(row), "section": "analogy", "name": row["route"], "result": row["effect"]})
    for seen in document["reported"]:
        claims = [f"{claim['claim']} ({claim['side']})" for claim in seen["claims"]]
        told = {"name": seen["observation"], "result": seen["from"], "detail": seen["label"], "evidence": claims}
        found.append({"section": "reported", **told})
    return KEYS, found


def blocks(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    """Header, earlier steps, outcomes, routes by status, hazards, harms, activities."""
    yield Heading(title(document, look), level=1)
    yield from given(document, look)
    yield from _outcomes(document, look)
    yield from reported(document["reported"], look)
    yield from clones(document["clones"], look)
    yield from _routes(document["routes"], look)
    yield from hazards(document["hazards"], look)
    yield from harms(document["harms"], look)
    yield from activities(document["activities"], look)
    yield from analogies(document["analogies"], look)
    yield from closing(document, verdicts(document))


def verdicts(document: RegimenAssessment) -> list[str | None]:
    """The words that the page uses."""
    routes = [row for row in document["routes"] if row["status"] != "inactive"]
    steps = [row for step in document["steps"] for row in step["outcomes"]]
    told = (*document["outcomes"], *document["hazards"], *document["harms"], *document["analogies"])
    return words_used([*steps, *told, *routes])


def title(document: RegimenAssessment | Escapes, look: Look, verb: str = "") -> str:
    """Regimen, background, cell, disease and states on one line."""
    steps = [*(step["regimen"] for step in document["steps"]), document["regimen"]]
    said = "; then ".join(look.words(agents, " + ") or "no agent" for agents in steps)
    if document["background"]:
        said += f" on top of {look.words(document['background'], ' + ')}"
    return " · ".join(filter(None, (f"{said} {verb}".strip(), look.place(document))))


def given(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    """Earlier steps, who acts against the cell, and why a scenario says little."""
    yield from _steps(document["steps"], look)
    yield from _killers(document, look)
    yield from reasons({"reasons": [r for r in document.get("reasons", []) if r["code"] in SCENARIO_CODES]})


def _steps(steps: Sequence[AssessedStep], look: Look) -> Iterator[Block]:
    """What each earlier step did, and the cell states that it leaves to the next."""
    if not steps:
        return
    yield Heading("Earlier steps")
    for number, step in enumerate(steps, 1):
        yield Line(f"{number}. {look.words(step['regimen'], ' + ') or 'no agent'}", indent=2, hang=3)
        for row in step["outcomes"]:
            if row["derived"] == "yes" or opposing(row):
                extent = f", {row['extent']}" if row["extent"] else ""
                said = f"{row['outcome']} {look.word(row['subject'])}: {in_short(row)}{extent}{sign(row)}"
                yield Line(said, indent=6, hang=2)
        if dangers := {hazard["hazard"]: in_short(hazard) for hazard in step["hazards"]}:
            told = ", ".join(f"{look.word(name)} ({words})" for name, words in dangers.items())
            yield Line(f"hazards: {told}", indent=6, hang=2)
        yield Line(
            f"given to the next step: {look.words(step['reached'], '; ') or 'nothing'}", "soft", indent=6, hang=2
        )
    yield Heading("Last step")


def _killers(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    """Who acts against the cell, and what is kept from acting by a lesion or the lack of an activity."""
    if not document["regimen"]:
        return
    broader = from_afar(document["killer_scopes"], look)
    said = ", ".join(broader.get(agent) or look.word(agent) for agent in document["killers"]) or "none"
    if clones := document["clones"]:
        without = [clone["clone"] for clone in clones if not clone["killers"]]
        said = f"none in clone {' and '.join(without)}" if without else "one in every clone"
    lost = [_defeat(row, look) for row in (*document["defeated"], *document["kept_from_acting"])]
    yield Line("; ".join([f"effective killer: {said}", *lost]), "soft")


def _defeat(row: Defeat, look: Look) -> str:
    """What keeps an agent from acting."""
    if row["kind"] == "activity":
        how = "undetermined" if row.get("in_doubt") else "not on"
        return f"{look.word(row['agent'])} does not act without {look.word(row['by'])}, which is {how}"
    return f"{look.word(row['agent'])} is defeated by {look.word(row['by'])}"


def _outcomes(document: RegimenAssessment, look: Look) -> Iterator[Block]:
    outcomes = document["outcomes"]
    yield Heading("Outcomes")
    if not outcomes:
        here = any(row["from"] == "here" for row in document["reported"])
        yield Line("none derived" if here else "none derived and none claimed", indent=2)
    for outcome in outcomes:
        said = f"{outcome['outcome']} {look.word(outcome['subject'])}: {worded(outcome)}"
        if outcome["derived"] == "no" and outcome["verdict"] != "not_derived":
            said += ", not derived here"
        if outcome["extent"]:
            said += f", {outcome['extent']}"
        said += "".join(f"; {text}" for text in left_of(outcome, look))
        yield Line(said + sign(outcome), indent=2, hang=2)
        yield from told_of(outcome, (tested(outcome),), look)


def left_of(outcome: OutcomeRow, look: Look) -> Iterator[str]:
    """The routes that an outcome leaves, and those that are stated only for a broader disease."""
    if outcome["left"]:
        yield f"left: {look.words(outcome['left'])}"
    yield from farther_of(outcome, look)


def farther_of(outcome: OutcomeRow, look: Look) -> Iterator[str]:
    """The routes open that are stated only for a broader disease than what an outcome is told by."""
    if outcome["farther"]:
        yield f"also open, stated for a broader disease: {look.words(outcome['farther'])}"


def reported(rows: Sequence[ReportedRow], look: Look) -> Iterator[Block]:
    """What sources report of just this regimen, each claim with side, setting, end point and size."""
    for whence, heading in _REPORTED.items():
        found = [row for row in rows if row["from"] == whence]
        if found:
            yield Heading(heading)
        for row in found:
            yield Line(f"{row['label']}{sign(row)}", indent=2, hang=2)
            for claim in row["claims"]:
                cite = cited([claim["claim"]], against=claim["side"] == "against")
                said = (f"{SIDES[claim['side']]}: ", *cite, " ", TextRun(_measured(claim, look), "soft"))
                yield Line(said, indent=6, hang=2)
                if claim["drift"]:
                    yield Line(drifted(claim["drift"]), indent=6, hang=2)


_REPORTED = {
    "here": "Reported about this regimen",
    "parts": "Reported about parts of it",
    "elsewhere": "Reported about what differs in one respect",
}
SIDES = {"for": "for", "against": "against", "both": "for and against", "neither": "on neither side"}


def _measured(claim: ReportedClaim, look: Look) -> str:
    """How firmly, in which setting, by what and in how many patients."""
    said = [spoken(claim["modality"]), look.word(claim["setting"] or ""), claim["controlled"] or ""]
    said += [claim["endpoint"] or "", f"n = {claim['n']}" if claim["n"] is not None else ""]
    return " · ".join(filter(None, said))


def clones(clones: Sequence[AssessedClone], look: Look) -> Iterator[Block]:
    """What is so in each clone; what follows on the page is as it is in the worst of them."""
    if not clones:
        return
    yield Heading("Clone by clone; below, each thing as it is in the worst of them")
    for clone in clones:
        killers = look.words(clone["killers"]) or "none"
        name = look.words(clone["states"], " + ") or "no state of its own"
        yield Line(f"{name} · effective killer: {killers}", indent=2, hang=4)
        done = [row["outcome"] for row in clone["outcomes"] if row["derived"] == "yes"]
        if done:
            yield Line(", ".join(done), indent=6, hang=2)
        for status in STATUS_ORDER:
            routes = [row["route"] + sign(row) for row in clone["routes"] if row["status"] == status]
            if routes and status != "inactive":
                yield Line(f"{status}: {' '.join(routes)}", indent=6, hang=2)


def _routes(routes: Sequence[RouteRow], look: Look) -> Iterator[Block]:
    for status in STATUS_ORDER:
        group = [route for route in routes if route["status"] == status]
        if not group:
            continue
        yield Heading(f"Routes {status}: {STATUSES[status]}")
        if status == "inactive":
            yield Line(" · ".join(look.both(route["route"]) + sign(route) for route in group), indent=2)
            continue
        for route in group:
            yield from _route(route, look)


def _route(route: RouteRow, look: Look) -> Iterator[Block]:
    said = look.both(route["route"])
    if route["by"]:
        said += f", by {_by(route['by'], look)}"
    yield Line(f"{said}: {worded(route)}{sign(route)}", indent=2, hang=2)
    if route["narrowed_by"]:
        yield Line(f"narrowed by {_by(route['narrowed_by'], look)}", indent=6, hang=2)
    if len(route["arms"]) > 1:
        for arm in route["arms"]:
            by = f", by {_by(arm['by'], look)}" if arm["by"] else ""
            yield Line(f"arm {look.word(arm['arm'])}: {arm['status']}{by}", indent=6, hang=2)
    if route["reason"] and route["status"] in ("rebounds", "unknown"):
        yield Line(route["reason"], indent=6, hang=2)
    elif route["reason"] and not route["by"]:
        yield Line(route["reason"].split(": ")[0], indent=6, hang=2)
    yield from told_of(route, (), look)


def _by(sets: Iterable[Iterable[str]], look: Look) -> str:
    """Alternative sets of agents."""
    return regimens(map(look.word, agents) for agents in sets)


def analogies(analogies: Sequence[AnalogyRow], look: Look) -> Iterator[Block]:
    """Routes that only facts of other diseases or cells would change."""
    if not analogies:
        return
    yield Heading("By analogy: only with facts of other diseases or cells")
    columns = (Column("route"), Column("effect"), Column("by"), Column("verdict"), Column("stated for"))
    table = [
        (
            look.both(a["route"]) + sign(a),
            toned(a["effect"]),
            _by(a["by"], look),
            Stack([badges(a), *filter(None, [opposing(a)])]),
            look.words(a["from"]),
        )
        for a in analogies
    ]
    yield Table(columns, table, indent=2)


def hazards(hazards: Sequence[HazardRow], look: Look) -> Iterator[Block]:
    """A line for each hazard."""
    if hazards:
        yield Heading("Hazards")
    for hazard in hazards:
        said = f"{look.word(hazard['hazard'])}: "
        yield Line((said, *badges(hazard), sign(hazard)), indent=2, hang=2)
        for words, subjects in _by_words(hazard, look).items():
            known = f": {words}" if words != worded(hazard) else ""
            yield Line(f"{'; '.join(subjects)}{known}", indent=6, hang=2)
        for line in sides(hazard) if hazard["evidence"] else ():
            yield Line(line, indent=6, hang=2)


def _by_words(hazard: HazardRow, look: Look) -> dict[str, list[str]]:
    """What a hazard is about, by how that is known."""
    found: dict[str, list[str]] = {}
    for about in hazard["by_subject"]:
        words = ", ".join(spoken(word) for word in (about["verdict"], about["elsewhere"]) if word)
        found.setdefault(words, []).append(look.word(about["subject"]))
    return {words: list(dict.fromkeys(subjects)) for words, subjects in found.items()}


def harms(harms: Sequence[HarmRow], look: Look) -> Iterator[Block]:
    """What normal cells lose, as a table."""
    if not harms:
        return
    yield Heading("Harms to normal cells")
    columns = tuple(map(Column, ("cell", "function", "extent", "by", "verdict", "evidence")))
    table = [
        (
            look.word(harm["cell"]), look.word(harm["function"]) + sign(harm), badge(harm["extent"]),
            _harmed_by(harm, look), badges(harm), cited(harm["evidence"]),
        )
        for harm in harms
    ]  # fmt: skip
    yield Table(columns, table, indent=2)


def _harmed_by(harm: HarmRow, look: Look) -> str:
    """The agents that do a harm: alternatives by *or*, those that only together do it as such."""
    words = [look.words(agents, " and ") + (" together" if len(agents) > 1 else "") for agents in harm["sets"]]
    return (" or " if harm["extent"] == "lost" else " and ").join(words)


def activities(activities: Sequence[ActivityRow], look: Look) -> Iterator[Block]:
    """The activities that the regimen changes, as a table."""
    changed = [activity for activity in activities if activity["before"] != activity["after"]]
    if not changed:
        return
    yield Heading("Activities changed")
    columns = (Column("activity"), Column("before"), Column("after"), Column(""))
    table = [((a["label"] or look.word(a["activity"])) + sign(a), a["before"], _after(a), _partly(a)) for a in changed]
    yield Table(columns, table, indent=2)


def _after(activity: ActivityRow) -> str:
    """The value under the regimen; where feedback leaves it undetermined, what it is at once and after relief."""
    now, later = activity["at_once"], activity["after_relief"]
    steps = f": {now} at once, {later} after relief" if now != later and activity["after"] == "undetermined" else ""
    return f"{activity['after']}{steps}"


def _partly(activity: ActivityRow) -> str:
    return "partly" if activity["partial"] else ""
