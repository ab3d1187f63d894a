"""A document in a few lines ``key=value``: what a person would read off it (see README.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Document = dict[str, Any]
Groups = Sequence[Sequence[str]]


def short_answer(document: Document) -> list[str]:
    """The lines of a document, in its own order."""
    told = [*_READERS[document["command"]](document), *_contradicted(document)]
    return [f"{key}={value}".rstrip() for key, value in told]


def _contradicted(document: Document) -> Iterator[tuple[str, str]]:
    """Where the knowledge contradicts itself, and which answers rest on that."""
    for row in document["contradictions"] or ():
        yield f"contradiction.{row['subject']}", "; ".join(row["facts"])
    for key in ("routes", "outcomes", "hazards", "harms", "activities"):
        for row in document.get(key, ()):
            if isinstance(row, dict) and row.get("contradicted"):
                name = next(row[k] for k in ("route", "outcome", "hazard", "function", "activity") if k in row)
                yield f"rests.{name}", " ".join(row["contradicted"])


def _sets(groups: Groups) -> str:
    """Sets of agents: ``A+B`` is one set of two, ``A | B`` are two sets."""
    return " | ".join("+".join(group) for group in groups)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _solid(entry: Document) -> str:
    """Strength and modality, unless some premise has no claim at all."""
    if entry.get("strength") in (None, "inference"):
        return ""
    return f"{entry['strength']}, {entry['modality']}"


def _claims(entry: Document) -> str:
    sides = ("for", "against", "for_elsewhere", "against_elsewhere", "told")
    said = " ".join(f"{side} {'+'.join(claims)}" for side in sides if (claims := entry.get(side)))
    drift = " ".join(
        f"{row['claim']}{' in part' * row['in_part']} by {'+'.join(row['by'])}" for row in entry.get("drift", ())
    )
    return f"{said} drift {drift}".strip() if drift else said


def _words(row: Document) -> str:
    """The words of a row: of the laboratory and elsewhere, and of patients where there are any."""
    patients = row["patients"]
    points = [f"{point['endpoint']} {point['verdict']}" for point in patients["endpoints"]]
    said = " ".join(filter(None, (patients["verdict"], patients["elsewhere"], *points)))
    told = "patients told" if patients["told"] else ""
    of_patients = told if patients["verdict"] == "not_tested" else f"patients {said}"
    return ", ".join(filter(None, (" ".join(filter(None, (row["verdict"], row["elsewhere"]))), of_patients)))


def _names(names: Sequence[str]) -> str:
    return " ".join(names) or "nothing"


def _deciding(row: Document) -> str:
    """What decides between claims on both sides, with the conditions of each."""
    told = [f"{m['by']} (for {' '.join(m['for'])}, against {' '.join(m['against'])})" for m in row["moderated"]]
    return f"decides {' '.join(told)}" if told else ""


# --- assess -----------------------------------------------------------------------------------------------------------


def _assess(document: Document) -> Iterator[tuple[str, str]]:
    for number, step in enumerate(document["steps"], 1):
        done = [f"{row['outcome']} {row['extent']}" for row in step["outcomes"] if row["derived"] == "yes"]
        dangers = [row["hazard"] for row in step["hazards"]]
        yield f"step.{number}", _joined("+".join(step["regimen"]), *done, *dangers, f"gives {_names(step['reached'])}")
    for killer in document["killer_scopes"]:
        yield f"killer.{killer['agent']}", _killer(killer)
    for row in document["defeated"]:
        yield f"killer.{row['agent']}", f"defeated by {row['by']}"
    for row in document["routes"]:
        yield from _route(row)
    for row in document["outcomes"]:
        left = [f"{key} {' '.join(row[key])}" for key in ("left", "farther") if row[key]]
        said = " ".join(word for word in (row["derived"], row["extent"]) if word)
        yield (
            f"outcome.{row['outcome']}.{row['subject']}",
            _joined(said, *left, _words(row), _claims(row), _deciding(row), _solid(row)),
        )
    for row in document["hazards"]:
        yield f"hazard.{row['hazard']}", _joined(" ".join(row["subjects"]), _words(row), _claims(row))
    for row in document["harms"]:
        done = f"{row['extent']} by {' '.join(row['by'])}"
        behind = f"claims {' '.join(row['evidence'])}" if row["evidence"] else ""
        yield f"harm.{row['cell']}.{row['function']}", _joined(done, _words(row), behind, _solid(row))
    for row in document["activities"]:
        partly = " partly" if row["partial"] else ""
        yield f"activity.{row['activity']}", f"{row['before']} to {row['after']}{partly}"
    for row in document["analogies"]:
        yield f"analogy.{row['route']}", _joined(f"{row['effect']} by {_sets(row['by'])}", _words(row), _claims(row))


def _killer(row: Document) -> str:
    who = [] if row["agent"] in row["stated_for"] or row["through"] else row["stated_for"]
    where = [] if row["scope"] == "exact" else [row["cell"], *row["diseases"]]
    return _joined("effective", " ".join(["stated for", *who, *where]) if who or where else "")


def _route(row: Document) -> Iterator[tuple[str, str]]:
    by = f" by {_sets(row['by'])}" if row["by"] else ""
    narrowed = f"narrowed by {_sets(row['narrowed_by'])}" if row["narrowed_by"] else ""
    yield f"route.{row['route']}", _joined(row["status"] + by, narrowed, _words(row), _claims(row), _solid(row))
    if len(row["arms"]) > 1:
        for arm in row["arms"]:
            by = f" by {_sets(arm['by'])}" if arm["by"] else ""
            yield f"arm.{arm['arm']}", arm["status"] + by


# --- the other commands -----------------------------------------------------------------------------------------------


def _combine(document: Document) -> Iterator[tuple[str, str]]:
    for section in ("regimens", "front"):
        for number, row in enumerate(document[section], 1):
            killers = [f"{killer['agent']} {_killer(killer)}" for killer in row["killer_scopes"]]
            yield f"{section}.{number}", _joined("+".join(row["agents"]), *killers)
    for row in document["certificate"]:
        yield row["route"], _joined(*(f"{key} {' '.join(row[key])}" for key in ("touched_by", "unnamed") if row[key]))
    yield from _reasons(document)


def _matrix(document: Document) -> Iterator[tuple[str, str]]:
    for row in document["answers"]:
        cells = [f"{cell['route']} {cell['status']}" for cell in row["routes"]]
        yield "+".join(row["regimen"]) or "nothing", _joined(*cells)
    yield from _reasons(document)


def _breaks(document: Document) -> Iterator[tuple[str, str]]:
    for row in document["answers"]:
        place = f"{row['cell']} in {' '.join([row['disease'] or 'no disease', *row['state']])}"
        needs = f"with {_sets(row['needs_agents'])}" if row["needs_agents"] else ""
        arms = f"at {' '.join(row['arms'])}"
        given = "" if row["can_be_given"] else "not to be given"
        yield (
            f"{row['route']}.{row['agent']}",
            _joined(row["effect"], given, arms, needs, _words(row), _claims(row), row["scope"], place, _solid(row)),
        )
    yield "unbroken", " ".join(document["unbroken"])
    yield from _reasons(document)


def _escapes(document: Document) -> Iterator[tuple[str, str]]:
    for row in document["answers"]:
        condition = f"if {' '.join(row['if'])}" if row["if"] else ""
        closed = f"closed by {_judged(row['closers'])}" if row["closers"] else "nothing closes it"
        unnamed = f"but what cannot be given: {_judged(row['unnamed'])}" if row["unnamed"] else ""
        yield row["route"], _joined(row["status"], condition, closed, unnamed)
    completion = document["completion"]
    if completion["agents"]:
        yield "completion", _joined(_judged(completion["completers"]), f"leaves {_names(completion['leaves'])}")
    yield from _reasons(document)


def _judged(rows: Sequence[Document]) -> str:
    """Sets of agents, each with what it is worth."""
    return " | ".join(f"{'+'.join(row['agents'])} ({_words(row)})" for row in rows)


def _explain(document: Document) -> Iterator[tuple[str, str]]:
    yield "holds", "yes" if document["derivations"] else "no"
    yield "verdict", _joined(_words(document), _claims(document), _solid(document))
    for number, tree in enumerate(document["derivations"], 1):
        yield f"proof.{number}", " ".join(sorted({claim for claim in _cited(tree)})) or "no claim"


def _cited(tree: Document) -> Iterator[str]:
    yield from tree["evidence"]
    for premise in tree["premises"]:
        yield from _cited(premise)


def _why_not(document: Document) -> Iterator[tuple[str, str]]:
    yield "holds", "yes" if document["holds"] else "no"
    if document["reasons"]:
        yield "reason", document["reasons"][0]["code"]
    yield "verdict", _joined(_words(document), _claims(document))
    for number, row in enumerate(document.get("abduced", ()), 1):
        retracted = f"without {' ^ '.join(row['retracted'])}" if row["retracted"] else ""
        denied = f"against {' '.join(row['against'])}" if row["against"] else ""
        yield f"if.{number}", _joined(" ^ ".join(row["facts"]), retracted, denied)
    if "abduced" in document:
        yield "if.all", str(document["abduced_in_all"])


def _robustness(document: Document) -> Iterator[tuple[str, str]]:
    yield "holds", "yes" if document["holds"] else "no"
    yield "verdict", _joined(document.get("status") or "", _words(document), document["strength"] or "")
    for row in document["answers"]:
        left = ("changes" if row["changed"] else "holds") if row["holds"] else "falls"
        yield f"without.{row['paper']}", _joined(left, _words(row), row["strength"] or "", " ".join(row["claims"]))
    yield "toppled", _sets(document["toppled_by"]) or f"by none of up to {document['exhaustive_to']}"
    yield from _reasons(document)


def _evidence(document: Document) -> Iterator[tuple[str, str]]:
    for row in document["answers"]:
        yield f"claim.{row['id']}", _joined(row["polarity"], row["modality"] or "", row["strength"])
    yield from _reasons(document)


def _conflicts(document: Document) -> Iterator[tuple[str, str]]:
    for row in document["answers"]:
        resolution = f"resolved {' '.join(row['by'])}" if row["by"] else row["resolution"]
        moderator = f"moderator {row['moderator'] or 'unknown'}"
        yield f"conflict.{row['id']}", _joined(_claims(row), resolution, moderator)
    yield from _reasons(document)


def _check(document: Document) -> Iterator[tuple[str, str]]:
    for level in ("error", "warning"):
        for row in document["findings"]:
            if row["level"] == level:
                yield f"{level}.{row['code']}", row["subject"] or ""


def _reasons(document: Document) -> Iterator[tuple[str, str]]:
    for row in document.get("reasons", ()):
        yield "reason", row["code"]


_READERS: dict[str, Callable[[Document], Iterator[tuple[str, str]]]] = {
    "assess": _assess,
    "combine": _combine,
    "matrix": _matrix,
    "breaks": _breaks,
    "escapes": _escapes,
    "explain": _explain,
    "why-not": _why_not,
    "robustness": _robustness,
    "evidence": _evidence,
    "conflicts": _conflicts,
    "check": _check,
}
