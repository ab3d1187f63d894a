"""The page of ``assess``: what a regimen does to routes, outcomes, hazards, normal cells and activities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.killers import from_afar
from reasoner.views.words import SCENARIO_CODES, STATUS_ORDER, STATUSES, regimens, spoken

KEYS = ("section", "name", "subject", "result", "detail", "by", "verdict", "strength", "modality", "evidence")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a route, arm, outcome, hazard, harm and activity; ``section`` says which."""
    found: list[dict[str, Any]] = []
    for route in document["routes"]:
        found.append(
            {
                **route,
                "section": "route",
                "name": route["route"],
                "result": route["status"],
                "detail": route.get("reason"),
            }
        )
        for arm in route.get("arms") or []:
            found.append(
                {**arm, "section": "arm", "name": arm["arm"], "subject": route["route"], "result": arm["status"]}
            )
    for outcome in document["outcomes"]:
        found.append(
            {
                **outcome,
                "section": "outcome",
                "name": outcome["outcome"],
                "result": outcome.get("extent"),
                "detail": outcome.get("left"),
            }
        )
    found += [{**hazard, "section": "hazard", "name": hazard["hazard"]} for hazard in document["hazards"]]
    for harm in document["harms"]:
        found.append(
            {**harm, "section": "harm", "name": harm["function"], "subject": harm["cell"], "result": harm["extent"]}
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
    return KEYS, found


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Header, earlier steps, outcomes, routes by status, hazards, harms, activities."""
    yield Heading(title(document, look), level=1)
    yield from _steps(document.get("steps") or [], look)
    yield from _killers(document, look)
    yield from reasons({"reasons": [r for r in document.get("reasons") or [] if r["code"] in SCENARIO_CODES]})
    yield from _outcomes(document["outcomes"], look)
    yield from _clones(document.get("clones") or [], look)
    yield from _routes(document["routes"], look)
    yield from _hazards(document["hazards"], look)
    yield from _harms(document["harms"], look)
    yield from _activities(document["activities"], look)
    yield from _analogies(document.get("analogies") or [], look)
    judged = [*document["outcomes"], *document["hazards"]]
    yield from closing(document, [item.get("verdict") for item in judged])


def title(document: dict[str, Any], look: Look, verb: str = "") -> str:
    """Regimen, background, cell, disease and states on one line."""
    steps = [*(document.get("steps") or []), document]
    said = "; then ".join(look.words(step.get("regimen") or [], " + ") or "no agent" for step in steps)
    if document.get("background"):
        said += f" on top of {look.words(document['background'], ' + ')}"
    return " · ".join(filter(None, (f"{said} {verb}".strip(), look.place(document))))


def _steps(steps: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    """What each earlier step did, and the cell states that it leaves to the next."""
    if not steps:
        return
    yield Heading("Earlier steps")
    for number, step in enumerate(steps, 1):
        yield Line(f"{number}. {look.words(step['regimen'], ' + ') or 'no agent'}", indent=2, hang=3)
        for row in step["outcomes"]:
            if row["derived"] == "yes":
                extent = f", {row['extent']}" if row.get("extent") else ""
                said = f"{row['outcome']} {look.word(row['subject'])}: {spoken(row['verdict'])}{extent}{sign(row)}"
                yield Line(said, indent=6, hang=2)
        if dangers := list(dict.fromkeys(hazard["hazard"] for hazard in step["hazards"])):
            yield Line(f"hazards: {look.words(dangers)}", indent=6, hang=2)
        yield Line(
            f"given to the next step: {look.words(step['reached'], '; ') or 'nothing'}", "soft", indent=6, hang=2
        )
    yield Heading("Last step")


def _killers(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Who acts against the cell, and what is kept from acting by a lesion or the lack of an activity."""
    if "killers" not in document or not document.get("regimen"):
        return
    broader = from_afar(document, look)
    said = ", ".join(broader.get(agent) or look.word(agent) for agent in document["killers"]) or "none"
    if clones := document.get("clones"):
        without = [clone["clone"] for clone in clones if not clone["killers"]]
        said = f"none in clone {' and '.join(without)}" if without else "one in every clone"
    kept = (*(document.get("defeated") or []), *(document.get("kept_from_acting") or []))
    lost = [_defeat(item, look) for item in kept]
    yield Line("; ".join([f"effective killer: {said}", *lost]), "soft")


def _defeat(row: dict[str, Any], look: Look) -> str:
    """What keeps an agent from acting."""
    if row["kind"] == "activity":
        how = "undetermined" if row.get("in_doubt") else "not on"
        return f"{look.word(row['agent'])} does not act without {look.word(row['by'])}, which is {how}"
    return f"{look.word(row['agent'])} is defeated by {look.word(row['by'])}"


def _outcomes(outcomes: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    yield Heading("Outcomes")
    if not outcomes:
        yield Line("none derived and none claimed", indent=2)
    for outcome in outcomes:
        said = f"{outcome['outcome']} {look.word(outcome['subject'])}: {spoken(outcome['verdict'])}"
        if outcome["derived"] == "no":
            said += ", not derived here"
        if outcome.get("extent"):
            said += f", {outcome['extent']}"
        if outcome.get("left"):
            said += f"; left: {look.words(outcome['left'])}"
        yield Line(said + sign(outcome), indent=2, hang=2)
        yield from _sides(outcome, look)


def _sides(item: dict[str, Any], look: Look) -> Iterator[Block]:
    """Strength and claims; for and against apart when both exist."""
    if against := item.get("against"):
        yield Line(f"for: {' '.join(item.get('for') or []) or 'none'}", indent=6, hang=5)
        yield Line(f"against: {' '.join(against)}", indent=6, hang=9)
        if item.get("moderator"):
            yield Line(f"what decides: {_deciding(item, look)}", indent=6, hang=2)
    said = [spoken(item.get("strength")), spoken(item.get("modality"))]
    if item.get("evidence") and not against:
        said.append("evidence " + " ".join(item["evidence"]))
    if any(said):
        yield Line(" · ".join(filter(None, said)), "soft", indent=6, hang=2)


def _deciding(item: dict[str, Any], look: Look) -> str:
    """The moderator, with the conditions on either side where they are known."""
    told = [
        f"{look.word(row['by'])} (for: {look.words(row['for'])}; against: {look.words(row['against'])})"
        for row in item.get("moderated") or []
    ]
    return ", ".join(told) or look.word(item["moderator"])


def _clones(clones: list[dict[str, Any]], look: Look) -> Iterator[Block]:
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


def _routes(routes: list[dict[str, Any]], look: Look) -> Iterator[Block]:
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


def _route(route: dict[str, Any], look: Look) -> Iterator[Block]:
    said = look.both(route["route"])
    if route.get("by"):
        said += f", by {_by(route['by'], look)}"
    yield Line(said + sign(route), indent=2, hang=2)
    if route.get("narrowed_by"):
        yield Line(f"narrowed by {_by(route['narrowed_by'], look)}", indent=6, hang=2)
    arms = route.get("arms") or []
    if len(arms) > 1:
        for arm in arms:
            by = f", by {_by(arm['by'], look)}" if arm.get("by") else ""
            yield Line(f"arm {look.word(arm['arm'])}: {arm['status']}{by}", indent=6, hang=2)
    if route.get("reason") and route["status"] in ("rebounds", "unknown"):
        yield Line(route["reason"], indent=6, hang=2)
    elif route.get("reason") and not route.get("by"):
        yield Line(route["reason"].split(": ")[0], indent=6, hang=2)
    if route["status"] != "open":
        verdict = spoken(route.get("verdict"))
        modality = " · ".join(filter(None, (spoken(route.get("modality")), verdict)))
        yield from _sides({**route, "modality": modality}, look)


def _by(sets: list[Any], look: Look) -> str:
    """Alternative sets of agents, or agents one by one."""
    return regimens([look.word(name) for name in ([agents] if isinstance(agents, str) else agents)] for agents in sets)


def _analogies(analogies: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    if not analogies:
        return
    yield Heading("By analogy: only with facts of other diseases or cells")
    columns = (Column("route"), Column("effect", True), Column("by"), Column("stated for"))
    table = [
        (look.both(a["route"]) + sign(a), a["effect"], _by(a.get("by") or [], look), look.words(a.get("from") or []))
        for a in analogies
    ]
    yield Table(columns, table, indent=2)


def _hazards(hazards: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    if hazards:
        yield Heading("Hazards")
    for hazard in hazards:
        subject = f" ({look.word(hazard['subject'])})" if hazard.get("subject") else ""
        evidence = f" · {' '.join(hazard['evidence'])}" if hazard.get("evidence") else ""
        yield Line(
            f"{look.word(hazard['hazard'])}{subject}: {spoken(hazard.get('verdict'))}{evidence}{sign(hazard)}",
            indent=2,
            hang=2,
        )


def _harms(harms: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    if not harms:
        return
    yield Heading("Harms to normal cells")
    columns = (Column("cell"), Column("function"), Column("extent", True), Column("by"), Column("evidence"))
    table = [
        (
            look.word(harm["cell"]), look.word(harm["function"]) + sign(harm), harm["extent"],
            _harmed_by(harm, look), " ".join(harm.get("evidence") or []),
        )
        for harm in harms
    ]  # fmt: skip
    yield Table(columns, table, indent=2)


def _harmed_by(harm: dict[str, Any], look: Look) -> str:
    """The agents that do a harm: alternatives by *or*, those that only together do it as such."""
    sets = harm.get("sets") or [[agent] for agent in harm.get("by") or []]
    words = [look.words(agents, " and ") + (" together" if len(agents) > 1 else "") for agents in sets]
    return (" or " if harm["extent"] == "lost" else " and ").join(words)


def _activities(activities: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    changed = [activity for activity in activities if activity["before"] != activity["after"]]
    if not changed:
        return
    yield Heading("Activities changed")
    columns = (Column("activity"), Column("before"), Column("after"), Column(""))
    table = [
        ((a.get("label") or look.word(a["activity"])) + sign(a), a["before"], _after(a), _partly(a)) for a in changed
    ]
    yield Table(columns, table, indent=2)


def _after(activity: dict[str, Any]) -> str:
    """The value under the regimen; where feedback leaves it undetermined, what it is at once and after relief."""
    now, later = activity.get("at_once"), activity.get("after_relief")
    steps = f": {now} at once, {later} after relief" if now != later and activity["after"] == "undetermined" else ""
    return f"{activity['after']}{steps}"


def _partly(activity: dict[str, Any]) -> str:
    return "partly" if activity.get("partial") else ""
