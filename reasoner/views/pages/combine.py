"""The page of ``combine``: minimal regimens side by side, or why there are none and what comes closest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.killers import from_afar
from reasoner.views.pages.worth import of_regimen
from reasoner.views.phrases import SAID_OF_IT, cited, in_cells, words_used
from reasoner.views.words import plural, spoken, tone

if TYPE_CHECKING:
    from reasoner.model.documents.combination import Combination, RegimenRow
    from reasoner.model.documents.scenario import HarmInShort

KEYS = (
    "section", "agents", "added", "closes", "leaves_open", "opens", "rebounds", "goals_left", "undetermined", "harms",
    "verdict", "strength", "modality", "evidence", "text",
    *SAID_OF_IT,
)  # fmt: skip
#: Shows regimens, of which these goals are asked, as blocks.
Listed = Callable[["Sequence[RegimenRow]", Sequence[str], Look], Iterator[Block]]
#: How far the lines about a regimen are set in, and what they say behind their titles.
_NARROW, _WIDE = 6, 13


def rows(document: Combination) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a regimen, partial regimen of the front, uncovered goal and dropped agent; ``section`` says which."""
    found: list[Mapping[str, Any]] = [
        {**in_cells(regimen), "section": section, "harms": [_harm(harm, Look()) for harm in regimen["harms"]]}
        for section, regimens in (("regimens", document["regimens"]), ("front", document["front"]))
        for regimen in regimens
    ]
    found += [{**row, "section": "uncovered", "leaves_open": [row["route"]]} for row in document["certificate"]]
    found += [
        {**row, "section": "dropped", "agents": [row["agent"]], "harms": row["touches"]} for row in document["dropped"]
    ]
    return KEYS, found


def blocks(document: Combination, look: Look) -> Iterator[Block]:
    """What was asked, the regimens, or the certificate with the front; then what was left out and the routes' names."""
    return laid_out(document, look, _entries)


def laid_out(document: Combination, look: Look, listed: Listed) -> Iterator[Block]:
    """The page, with the regimens as ``listed`` shows them."""
    yield Heading(_title(document, look), level=1)
    yield from found(document, look, listed)
    told = [*document["regimens"], *document["front"]]
    yield from closing(document, words_used([*told, *(goal for row in told for goal in row["closing"])]))


def found(document: Combination, look: Look, listed: Listed) -> Iterator[Block]:
    """What the search found, without the title of the page and its foot."""
    yield from _question(document, look)
    regimens, front, asked = document["regimens"], document["front"], _asked(document)
    if regimens:
        yield Heading(f"{plural(document['found'], 'minimal regimen')}")
        yield from listed(regimens, asked, look)
        yield from _more(document["found"], regimens)
    else:
        yield Heading("No regimen closes all of it")
        if not document["uncovered"]:
            yield from reasons(document)
    yield from _uncovered(document, look)
    yield from _unknown(document, look)
    if front:
        yield Heading("What comes closest: nothing else does more with fewer agents, less harm, firmer evidence")
        yield from listed(front, asked, look)
        yield from _more(document["front_found"], front)
    yield from _dropped(document, look)
    yield from _own_harms(document, look)
    yield from _farther(document, look)
    yield from _not_asked([*regimens, *front], [*asked, *document["farther"]], look)
    yield from _routes([*regimens, *front], [*asked, *document["farther"]], look)
    yield Line("")
    yield Line(_certainty(document, look))


def _more(found: int, shown: Sequence[RegimenRow]) -> Iterator[Block]:
    if found > len(shown):
        yield Line(f"and {found - len(shown)} more: see --limit", "soft", indent=2)


def _title(document: Combination, look: Look) -> str:
    background = look.words(document["background"], " + ")
    return f"Regimens for {look.place(document)}" + (f" · on top of {background}" if background else "")


def _asked(document: Combination) -> list[str]:
    """The goals that are not off with the killer in place."""
    off = set(document["off_before"])
    return [goal for goal in document["goals"] if goal not in off]


def _question(document: Combination, look: Look) -> Iterator[Block]:
    if goals := _asked(document):
        yield Line(f"to close: {_goals(goals, look)}", "soft", hang=2)
    elif not document["goals"] and document["regimens"]:
        yield Line("No route that was asked for is known here: a killer is all that is needed.", "warn", hang=2)
    if goals and (stated := document["stated_for"]):
        yield Line(f"stated for {look.words(stated)}: none that is stated nearer is on", "soft", hang=2)
    if off := document["off_before"]:
        given = "what is given beforehand" if document["background"] else "the killer in place"
        yield Line(f"off with {given}: {_goals(off, look)}", "soft", hang=2)
    if spared := document["spared"]:
        yield Line(f"to spare: {look.words([row['function'] for row in spared])}", "soft", hang=2)


def _entries(regimens: Sequence[RegimenRow], asked: Sequence[str], look: Look) -> Iterator[Block]:
    """The regimens, numbered; one entry for all of which the same is said, and no line about nothing."""
    for number, alike in enumerate(grouped(regimens, asked, look), start=1):
        sets = [regimen["agents"] for regimen in alike]
        yield Line(f"{number}. {look.either(sets)}{sign(alike[0])}", "strong", indent=2, hang=3)
        for title, text, colour in _said(alike[0], asked, look):
            yield Line(f"{title:{_WIDE - 1}} {text}", colour, indent=_NARROW, hang=_WIDE)


def grouped(regimens: Sequence[RegimenRow], asked: Sequence[str], look: Look) -> Iterable[list[RegimenRow]]:
    """The regimens of which the same is said, together."""
    found: dict[Any, list[RegimenRow]] = {}
    for regimen in regimens:
        found.setdefault((sign(regimen), *_said(regimen, asked, look)), []).append(regimen)
    return found.values()


def _said(regimen: RegimenRow, asked: Sequence[str], look: Look) -> Iterator[tuple[str, str, str]]:
    """What is said of a regimen, each with a title and a tone; of what it leaves open only what was asked for."""
    left = regimen["goals_left"] or [name for name in regimen["leaves_open"] if name in asked]
    changed = set() if regimen["leaves_open_in"] else {*regimen["opens"], *regimen["rebounds"]}
    rest = [spoken(regimen["strength"]), spoken(regimen["modality"])]
    found = [
        ("killer", ", ".join(from_afar(regimen["killer_scopes"], look).values()), "warn"),
        ("closes", _goals(regimen["closes"], look), ""),
        ("leaves open", _in_clones([name for name in left if name not in changed], regimen, look), ""),
        ("opens", _goals(regimen["opens"], look), "bad"),
        ("rebounds", _goals(regimen["rebounds"], look), "bad"),
        ("unknown", _goals(regimen["undetermined"], look), "warn"),
        ("harms", "; ".join(f"{look.word(harm['function'])} {harm['extent']}" for harm in regimen["harms"]), "warn"),
        ("verdict", " · ".join(filter(None, (_worth(regimen), *rest))), tone(regimen["verdict"] or "")),
    ]
    return (line for line in found if line[1])


def _in_clones(names: Iterable[str], regimen: RegimenRow, look: Look) -> str:
    """Goals that are left, with the clones where that is not so in all of them."""
    left, apart = regimen["leaves_open_in"], in_some_clones(regimen)
    said = [f"{_goals([name], look)} ({', '.join(apart[name])})" for name in names if name in apart]
    whole = [name for name in names if name not in apart and (name in left or not left)]
    return ", ".join(filter(None, (_goals(whole, look), *said)))


def in_some_clones(regimen: RegimenRow) -> dict[str, list[str]]:
    """The goals that are left in some clones alone, with those."""
    left = regimen["leaves_open_in"]
    most = max(map(len, left.values()), default=0)
    return {name: clones for name, clones in left.items() if len(clones) < most}


def _worth(regimen: RegimenRow) -> str:
    """What it is worth, where a word is known."""
    return "" if regimen["verdict"] is None else of_regimen(regimen, len(regimen["agents"]) > 1)


def _goals(names: Iterable[str], look: Look) -> str:
    """Goals by their ids, which a list at the foot explains; one whose id says what it is by its label."""
    spelt_out = [name for name in names if _spelt_out(name)]
    short = " ".join(name for name in names if not _spelt_out(name))
    return ", ".join(filter(None, (short, *(look.word(name) for name in spelt_out))))


def _spelt_out(name: str) -> bool:
    """Whether an id is made of what it stands for, such as ``CXCR4__in__HSC``."""
    return "__" in name and "/" not in name


def _harm(harm: HarmInShort, look: Look) -> str:
    by = f" by {look.words(harm['by'], ' and ')}" if harm["by"] else ""
    return f"{look.word(harm['function'])} {harm['extent']}{by}"


def _uncovered(document: Combination, look: Look) -> Iterator[Block]:
    for row in document["certificate"]:
        name, needs = _named(row["route"], look), ", ".join(row["labels"] or row["needs"])
        joint = f" needs {needs}; " if needs and needs != name else ": "
        yield Line(f"{name}{joint}{row['text']}{sign(row)}", indent=2, hang=2)
        if row["evidence"]:
            yield Line(("stated by ", *cited(row["evidence"])), "soft", indent=6, hang=2)


def _unknown(document: Combination, look: Look) -> Iterator[Block]:
    for name in document["unknown"]:
        yield Line(f"{_named(name, look)} stays undetermined and is not counted.", "warn", indent=2, hang=2)


def _named(goal: str, look: Look) -> str:
    route, _, arm = goal.partition("/")
    return (look.word(route) if _spelt_out(goal) else look.both(route)) + (f", arm {look.word(arm)}" if arm else "")


def _dropped(document: Combination, look: Look) -> Iterator[Block]:
    if document["dropped"]:
        yield Heading("Left out, since they touch what is to be spared")
    for row in document["dropped"]:
        yield Line(f"{look.word(row['agent'])}: {look.words(row['touches'])}{sign(row)}", indent=2, hang=2)


def _own_harms(document: Combination, look: Look) -> Iterator[Block]:
    if document["background_harms"]:
        yield Heading("Harms of what is given beforehand")
    for harm in document["background_harms"]:
        yield Line(_harm(harm, look) + sign(harm), indent=2, hang=2)


def _farther(document: Combination, look: Look) -> Iterator[Block]:
    """The routes that would be goals, were they stated for this cell or disease."""
    if farther := document["farther"]:
        yield Line("")
        yield Line(
            f"Stated only for broader diseases, not counted (--scope all): {_goals(farther, look)}", "soft", hang=2
        )


def _not_asked(regimens: Iterable[RegimenRow], asked: Sequence[str], look: Look) -> Iterator[Block]:
    left = sorted({name for regimen in regimens for name in regimen["leaves_open"]} - set(asked))
    if left:
        yield Line("")
        yield Line(f"Not asked for, and open under some of these: {_goals(left, look)}", "soft", hang=2)


def _routes(regimens: Iterable[RegimenRow], asked: Sequence[str], look: Look) -> Iterator[Block]:
    """What the ids in the tables stand for."""
    told = (
        name for row in regimens for name in (*row["closes"], *row["leaves_open"], *row["opens"], *row["undetermined"])
    )
    names = sorted({*asked, *told})
    shown = [name for name in names if not _spelt_out(name) and look.both(name) != name]
    if shown:
        yield Heading("Routes")
    for name in shown:
        yield Line(_named(name, look), indent=2, hang=2)


def _certainty(document: Combination, look: Look) -> str:
    size = document["exhaustive_to"]
    if document["interrupted"]:
        return f"The search was cut short: complete only up to {plural(size, 'added agent')}."
    if document["uncovered"]:
        names = [look.word(name) if _spelt_out(name) else name for name in document["uncovered"]]
        return f"No set of agents, however large, closes {' or '.join(names)}."
    more = ", and no larger regimen is minimal" if document["exhausted"] else ""
    return f"Nothing was missed up to {plural(size, 'added agent')}{more}."
