"""The kinds of thing that have a table: their classes, the columns they begin with, and what each must say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from reasoner.knowledge import MODALITIES
from reasoner.mechanism.stated import ACTIVITY_ROLES, ROLES
from reasoner.model.roles import Roles

#: Claims stand beside a fact by these two.
FOR, AGAINST = "supportedBy", "opposedBy"
#: Words that a property may have; empty: those that the ontology uses already.
WORDS: dict[str, frozenset[str]] = {
    "polarity": frozenset({"supports", "opposes", "undetermined"}),
    "modality": frozenset(MODALITIES),
    "kindOfClaim": frozenset(),
}
_ACTING, _ENGAGING = frozenset({"CuttingMode", "RaisingMode"}), frozenset({"InteractionMode"})


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind: individuals of ``classes`` or narrower ones, and the properties of its columns in their order.

    ``one`` must have exactly one value, ``some`` at least one, and of ``sign`` one property exactly one.  ``claimed``
    are properties that need a claim in this kind only.  ``never`` excludes classes from the values of a property.
    """

    name: str
    classes: frozenset[str]
    facts: tuple[str, ...]
    one: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    sign: frozenset[str] = frozenset()
    claimed: frozenset[str] = frozenset()
    never: dict[str, frozenset[str]] = field(default_factory=dict)


def _kind(
    name: str, classes: str, facts: str, *, one: str = "", some: str = "", sign: str = "", claimed: str = "",
    never: dict[str, frozenset[str]] | None = None,
) -> TableKind:  # fmt: skip
    return TableKind(
        name, frozenset(classes.split()), tuple(facts.split()), frozenset(one.split()), frozenset(some.split()),
        frozenset(sign.split()), frozenset(claimed.split()), never or {},
    )  # fmt: skip


KINDS = {
    kind.name: kind
    for kind in (
        _kind("cell", "Cell", "subtypeOf occursIn hasNormalCounterpart secretes expresses"),
        _kind("molecule", "Molecule", "memberOf hasSubunit representedBy"),
        _kind("agent", "Agent", "memberOf overcomes dependsOnActivity"),
        _kind("disease", "Disease", "subtypeOf"),
        _kind("lesion", "Lesion", "lesionOf subtypeOf"),
        _kind(
            "interaction", "Interaction", f"{' '.join(ROLES)} hasMode holdsIn", one=" ".join(ROLES),
            claimed="hasLigand hasReceptor", never={"hasMode": _ACTING},
        ),
        _kind(
            "activity", " ".join(ACTIVITY_ROLES),
            " ".join(dict.fromkeys(role for roles in ACTIVITY_ROLES.values() for role in roles)) + " givenIn deniedIn",
        ),
        _kind(
            "mechanism", "Mechanism", "requires promotes suppresses influences requiredFor holdsIn",
            some="requires", sign="promotes suppresses influences requiredFor",
        ),
        _kind(
            "action", "Action", "hasAgent hasTarget hasMode bindsSubunit actsInCell holdsIn",
            one="hasAgent hasTarget hasMode", never={"hasMode": _ENGAGING},
        ),
        _kind("killing", "Killing", "hasAgent againstCell actsThrough holdsIn", one="hasAgent againstCell"),
        _kind("route", "Route", "hasArm holdsIn assumes supportsRoute", some="hasArm"),
        _kind("arm", "Arm", "needs forCell holdsIn", some="needs"),
        _kind("function", "NormalFunction", "functionOf ofProcess hasArm holdsIn", some="functionOf hasArm"),
        _kind(
            "protection", "Protection", "byRoute ofCell fromTherapy holdsIn", one="byRoute ofCell", some="fromTherapy",
        ),
        _kind(
            "observation", "Observation",
            "hasOutcome hasAgent aboutCell aboutRoute aboutActivity toTherapy holdsIn underModerator", one="hasOutcome",
        ),
        _kind(
            "evidence", "Evidence",
            "statement kindOfClaim modality polarity hasTier citesPaper inDisease inState mentions",
            one="statement kindOfClaim modality polarity hasTier", some="citesPaper",
        ),
        _kind("paper", "Paper", ""),
    )
}  # fmt: skip


def columns_of(kind: TableKind, roles: Roles) -> tuple[str, ...]:
    """The properties of the columns that a table begins with; of a route also all that relate it to a cell."""
    return (*kind.facts, *(roles.route_relations if "Route" in kind.classes else ()))


def needs_claim(prop: str, kind: TableKind | None, roles: Roles) -> bool:
    """Whether a claim has to stand beside a fact of a kind: it is more than a definition."""
    return prop in roles.needing_claim or (kind is not None and prop in kind.claimed)


def kind_of(classes: Collection[str]) -> TableKind | None:
    """The kind that an individual of these classes (broader ones included) belongs to."""
    return next((kind for kind in KINDS.values() if not kind.classes.isdisjoint(classes)), None)
