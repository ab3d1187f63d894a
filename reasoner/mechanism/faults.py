"""What is wrong with the facts themselves: what is empty, incomplete, unknown or impossible.

Each fault names what is wrong and what to do, and holds the facts that it is about, so that the file can be named.
All of it is found before anything is derived: what the rules cannot read would be silently on or quiet.
"""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.errors import DislodgeError, OntologyError
from reasoner.mechanism.requirement_circles import circles
from reasoner.mechanism.stated import ACTIVITY_ROLES, ROLES, StatedFacts
from reasoner.model.atom import SAME, Fact
from reasoner.model.names import is_iri, nearest
from reasoner.model.slips import meant

_EFFECTS = ("promotes", "suppresses", "influences", "requiredFor")
#: What each class, and each below it, must state, and how it is called; with True exactly one of it.
_MUST_STATE = (
    *(("Interaction", role, role.removeprefix("has").lower(), True) for role in ROLES),
    ("Mechanism", "requires", "required activity", False),
    ("Arm", "needs", "needed activity", False),
    ("Route", "hasArm", "arm", False),
    ("NormalFunction", "hasArm", "arm", False),
    *((cls, role, role, True) for cls, roles in ACTIVITY_ROLES.items() for role in roles),
    ("Action", "hasAgent", "hasAgent", False),
    ("Action", "hasTarget", "hasTarget", True),
    ("Action", "hasMode", "hasMode", True),
)
_ACTIVITY_CLASSES = (
    *ACTIVITY_ROLES,
    "Interaction",
    "Activity",
    "State",
    "Lesion",
    "IntrinsicChange",
    "TreatmentState",
    "Protection",
)
#: Where an activity must stand: the property, and whether as its subject (0) or as its object (1).
_ACTIVITY_POSITIONS = (
    ("requires", 1),
    ("needs", 1),
    *((effect, 1) for effect in _EFFECTS),
    ("dependsOnActivity", 1),
    ("givenIn", 0),
    ("deniedIn", 0),
)
#: Classes of modes that an action may have, beside the modes that are of no narrower class than ``Mode``.
_ACTING_CLASSES = ("CuttingMode", "RaisingMode")
_OTHER_ACTING = ("touch", "deplete")
_DEPLETE = "deplete"


def faults_of(stated: StatedFacts) -> list[DislodgeError]:
    """Every fault of the facts."""
    faults = [
        *_missing_roles(stated),
        *_effects(stated),
        *_modes(stated),
        *_aims(stated),
        *_subunits(stated),
        *_circles(stated),
        *_undescribed(stated),
    ]
    faults.extend(_unknown(stated, known={name for fault in faults for name in fault.message.split()}))
    return faults


def _made(stated: StatedFacts) -> set[str]:
    """The mechanisms that minting made, in a file that was written with them: rules complete them."""
    return {name for prop in ("engages", "releases") for name in stated.values[prop]}


def _missing_roles(stated: StatedFacts) -> Iterator[DislodgeError]:
    """What is empty or incomplete."""
    made = _made(stated)
    stating = [(below, prop, what, one) for cls, prop, what, one in _MUST_STATE for below in sorted(stated.below(cls))]
    for cls, prop, what, exactly_one in stating:
        for name in stated.members[cls]:
            values = stated.of(prop, name)
            if name in made or (values and not (exactly_one and len(values) > 1)):
                continue
            had = f"{len(values)} of them" if values else "none"
            yield OntologyError(
                f"{cls} {name} needs {'exactly one' if exactly_one else 'at least one'} {what}, it has {had}",
                code="E310",
                hint=f"state {prop}({name}, …)"
                + (", and split alternatives into several individuals" if values else ""),
                facts=[Fact(cls, name), *(Fact(prop, name, value) for value in values)],
            )


def _effects(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Mechanisms that have no effect, or several."""
    made = _made(stated)
    for name in stated.members["Mechanism"]:
        effects = [Fact(p, name, value) for p in _EFFECTS for value in stated.of(p, name)]
        if len(effects) != 1 and name not in made:
            yield OntologyError(
                f"mechanism {name} needs exactly one effect, it has {len(effects)}",
                code="E311",
                hint=f"state one of {', '.join(_EFFECTS)}",
                facts=[Fact("Mechanism", name), *effects],
            )


def _modes(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Actions whose mode is none that an action can have: nothing would come of them."""
    acting = {name for cls in _ACTING_CLASSES for name in stated.all(cls)}
    acting |= set(_OTHER_ACTING) & stated.all("Mode")
    for action in stated.members["Action"]:
        for mode in stated.of("hasMode", action):
            if mode not in acting:
                close = nearest(mode, acting) or sorted(acting)
                yield OntologyError(
                    f"hasMode({action}, {mode}): {mode} is no way to act on a target",
                    code="E314",
                    hint=f"state one of {', '.join(close)}",
                    facts=[Fact("hasMode", action, mode)],
                )


def _aims(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Actions that deplete what is no cell, or that act on a cell in another way."""
    cells = stated.all("Cell")
    described = {name for members in stated.members.values() for name in members}
    for action in stated.members["Action"]:
        depletes = _DEPLETE in stated.of("hasMode", action)
        for target in stated.of("hasTarget", action):
            if target not in described or depletes == (target in cells):
                continue
            if depletes:
                what = f"{target} is no cell, and action {action} depletes it"
                hint = f"aim it at a cell, or say how it acts on {target}: block, lower …"
            else:
                what = f"action {action} is aimed at the cell {target} and does not deplete it"
                hint = f"state hasMode({action}, {_DEPLETE}), or aim it at a molecule or an activity of the cell"
            modes = [Fact("hasMode", action, mode) for mode in stated.of("hasMode", action)]
            yield OntologyError(what, code="E315", hint=hint, facts=[Fact("hasTarget", action, target), *modes])


def _subunits(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Actions that are stated to bind a subunit that what they are aimed at does not have."""
    for action, bound in stated.values["bindsSubunit"].items():
        subunits = {s for target in stated.of("hasTarget", action) for s in _subunits_of(stated, target)}
        for name in bound:
            if name not in subunits:
                yield OntologyError(
                    f"bindsSubunit({action}, {name}): {name} is no subunit of what {action} is aimed at",
                    code="E317",
                    hint=f"name one of {', '.join(sorted(subunits))}"
                    if subunits
                    else f"aim {action} at the complex, and state hasSubunit for the complex",
                    facts=[Fact("bindsSubunit", action, name)],
                )


def _subunits_of(stated: StatedFacts, target: str) -> set[str]:
    """The subunits of a complex, of the complex at work in an activity, or of the complexes in a family."""
    molecules = {target, *(m for role in ("ofMolecule", "ofLigand", "hasReceptor") for m in stated.of(role, target))}
    families = molecules | {
        member for member in stated.values["memberOf"] if stated.above("memberOf", member) & molecules
    }
    return {s for molecule in families for s in stated.above("hasSubunit", molecule)} - families


def _circles(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Necessary conditions that need each other: none of them could ever be on."""
    for circle in circles(stated):
        told = ", ".join(f"{step.effect} needs {step.required}" for step in circle)
        facts = [fact for step in circle for fact in step.facts]
        yield OntologyError(
            f"what is required goes in a circle, so that nothing of it could ever be on: {told}",
            code="E316",
            hint="take one requiredFor away, or state it as promotes and what it promotes as given",
            facts=facts,
        )


def _undescribed(stated: StatedFacts) -> Iterator[DislodgeError]:
    """Names that stand where an activity must, and that no fact describes as one."""
    known = {name: None for cls in _ACTIVITY_CLASSES for name in stated.members[cls]}
    have = {*known, *stated.all("Lesion")}
    for prop, position in _ACTIVITY_POSITIONS:
        for subject, objects in stated.values[prop].items():
            for name in objects if position else [subject]:
                if name in have or (prop == "deniedIn" and name in stated.members["Mechanism"] | stated.members["Arm"]):
                    continue
                have.add(name)
                classes = sorted(cls for cls, members in stated.members.items() if name in members)
                what = f"it is a {' and a '.join(classes)}" if classes else "no fact says what it is"
                yield OntologyError(
                    f"{name} stands where an activity is needed ({prop}), but {what}",
                    code="E312",
                    hint=f"known: {', '.join(_at_work(stated, name) or nearest(name, known)) or 'none like it'}",
                    facts=[Fact(prop, subject, found) for found in objects if found == name or not position],
                )


def _at_work(stated: StatedFacts, thing: str) -> list[str]:
    """The activities of a molecule or process."""
    roles = {role for role, _ in ACTIVITY_ROLES.values()}
    return sorted(name for role in roles for name, things in stated.values[role].items() if thing in things)


def _unknown(stated: StatedFacts, known: set[str]) -> Iterator[DislodgeError]:
    """Names that stand in a fact and that no fact describes: misspelt, most likely, and without effect.

    ``known`` are names that other faults already speak of.
    """
    described = {name: name for members in stated.members.values() for name in members}
    same = stated.values[SAME]
    described |= {name: name for subject, names in same.items() for name in (subject, *names)}
    drugs = {name for prop in ("hasAgent", "fromTherapy") for names in stated.values[prop].values() for name in names}
    for prop, values in stated.values.items():
        for subject, objects in values.items():
            for name in objects:
                if name in described or name in known:
                    continue
                known.add(name)
                close = " or ".join(meant(name, described, drugs)) or "another name"
                yield OntologyError(
                    f"{prop}({subject}, {name}): no fact says what {name} is",
                    code="E313",
                    hint=f"say what it is, such as {_as_one(name, prop, stated)}, or did you mean {close}?",
                    facts=[Fact(prop, subject, name)],
                )


def _as_one(name: str, prop: str, stated: StatedFacts) -> str:
    """The Turtle that makes a name one of the things that stand where it stands."""
    others = (other for objects in stated.values[prop].values() for other in objects)
    found = (cls for other in others for cls, members in stated.members.items() if other in members)
    return f"{f'<{name}>' if is_iri(name) else f':{name}'} a :{next(found, 'Molecule')} ."
