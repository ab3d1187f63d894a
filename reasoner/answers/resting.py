"""On which contradicted individuals an answer rests, by the derivation that ``explain`` gives of it.

Each function gives the key ``contradicted`` for its row, empty where the row rests on none, and nothing at all where
the knowledge does not contradict itself: then no derivation is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.answers.contradicted import MARK, names_in
from reasoner.answers.reasons import ReasonTrees, reaching
from reasoner.asking.conclusion import Conclusion
from reasoner.model.atom import Fact
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.scenario import RouteStanding, Scenario

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located_graph import LocatedGraph
    from reasoner.model.derivation import Derivation
    from reasoner.model.documents.frame import Marked
    from reasoner.scenario.assessment import Assessment, Harm


def add(row: Marked, mark: Marked) -> None:
    """Add to the mark of a row that has several derivations."""
    if MARK in mark:
        row[MARK] = sorted({*row.get(MARK, ()), *mark[MARK]})


def mark_of(row: Marked) -> Marked:
    """The mark of a row by itself."""
    return {MARK: row[MARK]} if MARK in row else {}


def of_parts(reasoned: Reasoned, parts: Iterable[Marked]) -> Marked:
    """The mark of a row that says nothing beside its parts."""
    return {MARK: sorted({name for part in parts for name in part.get(MARK, ())})} if reasoned.contradictions else {}


def of_names(reasoned: Reasoned, names: Iterable[str]) -> Marked:
    """The mark of what these names stand for."""
    return {MARK: sorted(reasoned.contradictions.under(names, here=True))} if reasoned.contradictions else {}


def of_trees(reasoned: Reasoned, trees: Iterable[Reason], located: LocatedGraph | None = None) -> set[str]:
    """What trees rest on: what they name, at a place also the roles of nodes that no fact names."""
    names: set[str] = set()
    facts: dict[Fact, None] = {}
    for step in (step for tree in trees for step in tree.steps()):
        facts.update(dict.fromkeys(step.facts))
        for name in (*names_in(step.conclusion), step.rule):
            names.add(name)
            index = located.find(name) if located and "__" in name else None
            if located and index is not None:
                activity = located.nodes[index].activity
                names.update((*activity.things, *activity.places))
    here = reasoned.contradictions.under(names, here=located is not None)
    return here | reasoned.contradictions.of_facts(facts)


def of_tree(reasoned: Reasoned, tree: Reason, located: LocatedGraph | None) -> Marked:
    """The mark of one tree."""
    return {MARK: sorted(of_trees(reasoned, [tree], located))} if reasoned.contradictions else {}


def of_route(reasoned: Reasoned, scenario: Scenario, standing: RouteStanding) -> Marked:
    """The mark of the status of a route or function."""
    return of_routes(reasoned, scenario, [standing])


def of_routes(reasoned: Reasoned, scenario: Scenario, standings: Iterable[RouteStanding]) -> Marked:
    """The mark of what is said of several routes."""
    if not reasoned.contradictions:
        return {}
    trees = [route_reason(reasoned, scenario, standing) for standing in standings]
    return {MARK: sorted(of_trees(reasoned, trees, scenario.located))}


def of_outcome(assessment: Assessment, predicate: str, subject: str, undecided: Iterable[RouteStanding] = ()) -> Marked:
    """The mark of an outcome, concluded or left open by undetermined routes; of another, that of its subject."""
    reasoned = assessment.reasoned
    if not reasoned.contradictions:
        return {}
    conclusion = Conclusion(predicate, (subject,), assessment.scenario.regimen)
    trees = ReasonTrees(reasoned, conclusion).outcome(assessment, every=False)
    trees += [route_reason(reasoned, assessment.scenario, standing) for standing in undecided]
    found = of_trees(reasoned, trees, assessment.scenario.located)
    return {MARK: sorted(found | reasoned.contradictions.under([subject], here=True))}


def of_premises(assessment: Assessment, premises: Iterable[Derivation]) -> Marked:
    """The mark of what a rule concluded from these."""
    reasoned = assessment.reasoned
    if not reasoned.contradictions:
        return {}
    reasons = ReasonTrees(reasoned, Conclusion("hasHazard", (), assessment.scenario.regimen))
    trees = [reasons.told(premise, assessment) for premise in premises]
    return {MARK: sorted(of_trees(reasoned, trees, assessment.scenario.located))}


def of_harm(assessment: Assessment, harm: Harm) -> Marked:
    """The mark of a harm: why the function stands as it does, and how each agent reaches it."""
    reasoned = assessment.reasoned
    if not reasoned.contradictions:
        return {}
    scenario = assessment.scenario
    function = reasoned.graph.functions[harm.function]
    standing = scenario.judge(function, scenario.located.arms(function, harm.cell))
    found = of_trees(reasoned, [route_reason(reasoned, scenario, standing)], scenario.located)
    found |= reasoned.contradictions.of_facts(reaching(assessment, harm))
    return {MARK: sorted(found | reasoned.contradictions.under([harm.cell, *harm.by], here=True))}
