"""The page of ``breaks``: interventions under the route that they break, narrow or open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import plural, regimens, spoken

KEYS = (
    "agent", "effect", "route", "arms", "needs_agents", "verdict", "derived", "strength", "modality", "evidence",
    "protects_against", "disease", "state", "scope", "members", "can_be_given",
)  # fmt: skip
#: Sets of companions, and members of a class, that a table spells out.
_SETS, _MEMBERS = 3, 3
_COLUMNS = (
    Column("agent"),
    Column("effect", True),
    Column("with"),
    Column("verdict", True),
    Column("strength"),
    Column("evidence"),
)


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row an answer, then one a route that nothing breaks."""
    unbroken = [{"route": route, "effect": "none"} for route in document.get("unbroken") or []]
    return KEYS, [*document["answers"], *unbroken]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """A section for each route, in it a table for each place, in the order of the document."""
    answers = document["answers"]
    for route, places in _sections(answers).items():
        yield Heading(look.both(route))
        for number, (place, members) in enumerate(places.items()):
            if number:
                yield Line("")
            yield from _circumstances(place, members, look)
            yield _narrowed(Table(_COLUMNS, _table(members, look), indent=2))
    if not answers and not document.get("unbroken"):
        yield Line("Nothing in the knowledge base answers this.")
    if not document.get("unbroken"):
        yield from reasons(document)
    yield from _unbroken(document.get("unbroken") or [], look)
    yield from closing(document, [answer.get("verdict") for answer in answers])


def _narrowed(table: Table) -> Table:
    """The table without its empty columns."""
    kept = [index for index in range(len(table.columns)) if any(row[index] for row in table.rows)]
    rows = [[row[index] for index in kept] for row in table.rows]
    return Table([table.columns[index] for index in kept], rows, table.indent)


_Place = tuple[str, ...]


def _sections(answers: list[dict[str, Any]]) -> dict[str, dict[_Place, list[dict[str, Any]]]]:
    """Answers by route, then by cell, disease and states."""
    found: dict[str, dict[_Place, list[dict[str, Any]]]] = {}
    for answer in answers:
        state = answer.get("state") or []
        states = [state] if isinstance(state, str) else state
        place = (answer.get("cell") or "", answer.get("disease") or "", *states)
        found.setdefault(answer["route"], {}).setdefault(place, []).append(answer)
    return found


def _circumstances(place: _Place, answers: list[dict[str, Any]], look: Look) -> Iterator[Block]:
    therapies = sorted({name for answer in answers for name in answer.get("protects_against") or []})
    said = [look.word(name) for name in place if name]
    said += [f"protects from {look.words(therapies)}"] if therapies else []
    if said:
        yield Line(" · ".join(said), "soft", indent=2)


def _table(answers: list[dict[str, Any]], look: Look) -> list[tuple[str, ...]]:
    """One row for all agents of which the same is said, in the order of the document."""
    listed = {answer["agent"] for answer in answers}
    agents: dict[tuple[str, ...], list[str]] = {}
    for answer in answers:
        agents.setdefault(_said(answer, look), []).append(_agent(answer, listed, look))
    return [(", ".join(dict.fromkeys(names)), *said) for said, names in agents.items()]


def _said(answer: dict[str, Any], look: Look) -> tuple[str, ...]:
    """What is said of an agent; narrowing says how many arms it closes."""
    effect = answer["effect"]
    if effect == "narrows" and answer.get("arms"):
        effect += f" ({plural(len(answer['arms']), 'arm')})"
    verdict = spoken(answer.get("verdict"))
    if answer.get("scope") in ("broader", "narrower"):
        verdict += f", stated for a {answer['scope']} scope"
    return (
        effect,
        _companions(answer.get("needs_agents") or [], look),
        verdict,
        ", ".join(filter(None, (spoken(answer.get("strength")), spoken(answer.get("modality"))))),
        _claims(answer),
    )


def _claims(answer: dict[str, Any]) -> str:
    """The claims; both sides apart where claims stand against it."""
    if against := answer.get("against"):
        return f"for {' '.join(answer.get('for') or ['none'])}; against {' '.join(against)}"
    return " ".join(answer.get("evidence") or []) or "none"


def _companions(sets: list[list[str]], look: Look) -> str:
    """The sets of companions; of many only the first, and how many more there are."""
    many = len(sets) > _SETS
    shown = regimens([look.word(name) for name in names] for names in (sets[:1] if many else sets))
    return f"{shown} or {len(sets) - 1} others" if many else shown


def _agent(answer: dict[str, Any], listed: set[str], look: Look) -> str:
    """The agent; a class names the members that have no row of their own, or how many there are.

    What nobody can be given, and what is no class of what can be, is said to have no product.
    """
    others = [name for name in answer.get("members") or [] if name not in listed]
    covered = look.words(others) if len(others) <= _MEMBERS else plural(len(others), "member")
    if not answer.get("members") and answer.get("can_be_given") is False:
        covered = "no product"
    return look.word(answer["agent"]) + (f" ({covered})" if covered else "") + sign(answer)


def _unbroken(routes: list[str], look: Look) -> Iterator[Block]:
    if not routes:
        return
    yield Heading(
        f"{plural(len(routes), 'route')} without any agent that breaks {'it' if len(routes) == 1 else 'them'}"
    )
    for route in routes:
        yield Line(look.both(route), indent=2, hang=2)
