"""The niche of a cell as something to draw: who sends what, what it does in the cell, what each route needs.

One document for the explorer and the report.  A node or edge stands for an activity or mechanism as read at the place;
``state`` says what the regimen does to it: *open* (on before and after), *opened*, *cut* (on under some part of the
regimen, off under all of it), *rebounds* (off at once, on after relief), *off* (never on), *unknown*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, cast

from reasoner.answers.course import course
from reasoner.answers.frame import bare_frame, finished, location
from reasoner.answers.resting import add, of_names, of_route
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.hold import held
from reasoner.mechanism.located import LocatedMechanism
from reasoner.mechanism.mechanism_graph import INFLUENCES, SIGNED
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED, Valuation
from reasoner.model.atom import Fact
from reasoner.model.masks import union
from reasoner.scenario.deeds import CUT, DEPLETE, RAISING, Deed, Deeds
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPEN, OPENED, RouteStanding, Scenario
from reasoner.scenario.worth import worth_alone

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.frame import Marked
    from reasoner.model.documents.niche import Drawn, EdgeKind, Niche, NicheEdge, NicheNode, NodeKind

#: With more agents only the whole regimen, none and each alone are looked at for what a node was.
_EVERY_PART = 5
#: How an activity of a kind is drawn, and what agents do to one.
_KINDS: Mapping[str, NodeKind] = {"Availability": "ligand", "MoleculeActivity": "molecule"}
_DEEDS: tuple[tuple[EdgeKind, tuple[int, ...]], ...] = (("cuts", (CUT, DEPLETE)), ("raises", RAISING))
_ROLES = ("hasSender", "hasLigand", "hasReceptor", "hasReceiver")


def niche(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, inactive: bool = False) -> Niche:
    """The drawing of a scenario; routes that are off here in any case are left out unless ``inactive``."""
    with course(reasoned, request, agents) as taken:
        wider, place = taken.reasoned, taken.place
        judge = Judge(wider, taken.assessment())
        scenario = judge.scenario
        drawing = _NicheParts(judge, inactive)
        nodes, edges = drawing.nodes(), drawing.edges()
        used = {edge["from"] for edge in edges} | {edge["to"] for edge in edges}
        told: Niche = {
            "command": "niche",
            **bare_frame(wider, closed_world=True),
            "verdict": None,
            "answers": [],
            **location(place, place.states, scenario.background),
            "cell_label": wider.label(place.cell or ""),
            "regimen": list(scenario.regimen),
            "nodes": [n for n in nodes if n["id"] in used or n["kind"] in ("route", "agent")],
            "edges": edges,
        }
        return finished(wider, told)


class _NicheParts:
    """One scenario, taken apart into nodes and edges."""

    def __init__(self, judge: Judge, inactive: bool) -> None:
        self.reasoned = judge.reasoned
        self.judge = judge
        self.scenario = scenario = judge.scenario
        self.located = scenario.located
        self.routes = [r for r in scenario.routes if inactive or r.status != INACTIVE]
        upstream = self.located.upstream(union(arm.mask for standing in self.routes for arm, _ in standing.arms))
        self.indexes = [i for i in range(len(self.located.nodes)) if upstream >> i & 1]
        self.whole = scenario.valuation()
        self.none = scenario.valuation(())
        self.parts = list(_parts(scenario))
        self.denied = self._denied()
        self.hidden = {i for i in self.indexes if self.located.nodes[i].activity.kind in ("Supply", "Interaction")}

    def _denied(self) -> set[int]:
        """What statements deny, or what needs that, and what the regimen does not raise: it is drawn as no supply."""
        found = held(self.located)
        return {i for i in self.indexes if found[i] is False and self._state(1 << i) == "off"}

    # --- what a node is ----------------------------------------------------------------------------------------------

    def _state(self, mask: int) -> Drawn:
        after, before = self.whole.all_of(mask), self.none.all_of(mask)
        if after in (UNDETERMINED, REBOUNDS):
            return "rebounds" if after == REBOUNDS else "unknown"
        if after == ON:
            return "opened" if before == OFF else "open"
        return "cut" if any(part.all_of(mask) != OFF for part in self.parts) else "off"

    def _id(self, index: int) -> str:
        return f"n{index}"

    def _words(self, index: int) -> tuple[str, str]:
        """A short label, and the place where that is not the cell in focus."""
        node = self.located.nodes[index]
        activity = node.activity
        thing = self.reasoned.base.label(activity.things[0]) if activity.things else node.name
        places = [p for p in activity.places if p]
        if activity.kind == "Activity" or not places:
            return self.reasoned.label(node.name), ""
        return thing, "" if places[0] == self.located.place.cell else self.reasoned.base.label(places[0])

    def nodes(self) -> list[NicheNode]:
        """Sources, activities, routes and agents."""
        found: list[NicheNode] = []
        sources: dict[str, None] = {}
        cell = self.located.place.cell
        for index in self.indexes:
            activity = self.located.nodes[index].activity
            if activity.kind in ("Supply", "Availability", "Interaction"):
                sources[activity.places[0]] = None
            if index in self.hidden:
                continue
            label, where = self._words(index)
            node: NicheNode = {
                "id": self._id(index),
                "kind": _KINDS.get(activity.kind, "process"),
                "name": self.located.nodes[index].name,
                "label": label,
                "where": where,
                "inside": activity.kind != "Availability" and (cell in activity.places or self._is_state(index)),
                "state": self._state(1 << index),
            }
            if index in self.denied:
                node["denied"] = True
            add(node, self._contradicted([index]))
            found.append(node)
        places = [self._plain("source", f"c:{name}", name) for name in sources]
        return [*places, *found, *map(self._route_node, self.routes), *self._agent_nodes()]

    def _contradicted(self, indexes: Iterable[int]) -> Marked:
        """What the activities drawn so are made of."""
        activities = [self.located.nodes[index].activity for index in indexes]
        return of_names(self.reasoned, [name for a in activities for name in (a.name, *a.things, *a.places)])

    def _is_state(self, index: int) -> bool:
        """Whether a node is a lesion or state of the cell in focus."""
        return self.located.nodes[index].name in self.located.place.states

    def _route_node(self, standing: RouteStanding) -> NicheNode:
        states: dict[str, Drawn] = {
            BROKEN: "cut", OPEN: "open", OPENED: "opened", REBOUNDS: "rebounds", INACTIVE: "off"
        }  # fmt: skip
        node = self._plain("route", f"r:{standing.route.name}", standing.route.name)
        node["state"] = states.get(standing.status, "unknown")
        node["status"] = standing.status
        node["worth"] = worth_alone(self.judge.route(standing))
        add(node, of_route(self.reasoned, self.scenario, standing))
        return node

    def _agent_nodes(self) -> list[NicheNode]:
        killers = {killer.agent for killer in self.scenario.killers}
        found = []
        for agent in (*self.scenario.background, *self.scenario.regimen):
            node = self._plain("agent", f"a:{agent}", agent)
            node["killer"] = agent in killers
            found.append(node)
        return found

    def _plain(self, kind: NodeKind, node: str, name: str) -> NicheNode:
        """A node that is always there."""
        label = self.reasoned.label(name)
        return {
            "id": node,
            "kind": kind,
            "name": name,
            "label": label,
            "where": "",
            "inside": False,
            "state": "open",
        }

    # --- edges -------------------------------------------------------------------------------------------------------

    def edges(self) -> list[NicheEdge]:
        """Sources to ligands, ligands to receptors, mechanisms, needs of routes, actions of agents."""
        joined: dict[tuple[str, str, str], NicheEdge] = {}
        for edge in (*self._supplies(), *self._mechanisms(), *self._needs(), *self._actions()):
            known = joined.setdefault((edge["from"], edge["to"], edge["kind"]), edge)
            if known is not edge:
                _join(known, edge)
        return list(joined.values())

    def _edge(
        self,
        start: str,
        end: str,
        kind: EdgeKind,
        state: Drawn,
        claims: Iterable[str],
        text: str,
        inferred: bool = False,
    ) -> NicheEdge:
        return {
            "from": start,
            "to": end,
            "kind": kind,
            "state": state,
            "inferred": inferred,
            "text": text,
            "claims": list(dict.fromkeys(claims)),
        }

    def _supplies(self) -> Iterator[NicheEdge]:
        for index in self.indexes:
            activity = self.located.nodes[index].activity
            if activity.kind == "Availability":
                supply = self.located.by_key.get(("Supply", *activity.key[1:]))
                if {index, supply} & self.denied:
                    continue
                state = self._state(1 << (index if supply is None else supply))
                claims = [] if supply is None else self._given_claims(supply)
                text = f"{self.reasoned.label(activity.places[0])} makes {self.reasoned.label(activity.things[0])}"
                yield self._edge(f"c:{activity.places[0]}", self._id(index), "promotes", state, claims, text)
            elif activity.kind == "Interaction" and index not in self.denied:
                yield from self._signal(index)

    def _signal(self, index: int) -> Iterator[NicheEdge]:
        """An interaction: from the free ligand to the receptor at work."""
        node = self.located.nodes[index]
        (ligand, receptor), (sender, receiver) = node.activity.things, node.activity.places
        free = self.located.by_key.get(("Availability", ligand, "@", sender))
        at_work = self._receptor(receptor, receiver)
        if free is None or at_work is None:
            return
        claims = [c for origin in sorted(node.origins) for c in self._claims_of(origin, _ROLES)]
        text = (
            self.reasoned.label(node.name)
            if node.name in self.reasoned.graph.activities
            else self.reasoned.words(node.activity)
        )
        state = self._state(1 << index)
        yield self._edge(self._id(free), self._id(at_work), "signal", state, claims, text, len(node.origins) == 0)

    def _receptor(self, receptor: str, receiver: str) -> int | None:
        index = self.located.by_key.get(("MoleculeActivity", receptor, "@", receiver))
        return index if index in self.indexes else None

    def _drawn(self, index: int) -> str | None:
        """The node at which what rests on an activity begins: an interaction is drawn at its receptor."""
        activity = self.located.nodes[index].activity
        if activity.kind == "Interaction":
            receptor = self._receptor(activity.things[1], activity.places[1])
            return None if receptor is None else self._id(receptor)
        if activity.kind == "Supply":
            return f"c:{activity.places[0]}"
        return self._id(index) if index in self.indexes else None

    def _mechanisms(self) -> Iterator[NicheEdge]:
        shown = set(self.indexes)
        for mechanism in self.located.mechanisms:
            if mechanism.effect not in shown or mechanism.effect in self.hidden or self._is_minted(mechanism):
                continue
            end = self._id(mechanism.effect)
            claims = list(self._claims_of(mechanism.name, ("requires", *SIGNED, INFLUENCES)))
            text = self.reasoned.base.label(mechanism.name)
            for required in dict.fromkeys(i for i in mechanism.requires if i not in self.denied):
                start = self._drawn(required)
                if start is not None and start != end:
                    state = self._state(1 << required)
                    kind = cast("EdgeKind", mechanism.sign)
                    yield self._edge(start, end, kind, state, claims, text, mechanism.copied)

    def _is_minted(self, mechanism: LocatedMechanism) -> bool:
        closure = self.reasoned.closure
        return bool(closure.objects("engages", mechanism.name) or closure.objects("releases", mechanism.name))

    def _claims_of(self, subject: str, properties: Iterable[str]) -> Iterator[str]:
        for prop in properties:
            for value in self.reasoned.closure.objects(prop, subject):
                yield from self.reasoned.support(Fact(prop, subject, value)).supported

    def _given_claims(self, index: int) -> list[str]:
        facts = [s.fact for s in self.located.nodes[index].base_statements]
        facts += [implied.fact for implied in self.located.implied(index)]
        return [claim for fact in facts for claim in self.reasoned.support(fact).supported]

    def _needs(self) -> Iterator[NicheEdge]:
        for standing in self.routes:
            for arm, _ in standing.arms:
                label = self.reasoned.label(arm.arm.name)
                claims = list(self._claims_of(arm.arm.name, ("needs",)))
                for index in dict.fromkeys(arm.needs):
                    start = self._drawn(index)
                    if start is not None:
                        text = f"{self.reasoned.label(standing.route.name)} needs: {label}"
                        state = self._state(1 << index)
                        yield self._edge(start, f"r:{standing.route.name}", "needs", state, claims, text)

    def _actions(self) -> Iterator[NicheEdge]:
        for agent in (*self.scenario.background, *self.scenario.regimen):
            deeds = Deeds(self.reasoned, self.scenario, [agent], self.whole)
            claims = [c for a in self.scenario.actions_in_force(agent) for c in self._claims_of(a.name, ("hasTarget",))]
            done: set[tuple[str, str]] = set()
            for kind, ways in _DEEDS:
                for index in self.indexes:
                    end = self._acted(index)
                    if end is None or (end, kind) in done or not (found := deeds.done(index, *ways)):
                        continue
                    done.add((end, kind))
                    yield self._edge(f"a:{agent}", end, kind, "open", claims, self._deed(found[0], kind, index))

    def _deed(self, deed: Deed, kind: str, index: int) -> str:
        """What an agent does to a node, in words."""
        agent, thing = self.reasoned.label(deed.agent), self._words(index)[0]
        if deed.cells:
            return f"{agent} takes {self.reasoned.label(deed.cells[0])} away, and {thing} with it"
        return f"{agent} {'acts against' if kind == 'cuts' else 'raises'} {thing}"

    def _acted(self, index: int) -> str | None:
        """The node that an action is drawn at; a supply stands for the ligand that it makes free."""
        activity = self.located.nodes[index].activity
        if activity.kind == "Supply":
            free = self.located.by_key.get(("Availability", *activity.key[1:]))
            return self._id(free) if free in self.indexes and free is not None else None
        return None if index in self.hidden else self._id(index)


#: Of parallel edges the one that matters most decides how they are drawn.
_WEIGHT: tuple[Drawn, ...] = ("opened", "open", "rebounds", "unknown", "cut", "off")


def _join(known: NicheEdge, other: NicheEdge) -> None:
    """Draw a parallel edge together with one that is known."""
    known["claims"] = list(dict.fromkeys([*known["claims"], *other["claims"]]))
    known["inferred"] = known["inferred"] and other["inferred"]
    known["state"] = min(known["state"], other["state"], key=_WEIGHT.index)
    if other["text"] not in known["text"]:
        known["text"] += f"; {other['text']}"


def _parts(scenario: Scenario) -> Iterator[Valuation]:
    """The scenario under parts of its regimen: all of them for a small one."""
    sizes = range(len(scenario.regimen)) if len(scenario.regimen) <= _EVERY_PART else (0, 1)
    for size in sizes:
        for part in combinations(scenario.regimen, size):
            yield scenario.valuation(part)
