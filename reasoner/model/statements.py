"""Statements: individuals that say something by their roles, and what is left when a role is taken away.

An interaction without its receptor, an arm without its needs, a route without an arm say nothing: where such a role
goes, the whole statement goes, and what mentions it loses it in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from reasoner.model.atom import Fact

#: Roles of which a statement that has any must keep at least one; the four effects of a mechanism count as one role.
KEEPS_ONE = frozenset(
    {
        "hasSender", "hasLigand", "hasReceptor", "hasReceiver", "requires", "influences", "needs", "hasArm",
        "ofMolecule", "inCell", "ofLigand", "fromSource", "ofProcess", "ofCell", "atSite", "hasAgent", "hasTarget",
        "hasMode", "againstCell", "byRoute", "fromTherapy", "functionOf", "hasOutcome", "toTherapy", "holdsIn",
    }
)  # fmt: skip
#: Roles that are meant together, or narrow what is said: a statement that loses one of them to doubt falls.
ALL_TOGETHER = frozenset({"requires", "needs", "assumes", "forCell", "actsInCell", "aboutCell", "inState"})
#: Roles that are meant together, or must be kept, only in statements of these classes.
_ONLY_OF = {"hasMode": frozenset({"Action"})}
_TOGETHER_OF = {"hasAgent": frozenset({"Observation", "Trial"}), "inDisease": frozenset({"Context"})}
_EFFECTS = frozenset({"promotes", "suppresses", "influences", "requiredFor"})
#: Facts that say what a thing is; they stay when the claim beside them goes.
DEFINITIONS = frozenset(
    {"subtypeOf", "memberOf", "hasSubunit", "representedBy", "lesionOf", "occursIn", "hasNormalCounterpart", "hasMode"}
)


def _nothing(name: str) -> Collection[Fact]:
    return ()


def falling(
    facts: Iterable[Fact],
    lost: Collection[Fact],
    *,
    in_doubt: bool,
    further: Callable[[str], Collection[Fact]] = _nothing,
) -> set[Fact]:
    """The facts that go when those of ``lost`` go, themselves included; what was never stated takes nothing along.

    ``further`` gives the facts beside ``facts`` in which a name stands.
    An asserted class that goes takes its individual along unless it has another.  With ``in_doubt`` a statement that
    loses one of several roles that are meant together goes too: what was said of both is not known of one.

    >>> arm = [Fact("Arm", "a"), Fact("needs", "a", "x"), Fact("needs", "a", "y")]
    >>> len(falling(arm, [arm[1]], in_doubt=False)), len(falling(arm, [arm[1]], in_doubt=True))
    (1, 3)
    """
    return _Fall(facts, in_doubt, further).run(lost)


class _Fall:
    """One removal, followed to its end."""

    def __init__(self, facts: Iterable[Fact], in_doubt: bool, further: Callable[[str], Collection[Fact]]) -> None:
        self.in_doubt = in_doubt
        self.further = further
        self.about: dict[str, list[Fact]] = defaultdict(list)
        self.mentioning: dict[str, list[Fact]] = defaultdict(list)
        self.kept: dict[tuple[str, str], int] = defaultdict(int)
        self.classes: dict[str, set[str]] = defaultdict(set)
        self.stated = set(facts)
        for fact in self.stated:
            self.about[fact.subject].append(fact)
            self.kept[fact.subject, _role(fact)] += 1
            if fact.object is None:
                self.classes[fact.subject].add(fact.predicate)
            elif isinstance(fact.object, str):
                self.mentioning[fact.object].append(fact)
        self.gone: set[Fact] = set()
        self.fallen: set[str] = set()

    def run(self, lost: Iterable[Fact]) -> set[Fact]:
        """Remove ``lost`` and all that falls with it."""
        todo = list(lost)
        while todo:
            fact = todo.pop()
            if fact in self.gone or not self._is_stated(fact):
                continue
            self.gone.add(fact)
            role = _role(fact)
            self.kept[fact.subject, role] -= 1
            if fact.subject not in self.fallen and self._falls(fact, role):
                self.fallen.add(fact.subject)
                todo += self.about[fact.subject] + self.mentioning[fact.subject]
                self.gone.update(self.further(fact.subject))
        return self.gone

    def _is_stated(self, fact: Fact) -> bool:
        return fact in self.stated or fact in self.further(fact.subject)

    def _falls(self, fact: Fact, role: str) -> bool:
        classes = self.classes[fact.subject]
        empty = self.kept[fact.subject, role] <= 0
        if fact.object is None:
            return empty
        if empty and role in KEEPS_ONE and _ONLY_OF.get(role, classes) & classes:
            return True
        together = role in ALL_TOGETHER or bool(_TOGETHER_OF.get(role, frozenset()) & classes)
        return together and (self.in_doubt or fact.object in self.fallen)


def _role(fact: Fact) -> str:
    """The role of a fact: all classes are one, and the effects of a mechanism are one."""
    if fact.object is None:
        return ""
    return "influences" if fact.predicate in _EFFECTS else fact.predicate
