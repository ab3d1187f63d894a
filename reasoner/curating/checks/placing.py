"""What a placing makes of the statements: those that it never reads, parts that hang on mechanisms, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.curating.checks.findings import file_of, finding
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene
from reasoner.model.findings import INFO, WARNING

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located import LocatedNode
    from reasoner.mechanism.located_graph import LocatedGraph
    from reasoner.mechanism.mechanism_graph import Activity
    from reasoner.model.documents.findings import FindingRow


def unread(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Statements that no scenario reads: they name malignant cells that are never together in one scene."""
    graph = reasoned.graph
    scenes = [Scene(graph, place) for place in _places(reasoned)]
    stated = (m for m in graph.mechanisms if not m.engages and not m.releases)
    speaking = [(m.name, (*m.requires, *(e for _, e in m.effects))) for m in stated]
    speaking += [(arm.name, arm.needs) for owner in graph.owners for arm in owner.arms]
    for name, spoken_of in speaking:
        activities = [graph.activities[activity] for activity in spoken_of]
        if len(_malignant(reasoned, activities)) > 1 and not any(_reads(scene, activities) for scene in scenes):
            cells = " and ".join(map(reasoned.label, sorted(_malignant(reasoned, activities))))
            text = f"no scenario reads {reasoned.label(name)}: {cells} are never together"
            fix = "name one malignant cell, and others only as senders; split what is said of several"
            yield finding("consistency", WARNING, "C406", name, text, fix, file_of(reasoned, name))


def _malignant(reasoned: Reasoned, activities: list[Activity]) -> set[str]:
    known = set(reasoned.closure.members("MalignantCell"))
    return {cell for activity in activities for cell in activity.places if cell in known}


def _reads(scene: Scene, activities: list[Activity]) -> bool:
    """Whether a statement that names the cell of a scene, or a broader one, is read there."""
    mine, covers = scene.place.cell or "", scene.graph.hierarchy.covers
    return any(covers(cell, mine) for a in activities for cell in a.places) and bool(scene.readings(activities))


def placed(reasoned: Reasoned) -> Iterator[FindingRow]:
    """What meets on one activity once it is placed: contradictions, and parts that hang on mechanisms alone."""
    seen: set[tuple[str, str]] = set()
    for place in _places(reasoned):
        located = reasoned.located(place)
        for index in range(len(located.nodes)):
            for found in _made(reasoned, located, index):
                if (found["code"], found["subject"]) not in seen:
                    seen.add((found["code"], found["subject"]))
                    yield found


def _made(reasoned: Reasoned, located: LocatedGraph, index: int) -> Iterator[FindingRow]:
    """What placing makes of the statements about one node."""
    for finder in (_clash, _overruled, _denied, _hanging):
        yield from finder(reasoned, located, index)


def _clash(reasoned: Reasoned, located: LocatedGraph, index: int) -> Iterator[FindingRow]:
    """Statements that are equally narrow where they meet, and disagree."""
    node = located.nodes[index]
    stated = node.base_statements
    if node.statements and node.says is None:
        said = " and ".join(sorted(str(statement.fact) for statement in stated))
        text = (
            f"{said} are as narrow as each other and meet on {_where(reasoned, located, node)}: it stays undetermined"
        )
        fix = "state what holds for this very cell and disease, or drop one of them"
        yield finding("consistency", WARNING, "C407", node.name, text, fix, file_of(reasoned, stated[0].activity))


def _overruled(reasoned: Reasoned, located: LocatedGraph, index: int) -> Iterator[FindingRow]:
    """A denial over which an interaction wins that is stated for a strictly narrower cell or disease."""
    node = located.nodes[index]
    denials = [statement for _, statement in node.statements if not statement.holds]
    if denials and (implied := located.implied(index)):
        what = f"{reasoned.label(implied[0].by)} is stated more narrowly than {denials[0].fact}"
        text = f"{what} and implies {_where(reasoned, located, node)}: it is there"
        fix = "deny it for that cell and disease, or deny the interaction, if it is not"
        yield finding("consistency", INFO, "C408", node.name, text, fix, file_of(reasoned, denials[0].activity))


def _denied(reasoned: Reasoned, located: LocatedGraph, index: int) -> Iterator[FindingRow]:
    """A denial of a part that beats the interaction, or the complex, which needs it."""
    node = located.nodes[index]
    denials = [statement for statement in node.base_statements if not statement.holds]
    if denials and node.says is False and node.implied and not located.implied(index):
        what = f"{denials[0].fact} takes {_where(reasoned, located, node)} away"
        text = f"{what}, which {reasoned.label(node.implied[0].by)} needs: it is off there"
        fix = "nothing, if it is so; deny what needs it too, or state it for the cell and disease in which it holds"
        yield finding("consistency", INFO, "C415", node.name, text, fix, file_of(reasoned, denials[0].activity))


def _hanging(reasoned: Reasoned, located: LocatedGraph, index: int) -> Iterator[FindingRow]:
    """A part of an interaction that is there only while its mechanisms are on."""
    node = located.nodes[index]
    depends = not located.given >> index & 1 and located.parts.counts(index)
    if node.implied and not node.statements and depends and node.name in reasoned.graph.activities:
        made_by = ", ".join(sorted({m.name for m in located.by_effect[index] if m.sign == "promotes"}))
        by = node.implied[0].by
        text = f"{_where(reasoned, located, node)} hangs on {made_by} alone, though {reasoned.label(by)} needs it"
        fix = "nothing, if the mechanism makes it; state it given as well, if the mechanism only amplifies it"
        yield finding("consistency", INFO, "C409", node.name, text, fix, file_of(reasoned, by))


def _where(reasoned: Reasoned, located: LocatedGraph, node: LocatedNode) -> str:
    words = reasoned.label(node.name) if node.name in reasoned.graph.activities else reasoned.words(node.activity)
    return f"{words} ({reasoned.label(located.place.disease or 'everywhere')})"


def _places(reasoned: Reasoned) -> list[Place]:
    """Each malignant cell in its own diseases, else in those of the routes that concern it."""
    found: dict[Place, None] = {}
    for cell in sorted(reasoned.closure.members("MalignantCell")):
        diseases = sorted(map(str, reasoned.closure.objects("occursIn", cell)))
        routes = (route for route in reasoned.graph.routes.values() if cell in route.cells)
        diseases = diseases or sorted(
            {s for route in routes for s in route.scopes if "Disease" in reasoned.closure.types(s)}
        )
        found.update(dict.fromkeys(Place(cell, disease) for disease in diseases))
    return list(found)
