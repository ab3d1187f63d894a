"""Why a node is undetermined, or what its feedback comes to: over the steps by which that comes from where it starts.

A doubt starts where agents oppose each other, where equally narrow statements disagree, where something is stated for
another state only, or in a loop through a suppression.  It goes on along mechanisms, necessary conditions and agents
that depend on an activity.  The nearest start is told; a loop only where there is no other, and then the smallest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reasoner.mechanism.located import LocatedMechanism, Prerequisite, mask_of
from reasoner.mechanism.mechanism_graph import PROMOTES, SUPPRESSES
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED
from reasoner.scenario.deeds import ACTIVATE, CUT, DEPLETE, RAISING, SUPPLY, Deed
from reasoner.scenario.reason import Reason

if TYPE_CHECKING:
    from reasoner.scenario.settled_trace import SettledTrace


#: What is said of a way or a node whose feedback comes to a value.
FEEDBACK = {
    REBOUNDS: "is off at once and on after relief",
    ON: "is on, at once and after relief",
    OFF: "is off, at once and after relief",
}


class _Link(NamedTuple):
    """A step of a doubt: the undetermined node that it comes from, whether that would hold the other down, and how."""

    node: int
    holds_down: bool
    reason: Reason
    verb: str = "brings about"


class _Loop(NamedTuple):
    """A loop through a suppression: its nodes, each with the link to the next, which it rests on."""

    nodes: tuple[int, ...]
    links: tuple[_Link, ...]


class Doubts:
    """Explains what is undetermined under one valuation."""

    def __init__(self, trace: SettledTrace) -> None:
        self.trace = trace
        self.located = trace.located
        self._links: dict[int, list[_Link]] = {}

    def reason(self, index: int) -> Reason:
        """Why a node is undetermined."""
        before: dict[int, tuple[int, _Link] | None] = {index: None}
        todo, fed_back = deque([index]), list[int]()
        while todo:
            node = todo.popleft()
            if self.trace.comes_to(node) != UNDETERMINED:
                fed_back.append(node)
                continue
            if (start := next(self._starts(node), None)) is not None:
                return self._told(node, start, before)
            for link in self.links(node):
                if link.node not in before:
                    before[link.node] = node, link
                    todo.append(link.node)
        undetermined = [node for node in before if node not in fed_back]
        if (loop := self._smallest_loop(undetermined)) is not None:
            return self._told(loop.nodes[0], self._unsettled(loop), before)
        if fed_back:
            return self._told(fed_back[0], self.feedback(fed_back[0]), before)
        text = f"{self.trace.label(index)} is undetermined: it rests on what is undetermined"
        return self._because(index, text, "well-founded semantics")

    def feedback(self, index: int) -> Reason:
        """What the feedback under a node comes to, with the smallest loop that makes it, step by step."""
        before = dict.fromkeys([index])
        todo = deque(before)
        while todo:
            fresh = [link.node for link in self.links(todo.popleft()) if link.node not in before]
            before.update(dict.fromkeys(fresh))
            todo.extend(fresh)
        loop = self._smallest_loop(before)
        assert loop is not None, "only a loop is read in steps"
        value = self.trace.comes_to(index)
        text = f"{self.trace.label(index)} {FEEDBACK[value]}, by the feedback {self._shown_loop(loop)}"
        steps = [self._step(node, link) for node, link in zip(loop.nodes, loop.links, strict=True)]
        return Reason(f"{value}({self.trace.name(index)})", text, "feedback", steps)

    def _told(self, node: int, start: Reason, before: dict[int, tuple[int, _Link] | None]) -> Reason:
        """The start of a doubt with the steps that lead from it."""
        told, step = start, before[node]
        while step is not None:
            node, link = step
            told = Reason(
                link.reason.conclusion, link.reason.text, link.reason.rule, [told], link.reason.evidence,
                facts=link.reason.facts,
            )  # fmt: skip
            step = before[node]
        return told

    def _unsettled(self, loop: _Loop) -> Reason:
        """That a loop leaves its first node undetermined, with what its steps come to where they come to anything."""
        index, *others = loop.nodes
        names = " and ".join(self.trace.label(node) for node in (*others, index))
        what = f"{names}, in a loop" if others else "itself"
        text = f"{self.trace.label(index)} {self._is(index)}: what holds it down rests on {what}"
        unfolded, mask = self.trace.unfolded, (1 << index,)
        now, after = unfolded.at_once(mask), unfolded.after_relief(mask)
        if now != after and self.trace.comes_to(index) == UNDETERMINED:
            text += f"; {now} at once, {after} after relief"
        return self._because(index, text, "well-founded semantics", loop.links[0].reason)

    def _shown_loop(self, loop: _Loop) -> str:
        """A loop as it acts: from each node to the one that rests on it, beginning after the suppression."""
        told = self.trace.label(loop.nodes[0])
        for node, link in zip(reversed(loop.nodes), reversed(loop.links), strict=True):
            told += f" {'⊣' if link.holds_down else '→'} {self.trace.label(node)}"
        return told

    def _step(self, index: int, link: _Link) -> Reason:
        """One step of a loop, with the claims for it."""
        text = f"{self.trace.label(link.node)} {link.verb} {self.trace.label(index)}"
        shown = (
            f"{'suppresses' if link.holds_down else 'promotes'}({self.trace.name(link.node)}, {self.trace.name(index)})"
        )
        return Reason(shown, text, link.reason.rule, [], link.reason.evidence, facts=link.reason.facts)

    def unsettled(self) -> list[str]:
        """The loops, smallest first, because of which all is undetermined that anything is known of; none where not."""
        nodes, change = self.located.nodes, self.located.by_effect
        known = [i for i, node in enumerate(nodes) if node.statements or node.implied or i in change]
        if any(self.trace.comes_to(index) != UNDETERMINED for index in known):
            return []
        found = {frozenset(loop.nodes): loop for index in known for loop in self._loops(index)}
        return [self._shown_loop(loop) for loop in sorted(found.values(), key=lambda loop: len(loop.nodes))]

    def _smallest_loop(self, nodes: Iterable[int]) -> _Loop | None:
        """The smallest of the loops through something that holds down one of some nodes, nearest first."""
        return min(
            (loop for node in nodes for loop in self._loops(node)), key=lambda loop: len(loop.nodes), default=None
        )

    def _loops(self, index: int) -> Iterator[_Loop]:
        """The shortest loop of a node through each thing that holds it down."""
        for link in self.links(index):
            if link.holds_down and (way := self._way(link, index)) is not None:
                yield _Loop((index, *(step.node for step in way[:-1])), tuple(way))

    def _way(self, first: _Link, last: int) -> list[_Link] | None:
        """The links of the shortest chain of doubt that begins with one and ends at a node."""
        ways = deque([[first]])
        seen = {first.node}
        while ways:
            way = ways.popleft()
            if way[-1].node == last:
                return way
            for link in self.links(way[-1].node):
                if link.node not in seen:
                    seen.add(link.node)
                    ways.append([*way, link])
        return None

    # --- where a doubt starts ----------------------------------------------------------------------------------------

    def _starts(self, index: int) -> Iterator[Reason]:
        """What makes a node undetermined by itself."""
        deeds, label = self.trace.deeds, self.trace.label(index)
        cut, raised = deeds.done(index, CUT), deeds.done(index, *RAISING)
        if cut and raised:
            yield self.trace.opposed(index, cut[0], raised[0])
        if cut or self._is_taken(index):
            return
        for deed in deeds.pending(index, ACTIVATE):
            if not self._undetermined(deed.needed):
                yield self._disputed(index, deeds.engagements(index)[0], f"{label}, at which {self._agent(deed)} acts")
        if not self._is_promoted(index):
            yield from self._stated_doubt(index)
            for mechanism in self._mechanisms(index, PROMOTES):
                if mechanism.weak:
                    yield self._disputed(index, mechanism, f"what brings about {label}")
        for condition in self.located.prerequisites(index):
            if condition.weak and condition.mechanism and self._value(condition) != ON and not self._is_free(index):
                yield self._disputed(index, condition.mechanism, f"what {label} needs")
        if not self._is_free(index):
            for mechanism in self._mechanisms(index, SUPPRESSES):
                if mechanism.weak:
                    yield self._disputed(index, mechanism, f"what holds down {label}")

    def _stated_doubt(self, index: int) -> Iterator[Reason]:
        node, label = self.located.nodes[index], self.trace.label(index)
        if node.statements and node.says is None:
            stated = tuple(s.fact for s in node.base_statements)
            text = f"equally narrow statements disagree on {label}"
            yield Reason(self._shown(index), text, "contested", [], self.trace.grounds.support(stated), facts=stated)
        elif node.unstated and not node.statements and not self.located.parts.is_regulated(index):
            yield self._because(index, f"{label} is stated for another state only", "unstated")

    def _disputed(self, index: int, mechanism: LocatedMechanism, what: str) -> Reason:
        needs = " and ".join(map(self.trace.label, mechanism.requires))
        text = f"equally narrow statements disagree on {what}: {needs}"
        claims = self.trace.grounds.of_mechanism(mechanism)
        return Reason(self._shown(index), text, "contested", [], claims, facts=self.trace.grounds.named(mechanism))

    # --- how it goes on ----------------------------------------------------------------------------------------------

    def links(self, index: int) -> list[_Link]:
        """The undetermined nodes because of which a node is undetermined."""
        if index not in self._links:
            self._links[index] = list(self._every_link(index))
        return self._links[index]

    def _every_link(self, index: int) -> Iterator[_Link]:
        deeds = self.trace.deeds
        for deed in deeds.pending(index, CUT, DEPLETE):
            yield from self._depending(index, deed, holds_down=True)
        for deed in deeds.pending(index, *RAISING):
            yield from self._depending(index, deed, holds_down=False)
        if deeds.done(index, CUT) or self._is_taken(index):
            return
        if not deeds.done(index, SUPPLY, ACTIVATE):
            yield from self._supporting(index)
        if not self._is_free(index):
            for mechanism in self._mechanisms(index, SUPPRESSES):
                yield from self._through(index, mechanism, "which would hold it down", holds_down=True)

    def _supporting(self, index: int) -> Iterator[_Link]:
        if not self._is_promoted(index):
            for mechanism in self._mechanisms(index, PROMOTES):
                yield from self._through(index, mechanism, "which would bring it about", holds_down=False)
        for condition in self.located.prerequisites(index):
            for node in self._undetermined(condition.nodes):
                text = f"{self._so(index, node)}, which it needs"
                rule = condition.mechanism.name if condition.mechanism else "subunit"
                claims, facts = self.trace.grounds.of_prerequisite(condition)
                reason = Reason(self._shown(index), text, rule, [], claims, facts=facts)
                yield _Link(node, False, reason, "is needed for")

    def _depending(self, index: int, deed: Deed, *, holds_down: bool) -> Iterator[_Link]:
        for node in self._undetermined(deed.needed):
            what = f"{self.trace.label(index)} only with {self.trace.label(node)}, which {self._is(node)}"
            claims, facts = self.trace.grounds.of_dependency(deed.agent)
            reason = Reason(
                self._shown(index), f"{self._agent(deed)} acts on {what}", "dependency", [],
                [*self.trace.grounds.support(deed.stated), *claims], facts=(*deed.facts, *facts),
            )  # fmt: skip
            yield _Link(node, holds_down, reason, f"lets {self._agent(deed)} act on")

    def _through(self, index: int, mechanism: LocatedMechanism, how: str, *, holds_down: bool) -> Iterator[_Link]:
        for node in self._undetermined(mechanism.requires):
            text = f"{self._so(index, node)}, {how}"
            claims = self.trace.grounds.of_mechanism(mechanism)
            verb = "holds down" if holds_down else "brings about"
            yield _Link(node, holds_down, Reason(self._shown(index), text, mechanism.name, [], claims), verb)

    # --- what a node is ----------------------------------------------------------------------------------------------

    def _mechanisms(self, index: int, sign: str) -> list[LocatedMechanism]:
        """The mechanisms of one sign for a node of which nothing that they require is off."""
        found = [m for m in self.located.by_effect.get(index, ()) if m.sign == sign]
        return [m for m in found if self.trace.valuation.all_of(m.needed) != OFF]

    def _is_promoted(self, index: int) -> bool:
        """Whether a node would certainly be on but for conditions, suppressions and agents."""
        if self.located.given >> index & 1:
            return True
        promoting = (m for m in self._mechanisms(index, PROMOTES) if not m.weak)
        return any(self.trace.valuation.all_of(m.needed) == ON for m in promoting)

    def _is_free(self, index: int) -> bool:
        """Whether nothing holds a node down: a lesion sets it to work, or agents lift what would."""
        return bool(self.located.gained >> index & 1 or self.trace.deeds.done(index, *RAISING))

    def _is_taken(self, index: int) -> bool:
        return bool(self.trace.deeds.done(index, DEPLETE))

    def _value(self, condition: Prerequisite) -> str:
        return self.trace.valuation.all_of(mask_of(condition.nodes))

    def _undetermined(self, nodes: tuple[int, ...]) -> list[int]:
        return [node for node in dict.fromkeys(nodes) if self.trace.value(node) == UNDETERMINED]

    def _agent(self, deed: Deed) -> str:
        return self.trace.reasoned.label(deed.agent)

    def _shown(self, index: int) -> str:
        return f"{self.trace.comes_to(index)}({self.trace.name(index)})"

    def _is(self, index: int) -> str:
        """What is said of a node by its value."""
        return FEEDBACK.get(self.trace.comes_to(index), "is undetermined")

    def _so(self, index: int, node: int) -> str:
        """That a node is so because another is."""
        so, other = self._is(index), self._is(node)
        return f"{self.trace.label(index)} {so}, as {self.trace.label(node)} {'is' if so == other else other}"

    def _because(self, index: int, text: str, rule: str, by: Reason | None = None) -> Reason:
        return Reason(self._shown(index), text, rule, [], by.evidence if by else [], facts=by.facts if by else ())
