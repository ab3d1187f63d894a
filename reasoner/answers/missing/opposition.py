"""What the knowledge says against a hypothesis: denials, lesions, opposite actions, negative observations, claims.

All of it is found by roles, in the scope of one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.inference.observations import Observation
    from reasoner.inference.reasoned import Reasoned

_CUTTING = frozenset({"block", "lower", "deplete"})
#: What an observation concludes of an activity that an agent takes away, and that it raises.
_SEEN = {True: ("offIn", "onIn"), False: ("onIn", "offIn")}
_OPPOSITE = {"givenIn": "deniedIn", "deniedIn": "givenIn", "promotes": "suppresses", "suppresses": "promotes"}


class Objection(NamedTuple):
    """Something that speaks against a hypothesis: in words, the fact that says so, and the claims that do."""

    text: str
    fact: Fact
    claims: tuple[str, ...]


class Opposition:
    """What speaks against supposed facts at a place."""

    def __init__(self, reasoned: Reasoned, place: Place | None) -> None:
        self.reasoned = reasoned
        self.place = place or Place(None, None)
        self.hierarchy = reasoned.graph.hierarchy

    def to(self, facts: Iterable[Fact]) -> tuple[Objection, ...]:
        """What speaks against some facts, each once."""
        stated = list(facts)
        found = [o for fact in stated for o in (*self._claims(fact), *self._opposite(fact), *self._denied(fact))]
        found += [o for fact in stated if fact.predicate == "overcomes" for o in self._lesion(str(fact.object))]
        for subject, roles in _roles(stated).items():
            agent = next(iter(roles["hasAgent"]), "")
            if Fact("Action", subject) in stated:
                found += self._action(agent, roles["hasTarget"][0], roles["hasMode"][0])
            elif Fact("Killing", subject) in stated:
                found += self._killing(agent, roles["againstCell"][0])
        return tuple({(o.fact, o.claims): o for o in found}.values())

    # --- facts -------------------------------------------------------------------------------------------------------

    def _claims(self, fact: Fact) -> Iterator[Objection]:
        """Claims that stand against the very fact."""
        if opposed := self.reasoned.support(fact).opposed:
            yield Objection("claims stand against it", fact, opposed)

    def _opposite(self, fact: Fact) -> Iterator[Objection]:
        """The opposite of a fact, stated for a scope that covers the place, or of the same two things."""
        opposite = _OPPOSITE.get(fact.predicate)
        for value in self.reasoned.closure.objects(opposite, fact.subject) if opposite else ():
            here = self._covers(str(value)) if opposite in ("givenIn", "deniedIn") else value == fact.object
            if here:
                said = Fact(str(opposite), fact.subject, value)
                text = f"{self._label(fact.subject)} {self._word(said.predicate)} {self._label(str(value))}"
                yield self._objection(text, said)

    def _denied(self, fact: Fact) -> Iterator[Objection]:
        """That the mechanism or arm which a fact is about is denied here."""
        if fact.predicate in _OPPOSITE or fact.object is None:
            return
        for scope in self.reasoned.closure.objects("deniedIn", fact.subject):
            if self._covers(str(scope)):
                text = f"{self._label(fact.subject)} is denied in {self._label(str(scope))}"
                yield self._objection(text, Fact("deniedIn", fact.subject, scope))

    def _lesion(self, lesion: str) -> Iterator[Objection]:
        """What is stated of a lesion that would have to be overcome."""
        for molecule in self.reasoned.closure.objects("lesionOf", lesion):
            text = f"{self._label(lesion)} changes {self._label(str(molecule))}"
            yield self._objection(text, Fact("lesionOf", lesion, molecule))

    # --- agents ------------------------------------------------------------------------------------------------------

    def _action(self, agent: str, target: str, mode: str) -> Iterator[Objection]:
        """Actions of the agent on the target that go the other way, claims against such actions, observations."""
        cutting, graph = mode in _CUTTING, self.reasoned.graph
        for action in graph.actions_of(agent):
            if action.target != target or not (not action.scopes or self.hierarchy.fits(action.scopes, self.place)):
                continue
            modes = {str(m) for m in self.reasoned.closure.objects("hasMode", action.name)}
            fact = Fact("hasTarget", action.name, target)
            if modes - {"touch"} and not any((m in _CUTTING) == cutting for m in modes - {"touch"}):
                text = f"{self._label(agent)} is stated to {' and '.join(sorted(modes))} {self._label(target)}"
                yield self._objection(text, fact)
            if opposed := self.reasoned.support(fact).opposed:
                yield Objection(f"claims stand against what {self._label(agent)} does", fact, opposed)
        yield from self._seen(agent, self._works_of(target), *_SEEN[cutting])

    def _killing(self, agent: str, cell: str) -> Iterator[Objection]:
        """Lesions that defeat the agent where it is stated to act, and claims against such statements."""
        located = self.reasoned.located(self.place)
        overcome = located.acting.overcome(agent)
        for killing in self.reasoned.graph.killings:
            if agent not in killing.agents:
                continue
            if lesion := located.lesions.defeating_kill(killing, overcome):
                yield from self._lesion(lesion)
            fact = Fact("againstCell", killing.name, killing.cell)
            if self.hierarchy.covers(killing.cell, cell) and (opposed := self.reasoned.support(fact).opposed):
                yield Objection(f"claims stand against what {self._label(agent)} does", fact, opposed)
        yield from self._seen(agent, frozenset(), "", "")

    def _works_of(self, target: str) -> frozenset[str]:
        """The activities that are a target, or its work, its making or its being free."""
        activities = self.reasoned.graph.activities.values()
        return frozenset(a.name for a in activities if a.name == target or a.molecule == target)

    def _seen(self, agent: str, activities: frozenset[str], wanted: str, other: str) -> Iterator[Objection]:
        """Observations of the agent here: of these activities the other way, and outcomes that a source denies."""
        own = self.reasoned.graph.classes_of(agent)
        for observation in self.reasoned.observations.all:
            if not observation.agents or not own.issuperset(observation.agents) or not self._is_here(observation):
                continue
            about = not observation.activities or activities.intersection(observation.activities)
            contrary = other in observation.concluded_by and activities.intersection(observation.activities)
            denied = about and (not observation.activities or wanted in observation.concluded_by)
            claims = (*(observation.opposed if denied else ()), *(observation.supported if contrary else ()))
            if claims:
                outcome = ", ".join(map(self._label, observation.outcomes))
                text = f"{self._label(agent)} was tested here: {outcome} {'denied' if denied else 'seen'}"
                yield Objection(text, Fact("hasOutcome", observation.name, observation.outcomes[0]), tuple(claims))

    def _is_here(self, observation: Observation) -> bool:
        cell, covers = self.place.cell, self.hierarchy.covers
        cells = cell is None or not observation.cells or any(covers(c, cell) for c in observation.cells)
        return cells and bool(self.hierarchy.fits(observation.scopes, self.place))

    # --- parts -------------------------------------------------------------------------------------------------------

    def _covers(self, scope: str) -> bool:
        return bool(self.hierarchy.fits([scope], self.place))

    def _objection(self, text: str, fact: Fact) -> Objection:
        return Objection(text, fact, self.reasoned.support(fact).supported)

    def _label(self, name: str) -> str:
        return self.reasoned.label(name)

    def _word(self, predicate: str) -> str:
        return self.reasoned.base.label(predicate)


def _roles(facts: Sequence[Fact]) -> dict[str, dict[str, list[str]]]:
    """The values of each property of each subject."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.object is not None:
            found[fact.subject][fact.predicate].append(str(fact.object))
    return found
