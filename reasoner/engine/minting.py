"""Minting: the individuals that rules need and cannot make.

SWRL rules make no individuals.  Before they run, one total and deterministic step completes the facts: each interaction
gets the activities of its receptor and its ligand and the mechanism that engages it; each free ligand gets its supply
and the mechanism that releases it; each complex gets the activities of its subunits; a lesion of no stated kind becomes
a binding change.  An activity that the facts already describe by the same roles is used under its own name.  Names are readable
(``R__in__C``, ``L__from__S``, ``L__available_from__S``) and mean nothing: only the roles count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reasoner.engine.minted import Minted
from reasoner.errors import DislodgeError, Faults, OntologyError
from reasoner.model.atom import SAME, Fact
from reasoner.model.names import is_iri, nearest
from reasoner.model.slips import meant

#: What a lesion of no stated kind is read as, and all kinds.
BINDING_CHANGE = "BindingChange"
LESION_KINDS = ("LossOfFunction", "GainOfFunction", BINDING_CHANGE)
_INFIX = {"MoleculeActivity": "in", "Supply": "from", "Availability": "available_from"}
ROLES = ("hasSender", "hasLigand", "hasReceptor", "hasReceiver")


class _Table:
    """Facts by predicate and subject, the view of them that minting needs."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.members: dict[str, dict[str, None]] = defaultdict(dict)
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if fact.object is None:
                self.members[fact.predicate][fact.subject] = None
            elif isinstance(fact.object, str):
                self.values[fact.predicate][fact.subject].append(fact.object)

    def of(self, prop: str, subject: str) -> list[str]:
        return self.values[prop].get(subject, [])


def mint(facts: Iterable[Fact]) -> Minted:
    """Complete ``facts`` with the activities and mechanisms of their interactions and ligands.

    Raises :class:`Faults` naming each interaction whose roles are not exactly one each, each mechanism, arm, route or
    activity that lacks a part, each name that no fact describes; every fault holds the facts that it is about.
    """
    table = _Table(facts)
    faults = _incomplete(table)
    if faults:
        raise Faults(faults)
    return _Mint(table).run()


def _incomplete(table: _Table) -> list[DislodgeError]:
    """What is empty or incomplete: never silently on or quiet."""
    faults: list[DislodgeError] = []

    made = {name for prop in ("engages", "releases") for name in table.values[prop]}

    def need(cls: str, prop: str, what: str, exactly_one: bool = False) -> None:
        for name in table.members[cls] if cls != "Mechanism" else [m for m in table.members[cls] if m not in made]:
            values = table.of(prop, name)
            count = len(values)
            if count == 0 or (exactly_one and count > 1):
                had = f"{count} of them" if count else "none"
                faults.append(
                    OntologyError(
                        f"{cls} {name} needs {'exactly one' if exactly_one else 'at least one'} {what}, it has {had}",
                        code="E310",
                        hint=f"state {prop}({name}, …)"
                        + (", and split alternatives into several individuals" if count else ""),
                        facts=[Fact(cls, name), *(Fact(prop, name, value) for value in values)],
                    )
                )

    for role in ROLES:
        need("Interaction", role, role.removeprefix("has").lower(), exactly_one=True)
    need("Mechanism", "requires", "required activity")
    need("Arm", "needs", "needed activity")
    for cls in ("Route", "NicheRoute", "IntrinsicRoute", "NormalFunction", "RetentionFunction"):
        need(cls, "hasArm", "arm")
    for cls, props in _ACTIVITY_ROLES.items():
        for prop in props:
            need(cls, prop, prop, exactly_one=True)
    for prop in ("hasAgent", "hasTarget", "hasMode"):
        need("Action", prop, prop, exactly_one=prop != "hasAgent")
    for name in table.members["Mechanism"]:
        effects = [Fact(p, name, value) for p in _EFFECTS for value in table.of(p, name)]
        if len(effects) != 1 and name not in made:
            faults.append(
                OntologyError(
                    f"mechanism {name} needs exactly one effect, it has {len(effects)}",
                    code="E311",
                    hint=f"state one of {', '.join(_EFFECTS)}",
                    facts=[Fact("Mechanism", name), *effects],
                )
            )
    faults.extend(_undescribed(table))
    faults.extend(_unknown(table, known={name for fault in faults for name in fault.message.split()}))
    return faults


_EFFECTS = ("promotes", "suppresses", "requiredFor", "influences")
_ACTIVITY_ROLES = {
    "MoleculeActivity": ("ofMolecule", "inCell"),
    "Supply": ("ofLigand", "fromSource"),
    "Availability": ("ofLigand", "fromSource"),
    "CellProcess": ("ofProcess", "ofCell"),
    "SiteProcess": ("ofProcess", "atSite"),
}
_ACTIVITY_CLASSES = (
    *_ACTIVITY_ROLES,
    "Interaction",
    "Activity",
    "State",
    "Lesion",
    "IntrinsicChange",
    "TreatmentState",
    "Protection",
)


def _undescribed(table: _Table) -> list[DislodgeError]:
    """Names that stand where an activity must, and that no fact describes as one."""
    known = [name for cls in _ACTIVITY_CLASSES for name in table.members[cls]]
    have = set(known)
    faults: list[DislodgeError] = []
    for prop, position in (
        ("requires", 1),
        ("needs", 1),
        ("promotes", 1),
        ("suppresses", 1),
        ("influences", 1),
        ("givenIn", 0),
        ("deniedIn", 0),
    ):
        for subject, objects in table.values[prop].items():
            for name in objects if position else [subject]:
                if name in have or (prop == "deniedIn" and name in table.members["Mechanism"] | table.members["Arm"]):
                    continue
                have.add(name)
                faults.append(
                    OntologyError(
                        f"{name} stands where an activity is needed ({prop}), but no fact says what it is",
                        code="E312",
                        hint=f"known: {', '.join(nearest(name, known)) or 'none like it'}",
                        facts=[Fact(prop, subject, found) for found in objects if found == name or not position],
                    )
                )
    return faults


def _unknown(table: _Table, known: set[str]) -> list[DislodgeError]:
    """Names that stand in a fact and that no fact describes: misspelt, most likely, and without effect.

    ``known`` are names that other faults already speak of.
    """
    described = {name: name for members in table.members.values() for name in members}
    same = table.values[SAME]
    described |= {name: name for subject, names in same.items() for name in (subject, *names)}
    drugs = {name for prop in ("hasAgent", "fromTherapy") for names in table.values[prop].values() for name in names}
    faults: list[DislodgeError] = []
    for prop, values in table.values.items():
        for subject, objects in values.items():
            for name in objects:
                if name in described or name in known:
                    continue
                known.add(name)
                close = " or ".join(meant(name, described, drugs)) or "another name"
                faults.append(
                    OntologyError(
                        f"{prop}({subject}, {name}): no fact says what {name} is",
                        code="E313",
                        hint=f"say what it is, such as {_as_one(name, prop, table)}, or did you mean {close}?",
                        facts=[Fact(prop, subject, name)],
                    )
                )
    return faults


def _as_one(name: str, prop: str, table: _Table) -> str:
    """The Turtle that makes a name one of the things that stand where it stands."""
    others = (other for objects in table.values[prop].values() for other in objects)
    found = (cls for other in others for cls, members in table.members.items() if other in members)
    return f"{f'<{name}>' if is_iri(name) else f':{name}'} a :{next(found, 'Molecule')} ."


class _Mint:
    """One run of minting over a table of facts."""

    def __init__(self, table: _Table) -> None:
        self.table = table
        self.minted = Minted()
        self.taken = {name for members in table.members.values() for name in members}
        self.by_roles: dict[tuple[str, str, str], str] = {}
        for cls in ("MoleculeActivity", "Supply", "Availability"):
            thing, place = _ACTIVITY_ROLES[cls]
            for name in table.members[cls]:
                self.by_roles[cls, table.of(thing, name)[0], table.of(place, name)[0]] = name
        fused = self.table.members["FusionProtein"]
        self.complexes = {name for name in self.table.members["MolecularComplex"] if name not in fused}
        #: What a file that was written with its minted individuals already engages or releases.
        self.made = {
            name for prop in ("engages", "releases") for names in table.values[prop].values() for name in names
        }

    def run(self) -> Minted:
        for interaction in sorted(self.table.members["Interaction"]):
            self._engagement(interaction)
        for (cls, ligand, source), name in sorted(self.by_roles.items()):
            if cls == "Availability":
                self._release(name, ligand, source)
        for cls, thing, place in sorted(self.by_roles):
            self._subunits(cls, thing, place)
        for lesion in sorted(self.table.members["Lesion"]):
            self._kind(lesion)
        return self.minted

    def _add(self, predicate: str, subject: str, value: str | None = None) -> None:
        self.minted.facts.append(Fact(predicate, subject, value))

    def _name(self, wanted: str) -> str:
        while wanted in self.taken:
            wanted += "_"
        self.taken.add(wanted)
        self.minted.names.add(wanted)
        return wanted

    def _activity(self, cls: str, thing: str, place: str) -> None:
        """Mint the activity with these roles, if no fact describes it."""
        if (cls, thing, place) not in self.by_roles:
            name = self.by_roles[cls, thing, place] = self._name(f"{thing}__{_INFIX[cls]}__{place}")
            first, second = _ACTIVITY_ROLES[cls]
            self._add(cls, name)
            self._add(first, name, thing)
            self._add(second, name, place)

    def _engagement(self, interaction: str) -> None:
        sender, ligand, receptor, receiver = (self.table.of(role, interaction)[0] for role in ROLES)
        if interaction not in self.made:
            mechanism = self._name(f"engagement__of__{interaction}")
            self._add("Mechanism", mechanism)
            self._add("engages", mechanism, interaction)
            for prop in ("holdsIn", "deniedIn"):
                for scope in self.table.of(prop, interaction):
                    self._add(prop, mechanism, scope)
        self._activity("MoleculeActivity", receptor, receiver)
        self._activity("Availability", ligand, sender)
        self._activity("Supply", ligand, sender)

    def _subunits(self, cls: str, thing: str, place: str) -> None:
        """The activities of the subunits of a complex, where the complex is at work or made."""
        if thing in self.complexes:
            for subunit in self.table.of("hasSubunit", thing):
                if (cls, subunit, place) not in self.by_roles:
                    self._activity(cls, subunit, place)
                    self._subunits(cls, subunit, place)

    def _release(self, name: str, ligand: str, source: str) -> None:
        self._activity("Supply", ligand, source)
        if name in self.made:
            return
        mechanism = self._name(f"release__of__{name}")
        self._add("Mechanism", mechanism)
        self._add("releases", mechanism, name)

    def _kind(self, lesion: str) -> None:
        """A lesion of no stated kind, and no kind of one that has one, is read as a binding change."""
        seen, todo = {lesion}, [lesion]
        while todo:
            name = todo.pop()
            if any(name in self.table.members.get(kind, ()) for kind in LESION_KINDS):
                return
            todo += (broader for broader in self.table.of("subtypeOf", name) if broader not in seen)
            seen.update(todo)
        self._add(BINDING_CHANGE, lesion)
