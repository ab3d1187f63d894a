"""What is there, and where: what statements come to in the scopes in which they speak, denials among them.

An activity is *present* in a scope where something stated brings it about there and nothing denies it: no statement
about it or a broader cell as narrow, none about a subunit, an end of an interaction or a condition of it.  It is
*absent* where a denial prevails; a tie is neither.  A way through a route is present too where some agent raises what
is denied.  A cell of one disease is only ever there: what a broader scope says of it is read in that disease.  Rules
cannot take a denial away from what they concluded, so this is read off places
(:mod:`reasoner.mechanism.located_reading`), and only where a denial may matter: all else is present where it is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property

from reasoner.mechanism.hold import Hold, held
from reasoner.mechanism.located_nodes import LocatedNodes
from reasoner.mechanism.mechanism_graph import (
    PROMOTES,
    REQUIRED_FOR,
    SUPPRESSES,
    Activity,
    Arm,
    Mechanism,
    MechanismGraph,
    Route,
    Statement,
)
from reasoner.mechanism.place import EVERYWHERE, Narrowness, Place, narrowest
from reasoner.mechanism.reaching import Reaching
from reasoner.mechanism.widths import Widths, prevailing
from reasoner.model.atom import Fact

#: What an activity is, wherever: its kind and what is at work.
_Sort = tuple[str, tuple[str, ...]]
#: The relations that say what is there: of an activity, arm or route and a scope, of a ligand and a cell, of an arm and
#: a cell; those of an action and a route or function, and the cell of such a function; and the one that says what is
#: denied.
PRESENT, SUPPLIED, READ_FOR = "presentIn", "suppliedBy", "readFor"
GETS_TO, GETS_TO_CELL = "getsTo", "getsToFunctionOf"
ABSENT, DENIED = "absentIn", "deniedIn"


class Presence:
    """What is there according to a mechanism graph; ``locate`` reads the graph at a place."""

    def __init__(self, graph: MechanismGraph, locate: Callable[[Place], LocatedNodes]) -> None:
        self.graph = graph
        self._locate = cache(locate)
        self._held = cache(lambda place: held(self._locate(place)))
        self._raised = cache(lambda place: held(self._locate(place), raised=True))
        self._reaching = cache(lambda place: Reaching(self._locate(place), self._raised(place)))

    def facts(self) -> Iterator[Fact]:
        """What is present and absent, who makes ligands, for which cells arms are read, what actions get to."""
        for name, activity in self.graph.activities.items():
            for scope in self._scopes[activity.key]:
                yield from _told(name, scope, self.of_activity(activity, scope))
        yield from self._mechanisms()
        yield from self._supplies()
        for owner in self.graph.owners:
            present: dict[str, bool] = {}
            for arm in owner.arms:
                for scope, standing in self._arm_in_scopes(owner, arm):
                    yield from _told(arm.name, scope, standing)
                    present[scope] = present.get(scope, False) or standing is True
                yield from (
                    Fact(READ_FOR, arm.name, cell) for cell in owner.cells if self._is_read_for(owner, arm, cell)
                )
            yield from (Fact(PRESENT, owner.name, scope) for scope, is_so in present.items() if is_so)
        yield from self._protections()
        for owner in self.graph.owners:
            yield from self._acted_on(owner)

    # --- activities --------------------------------------------------------------------------------------------------

    def of_activity(self, activity: Activity, scope: str) -> Hold:
        """Whether an activity is there in a scope: True, False where that is denied, None where neither is said."""
        sought = scope in self._positive[activity.key]
        found = {self._at(activity, place) for place in self._places(activity.acted_on, scope)}
        if True in found:
            return True if sought else None
        return False if False in found else None

    def _at(self, activity: Activity, place: Place) -> Hold:
        if not self._may_matter(activity.name, place):
            return True
        index = self._locate(place).by_key.get(activity.key)
        return None if index is None else self._held(place)[index]

    def _places(self, cells: tuple[str, ...], scope: str) -> list[Place]:
        """Where something of a cell is read in a scope: in the diseases of the cell, if the scope is one of them."""
        cell, hierarchy = (cells[0] if cells else None), self.graph.hierarchy
        own = [] if cell is None else sorted(map(str, self.graph.closure.objects("occursIn", cell)))
        within = [d for d in own if scope == EVERYWHERE or scope in hierarchy.diseases_above(d)]
        disease = None if scope == EVERYWHERE else scope
        states = frozenset(map(str, self.graph.closure.objects("inState", scope)))
        return [Place(cell, own_disease) for own_disease in within] or [Place(cell, disease, states)]

    @cached_property
    def _scopes(self) -> dict[tuple[str, ...], list[str]]:
        """The scopes in which something is said of an activity, for or against it."""
        found = defaultdict(set, {key: set(scopes) for key, scopes in self._positive.items()})
        for statement in self.graph.statements:
            found[self.graph.keys[statement.activity]].add(statement.scope)
        return defaultdict(list, {key: sorted(scopes) for key, scopes in found.items()})

    @cached_property
    def _positive(self) -> dict[tuple[str, ...], set[str]]:
        """The scopes in which something given, promoted or implied speaks for an activity."""
        graph = self.graph
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for statement in graph.statements:
            if statement.holds:
                found[graph.keys[statement.activity]].add(statement.scope)
        for mechanism in graph.mechanisms:
            scopes = mechanism.scopes or (EVERYWHERE,)
            for sign, effect in () if mechanism.releases else mechanism.effects:
                if sign == PROMOTES:
                    found[graph.keys[effect]].update(scopes)
            if mechanism.engages:
                (ligand, receptor), (sender, receiver) = graph.activities[mechanism.engages][2:]
                found["Supply", ligand, "@", sender].update(scopes)
                found["MoleculeActivity", receptor, "@", receiver].update(scopes)
        for cell, made in graph.closure.pairs("secretes"):
            found["Supply", str(made), "@", cell].add(EVERYWHERE)
        for whole in sorted(graph.subunits, key=lambda name: (-len(graph.held_by[name]), name)):
            for kind in ("MoleculeActivity", "Supply"):
                for key in [key for key in found if key[:2] == (kind, whole)]:
                    for part in graph.subunits[whole]:
                        found[kind, part, *key[2:]].update(found[key])
        for key in [key for key in found if key[0] == "Supply"]:
            found["Availability", *key[1:]].update(found[key])
        return found

    # --- what a denial may matter to ---------------------------------------------------------------------------------

    def _may_matter(self, name: str, place: Place) -> bool:
        """Whether a denial or a tie that is read at a place may reach an activity."""
        return any(isinstance(self.graph.hierarchy.fit(scope, place), frozenset) for scope in self._doubts[name])

    @cached_property
    def _doubts(self) -> dict[str, set[str]]:
        """The scopes of the denials and ties that may reach each activity: more than do."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, scope in self._denied():
            found[name].add(scope)
        todo = set(found)
        while todo:
            name = todo.pop()
            for other in self._resting[name]:
                if not found[name] <= found[other]:
                    found[other] |= found[name]
                    todo.add(other)
        return found

    def _denied(self) -> Iterator[tuple[str, str]]:
        graph = self.graph
        yield from ((s.activity, s.scope) for s in graph.statements if not s.holds)
        signs: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
        for mechanism in graph.mechanisms:
            for sign, effect in mechanism.effects:
                signs[mechanism.requires, effect].add(sign)
                yield from ((effect, scope) for scope in mechanism.denied)
        yield from ((effect, EVERYWHERE) for (_, effect), found in signs.items() if {PROMOTES, SUPPRESSES} <= found)

    @cached_property
    def _resting(self) -> dict[str, set[str]]:
        """For each activity those that what is said of it may reach in one step."""
        graph, found = self.graph, defaultdict[str, set[str]](set)
        sorts: dict[_Sort, list[Activity]] = defaultdict(list)
        for activity in graph.activities.values():
            sorts[activity.kind, activity.things].append(activity)
        for name, activity in graph.activities.items():
            alike = sorts[activity.kind, activity.things]
            found[name].update(a.name for a in alike if self._covers(activity, a))
        for mechanism in graph.mechanisms:
            effects = {effect for sign, effect in mechanism.effects if sign in (PROMOTES, REQUIRED_FOR)}
            for required in map(graph.activities.__getitem__, mechanism.requires):
                for other in sorts[required.kind, required.things]:
                    if self._covers(other, required) or self._covers(required, other):
                        found[other.name] |= effects
        for whole, parts in graph.subunits.items():
            for kind, part in ((kind, part) for kind in ("MoleculeActivity", "Supply") for part in parts):
                for other in sorts[kind, (part,)]:
                    found[other.name].update(a.name for a in sorts[kind, (whole,)] if self._is_near(a, other))
        return found

    def _covers(self, broader: Activity, narrower: Activity) -> bool:
        return all(map(self.graph.hierarchy.covers, broader.places, narrower.places))

    def _is_near(self, one: Activity, other: Activity) -> bool:
        return self._covers(one, other) or self._covers(other, one)

    def _mechanisms(self) -> Iterator[Fact]:
        for mechanism in self.graph.mechanisms:
            if not (mechanism.engages or mechanism.releases):
                stated = mechanism.scopes or (EVERYWHERE,)
                for scope in dict.fromkeys((*stated, *mechanism.denied)):
                    holds = not mechanism.denied or self._stands(mechanism, scope)
                    if scope in stated or not holds:
                        yield from _told(mechanism.name, scope, holds)

    def _stands(self, mechanism: Mechanism, scope: str) -> bool:
        """Whether a mechanism that is denied somewhere is read in a scope, for the cell of an effect of it."""
        cells = {self.graph.activities[effect].acted_on for _, effect in mechanism.effects}
        places = [place for cell in sorted(cells) for place in self._places(cell, scope)]
        read = (m for at in map(self._locate, places) for m in (*at.mechanisms, *at.reading.unsigned))
        return any(m.name == mechanism.name and not m.weak for m in read)

    def _protections(self) -> Iterator[Fact]:
        """Protections whose route has a way through for the cell or a kind of it, and those all of whose are denied."""
        for protection in self.graph.protections:
            if (route := self.graph.routes.get(protection.route)) is not None:
                for scope in protection.scopes or route.scopes or (EVERYWHERE,):
                    ways = set(self._ways(route, protection.cell, scope))
                    yield from _told(protection.name, scope, _best(ways) if ways else None)

    def _ways(self, route: Route, cell: str, scope: str) -> Iterator[Hold]:
        for kind in dict.fromkeys((cell, *(c for c in route.cells if self.graph.hierarchy.covers(cell, c)))):
            for arm in route.arms:
                if self.graph.is_arm_of(arm, route, kind):
                    yield self._arm_at(route, arm, kind, scope)

    # --- who makes a ligand ------------------------------------------------------------------------------------------

    def _supplies(self) -> Iterator[Fact]:
        made = {
            (activity.things[0], activity.places[0])
            for activity in self.graph.activities.values()
            if activity.kind == "Supply"
            and any(self.of_activity(activity, scope) for scope in self._positive[activity.key])
        }
        made.update((str(m), cell) for cell, m in self.graph.closure.pairs("secretes") if self._secretes(cell, str(m)))
        yield from (Fact(SUPPLIED, ligand, cell) for ligand, cell in sorted(made))

    def _secretes(self, cell: str, ligand: str) -> bool:
        """Whether a cell secretes what it is said to: a statement of no scope, against which a denial counts."""
        stated = Narrowness(True, self.graph.hierarchy.above(cell))
        places = self._places((cell,), EVERYWHERE)
        return any(narrowest([*self._said(cell, ligand, place), (stated, True)]) for place in places)

    def _said(self, cell: str, ligand: str, place: Place) -> Iterator[tuple[Narrowness, bool]]:
        """What statements say at a place of a cell or a broader one making a ligand, and how narrow they are."""
        hierarchy = self.graph.hierarchy
        for statement in self._of_supplies[ligand]:
            (source,) = self.graph.activities[statement.activity].places
            asked = hierarchy.fit(statement.scope, place) if hierarchy.covers(source, cell) else None
            if isinstance(asked, frozenset):
                yield Narrowness(True, asked | hierarchy.above(source)), statement.holds

    @cached_property
    def _of_supplies(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.graph.statements:
            activity = self.graph.activities[statement.activity]
            if activity.kind == "Supply":
                found[activity.things[0]].append(statement)
        return found

    # --- arms --------------------------------------------------------------------------------------------------------

    def _arm_in_scopes(self, owner: Route, arm: Arm) -> Iterator[tuple[str, Hold]]:
        stated = arm.scopes or owner.scopes or (EVERYWHERE,)
        cells = (arm.cell,) if arm.cell else owner.cells
        for scope in dict.fromkeys((*stated, *arm.denied)):
            found = {self._arm_at(owner, arm, cell, scope) for cell in cells if self.graph.is_arm_of(arm, owner, cell)}
            if scope in stated and (True in found or not found):
                yield scope, True
            elif True not in found:
                yield scope, False if found == {False} else None

    def _is_read_for(self, owner: Route, arm: Arm, cell: str) -> bool:
        scopes = arm.scopes or owner.scopes or (EVERYWHERE,)
        return self.graph.is_arm_of(arm, owner, cell) and any(self._arm_at(owner, arm, cell, scope) for scope in scopes)

    def _arm_at(self, owner: Route, arm: Arm, cell: str, scope: str) -> Hold:
        found = {self._arm_at_place(owner, arm, cell, place) for place in self._places((cell,), scope)}
        return True if True in found else False if False in found else None

    def _is_stated(self, owner: Route, arm: Arm, place: Place) -> Hold:
        """Whether an arm whose needs nothing denies is a way through at a place: no denial of it prevails."""
        cells = frozenset(self.graph.hierarchy.above(arm.cell)) if arm.cell else frozenset()
        widths = Widths(self.graph.hierarchy, place, analogy=False)
        denied = widths.of(arm.denied, cells).found
        return prevailing(widths.stated(arm.scopes or owner.scopes, cells).found, denied) if denied else True

    def _arm_at_place(self, owner: Route, arm: Arm, cell: str, place: Place) -> Hold:
        if not any(self._may_matter(need, place) for need in arm.needs):
            return self._is_stated(owner, arm, place)
        values = self._raised(place)
        read = [r for r in self._locate(place).reading.arms.get((owner.name, cell), ()) if r.arm.name == arm.name]
        return _best(
            _least([None if r.is_contested else True, *(values[i] for i in copy)]) for r in read for copy in r.copies
        )

    # --- what actions get to -----------------------------------------------------------------------------------------

    def _acted_on(self, owner: Route) -> Iterator[Fact]:
        """The actions that get to a route or function by what is there; for the function of a cell, those for the cell.

        What may touch a route of which nothing is denied does get to it.
        """
        touching = set(self.graph.closure.subjects("mayTouch", owner.name))
        is_function = owner.name in self.graph.functions
        if not is_function and not self._is_doubted(owner):
            yield from (Fact(GETS_TO, action, owner.name) for action in sorted(touching))
            return
        cells = owner.cells or (None,)
        found = [self._acting_on(owner, own, touching) for own in (zip(cells) if is_function else [cells])]
        yield from (Fact(GETS_TO, action, owner.name) for action in sorted(set().union(*found)))
        for cell, actions in zip(owner.cells, found, strict=False) if is_function else ():
            yield from (Fact(GETS_TO_CELL, action, cell) for action in sorted(actions))

    def _is_doubted(self, owner: Route) -> bool:
        """Whether an arm of a route is denied in some scope, or a denial or a tie may reach what lies on it."""
        return any(arm.denied for arm in owner.arms) or any(map(self._doubts.get, self._feeding[owner.name]))

    def _acting_on(self, owner: Route, cells: Sequence[str | None], touching: set[str]) -> set[str]:
        """Those of some actions that get to it for one of some cells or a kind of it, where it may be read."""
        found: set[str] = set()
        for place in self._places_of(owner, cells):
            if found == touching:
                break
            found |= touching.intersection(self._reaching(place).actions(owner, place.cell))
        return found

    def _places_of(self, owner: Route, cells: Sequence[str | None]) -> list[Place]:
        """Where something is read for some cells and kinds of them: in its scopes, and those of what lies on it.

        Cells of few places come first: what acts on it is found there without reading the many of others.
        """
        stated = [scope for arm in owner.arms for scope in arm.scopes or owner.scopes or (EVERYWHERE,)]
        said = {s for name in self._feeding[owner.name] for s in self._positive.get(self.graph.keys[name], ())}
        scopes = dict.fromkeys((*stated, *sorted(said)))
        kinds = dict.fromkeys(kind for cell in cells for kind in self._kinds(cell))
        found = [self._places_among(kind, scopes, stated) for kind in kinds]
        return [place for places in sorted(found, key=len) for place in places]

    def _places_among(self, cells: tuple[str, ...], scopes: Iterable[str], stated: Sequence[str]) -> list[Place]:
        """The places of a cell in some scopes that a stated one covers; of a cell of some diseases only these."""
        hierarchy = self.graph.hierarchy
        places = dict.fromkeys(place for scope in scopes for place in self._places(cells, scope))
        fitting = [place for place in places if hierarchy.fits(stated, place)]
        own = {str(disease) for cell in cells for disease in self.graph.closure.objects("occursIn", cell)}
        return [place for place in fitting if own & hierarchy.diseases_above(place.disease)] or fitting

    def _kinds(self, cell: str | None) -> list[tuple[str, ...]]:
        """A cell, and the kinds of it of which something is said."""
        if cell is None:
            return [()]
        graph = self.graph
        named = {c for activity in graph.activities.values() for c in activity.places}
        named.update(action.cell for action in graph.actions if action.cell is not None)
        return [(cell,), *((c,) for c in sorted(named - {cell}) if graph.hierarchy.covers(cell, c))]

    @cached_property
    def _feeding(self) -> dict[str, list[str]]:
        """The activities that lie on each route and function."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity, owner in self.graph.closure.pairs("feeds"):
            found[str(owner)].append(activity)
        return found


def _told(name: str, scope: str, standing: Hold) -> Iterator[Fact]:
    if standing is not None:
        yield Fact(PRESENT if standing else ABSENT, name, scope)


def _best(values: Iterable[Hold]) -> Hold:
    found = set(values)
    return True if True in found else None if None in found else False


def _least(values: Iterable[Hold]) -> Hold:
    found = set(values)
    return False if False in found else None if None in found else True
