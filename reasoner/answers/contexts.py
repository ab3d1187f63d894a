"""In which contexts claims speak, read off the facts that they stand beside, and whether two sides differ in theirs.

Two claims are apart in some respect when nothing of one is the same as, or broader than, anything of the other; they
are nested when one is strictly narrower, and then the narrower wins in its own scope.  Either way both can be true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.mechanism.place import EVERYWHERE
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: Respects in which claims may differ, by the moderator that stands for each.
RESPECTS = ("by_cell", "by_disease", "by_agent", "by_target")
Values = frozenset[str]


class Contexts:
    """The contexts of the claims of a knowledge base."""

    def __init__(self, reasoned: Reasoned) -> None:
        self.reasoned = reasoned
        roles = reasoned.base.roles
        self._placing = reasoned.outcomes.placing
        self._scoping, self._acting, self._aiming = map(roles.telling, ("by_disease", "by_agent", "by_target"))
        #: What leads from a statement to the activities and statements that it is made of.
        self._into = roles.marked("leadsInto")

    def modelled(self, claim: str) -> bool:
        """Whether the claim stands beside a fact, so that it is weighed by its scope."""
        return claim in self.reasoned.base.beside

    def of(self, claim: str, respect: str) -> Values:
        """The cells, scopes, agents or targets of a claim; empty when nothing tells."""
        facts = self.reasoned.base.beside.get(claim, [])
        found = {"by_cell": self._cells, "by_disease": self._scopes, "by_agent": self._agents}.get(
            respect, self._targets
        )(claim, facts)
        return frozenset(found)

    def _values(self, names: Iterable[str], props: Collection[str]) -> Iterator[str]:
        closure = self.reasoned.closure
        for name in names:
            for prop in props:
                for value in closure.objects(prop, name):
                    if isinstance(value, str) and closure.is_asserted(Fact(prop, name, value)):
                        yield value

    def _things(self, facts: Iterable[Fact]) -> list[str]:
        """What the facts are about: subject, object, and what a statement among them is made of."""
        own = [name for fact in facts for name in (fact.subject, fact.object) if isinstance(name, str)]
        objects = [fact.object for fact in facts if isinstance(fact.object, str) and fact.predicate in self._into]
        return list(dict.fromkeys([*own, *self._values(objects, self._into)]))

    def _cells(self, claim: str, facts: Sequence[Fact]) -> set[str]:
        found = set(self._values(self._things(facts), self._placing))
        found |= {str(f.object) for f in facts if f.predicate in self._placing}
        mentioned = {
            m
            for m in self.reasoned.base.claim(claim).mentions
            if self._is(m, "MalignantCell", "NormalCell", "CellLine")
        }
        return found or mentioned

    def _scopes(self, claim: str, facts: Sequence[Fact]) -> set[str]:
        found = {str(f.object) for f in facts if f.predicate in self._scoping}
        found |= set(self._values([f.subject for f in facts if f.predicate not in self._scoping], ("holdsIn",)))
        return found or set(self.reasoned.base.claim(claim).diseases) or {EVERYWHERE}

    def _agents(self, claim: str, facts: Sequence[Fact]) -> set[str]:
        found = set(self._values([f.subject for f in facts], self._acting))
        return found or {m for m in self.reasoned.base.claim(claim).mentions if self._is(m, "Agent")}

    def _targets(self, claim: str, facts: Sequence[Fact]) -> set[str]:
        """Molecules, processes and states that the facts are about; a molecule that no source names tells nothing."""
        things = self._things(facts)
        found = set(self._values(things, self._aiming)) | {t for t in things if self._is(t, "State")}
        return {name for name in found if self.reasoned.base.types.get(name) != ["Molecule"]}

    def _is(self, name: str, *classes: str) -> bool:
        return not set(classes).isdisjoint(self.reasoned.closure.types(name))

    # --- two sides ---------------------------------------------------------------------------------------------------

    def separating(self, supporting: Sequence[str], opposing: Sequence[str]) -> list[str]:
        """The respects in which every claim of one side speaks of something else than every claim of the other.

        Claims that stand beside no fact are left aside: their scope is never weighed.
        """
        yes, no = ([claim for claim in side if self.modelled(claim)] for side in (supporting, opposing))
        pairs = [(a, b) for a in yes for b in no]
        return [r for r in RESPECTS if pairs and all(self._differ(self.of(a, r), self.of(b, r), r) for a, b in pairs)]

    def _differ(self, one: Values, other: Values, respect: str) -> bool:
        """Whether two sets of values are apart or strictly nested; unknown values do not tell."""
        if not one or not other:
            return False
        if respect in ("by_agent", "by_target"):
            return self._apart(one, other)
        above = self._above
        wider = [(above(b, a), above(a, b)) for a in one for b in other]
        if any(up and down for up, down in wider):
            return False
        return not (any(up for up, _ in wider) and any(down for _, down in wider))

    def _above(self, broader: str, narrower: str) -> bool:
        hierarchy = self.reasoned.graph.hierarchy
        return (
            broader == EVERYWHERE
            or broader in hierarchy.diseases_above(narrower)
            or hierarchy.covers(broader, narrower)
        )

    def _apart(self, one: Values, other: Values) -> bool:
        """Whether no agent or molecule of one side is, belongs to or is part of one of the other."""
        return not self._spread(one) & self._spread(other)

    def _spread(self, names: Values) -> set[str]:
        return {
            *names,
            *(
                str(v)
                for name in names
                for p in ("memberOf", "hasSubunit")
                for v in self.reasoned.closure.objects(p, name)
            ),
        }
