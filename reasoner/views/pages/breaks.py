"""The page of ``breaks``: interventions under the route that they break, narrow or open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table, Words, plain, run_on
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import SAID_OF_IT, badges, in_cells, placed, scoped, sides, toned, words_used
from reasoner.views.words import plural, regimens, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.breaks import Break, Breaks

KEYS = (
    "agent", "effect", "route", "arms", "needs_agents", "verdict", "derived", "strength", "modality", "evidence",
    "protects_against", "disease", "state", "members", "can_be_given",
    *SAID_OF_IT,
)  # fmt: skip
#: Sets of companions, and members of a class, that a table spells out.
_SETS, _MEMBERS = 3, 3
_COLUMNS = (
    Column("agent"),
    Column("effect"),
    Column("with"),
    Column("verdict"),
    Column("strength"),
    Column("evidence"),
)


def rows(document: Breaks) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row an answer, then one a route that nothing breaks."""
    unbroken = [{"route": route, "effect": "none"} for route in document["unbroken"]]
    return KEYS, [*map(in_cells, document["answers"]), *unbroken]


def blocks(document: Breaks, look: Look) -> Iterator[Block]:
    """A section for each route, in it a table for each place, in the order of the document."""
    answers = document["answers"]
    for route, places in _sections(answers).items():
        yield Heading(look.both(route))
        for number, (place, members) in enumerate(places.items()):
            if number:
                yield Line("")
            yield from _circumstances(place, members, look)
            yield _narrowed(Table(_COLUMNS, _table(members, look), indent=2))
    if not answers and not document["unbroken"]:
        yield Line("Nothing in the knowledge base answers this.")
    if not document["unbroken"]:
        yield from reasons(document)
    yield from _unbroken(document["unbroken"], look)
    yield from closing(document, words_used(answers))


def _narrowed(table: Table) -> Table:
    """The table without its empty columns."""
    kept = [index for index in range(len(table.columns)) if any(plain(row[index]) for row in table.rows)]
    rows = [[row[index] for index in kept] for row in table.rows]
    return Table([table.columns[index] for index in kept], rows, table.indent)


_Where = tuple[str, ...]


def _sections(answers: Sequence[Break]) -> dict[str, dict[_Where, list[Break]]]:
    """Answers by route, then by cell, disease and states."""
    found: dict[str, dict[_Where, list[Break]]] = {}
    for answer in answers:
        place = (answer["cell"], answer["disease"] or "", *answer["state"])
        found.setdefault(answer["route"], {}).setdefault(place, []).append(answer)
    return found


def _circumstances(place: _Where, answers: Sequence[Break], look: Look) -> Iterator[Block]:
    therapies = sorted({name for answer in answers for name in answer["protects_against"]})
    said = [look.word(name) for name in place if name]
    said += [f"protects from {look.words(therapies)}"] if therapies else []
    if said:
        yield Line(" · ".join(said), "soft", indent=2)


def _table(answers: Sequence[Break], look: Look) -> list[tuple[Words, ...]]:
    """One row for all agents of which the same is said, in the order of the document."""
    listed = {answer["agent"] for answer in answers}
    agents: dict[tuple[Words, ...], list[str]] = {}
    for answer in answers:
        agents.setdefault(_said(answer, look), []).append(_agent(answer, listed, look))
    return [(", ".join(dict.fromkeys(names)), *said) for said, names in agents.items()]


def _said(answer: Break, look: Look) -> tuple[Words, ...]:
    """What is said of an agent; narrowing says how many arms it closes."""
    effect: str = answer["effect"]
    if answer["partial"]:
        effect += ", partly"
    if effect == "narrows" and answer["arms"]:
        effect += f" ({plural(len(answer['arms']), 'arm')})"
    scope = scoped(answer, look) or placed(answer)
    return (
        toned(effect),
        _companions(answer["needs_agents"], look),
        (*badges(answer), f", {scope}" if scope else ""),
        ", ".join(filter(None, (spoken(answer["strength"]), spoken(answer["modality"])))),
        _claims(answer),
    )


def _claims(answer: Break) -> Words:
    """The claims; both sides apart where claims stand against it, and those that speak from elsewhere."""
    return run_on(sides(answer), "; ")


def _companions(sets: list[list[str]], look: Look) -> str:
    """The sets of companions; of many only the first, and how many more there are."""
    many = len(sets) > _SETS
    shown = regimens([look.word(name) for name in names] for names in (sets[:1] if many else sets))
    return f"{shown} or {len(sets) - 1} others" if many else shown


def _agent(answer: Break, listed: set[str], look: Look) -> str:
    """The agent; a class names the members that have no row of their own, or how many there are.

    What nobody can be given, and what is no class of what can be, is said to have no product.
    """
    others = [name for name in answer["members"] if name not in listed]
    covered = look.words(others) if len(others) <= _MEMBERS else plural(len(others), "member")
    if not answer["members"] and not answer["can_be_given"]:
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
