"""Minting: the individuals that rules need and cannot make.

SWRL rules make no individuals.  Before they run, one total and deterministic step completes the facts: each interaction
gets the activities of its receptor and its ligand and the mechanism that engages it; each free ligand gets its supply
and the mechanism that releases it; each complex gets the activities of its subunits; a lesion of no stated kind becomes
a binding change.  An activity that the facts already describe by the same roles is used under its own name.  Names are
readable (``R__in__C``, ``L__from__S``, ``L__available_from__S``) and mean nothing: only the roles count.
"""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.errors import Faults
from reasoner.mechanism.faults import faults_of
from reasoner.mechanism.lesion_kinds import kinds_read
from reasoner.mechanism.minted import Minted
from reasoner.mechanism.place import EVERYWHERE
from reasoner.mechanism.stated import ACTIVITY_ROLES, ROLES, StatedFacts
from reasoner.model.atom import Fact
from reasoner.model.axiom import Axiom

_INFIX = {"MoleculeActivity": "in", "Supply": "from", "Availability": "available_from"}


def mint(facts: Iterable[Fact], axioms: Iterable[Axiom] = ()) -> Minted:
    """Complete ``facts`` with the activities and mechanisms of their interactions and ligands.

    ``axioms`` say which classes lie below which.  Raises :class:`Faults` naming each interaction whose roles are not
    exactly one each, each mechanism, arm, route or activity that lacks a part, each action that cannot act as it is
    stated to, each name that no fact describes; every fault holds the facts that it is about.
    """
    stated = StatedFacts(facts, axioms)
    faults = faults_of(stated)
    if faults:
        raise Faults(faults)
    minted = _Mint(stated).run()
    kinds = dict(kinds_read(stated))
    minted.facts.extend(kinds)
    minted.origins.update(kinds)
    return minted


class _Mint:
    """One run of minting over what is stated."""

    def __init__(self, stated: StatedFacts) -> None:
        self.stated = stated
        self.minted = Minted()
        self.taken = {name for members in stated.members.values() for name in members}
        self.by_roles: dict[tuple[str, str, str], str] = {}
        for cls in ("MoleculeActivity", "Supply", "Availability"):
            thing, place = ACTIVITY_ROLES[cls]
            for name in stated.members[cls]:
                self.by_roles[cls, stated.of(thing, name)[0], stated.of(place, name)[0]] = name
        fused = stated.members["FusionProtein"]
        self.complexes = {name for name in stated.members["MolecularComplex"] if name not in fused}
        #: What a file that was written with its minted individuals already engages or releases.
        self.made = {
            name for prop in ("engages", "releases") for names in stated.values[prop].values() for name in names
        }

    def run(self) -> Minted:
        for interaction in sorted(self.stated.members["Interaction"]):
            self._engagement(interaction)
        for (cls, ligand, source), name in sorted(self.by_roles.items()):
            if cls == "Availability":
                self._release(name, ligand, source)
        for cls, thing, place in sorted(self.by_roles):
            if cls != "Availability":  # what is free of a complex is free as a whole
                self._subunits(cls, thing, place)
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
            first, second = ACTIVITY_ROLES[cls]
            self._add(cls, name)
            self._add(first, name, thing)
            self._add(second, name, place)

    def _engagement(self, interaction: str) -> None:
        sender, ligand, receptor, receiver = (self.stated.of(role, interaction)[0] for role in ROLES)
        if interaction not in self.made:
            mechanism = self._name(f"engagement__of__{interaction}")
            self._add("Mechanism", mechanism)
            self._add("engages", mechanism, interaction)
            for scope in self._scopes(interaction):
                self._add("holdsIn", mechanism, scope)
            for scope in self.stated.of("deniedIn", interaction):
                self._add("deniedIn", mechanism, scope)
        self._activity("MoleculeActivity", receptor, receiver)
        self._activity("Availability", ligand, sender)
        self._activity("Supply", ligand, sender)

    def _scopes(self, interaction: str) -> list[str]:
        """Where an interaction is stated; to be given there too takes nothing from what holds everywhere."""
        holds, given = self.stated.of("holdsIn", interaction), self.stated.of("givenIn", interaction)
        return list(dict.fromkeys([*(holds or [EVERYWHERE]), *given])) if given else list(holds)

    def _subunits(self, cls: str, thing: str, place: str) -> None:
        """The activities of the subunits of a complex, where the complex is at work or made."""
        if thing in self.complexes:
            for subunit in self.stated.of("hasSubunit", thing):
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
