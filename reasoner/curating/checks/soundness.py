"""What ``check`` finds in a knowledge base that could be read: its axioms, labels, evidence, rules, contradictions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from reasoner.curating.checks.findings import file_of, finding, stated_in
from reasoner.curating.rule_examples import failing_examples
from reasoner.mechanism.mechanism_graph import Activity
from reasoner.mechanism.stated import StatedFacts
from reasoner.model.atom import Fact
from reasoner.model.components import components
from reasoner.model.findings import ERROR, INFO, WARNING
from reasoner.model.iris import LABEL
from reasoner.owl.compile_axioms import compile_axioms

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import FindingRow


def reading(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Axioms that are not reasoned with."""
    _, unsupported = compile_axioms(reasoned.base.ontology.axioms, reasoned.base.ontology.outline, reasoned.base.rules)
    unions = [item for item in unsupported if item.axiom.kind in ("Domain", "Range")]
    if unions:
        properties = ", ".join(sorted({str(item.axiom.args[0]) for item in unions}))
        text = "domains and ranges name alternatives: rules are checked against them, nothing is concluded"
        yield finding("dl", INFO, "C102", properties, f"{len(unions)} {text}", "nothing to do")
    for item in unsupported:
        if item not in unions:
            text = f"an axiom is outside OWL 2 RL and is not reasoned with: {item}"
            file = item.axiom.span.file if item.axiom.span else ""
            yield finding("dl", WARNING, "C101", item.axiom.kind, text, "state it within OWL 2 RL, or as a rule", file)


def consistency(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Contradictions, with what to retract."""
    for found in reasoned.contradictions:
        facts = "; ".join(map(str, found.facts))
        text = f"contradiction ({found.rule}): {facts}"
        fix = f"retract one of: {', '.join(map(str, found.stated[:6]))}, or mend the axiom"
        yield finding("consistency", ERROR, "C201", facts, text, fix, found.span.file, found.span.line)


def rules(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Rules whose sources no file describes, or whose examples do not come out as written."""
    for rule in reasoned.base.rules:
        place = (rule.span.file, rule.span.line) if rule.span else ("", 0)
        for source in rule.source:
            if source != "definition" and source not in reasoned.base.claims:
                text = f"rule {rule.id} rests on {source}, which no file describes"
                yield finding("rules", WARNING, "C301", rule.id, text, "cite a claim of the knowledge base", *place)
        for error in failing_examples([rule]):
            place = (error.span.file, error.span.line) if error.span else place
            yield finding("rules", ERROR, error.code, rule.id, error.message, error.hint, *place)


def outcomes(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Outcomes that no rule concludes: they never hold."""
    concluded = {atom.predicate for rule in reasoned.base.rules for atom in rule.head}
    for outcome in reasoned.outcomes if reasoned.base.rules else ():
        if outcome.predicate not in concluded:
            text = f"no rule concludes {outcome.predicate}, the outcome of a regimen: it never holds"
            fix = f"write a rule with {outcome.predicate}(?x, ?c) in its head; see rules/outcome.swrl"
            yield finding("rules", WARNING, "C302", outcome.predicate, text, fix, file_of(reasoned, outcome.predicate))


def labels(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Individuals without an English label."""
    for name in sorted(reasoned.base.types):
        if not name.startswith(("_:", "http")) and not reasoned.base.text(name, LABEL):
            text = f"{name} has no English label"
            yield finding("schema", WARNING, "C401", name, text, "add rdfs:label … @en", file_of(reasoned, name))


def evidence(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Facts that need a claim and have none."""
    needing = reasoned.base.roles.needing_claim
    for fact in reasoned.base.ontology.facts:
        if fact.predicate in needing and not reasoned.support(fact).claims:
            text = f"{fact} has no claim and counts as inference"
            fix = "annotate the axiom with supportedBy"
            yield finding("schema", WARNING, "C402", fact.subject, text, fix, stated_in(reasoned, fact))


def never_on(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Activities that something needs and nothing gives."""
    closure, graph = reasoned.closure, reasoned.graph
    needed: dict[str, Fact] = {}
    for prop in ("needs", "requires"):
        for subject, activity in closure.pairs(prop):
            needed.setdefault(str(activity), Fact(prop, subject, activity))
    can = {s for prop in ("givenIn", "deniedIn") for s, _ in closure.pairs(prop)}
    can |= {str(o) for prop in ("promotes", "provides") for _, o in closure.pairs(prop)} | set(closure.members("State"))
    can |= set(_implied(reasoned))
    broader = [graph.activities[name] for name in can if name in graph.activities]
    for name in sorted(needed.keys() - can):
        own = graph.activities.get(name)
        if own is None or not any(_read_for(reasoned, activity, own) for activity in broader):
            text = f"{name} is needed, but nothing gives or promotes it"
            fix = "state givenIn, or a mechanism that promotes it"
            file = file_of(reasoned, name) or stated_in(reasoned, needed[name])
            yield finding("schema", WARNING, "C403", name, text, fix, file)


def _implied(reasoned: Reasoned) -> Iterator[str]:
    """The activities that a stated interaction implies: the making of its ligand, its receptor, subunits of both."""
    graph, by_key = reasoned.graph, {key: name for name, key in reasoned.graph.keys.items()}
    for interaction in graph.engaged.values():
        activity = graph.activities[interaction]
        ends = zip(("Supply", "MoleculeActivity"), activity.things, activity.places, strict=True)
        for kind, thing, place in ends:
            for part in (thing, *graph.held_by.get(thing, ())):
                if (name := by_key.get((kind, part, "@", place))) is not None:
                    yield name


#: Properties that must not run in circles, alone or by turns: the code, the verb for one and for several things, what
#: comes of it, and what to do.
_CIRCLES = (
    (
        ("hasSubunit",), "C411", ("holds", "hold"),
        "as subunits: nothing that needs them can come about by its parts",
        "state hasSubunit from the whole to its parts alone",
    ),
    (
        ("subtypeOf",), "C414", ("holds", "hold"),
        "as subtypes: each is as narrow as the other, so that neither has a statement of its own",
        "state subtypeOf from the narrower to the broader alone",
    ),
    (
        ("restates", "corrects"), "C416", ("rests on", "rest on"),
        "by restates or corrects: no claim gives way to another, or all do",
        "state restates and corrects from the claim of a paper to that of the review that rests on it alone",
    ),
)  # fmt: skip


def circles(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Complexes that hold each other, or themselves; kinds of each other; claims that rest on each other."""
    table = StatedFacts(reasoned.base.ontology.outline)
    for props, code, (verb, verbs), why, fix in _CIRCLES:
        for circle in _circles(table, props):
            first, more = circle[0], circle[1:]
            what = f"{' and '.join(circle)} {verbs} each other" if more else f"{first} {verb} itself"
            stated = next(fact for fact in _leading(table, props, first) if fact.object in circle)
            yield finding("schema", WARNING, code, first, f"{what} {why}", fix, stated_in(reasoned, stated))


def _circles(table: StatedFacts, props: Collection[str]) -> Iterator[list[str]]:
    """The individuals that properties join in circles, sorted, those that they join with themselves among them."""
    names = sorted({name for prop in props for pair in table.pairs(prop) for name in map(str, pair)})
    number = {name: index for index, name in enumerate(names)}
    led_to = [[str(fact.object) for fact in _leading(table, props, name)] for name in names]
    for found in components([[number[other] for other in others] for others in led_to]):
        circle = sorted(names[index] for index in found)
        if circle[1:] or circle[0] in led_to[number[circle[0]]]:
            yield circle


def _leading(table: StatedFacts, props: Collection[str], name: str) -> Iterator[Fact]:
    """The facts by which one of some properties leads on from an individual."""
    return (Fact(prop, name, other) for prop in props for other in table.of(prop, name))


def idle(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Actions that activate what is the receptor of no interaction: nothing comes of them."""
    for action, mode in reasoned.closure.pairs("hasMode"):
        if mode == "activate" and not reasoned.closure.objects("activates", action):
            target = ", ".join(map(str, reasoned.closure.objects("hasTarget", action)))
            text = f"{action} activates {target}, which is the receptor of no stated interaction: nothing comes of it"
            fix = "state the interaction of the receptor, or say how the agent acts"
            yield finding("schema", WARNING, "C405", action, text, fix, file_of(reasoned, action))


def _read_for(reasoned: Reasoned, broader: Activity, own: Activity) -> bool:
    """Whether a statement about ``broader`` is read for ``own``: the same thing in a broader kind of cell."""
    same = (broader.kind, broader.things) == (own.kind, own.things)
    covers = reasoned.graph.hierarchy.covers
    return same and all(covers(b, o) for b, o in zip(broader.places, own.places, strict=True))
