"""Whether ontology, facts and rules are sound: findings with file, subject, and what to do about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner import __version__
from reasoner.answers.document import Document, document
from reasoner.answers.quality import by_hermit, quality
from reasoner.engine.compile_axioms import compile_axioms
from reasoner.engine.mechanism_graph import Activity
from reasoner.errors import DislodgeError, Faults
from reasoner.knowledge import LABEL
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

ERROR, WARNING, INFO = "error", "warning", "info"
#: Kinds of claim that state no mechanism and need no fact.
NOT_MECHANISTIC = frozenset({"concept", "disease_fact"})
#: Properties whose facts are definitions and need no claim.
_NEED_EVIDENCE = ("needs", "requires", "hasTarget", "givenIn", "deniedIn", "promotes", "suppresses", "influences")


def check(
    kb: Reasoned, *, coverage: bool = False, files: Sequence[Path] = (), dl: bool = False, level: str = INFO
) -> Document:
    """Findings over a knowledge base that could be read (keys: the JSON schema ``check``).

    With ``coverage``, also the table of claims: modelled by which facts, or not and why.  ``files`` are looked at by
    the checks under ``ontology/checks`` too, with ``dl`` also by HermiT; findings below ``level`` are left out.
    """
    findings = [
        *_reading(kb),
        *_consistency(kb),
        *_rules(kb),
        *_labels(kb),
        *_evidence(kb),
        *_never_on(kb),
        *_reported(kb),
    ]
    findings += _private(kb)
    if files:
        findings += quality(kb, files)
    if dl:
        findings += by_hermit(files)
    order = (ERROR, WARNING, INFO)
    findings = [found for found in findings if order.index(found["level"]) <= order.index(level)]
    keys: dict[str, Any] = {"coverage": _coverage(kb)} if coverage else {}
    return _document(kb, findings, **keys)


def unreadable(error: DislodgeError) -> Document:
    """The document of files that cannot be read: a finding for each fault, with file, line and what to do."""
    faults = error.faults if isinstance(error, Faults) else (error,)
    findings = [_fault(fault) for fault in faults]
    return {
        "command": "check",
        "kb": {"version": __version__, "sha256": None},
        "closed_world": False,
        "verdict": "errors",
        "answers": [{key: found[key] for key in ("level", "code", "subject")} for found in findings],
        "findings": findings,
        "counts": {ERROR: len(findings), WARNING: 0, INFO: 0},
    }


def about(found: Document, paths: Iterable[Path]) -> Document:
    """The document with every error, and of the rest what lies in these files."""
    names = {str(path) for path in paths}
    findings = [f for f in found["findings"] if f["level"] == ERROR or f["file"] in names]
    counts = Counter(f["level"] for f in findings)
    return {**found, "findings": findings, "counts": {level: counts.get(level, 0) for level in (ERROR, WARNING, INFO)}}


def _fault(error: DislodgeError) -> dict[str, Any]:
    span = error.span
    return finding(
        ERROR, error.code, "", error.message, error.hint, span.file if span else "", span.line if span else 0
    )


def finding(
    level: str, code: str, subject: str, message: str, fix: str, file: str = "", line: int = 0
) -> dict[str, Any]:
    """One finding."""
    return {
        "level": level,
        "code": code,
        "file": file,
        "line": line,
        "subject": subject,
        "message": message,
        "fix": fix,
    }


def _document(kb: Reasoned, findings: list[dict[str, Any]], **keys: Any) -> Document:
    order = {ERROR: 0, WARNING: 1, INFO: 2}
    findings.sort(key=lambda f: (order[f["level"]], f["code"], f["subject"]))
    counts = Counter(f["level"] for f in findings)
    return document(
        kb,
        "check",
        findings=findings,
        counts={level: counts.get(level, 0) for level in (ERROR, WARNING, INFO)},
        verdict="errors" if counts.get(ERROR) else "sound",
        **keys,
    )


def _file(kb: Reasoned, subject: str) -> str:
    return str(kb.base.ontology.sources.get(subject, ""))


def _reading(kb: Reasoned) -> Iterator[dict[str, Any]]:
    _, unsupported = compile_axioms(kb.base.ontology.axioms, kb.base.ontology.facts, kb.base.rules)
    unions = [item for item in unsupported if item.axiom.kind in ("Domain", "Range")]
    if unions:
        properties = ", ".join(sorted({str(item.axiom.args[0]) for item in unions}))
        text = (
            f"{len(unions)} domains and ranges name alternatives: rules are checked against them, nothing is concluded"
        )
        yield finding(INFO, "C102", properties, text, "nothing to do")
    for item in unsupported:
        if item not in unions:
            text = f"an axiom is outside OWL 2 RL and is not reasoned with: {item}"
            yield finding(WARNING, "C101", item.axiom.kind, text, "state it within OWL 2 RL, or as a rule")


def _consistency(kb: Reasoned) -> Iterator[dict[str, Any]]:
    for derivation in kb.closure.inconsistencies():
        facts = "; ".join(str(p.conclusion) for p in derivation.premises)
        label = derivation.rule.id if derivation.rule else "constraint"
        leaves = sorted({str(leaf) for leaf in derivation.leaves()})
        yield finding(
            ERROR, "C201", facts, f"contradiction ({label}): {facts}", f"retract one of: {', '.join(leaves[:6])}"
        )


def _rules(kb: Reasoned) -> Iterator[dict[str, Any]]:
    for rule in kb.base.rules:
        for source in rule.source:
            if source != "definition" and source not in kb.base.claims:
                span = rule.span
                yield finding(
                    WARNING,
                    "C301",
                    rule.id,
                    f"rule {rule.id} rests on {source}, which no file describes",
                    "cite a claim of the knowledge base",
                    span.file if span else "",
                    span.line if span else 0,
                )


def _labels(kb: Reasoned) -> Iterator[dict[str, Any]]:
    for name in sorted(kb.base.types):
        if name.startswith(("_:", "http")) or kb.base.text(name, LABEL):
            continue
        yield finding(WARNING, "C401", name, f"{name} has no English label", "add rdfs:label … @en", _file(kb, name))


def _evidence(kb: Reasoned) -> Iterator[dict[str, Any]]:
    for fact in kb.base.ontology.facts:
        if fact.predicate in _NEED_EVIDENCE and not kb.support(fact).supported and not kb.support(fact).opposed:
            yield finding(
                WARNING,
                "C402",
                fact.subject,
                f"{fact} has no claim and counts as inference",
                "annotate the axiom with supportedBy",
                _file(kb, fact.subject),
            )


def _never_on(kb: Reasoned) -> Iterator[dict[str, Any]]:
    closure, graph = kb.closure, kb.graph
    needed = {str(a) for _, a in [*closure.pairs("needs"), *closure.pairs("requires")]}
    can = {s for prop in ("givenIn", "deniedIn") for s, _ in closure.pairs(prop)}
    can |= {str(o) for prop in ("promotes", "provides") for _, o in closure.pairs(prop)} | set(closure.members("State"))
    broader = [graph.activities[name] for name in can if name in graph.activities]
    for name in sorted(needed - can):
        own = graph.activities.get(name)
        if own is not None and any(_read_for(kb, activity, own) for activity in broader):
            continue
        yield finding(
            WARNING,
            "C403",
            name,
            f"{name} is needed, but nothing gives or promotes it",
            "state givenIn, or a mechanism that promotes it",
            _file(kb, name),
        )


def _read_for(kb: Reasoned, broader: Activity, own: Activity) -> bool:
    """Whether a statement about ``broader`` is read for ``own``: the same thing in a broader kind of cell."""
    same = (broader.kind, broader.things) == (own.kind, own.things)
    covers = kb.graph.hierarchy.covers
    return same and all(covers(b, o) for b, o in zip(broader.places, own.places, strict=True))


def _reported(kb: Reasoned) -> Iterator[dict[str, Any]]:
    """Outcomes that a source supports and that no mechanism derives."""
    from reasoner.answers.assess import assess
    from reasoner.answers.requests import ScenarioRequest

    for observation in kb.observations.all:
        wanted = observation.concluded_by & {"dislodges", "sensitises"}
        if not wanted or not observation.agents or not observation.supported or not observation.cells:
            continue
        for scope in observation.scopes or ("",):
            try:
                found = assess(
                    kb, observation.agents, ScenarioRequest(observation.cells[0], scope or None), by_analogy=False
                )
            except DislodgeError:
                continue
            rows = [o for o in found["outcomes"] if o["outcome"] in wanted and o["derived"] == "yes"]
            if not rows:
                outcome = next(iter(wanted))
                yield finding(
                    INFO,
                    "C501",
                    observation.name,
                    f"{observation.name} reports {outcome} in {scope}, and no mechanism derives it",
                    "state the route and the action behind it",
                    _file(kb, observation.name),
                )


def _private(kb: Reasoned) -> Iterator[dict[str, Any]]:
    """Activities that one agent and one route alone touch: shown with their claims, so that a proxy would be seen."""
    cut: dict[str, set[str]] = defaultdict(set)
    graph = kb.graph
    for action in graph.actions:
        for name in action.cuts | action.lifts | action.provides:
            cut[name].update(action.agents)
    needed: dict[str, set[str]] = defaultdict(set)
    claims: dict[str, set[str]] = defaultdict(set)
    for route in graph.routes.values():
        for arm in route.arms:
            for need in arm.needs:
                needed[need].add(route.name)
                claims[need].update(kb.support(Fact("needs", arm.name, need)).supported)
    for name in sorted(set(cut) & set(needed)):
        if len(cut[name]) == 1 and len(needed[name]) == 1:
            agent, route_name = next(iter(cut[name])), next(iter(needed[name]))
            cited = ", ".join(sorted(claims[name])) or "no claim"
            yield finding(
                INFO,
                "C502",
                name,
                f"only {agent} acts on {name}, and only {route_name} needs it ({cited})",
                "see that the claim names this very thing",
            )


# --- coverage ---------------------------------------------------------------------------------------------------------


def _coverage(kb: Reasoned) -> dict[str, Any]:
    """Claims by kind, the facts that each stands beside, and the reasons of those that stand beside none."""
    beside: dict[str, list[str]] = defaultdict(list)
    for fact, support in kb.base.annotated.items():
        for name in (*support.supported, *support.opposed):
            beside[name].append(str(fact))
    kinds: dict[str, dict[str, int]] = {}
    missing = []
    for claim in kb.base.claims.values():
        row = kinds.setdefault(claim.kind, {"claims": 0, "modelled": 0})
        row["claims"] += 1
        if claim.id in beside:
            row["modelled"] += 1
            continue
        reason = kb.base.text(claim.id, "notModelled") or (
            "states a concept or frame, no relation between things of the model"
            if claim.kind in NOT_MECHANISTIC
            else "not yet modelled"
        )
        missing.append({"claim": claim.id, "kind": claim.kind, "reason": reason})
    mechanistic = [c for c in kb.base.claims.values() if c.kind not in NOT_MECHANISTIC]
    done = sum(c.id in beside for c in mechanistic)
    return {
        "kinds": [{"kind": kind, **row} for kind, row in sorted(kinds.items())],
        "mechanistic": len(mechanistic),
        "mechanistic_modelled": done,
        "share": round(done / len(mechanistic), 4) if mechanistic else 1.0,
        "missing": missing,
        "facts": {claim: sorted(set(facts)) for claim, facts in sorted(beside.items())},
    }
