"""What the reference reading and the engine say of one question, in the same words, and where they differ.

Each says one thing an entry, so that a difference is a line.  Some of it comes from the engine's own objects, the
moments and the clones from its documents: what a document does not tell is not compared.
"""

from collections.abc import Iterable
from typing import Any

from reasoner.answers.assess import assess
from reasoner.asking.requests import ScenarioRequest
from tests.oracles.reference_reading import Reference
from tests.oracles.reference_search import Agents, Clones, Found
from tests.properties.random_knowledge import Knowledge, vocabulary
from tests.properties.test_scenario import summary

Said = dict[str, Any]

#: The hazards that follow from the state of a scenario alone, and not from observations.
HAZARDS = {"eviction_without_killer", "opened_route", "opposed_agents"}
#: The outcomes of a malignant cell that the vocabulary has a word for.
OUTCOMES = {"dislodges", "awakens", "sensitises", "restrains", "delivers"} & set(
    vocabulary().vocabulary.object_properties
)


def by_reference(example: Knowledge) -> Said:
    """What the reference says, one entry for each thing said."""
    read = Reference(example.facts, example.question)
    said: Said = {}
    for route, found in read.routes.items():
        said[f"route {route}"] = tuple(found)
        said[f"moments of route {route}"] = tuple(read.owner_moments(route, read.regimen))
    for route, arms in read.arm_standings.items():
        said |= {f"arm {arm} of {route}": tuple(found) for arm, found in arms.items()}
    said["outcomes"] = {(outcome, read.cell) for outcome in OUTCOMES & read.outcomes.keys()}
    said["extents"] = {outcome: extent for outcome, extent in read.outcomes.items() if outcome in OUTCOMES}
    said["hazards"] = read.hazards
    said["killers"] = read.killers
    said["lost"] = {(cell, name, by) for (cell, name), (extent, by) in read.harms.items() if extent == "lost"}
    said["touched"] = {place for place, (extent, _) in read.harms.items() if extent == "touched"}
    said["opposing"] = [[f"value of {' '.join(node.key)}" for node in pair] for pair in read.opposing]
    said |= {f"value of {' '.join(key)}": moments.value for key, moments in read.node_moments().items()}
    return said | _moments_of_named(read)


def _moments_of_named(read: Reference) -> Said:
    """The moments of each activity that the facts name, where it is read as it is named."""
    moments, found = read.node_moments(), {}
    for name in sorted({fact.subject for fact in read.facts}):
        node = read.activity(name)
        if node.cells and node in read.nodes:
            found[f"moments of {name}"] = tuple(moments[node.key])
    return found


def by_engine(example: Knowledge) -> Said:
    """What the engine says, in the same words."""
    kb = example.reasoned()
    told, said = summary(example.assessment(kb)), Said()
    for route, (found, _, arms) in told["routes"].items():
        said[f"route {route}"] = (found[0], frozenset(found[1]))
        said |= {f"arm {arm} of {route}": (status, frozenset(by)) for arm, (status, by) in arms.items()}
    outcomes = told["outcomes"]
    said["outcomes"] = {pair for pair in outcomes if pair[0] in OUTCOMES}
    said["hazards"] = {name for relation, name in outcomes if relation == "hasHazard"} & HAZARDS
    said["killers"] = set(told["killers"])
    said["lost"] = {(cell, name, by) for cell, name, extent, by in told["harms"] if extent == "lost"}
    said["touched"] = {(cell, name) for cell, name, extent, _ in told["harms"] if extent == "touched"}
    said |= {f"value of {' '.join(key)}": value for key, value in told["values"].items()}
    q = example.question
    document = assess(kb, q.regimen, ScenarioRequest(q.cell, q.disease, q.states, q.background))
    derived = [row for row in document["outcomes"] if row["derived"] == "yes" and row["outcome"] in OUTCOMES]
    said["extents"] = {row["outcome"]: row["extent"] for row in derived}
    return said | moments_in(document)


def moments_in(document: Any) -> Said:
    """The moments of routes and activities that a document of ``assess`` tells."""
    rows = [(f"route {row['route']}", row) for row in document["routes"]]
    rows += [(row["activity"], row) for row in document["activities"]]
    return {f"moments of {name}": (row["at_once"], row["after_relief"]) for name, row in rows if "at_once" in row}


OPPOSED = "opposed_agents"


def pulls_one_thing(example: Knowledge) -> bool:
    """Whether actions that are given pull in opposite directions at molecules that go together, on a node or on none.

    The reference asks for a node on which both act; the engine warns of what is stated, wherever that is at work.
    """
    read = Reference(example.facts, example.question)
    given = {name for agent in read.agents for name in (agent, *read.know.reach(agent, "memberOf"))}
    aims: dict[bool, set[str]] = {True: set(), False: set()}
    for action in read.know.members("Action"):
        (mode,) = read.know.of("hasMode", action)
        if given.intersection(read.know.of("hasAgent", action)) and mode not in ("touch", "deplete"):
            (target,) = read.know.of("hasTarget", action)
            node = read.activity(target)
            molecules = {target} if node.kind == "Activity" else set(node.things)
            families = {f for m in molecules for f in read.know.of("memberOf", m)}
            members = {m for f in molecules | families for m in read.know.whose("memberOf", f)}
            stand_in = {f for m in molecules for f in read.know.whose("representedBy", m)}
            aims[mode in ("block", "lower")] |= molecules | members | stand_in
    wider = ({c for m in found for c in read.know.reach(m, "hasSubunit", back=True)} for found in aims.values())
    cut, raised = wider
    return bool(cut & raised)


def differences(example: Knowledge) -> list[str]:
    """What the two say otherwise.

    Nodes that only one of them knows are compared by the routes that need them; an opposition on nodes that bear on
    nothing, which the engine does not keep, is left out.  So is what is merely touched, which stands apart in
    :func:`differences_in_touch`.
    """
    reference, engine = by_reference(example), by_engine(example)
    if not any(engine.keys() >= set(pair) for pair in reference.pop("opposing")) and OPPOSED not in engine["hazards"]:
        reference["hazards"] = reference["hazards"] - {OPPOSED}
    if OPPOSED in engine["hazards"] - reference["hazards"] and pulls_one_thing(example):
        engine["hazards"] = engine["hazards"] - {OPPOSED}
    del engine["touched"], reference["touched"]
    return between(reference, engine, partly=("value of", "moments of"))


def differences_in_touch(example: Knowledge) -> list[str]:
    """The functions that only one of the two says to be touched.

    The engine judges over whatever is stated, the reference over what is in force at the cells of the scene, every part
    of an interaction included; neither holds for the other.
    """
    reference, engine = by_reference(example), by_engine(example)
    return between({"touched": reference["touched"]}, {"touched": engine["touched"]})


def between(reference: Said, engine: Said, partly: tuple[str, ...] = ()) -> list[str]:
    """What two say otherwise, a line for each; of some things only what both speak of."""
    both = reference.keys() & engine.keys()
    either = {name for name in reference.keys() | engine.keys() if not name.startswith(partly)} if partly else both
    return [
        f"{name}: reference {shown(reference.get(name))}, engine {shown(engine.get(name))}"
        for name in sorted(both | either)
        if reference.get(name) != engine.get(name)
    ]


def differences_of_clones(clones: Clones, document: Any) -> list[str]:
    """What a document of ``assess`` says otherwise of a cell's clones, clone by clone and of the worst of them."""
    reference: Said = {f"route {name}": status for name, status in clones.routes.items()}
    engine: Said = {f"route {row['route']}": row["status"] for row in document["routes"]}
    for states, read in zip(clones.states, clones.each, strict=True):
        clone = _clone(states)
        for name, (status, by) in read.routes.items():
            moments = tuple(read.owner_moments(name, read.regimen))
            reference[f"route {name} in {clone}"] = (status, by, *moments)
        reference[f"outcomes in {clone}"] = OUTCOMES & read.outcomes.keys()
        reference[f"hazards in {clone}"] = read.hazards - {OPPOSED}
    for told in document["clones"]:
        clone = _clone(told["states"])
        for row in told["routes"]:
            by = frozenset(map(frozenset, row["by"]))
            engine[f"route {row['route']} in {clone}"] = (row["status"], by, row["at_once"], row["after_relief"])
        derived = {row["outcome"] for row in told["outcomes"] if row["derived"] == "yes"}
        engine[f"outcomes in {clone}"] = derived & OUTCOMES
        engine[f"hazards in {clone}"] = {row["hazard"] for row in told["hazards"]} & HAZARDS - {OPPOSED}
    return between(reference, engine, partly=("nothing",))


def _clone(states: Iterable[str]) -> str:
    return "+".join(sorted(states)) or "the clone"


def differences_of_search(found: Found, background: Iterable[str], document: Any) -> list[str]:
    """What a document of ``combine`` says otherwise of a search.

    Where it lists no more than it was asked to, what it lists must be among what was found.
    """
    listed = {frozenset(row["agents"]) - frozenset(background) for row in document["regimens"]}
    expected: Iterable[Agents] = found.regimens
    if document["limit_reached"]:
        expected = found.regimens & listed
    reference: Said = {"regimens": set(expected), "unknown": set(found.unknown), "complete": found.complete}
    engine: Said = {"regimens": listed, "unknown": set(document["unknown"]), "complete": document["complete"]}
    left = {name for row in document["regimens"] for name in _left_open(row)}
    reference["goals left open"], engine["goals left open"] = set(), left & set(document["goals"])
    return between(reference, engine)


def _left_open(row: Any) -> set[str]:
    """The routes that a regimen is said to leave open, in whatever clone."""
    return {*row["leaves_open"], *row["leaves_open_in"]}


def shown(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(shown, value))) + "}"
    if isinstance(value, tuple):
        return " ".join(map(shown, value))
    return "nothing" if value is None else str(value)
