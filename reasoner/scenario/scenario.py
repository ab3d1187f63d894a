"""A scenario: what a regimen does to routes, at one place, on top of a background.

The status of a route or arm under a regimen X is judged against its sub-regimens: *broken* when it is off under X and
not under some part of X, *inactive* when it is off under every part, *opened* when it is on under X and off under none
of X, else *open*, *rebounds* when it is off at once and on after relief, *unknown* when it is undetermined otherwise.
The sets in ``by`` are the minimal parts of X that decide the value whatever else of X is given; they are exact for up
to ten agents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from reasoner.errors import QuestionError
from reasoner.mechanism.agent_effects import Acts
from reasoner.mechanism.feedback import unfold
from reasoner.mechanism.killers import Killer, killers
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Action, Route
from reasoner.mechanism.settling import Settling
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED, Effects, Program, Valuation
from reasoner.model.masks import bits, union

if TYPE_CHECKING:
    from reasoner.model.documents.words import Momentary, RouteStatus

BROKEN: Final = "broken"
OPEN: Final = "open"
OPENED: Final = "opened"
INACTIVE: Final = "inactive"
UNKNOWN: Final = "unknown"
#: The statuses of what a regimen does not close.
LEFT = (OPEN, OPENED, REBOUNDS, UNKNOWN)
MOST_AGENTS = 10


class Standing(NamedTuple):
    """The status of a route or arm, the minimal sets of agents that decide it, and its value before and after feedback.

    ``in_doubt`` when it is broken and under no part of the regimen more than undetermined; ``from_off`` when it is off
    without the regimen.
    """

    status: RouteStatus
    by: tuple[tuple[str, ...], ...] = ()
    at_once: Momentary = OFF
    after_relief: Momentary = OFF
    in_doubt: bool = False
    from_off: bool = False


class RouteStanding(NamedTuple):
    """The standing of a route with that of its arms, and who narrowed it."""

    route: Route
    standing: Standing
    arms: tuple[tuple[LocatedArm, Standing], ...]

    @property
    def status(self) -> RouteStatus:
        """The status of the route."""
        return self.standing.status

    @property
    def narrowed_by(self) -> tuple[tuple[str, ...], ...]:
        """The minimal sets that broke an arm while the route was not broken."""
        if self.status == BROKEN:
            return ()
        return tuple(sorted({by for _, arm in self.arms if arm.status == BROKEN for by in arm.by}))

    @property
    def narrowed(self) -> bool:
        """Whether an arm is broken and the route is not."""
        return self.status != BROKEN and any(arm.status == BROKEN for _, arm in self.arms)

    @property
    def opened(self) -> bool:
        """Whether the regimen turns on, at once or after relief, what is off without it."""
        return self.status == OPENED or (self.status == REBOUNDS and self.standing.from_off)

    @property
    def certain(self) -> bool:
        """Whether what the regimen takes away, the route or an arm of it, was more than undetermined."""
        if self.status == BROKEN:
            return not self.standing.in_doubt
        return any(arm.status == BROKEN and not arm.in_doubt for _, arm in self.arms)


class Scenario:
    """One place, a background and a regimen, ready to be asked.

    ``beforehand`` is how the place stood before agents were given (default: untreated).
    """

    def __init__(
        self,
        located: LocatedGraph,
        background: Sequence[str] = (),
        regimen: Sequence[str] = (),
        beforehand: Valuation | None = None,
    ) -> None:
        agents = tuple(dict.fromkeys(regimen))
        if len(agents) > MOST_AGENTS:
            raise QuestionError(
                f"a regimen of {len(agents)} agents is too large, {MOST_AGENTS} are the most",
                code="E413",
                hint="move agents that are given anyway to the background (--with-agent)",
            )
        for agent in (*background, *agents):
            if located.acting.takes_away_own(agent):
                raise QuestionError(
                    f"{agent} takes away {located.place.cell} itself, of which is asked what becomes of it",
                    code="E430",
                    hint="deplete a cell of its niche instead, or state that the agent acts against it (a Killing)",
                )
        self.located = located
        self.graph = located.graph
        self.beforehand = located.untreated if beforehand is None else beforehand
        self.background = tuple(dict.fromkeys(background))
        self.regimen = tuple(a for a in agents if a not in self.background)
        self._values: dict[Effects, Valuation] = {}
        self._settlings: dict[Effects, Settling] = {}

    def effects(self, agents: Sequence[str]) -> Effects:
        """The effects of the background and ``agents``."""
        return self.located.together((*self.background, *agents))

    def valuation(self, agents: Sequence[str] | None = None) -> Valuation:
        """The whole graph under the background and ``agents`` (default: the regimen)."""
        return self.under(self.effects(self.regimen if agents is None else agents))

    def under(self, effects: Effects) -> Valuation:
        """The whole graph under some effects."""
        if effects not in self._values:
            self._values[effects] = unfold(self.located.program, effects, self.beforehand)
        return self._values[effects]

    def settling(self, agents: Sequence[str] | None = None) -> Settling:
        """When each node of the whole graph settles under the background and ``agents`` (default: the regimen)."""
        effects = self.effects(self.regimen if agents is None else agents)
        if effects not in self._settlings:
            self._settlings[effects] = Settling(self.located.program, effects)
        return self._settlings[effects]

    @cached_property
    def routes(self) -> list[RouteStanding]:
        """The standing of every route that concerns the cell at this place, by name."""
        concerned = []
        for route in self.graph.routes.values():
            if self.is_in_scope(route):
                arms = self.located.arms(route)
                if arms:
                    concerned.append(self.judge(route, arms))
        return concerned

    def is_in_scope(self, route: Route) -> bool:
        """Whether a route concerns the cell at this place."""
        place = self.located.place
        if self.located.scene.analogy:
            return bool(route.cells)
        fits = self.graph.hierarchy.fits(route.scopes, place)
        return place.cell in route.cells and (bool(fits) or self._protects_here(route))

    def _protects_here(self, route: Route) -> bool:
        hierarchy, place = self.graph.hierarchy, self.located.place
        return any(
            p.route == route.name and hierarchy.covers(p.cell, place.cell or "") and hierarchy.fits(p.scopes, place)
            for p in self.graph.protections
        )

    def losing(self, arms: Sequence[LocatedArm]) -> tuple[tuple[str, ...], ...]:
        """The minimal sets by which a function with these arms is lost; none where it is not, or is without them.

        It is lost where it is off at once or after relief.
        """
        agents, values = self._under_parts(arms)
        masks = [arm.mask for arm in arms]
        lost = [str(OFF in (value.at_once(masks), value.after_relief(masks))) for value in values]
        return _deciders(lost, agents) if lost[-1] != lost[0] == str(False) else ()

    def judge(self, route: Route, arms: Sequence[LocatedArm]) -> RouteStanding:
        """The standing of a route (or function) with these arms."""
        agents, values = self._under_parts(arms)
        arm_standings = tuple((arm, _standing(values, [arm.mask], agents)) for arm in arms)
        return RouteStanding(route, _standing(values, [arm.mask for arm in arms], agents), arm_standings)

    def _under_parts(self, arms: Sequence[LocatedArm]) -> tuple[tuple[str, ...], list[Valuation]]:
        """The agents of the regimen that bear on some arms, and the valuation under every part of them."""
        program, reach = self.located.part(union(arm.mask for arm in arms))
        agents = self._relevant(reach)
        return agents, self._lattice(program, agents)

    def _relevant(self, reach: int) -> tuple[str, ...]:
        """The agents of the regimen that do anything to the nodes of ``reach``."""
        keep = []
        for agent in self.regimen:
            if any(self.located.effects_of(agent).effects.within(reach)):
                keep.append(agent)
        return tuple(keep)

    def _lattice(self, program: Program, agents: tuple[str, ...]) -> list[Valuation]:
        """The valuation under every subset of ``agents``, by bit mask."""
        effects = [self.effects(())]
        for agent in agents:
            own = self.located.effects_of(agent).effects
            effects += [have | own for have in effects]
        known: dict[Effects, Valuation] = {}
        for effect in effects:
            if effect not in known:
                known[effect] = unfold(program, effect, self.beforehand)
        return [known[effect] for effect in effects]

    # --- killers -----------------------------------------------------------------------------------------------------

    @property
    def killers(self) -> list[Killer]:
        """Agents of background and regimen that act against the cell and are not defeated."""
        return [killer for killer in self._killers if not killer.is_defeated]

    @property
    def defeated_killers(self) -> list[Killer]:
        """Agents that would act against the cell, each with what defeats it."""
        return [killer for killer in self._killers if killer.is_defeated]

    @cached_property
    def _killers(self) -> list[Killer]:
        found = killers(self.located, (*self.background, *self.regimen))
        return [self._with_what_it_needs(killer) for killer in found]

    def _with_what_it_needs(self, killer: Killer) -> Killer:
        lacking, value = self.lack(killer.agent, (self.located.place.cell or "",))
        return killer._replace(lacking=lacking, in_doubt=value in (UNDETERMINED, REBOUNDS) and not killer.lesion)

    def lacking(self, agent: str, cells: Sequence[str]) -> str:
        """The first activity on which an agent depends and that is not on in some cells; empty when all are."""
        return self.lack(agent, cells)[0]

    def lack(self, agent: str, cells: Sequence[str]) -> tuple[str, str]:
        """The same with the value of that activity, by its name in those cells."""
        for name in self.located.graph.dependencies(agent):
            index = self.located.find_at(name, cells)
            value = OFF if index is None else self.valuation().value(1 << index)
            if value != ON:
                return name if index is None else self.located.nodes[index].name, value
        return "", ON

    def acts_in_force(self, agent: str, agents: Sequence[str] | None = None) -> Acts:
        """What an agent does to nodes under the background and ``agents``, where it has all that it depends on."""
        own = self.located.effects_of(agent)
        if not own.depends:
            return own.acts
        valuation, force = self.valuation(agents), 0
        for index in bits(own.acts.reached):
            needed = [self.located.find_at(n, self.located.nodes[index].activity.acted_on) for n in own.depends]
            if all(node is not None and valuation.on >> node & 1 for node in needed):
                force |= 1 << index
        return Acts(*(mask & force for mask in own.acts))

    def actions_in_force(self, agent: str) -> list[Action]:
        """The actions of an agent that reach something under the regimen, or that nothing defeats."""
        own = self.located.effects_of(agent)
        if not own.depends:
            return list(own.actions)
        force, acting = self.acts_in_force(agent).reached, self.located.acting
        reached = {action: acting.reach(action, agent).acts.reached for action in own.actions}
        able = not all(reached.values()) and not self.lacking(agent, ())
        return [action for action, nodes in reached.items() if nodes & force or (able and not nodes)]


def _standing(values: Sequence[Valuation], masks: Sequence[int], agents: Sequence[str]) -> Standing:
    """The standing of a disjunction of arms, from the valuation under every subset of ``agents``."""
    read = [value.any_of(masks) for value in values]
    status, by = classify(read, agents)
    now = values[-1].at_once(masks), values[-1].after_relief(masks)
    in_doubt = status == BROKEN and not {ON, REBOUNDS}.intersection(read)
    return Standing(status, by, *now, in_doubt=in_doubt, from_off=read[0] == OFF)


def classify(values: Sequence[str], agents: Sequence[str]) -> tuple[RouteStatus, tuple[tuple[str, ...], ...]]:
    """The status of something whose value under each subset of ``agents`` is given, subsets by bit mask; and by whom.

    >>> classify(["on", "off"], ["a"])
    ('broken', (('a',),))
    >>> classify(["off", "on", "off", "off"], ["opener", "blocker"])
    ('broken', (('blocker',),))
    >>> classify(["off", "rebounds", "off", "off"], ["inhibitor", "partner"])
    ('broken', (('partner',),))
    """
    final, none = values[-1], values[0]
    status: RouteStatus
    if final == REBOUNDS:
        status = REBOUNDS
    elif final == UNDETERMINED:
        status = UNKNOWN
    elif final == ON:
        status = OPENED if none == OFF else OPEN
    else:
        status = BROKEN if any(value != OFF for value in values) else INACTIVE
    return status, _deciders(values, agents) if status != INACTIVE else ()


def _deciders(values: Sequence[str], agents: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The minimal sets B such that every Z between B and the whole has the final value."""
    whole = len(values) - 1
    stable = [False] * len(values)
    for mask in range(whole, -1, -1):
        stable[mask] = values[mask] == values[whole] and all(
            stable[mask | 1 << i] for i in range(len(agents)) if not mask >> i & 1
        )
    minimal = [
        mask
        for mask in range(len(values))
        if stable[mask] and not any(mask >> i & 1 and stable[mask & ~(1 << i)] for i in range(len(agents)))
    ]
    sets = [tuple(sorted(agents[i] for i in range(len(agents)) if mask >> i & 1)) for mask in minimal if mask]
    return tuple(sorted(sets, key=lambda s: (len(s), s)))
