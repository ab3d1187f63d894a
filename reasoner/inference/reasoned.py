"""A knowledge base with everything that follows from it: the closure, the mechanism graph, located graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure
from reasoner.errors import BudgetError, Faults
from reasoner.inference.evidence import Gathering
from reasoner.inference.observations import Observations
from reasoner.inference.outcomes import Outcomes
from reasoner.knowledge import StatedKnowledge, Support
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.located_nodes import LocatedNodes
from reasoner.mechanism.mechanism_graph import Activity, MechanismGraph
from reasoner.mechanism.minted import Minted
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene
from reasoner.model.atom import Fact
from reasoner.model.rule import ProgramPart, Rule, each_rule

if TYPE_CHECKING:
    from reasoner.inference.contradictions import Contradictions


class Supposed(NamedTuple):
    """What one question supposes on top of the files: facts as they are written, papers and claims left out.

    States of activities are supposed by hypothetical agents in the background; ``undone`` are states that were taken
    back, and so must hold without these agents.  ``added`` and ``lost`` are the facts in which the knowledge base
    differs from the files.
    """

    assumed: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    undone: tuple[Fact, ...] = ()
    added: frozenset[Fact] = frozenset()
    lost: frozenset[Fact] = frozenset()


class Reasoned:
    """A knowledge base and its conclusions.  Each part is computed when it is first asked for.

    ``meter`` counts what that takes.  Where it ends the closure, whatever needs that raises
    :class:`~reasoner.errors.BudgetError`, again and again: from a part of it nothing is concluded.
    """

    def __init__(self, base: StatedKnowledge, supposed: Supposed | None = None, meter: Meter | None = None) -> None:
        self.base = base
        self.supposed = supposed or Supposed()
        self.meter = meter or Meter()
        self._cut: BudgetError | None = None
        self._located: dict[tuple[Place, bool], LocatedGraph] = {}
        self._scenes: dict[tuple[Place, bool], Scene] = {}

    @classmethod
    def load(
        cls,
        ontology: Sequence[Path] = (),
        extra: Sequence[Path] = (),
        rules: Sequence[Path] = (),
        use_rules: bool = True,
        meter: Meter | None = None,
    ) -> Reasoned:
        """Read a knowledge base from files (see :meth:`StatedKnowledge.load`) and reason over it."""
        return cls(StatedKnowledge.load(ontology, extra, rules, use_rules), meter=meter)

    @cached_property
    def minted(self) -> Minted:
        """The activities and mechanisms that rules need and cannot make.

        Raises :class:`~reasoner.errors.Faults` for incomplete facts, each with the file that states them.
        """
        from reasoner.mechanism.minting import mint

        try:
            return mint(self.base.ontology.outline, self.base.ontology.axioms)
        except Faults as error:
            raise Faults([self.base.placed(fault) for fault in error.faults]) from None

    @property
    def rules(self) -> Iterator[Rule]:
        """The rules of the knowledge base and those compiled from its axioms, one by one."""
        return each_rule(self.program)

    @cached_property
    def program(self) -> list[ProgramPart]:
        """The rules, with one exclusion for all the constraints that an axiom about disjoint things stands for."""
        from reasoner.owl.compile_axioms import compile_axioms

        ontology = self.base.ontology
        compiled, _ = compile_axioms(ontology.axioms, ontology.outline, self.base.rules)
        return [*compiled, *self.base.rules]

    @cached_property
    def closure(self) -> Closure:
        """Everything that follows from facts, minted facts, axioms and rules."""
        if self._cut is None:
            try:
                return Closure(self.program, self._given, self.base.kept_out, self.meter, self.base.ontology.groups)
            except BudgetError as error:
                self._cut = error
        raise self._cut

    @cached_property
    def without_rules(self) -> Closure:
        """What is stated and minted, and nothing that follows: what there is to ask where the closure was cut."""
        return Closure((), self._given, self.base.kept_out, groups=self.base.ontology.groups)

    @property
    def cut(self) -> BudgetError | None:
        """Why there is no closure; None where there is one."""
        with suppress(BudgetError):
            _ = self.closure
        return self._cut

    @property
    def _given(self) -> list[Fact]:
        return [*self.base.ontology.facts, *self.minted.facts]

    @cached_property
    def contradictions(self) -> Contradictions:
        """Where what is stated or follows contradicts itself; of a kept knowledge base it is known."""
        from reasoner.inference.contradictions import Contradictions

        return Contradictions.of(self.base, self.closure, self.minted)

    @cached_property
    def graph(self) -> MechanismGraph:
        """The mechanism graph."""
        return MechanismGraph.of(self.closure)

    @cached_property
    def observations(self) -> Observations:
        """What sources say of outcomes."""
        return Observations(self.graph, self.support)

    @cached_property
    def gathering(self) -> Gathering:
        """What speaks to a conclusion, and from how far."""
        return Gathering(self.base, self.observations)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What a regimen may do to a cell."""
        return Outcomes(self.closure, self.base.roles, self.base.ontology.vocabulary)

    @cached_property
    def presence(self) -> tuple[Fact, ...]:
        """What is there and what is denied, as one relation; of a kept knowledge base it is known."""
        from reasoner.mechanism.presence import Presence

        return tuple(Presence(self.graph, self._read).facts())

    @cached_property
    def denied(self) -> dict[str, list[Fact]]:
        """What is denied and nowhere present, each with the facts that say in which scopes it is denied."""
        from reasoner.mechanism.presence import ABSENT, PRESENT

        present = {fact.subject for fact in self.presence if fact.predicate == PRESENT}
        found: dict[str, list[Fact]] = {}
        for fact in self.presence:
            if fact.predicate == ABSENT and fact.subject not in present:
                found.setdefault(fact.subject, []).append(fact)
        return found

    def _read(self, place: Place) -> LocatedNodes:
        """What the statements of the mechanism graph come to at a place, with nothing evaluated."""
        return LocatedNodes(self.graph, place, self._scene(place, False))

    def located(self, place: Place, analogy: bool = False) -> LocatedGraph:
        """The mechanism graph as read at a place."""
        key = place, analogy
        if key not in self._located:
            self._located[key] = LocatedGraph(self.graph, place, self._scene(place, analogy), self.supposed.background)
        return self._located[key]

    def _scene(self, place: Place, analogy: bool) -> Scene:
        """The cells of a place and how statements are read there; the same in whatever state."""
        key = place._replace(states=frozenset()), analogy
        if key not in self._scenes:
            self._scenes[key] = Scene(self.graph, *key)
        return self._scenes[key]

    def over(self, base: StatedKnowledge, supposed: Supposed | None = None) -> Reasoned:
        """Another knowledge base, reasoned over within what is left of the same budget."""
        return Reasoned(base, supposed or self.supposed, self.meter)

    def adding(self, facts: Iterable[Fact], supposed: Supposed | None = None) -> Reasoned:
        """A knowledge base with further facts, reasoned over anew.

        A minted individual that they speak of is described in it as it was minted, with the same claims.
        """
        more = list(facts)
        named = self.minted.names.intersection(name for fact in more for name in (fact.subject, fact.object))
        described = [fact for fact in self.minted.facts if fact.subject in named]
        beside = {fact: support for fact in described if (support := self.support(fact)) != Support()}
        return self.over(self.base.adding([*described, *more], beside), supposed)

    @contextmanager
    def assume(self, facts: Iterable[Fact]) -> Iterator[Reasoned]:
        """The same knowledge base with further facts, as long as the context lasts; it leaves no trace."""
        with self.closure.assume(facts) as closure:
            other = self.over(self.base)
            other.__dict__["minted"] = self.minted
            other.__dict__["program"] = self.program
            other.__dict__["closure"] = closure
            yield other

    def support(self, fact: Fact) -> Support:
        """The claims for and against a fact; a minted fact takes those of the fact that it rests on."""
        return self.base.support(self.minted.origins.get(fact, fact))

    def label(self, name: str, language: str = "en") -> str:
        """The label of a name; an activity that no file labels is put into words by its roles."""
        label = self.base.label(name, language)
        if label != name or name not in self.minted.names:
            return label
        return self.words(self.graph.activities[name]) if name in self.graph.activities else label

    def words(self, activity: Activity) -> str:
        """An activity in words, from its roles."""
        thing = self.base.label(activity.things[0]) if activity.things else activity.name
        places = [self.base.label(place) for place in activity.places]
        match activity.kind:
            case "MoleculeActivity":
                return f"{thing} at work in {places[0]}"
            case "Supply":
                return f"{thing} made by {places[0]}"
            case "Availability":
                return f"free {thing} from {places[0]}"
            case "Interaction":
                return f"{thing} of {places[0]} on {self.base.label(activity.things[1])} of {places[1]}"
            case "CellProcess":
                return f"{thing} of {places[0]}"
            case "SiteProcess":
                return f"{thing} at {places[0]}"
        return self.base.label(activity.name)
