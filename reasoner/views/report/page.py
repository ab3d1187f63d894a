"""A report as one HTML file: picture, verdicts, proofs, evidence; no script, no request, readable for years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from reasoner.answers.contradicted import MARK
from reasoner.views import signs
from reasoner.views.marks import SIGN, known, sentence, sign
from reasoner.views.pages.closing import supposition
from reasoner.views.picture.svg import style, svg
from reasoner.views.report.markup import Markup, Part, table, tag
from reasoner.views.words import RESEARCH_USE, STATUS_ORDER, STATUSES, VERDICTS, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import RegimenAssessment
    from reasoner.model.documents.claims import CitedClaim
    from reasoner.model.documents.proof import ProofStep
    from reasoner.model.documents.report import Proof, Report
    from reasoner.model.documents.scenario import Judged

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(document: Report) -> str:
    """The report document as a whole HTML file."""
    told = document["assess"]
    title = heading(document)
    picture = tag("div", Markup(svg(document["niche"], title)), class_="picture")
    body: list[Part] = [
        tag("h1", title),
        tag("p", _stamp(document), class_="soft"),
        tag("p", RESEARCH_USE, class_="use"),
        tag("p", supposition(document), class_="use") if supposition(document) else None,
        tag("p", _contradiction(document), class_="use contradiction") if document["contradictions"] else None,
        tag("section", tag("h2", "What it does"), _outcomes(document), _hazards(document)),
        tag("section", tag("h2", "The niche"), picture, _legend()),
        tag("section", tag("h2", "Routes"), *_routes(document)),
        _residual(document),
        _search(document),
        _harms(document),
        tag("section", tag("h2", "Proofs"), [_proof(document, proof) for proof in document["proofs"]]),
        tag("section", tag("h2", "Evidence"), [_claim(claim) for claim in document["claims"]]),
        tag("footer", tag("p", _verdict_words(told)), tag("p", _stamp(document)), tag("p", RESEARCH_USE, class_="use")),
    ]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", title),
        tag("style", Markup(_sheet() + style())),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', tag('main', body)), lang='en')}\n"


def heading(document: Report) -> str:
    """Regimen, cell, disease and states on one line."""
    told, name = document["assess"], _namer(document)
    steps = [*(step["regimen"] for step in told["steps"]), told["regimen"]]
    given = "; then ".join(" + ".join(map(name, step)) for step in steps) or "No treatment"
    if told["background"]:
        given += f" on top of {' + '.join(map(name, told['background']))}"
    place = [name(word) for word in (told["cell"], told["disease"], *told["states"]) if word]
    return f"{given}: {', '.join(place)}"


def _contradiction(document: Report) -> str:
    """Where the knowledge contradicts itself, and what the sign means."""
    below = sentence(document["assess"]) if document["assess"].get(MARK) else known(document)
    return f"{below} What rests on it bears {SIGN}."


def _sheet() -> str:
    return (files("reasoner.views.report") / "report.css").read_text("utf-8") + signs.of_badges()


def _namer(document: Report) -> Callable[[str], str]:
    labels = document["labels"]
    return lambda name: labels.get(name, name)


def _stamp(document: Report) -> str:
    base = document["kb"]
    return (
        f"dislodge {base['version']}, knowledge base sha256 {base['sha256']}."
        " Closed world: what it does not state counts as absent."
    )


def _badge(word: str | None) -> Markup:
    return tag("span", spoken(word), class_=f"badge {word or ''}")


# --- what it does -----------------------------------------------------------------------------------------------------


def _outcomes(document: Report) -> Part:
    name = _namer(document)
    rows = []
    for row in document["assess"]["outcomes"]:
        left = f"left: {'; '.join(map(name, row['left']))}" if row["left"] else ""
        derived = row["extent"] if row["derived"] == "yes" else "not derived here"
        rows.append(
            (
                [tag("strong", row["outcome"]), " ", name(row["subject"]), sign(row)],
                _badge(row["verdict"]),
                [derived or "", tag("div", left, class_="soft") if left else None],
                " · ".join(filter(None, (spoken(row["strength"]), spoken(row["modality"])))),
                _sides(row),
            )
        )
    if not rows:
        return tag("p", "No outcome is derived, and none is claimed.")
    return table(("outcome", "verdict", "extent", "strength", "claims"), rows)


def _sides(row: Judged) -> Part:
    if row["against"]:
        return [tag("div", "for: ", _links(row["for"])), tag("div", "against: ", _links(row["against"]))]
    return _links(row["evidence"])


def _links(ids: Sequence[str]) -> Part:
    return [[" " if number else "", tag("a", claim, href=f"#{claim}")] for number, claim in enumerate(ids)] or "none"


def _hazards(document: Report) -> Part:
    name = _namer(document)
    items = [
        tag("li", "Hazard: ", tag("strong", name(row["hazard"])), sign(row), " ", _badge(row["verdict"]), " ",
            _links(row["evidence"]))
        for row in document["assess"]["hazards"]
    ]  # fmt: skip
    return tag("ul", items) if items else None


def _legend() -> Markup:
    return tag(
        "p",
        "Arrow: activates. Bar: inhibits, or an agent acts against it. Cross: cut by the regimen. Thick, with a"
        " diamond: opened by the regimen. An arc over a cut: off at once, on again after relief."
        " Dashed: inferred for this cell."
        f" {', '.join(f'{status.glyph} {status.word}' for status in signs.READ)}.",
        class_="soft",
    )


# --- routes -----------------------------------------------------------------------------------------------------------


def _routes(document: Report) -> Iterator[Part]:
    name = _namer(document)
    for status in STATUS_ORDER:
        group = [row for row in document["assess"]["routes"] if row["status"] == status]
        if not group:
            continue
        yield tag("h3", f"{status.capitalize()}: {STATUSES[status]}")
        if status == "inactive":
            yield tag("p", "; ".join(f"{row['route']} {name(row['route'])}{sign(row)}" for row in group))
            continue
        yield table(
            ("route", "what decides", "verdict", "claims"),
            [
                (
                    [tag("strong", row["route"]), " ", name(row["route"]), sign(row)],
                    f"by {_by(row['by'], name)}" if row["by"] else row["reason"],
                    [_badge(row["verdict"]), " ", tag("span", spoken(row["strength"]), class_="soft")],
                    _links(row["evidence"]),
                )
                for row in group
            ],
        )


def _by(sets: Iterable[Iterable[str]], name: Callable[[str], str]) -> str:
    return " or ".join(" + ".join(map(name, group)) for group in sets)


def _residual(document: Report) -> Part:
    """What stays open, what would close each, and what would open if a lesion were there."""
    name = _namer(document)
    rows = [
        (
            [tag("strong", row["route"]), " ", name(row["route"]), sign(row)],
            f"if {' and '.join(map(name, row['if']))}" if row["if"] else "now",
            _by(row["closed_by"], name) or "nothing that the knowledge base holds",
        )
        for row in document["escapes"]["answers"]
    ]
    if not rows:
        return tag("section", tag("h2", "What is left"), tag("p", "No route stays open."))
    return tag("section", tag("h2", "What is left"), table(("route", "open", "closed by adding"), rows))


def _search(document: Report) -> Part:
    found = document.get("combine")
    if found is None:
        return None
    if not found["goals"]:
        asked = "No route that retains the cell, protects it or hinders delivery to it is counted here."
        return tag("section", tag("h2", "What could be added"), tag("p", asked))
    name = _namer(document)
    rows = found["regimens"] or found["front"]
    said = "Minimal regimens that close everything" if found["regimens"] else "No regimen closes everything; the best:"
    return tag(
        "section",
        tag("h2", "What could be added"),
        [tag("p", tag("strong", reason["code"]), " ", reason["text"]) for reason in found.get("reasons", [])],
        tag("p", said),
        table(
            ("regimen", "closes", "leaves open", "price for normal cells", "verdict"),
            [
                (
                    " + ".join(map(name, row["agents"])) + sign(row),
                    ", ".join(row["closes"]) or "none",
                    ", ".join(row["leaves_open"]) or "none",
                    "; ".join(f"{harm['extent']}: {name(harm['function'])}" for harm in row["harms"]) or "none",
                    _badge(row["verdict"]),
                )
                for row in rows
            ],
        ),
    )


def _harms(document: Report) -> Part:
    name = _namer(document)
    rows = [
        (name(row["cell"]), name(row["function"]) + sign(row), _badge(row["extent"]), ", ".join(map(name, row["by"])),
         _links(row["evidence"]))
        for row in document["assess"]["harms"]
    ]  # fmt: skip
    if not rows:
        return None
    titles = ("cell", "function", "extent", "by", "claims")
    return tag("section", tag("h2", "Harms to normal cells"), table(titles, rows))


# --- proofs and evidence ----------------------------------------------------------------------------------------------


def _proof(document: Report, proof: Proof) -> Part:
    trees = [tag("ul", _step(tree), class_="proof") for tree in proof["derivations"]]
    return tag("details", tag("summary", proof["title"] + sign(proof)), trees or tag("p", "No derivation."))


def _step(node: ProofStep) -> Markup:
    claims = [" ", tag("span", _links(node["evidence"]), class_="soft")] if node["evidence"] else None
    below = tag("ul", [_step(premise) for premise in node["premises"]]) if node["premises"] else None
    return tag("li", node["text"] + sign(node), claims, below)


def _claim(claim: CitedClaim) -> Markup:
    facts = " · ".join(filter(None, (spoken(claim["tier"]), claim["modality"], claim["context"])))
    kind = "against" if claim["polarity"] == "opposes" else "for"
    return tag(
        "div",
        tag("p", tag("strong", claim["id"]), " ", claim["statement"], sign(claim)),
        tag("p", facts, class_="soft"),
        tag("p", "; ".join(claim["papers"]), class_="soft"),
        class_=f"claim {kind}",
        id=claim["id"],
    )


def _verdict_words(told: RegimenAssessment) -> Part:
    used = [row["verdict"] for row in (*told["outcomes"], *told["hazards"], *told["routes"])]
    return [[tag("strong", spoken(word)), f": {VERDICTS[word]}. "] for word in VERDICTS if word in used]
