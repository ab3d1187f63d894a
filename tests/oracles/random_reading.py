"""Random small knowledge bases for the reference reading: nested cells, complexes, lesions of every kind, every mode.

They are drawn around a question, so that much of what is said bears on it: routes are often on, and often broken.
Half of them hold conditions (``requiredFor``) and then no circle; the others hold none and may go round in circles, and
most of those hold a ring that suppresses itself, with what starts it or keeps it still and a drug against that.
"""

from typing import NamedTuple

from hypothesis import strategies as st

from tests.properties.random_knowledge import CONTEXTS, DISEASES, RELATIONS, Draft, Knowledge, Question

MALIGNANT = ("cell0", "cell1", "cell2", "cell3")
NICHE = ("niche0", "niche1", "niche2")
NORMAL = "normal_cell"
MOLECULES = ("mol0", "mol1", "mol2", "mol3", "mol4")
COMPLEXES = ("complex0", "complex1")
FAMILY = "family"
MOLECULAR = (*MOLECULES, *COMPLEXES, FAMILY)  # subunits before their complexes
LESIONS = ("lesion0", "lesion1")
STATES = (*LESIONS, "phase")
KINDS = ("LossOfFunction", "GainOfFunction", "BindingChange")
AGENTS = ("drug0", "drug1", "drug2", "drug3")
DRUG_CLASS = "drug_class"
MODES = ("block", "block", "block", "lower", "restore", "supply", "activate", "activate", "touch", "deplete")
SIGNS = ("promotes", "promotes", "suppresses", "suppresses", "influences")
ROLES = {
    "MoleculeActivity": ("ofMolecule", "inCell"),
    "Supply": ("ofLigand", "fromSource"),
    "Availability": ("ofLigand", "fromSource"),
    "CellProcess": ("ofProcess", "ofCell"),
}
ORDER = ("Supply", "MoleculeActivity", "Availability", "CellProcess", "Interaction")  # nothing needs what follows it


class Reading(Draft):
    """A draft of facts around a question."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__(draw)
        self.activities: list[str] = []
        self.rank: dict[str, tuple[int, int]] = {}  # of an activity: nothing needs one of a higher rank
        self.cell = self.pick(("cell1", "cell0", "cell2"))
        self.disease = self.pick(("disease1", "disease0", "disease2"))
        self.cells = st.sampled_from([self.cell, self.cell, "cell0", *MALIGNANT])
        self.anywhere = st.sampled_from([self.cell, "cell0", *MALIGNANT, *NICHE, NORMAL])
        self.scopes = st.sampled_from([self.disease, "everywhere", self.disease, *DISEASES, *CONTEXTS])
        self.acyclic = self.maybe()
        self.ring: list[str] = []

    def add(self, cls: str, name: str, thing: str) -> None:
        self.state(cls, name)
        self.rank[name] = (ORDER.index(cls), MOLECULAR.index(thing) if thing in MOLECULAR else 0)
        self.activities.append(name)

    def of(self, prop: str) -> list[tuple[str, str]]:
        """The pairs of a property so far."""
        return [(f.subject, str(f.object)) for f in self.facts if f.predicate == prop and f.object is not None]

    def before(self, name: str) -> list[str]:
        return [other for other in self.activities if self.rank[other] < self.rank[name]]


def _things(draft: Reading) -> None:
    for cell in MALIGNANT:
        draft.state("MalignantCell", cell)
    for cell in NICHE:
        draft.state("NicheCell", cell)
    draft.state("NormalCell", NORMAL)
    draft.state("subtypeOf", "cell1", "cell0")
    draft.state_all("subtypeOf", "cell2", draft.some(("cell1", "cell0"), 2))
    draft.state_all("subtypeOf", "cell3", draft.some(("cell0", "cell1"), 1))
    draft.state("subtypeOf", "niche1", "niche0")
    draft.state_all("subtypeOf", "niche2", draft.some(("niche0", "niche1"), 2))
    for disease in DISEASES:
        draft.state("Disease", disease)
    draft.state("subtypeOf", "disease1", "disease0")
    draft.state_all("subtypeOf", "disease2", draft.some(("disease0", "disease1"), 2))
    for molecule in MOLECULES:
        draft.state("GeneProduct", molecule)
    for number, name in enumerate(COMPLEXES):
        draft.state("MolecularComplex", name)
        draft.state_all("hasSubunit", name, draft.some((*COMPLEXES[:number], *MOLECULES), 2, least=1))
    draft.state("MoleculeFamily", FAMILY)
    for member in draft.some((*MOLECULES, *COMPLEXES), 2):
        draft.state("memberOf", member, FAMILY)
    draft.state("Process", "process")


def _states(draft: Reading) -> None:
    draft.state("TreatmentState", "phase")
    for lesion in LESIONS:
        draft.state("Lesion", lesion)
        for kind in draft.some(KINDS, 2):
            draft.state(kind, lesion)
        draft.state_all("lesionOf", lesion, draft.some((*MOLECULES, *COMPLEXES), 1, least=lesion == "lesion0"))
    if draft.maybe():
        draft.state("subtypeOf", "lesion1", "lesion0")
    for context in CONTEXTS:
        draft.state("Context", context)
        diseases = draft.some(DISEASES, 1)
        draft.state_all("inDisease", context, diseases)
        draft.state_all("inState", context, draft.some(STATES, 1, least=0 if diseases else 1))


def _interactions(draft: Reading) -> None:
    for number in range(draft.draw(st.integers(1, 3))):
        name = f"interaction{number}"
        sender = draft.pick((*NICHE, *NICHE)) if not draft.maybe(3) else draft.draw(draft.cells)
        receiver = draft.draw(draft.cells) if not draft.maybe(4) else draft.draw(draft.anywhere)
        draft.add("Interaction", name, "")
        draft.state("hasSender", name, sender)
        draft.state("hasLigand", name, draft.pick(MOLECULAR))
        draft.state("hasReceptor", name, draft.pick(MOLECULAR))
        draft.state("hasReceiver", name, receiver)
        if draft.maybe():
            draft.scope("givenIn" if draft.maybe(4) else "holdsIn", name, 2)
        if draft.maybe(6):
            draft.scope("deniedIn", name, 1)


def _part(draft: Reading, name: str) -> None:
    """Draw an activity that is often a part of an interaction, or a subunit of one."""
    cls = draft.pick(["MoleculeActivity", "MoleculeActivity", *ROLES])
    wanted = {"MoleculeActivity": "hasReceptor", "CellProcess": "none"}.get(cls, "hasLigand")
    parts = [thing for _, thing in draft.of(wanted)]
    thing = "process" if cls == "CellProcess" else draft.pick([*parts, *parts, *MOLECULAR])
    cells = draft.cells if cls == "MoleculeActivity" and not draft.maybe(3) else draft.anywhere
    draft.add(cls, name, thing)
    draft.state(ROLES[cls][0], name, thing)
    draft.state(ROLES[cls][1], name, draft.draw(cells))


def _activities(draft: Reading) -> None:
    for number in range(draft.draw(st.integers(1, 6))):
        name = f"activity{number}"
        _part(draft, name)
        if draft.maybe():
            draft.scope("givenIn", name, 2)
        if draft.maybe(6):
            draft.scope("deniedIn", name, 1)
    draft.add("MoleculeActivity", "activity_normal", "mol0")
    draft.state("ofMolecule", "activity_normal", draft.pick(MOLECULAR))
    draft.state("inCell", "activity_normal", NORMAL)
    draft.state("givenIn", "activity_normal", "everywhere")


def _mechanism(draft: Reading, name: str) -> None:
    effect, free = draft.pick(draft.activities), [*draft.activities, *STATES]
    causes = draft.before(effect) if draft.acyclic else free
    if not causes:
        return
    draft.state("Mechanism", name)
    draft.state_all("requires", name, draft.some(causes, 2, least=1))
    draft.state(draft.pick((*SIGNS, "requiredFor", "requiredFor") if draft.acyclic else SIGNS), name, effect)
    if draft.maybe(3):
        draft.scope("holdsIn", name, 2)
    if draft.maybe(6):
        draft.scope("deniedIn", name, 1)


class Ring(NamedTuple):
    """Activities by number: which are given, and mechanisms, each with its sign, its cause and its effect."""

    given: tuple[int, ...]
    mechanisms: tuple[tuple[str, int, int], ...]


_UP, _DOWN = "promotes", "suppresses"
#: Of each the first activity is what an agent may take away.
RINGS = (
    # a signal that holds its own spare down
    Ring((0, 2), ((_UP, 0, 1), (_DOWN, 1, 2), (_UP, 2, 1))),
    # a guard over what turns for ever
    Ring((0, 2), ((_DOWN, 0, 2), (_DOWN, 1, 2), (_UP, 2, 1))),
    # a push to a switch, and one that holds both sides of it down
    Ring((0, 1, 2), ((_DOWN, 0, 1), (_DOWN, 1, 2), (_DOWN, 2, 1))),
    Ring((0, 1, 2), ((_DOWN, 0, 1), (_DOWN, 0, 2), (_DOWN, 1, 2), (_DOWN, 2, 1))),
    # a switch held down, of which one side waits for what the other takes away
    Ring(
        (0, 1, 2, 3), ((_DOWN, 0, 1), (_DOWN, 0, 2), (_DOWN, 1, 2), (_DOWN, 2, 1), (_DOWN, 3, 2), (_DOWN, 1, 3))
    ),
    # two suppressions one after the other, and a third that closes the ring
    Ring((0, 1, 2, 3), ((_DOWN, 0, 1), (_DOWN, 1, 2), (_DOWN, 2, 3), (_DOWN, 3, 1))),
)  # fmt: skip
RINGED = ("mol0", "mol1", "mol2", "mol3")


def _ring(draft: Reading) -> None:
    """Draw a ring of activities that suppresses itself: driven, kept still, or in doubt with no agent at all."""
    if draft.acyclic or draft.maybe(4):
        return
    cell = draft.pick((draft.cell, draft.cell, draft.cell, "cell0", NORMAL))
    given, mechanisms = draft.draw(st.sampled_from(RINGS[:1] * 3 + RINGS))
    draft.ring = [f"ring{number}" for number in range(1 + max(effect for _, _, effect in mechanisms))]
    for number, name in enumerate(draft.ring):
        draft.add("MoleculeActivity", name, RINGED[number])
        draft.state("ofMolecule", name, RINGED[number])
        draft.state("inCell", name, cell)
        if (number in given) != draft.maybe(16):
            draft.state("givenIn", name, draft.pick((draft.disease, "everywhere")))
    for number, (sign, cause, effect) in enumerate(mechanisms):
        _round(draft, f"round{number}", sign, draft.ring[cause], draft.ring[effect])
    for number in range(draft.draw(st.integers(0, 2)) if draft.maybe() else 0):
        _round(draft, f"more{number}", draft.pick(SIGNS[:4]), draft.pick(draft.ring), draft.pick(draft.ring))


def _round(draft: Reading, name: str, sign: str, cause: str, effect: str) -> None:
    draft.state("Mechanism", name)
    draft.state("requires", name, cause)
    draft.state(sign, name, effect)
    if draft.maybe(10):
        draft.state("requires", name, draft.pick([*draft.activities, *STATES]))
    if draft.maybe(12):
        draft.state("deniedIn", name, "everywhere")


def _arms(draft: Reading, owner: str, activities: list[str], most: int) -> None:
    for number in range(draft.draw(st.integers(1, most))):
        arm = f"{owner}_arm{number}"
        draft.state("Arm", arm)
        draft.state("hasArm", owner, arm)
        draft.state_all("needs", arm, draft.some(activities, 2, least=1))
        if draft.maybe(6):
            draft.state("forCell", arm, draft.draw(draft.cells))
        if draft.maybe(6):
            draft.scope("holdsIn", arm, 1)
        if draft.maybe(8):
            draft.scope("deniedIn", arm, 1)


def _routes(draft: Reading) -> None:
    for number in range(draft.draw(st.integers(1, 2))):
        route = f"route{number}"
        draft.state("NicheRoute", route)
        if draft.maybe(3):
            draft.state("holdsIn", route, draft.disease)
        for relation in draft.some(RELATIONS, 2, least=1):
            draft.state(relation, route, draft.pick((draft.cell, "cell0")))
        interactions = [name for name in draft.activities if name.startswith("interaction")]
        ringed = [] if draft.maybe(3) else draft.ring[1:]
        _arms(draft, route, ringed or [*interactions, *draft.activities], 2)
        if draft.maybe(3):
            draft.state("Protection", f"protection{number}")
            draft.state("byRoute", f"protection{number}", route)
            draft.state("ofCell", f"protection{number}", draft.pick((draft.cell, "cell0")))
            draft.state("fromTherapy", f"protection{number}", draft.pick((*AGENTS, DRUG_CLASS)))
    draft.state("RetentionFunction", "function")
    draft.state("functionOf", "function", NORMAL)
    near = {draft.cell, *NICHE, NORMAL}
    cells = {prop: dict(draft.of(prop)) for prop in ("inCell", "fromSource", "ofCell", "hasReceiver")}
    read = [name for name in draft.activities if all(at.get(name, NORMAL) in near for at in cells.values())]
    read += [name for name in draft.ring if name in read]
    _arms(draft, "function", ["activity_normal", *read], 1)


def _actions(draft: Reading) -> None:
    draft.state("AgentClass", DRUG_CLASS)
    for agent in AGENTS:
        draft.state("Agent", agent)
    for agent in draft.some(AGENTS, 1):
        draft.state("memberOf", agent, DRUG_CLASS)
    used = [thing for prop in ("hasLigand", "hasReceptor", "ofMolecule") for _, thing in draft.of(prop)]
    for number in range(draft.draw(st.integers(2, 6))):
        name, mode = f"action{number}", draft.pick(MODES)
        draft.state("Action", name)
        draft.state_all("hasAgent", name, draft.some((*AGENTS, DRUG_CLASS), 1, least=1))
        draft.state("hasMode", name, mode)
        target = _target(draft, mode, used)
        draft.state("hasTarget", name, target)
        units = [unit for whole, unit in draft.of("hasSubunit") if whole == target]
        if units and draft.maybe():
            draft.state("bindsSubunit", name, draft.pick(units))
        if draft.maybe(6):
            draft.scope("holdsIn", name, 1)
        if mode != "deplete" and draft.maybe(6):
            draft.state("actsInCell", name, draft.draw(draft.anywhere))


def _ring_actions(draft: Reading) -> None:
    """Draw drugs against a ring, above all against what starts it or keeps it still; one may depend on the ring."""
    for number, molecule in enumerate([RINGED[0], *draft.some(RINGED, 1)] if draft.ring else []):
        name = f"ring_action{number}"
        draft.state("Action", name)
        draft.state("hasAgent", name, draft.pick(AGENTS))
        draft.state("hasMode", name, "block" if not number else draft.pick(MODES[:-1]))
        draft.state("hasTarget", name, molecule)
    if draft.ring and draft.maybe(4):
        draft.state("dependsOnActivity", draft.pick(AGENTS), draft.pick(draft.ring))


def _target(draft: Reading, mode: str, used: list[str]) -> str:
    if mode == "deplete":
        return draft.pick(NICHE)
    if mode == "activate":
        known = [name for name in draft.activities if name.startswith("interaction")]
        return draft.pick([*(thing for _, thing in draft.of("hasReceptor")), *MOLECULAR, *known])
    return draft.pick([*used, *used, *MOLECULAR] if not draft.maybe(3) else draft.activities)


def _agents(draft: Reading) -> None:
    _actions(draft)
    _ring_actions(draft)
    for agent in draft.some((*AGENTS, DRUG_CLASS), 1):
        draft.state("overcomes", agent, draft.pick(LESIONS))
    if draft.maybe(3):
        own = [name for name in draft.activities if not name.startswith("interaction")]
        draft.state("dependsOnActivity", draft.pick(AGENTS), draft.pick(own))
    if draft.maybe():
        draft.state("Killing", "killing")
        draft.state("hasAgent", "killing", draft.pick(AGENTS))
        draft.state("againstCell", "killing", draft.pick((draft.cell, "cell0")))
        draft.state_all("actsThrough", "killing", draft.some(MOLECULES, 1))


def _question(draft: Reading) -> Question:
    states = draft.some(STATES, 2)
    acting = sorted({agent for _, agent in draft.of("hasAgent") if agent in AGENTS}) or AGENTS
    regimen = draft.some((*acting, *acting, *AGENTS), 3, least=1)
    against = [agent for action, agent in draft.of("hasAgent") if action == "ring_action0"]
    if not draft.maybe(4):
        regimen += [agent for agent in against if agent not in regimen]
    background = [agent for agent in draft.some(AGENTS, 1) if agent not in regimen]
    return Question(draft.cell, draft.disease, tuple(states), tuple(background), tuple(regimen))


@st.composite
def knowledge(draw: st.DrawFn) -> Knowledge:
    """A knowledge base and a question about it."""
    draft = Reading(draw)
    for part in (_things, _states, _interactions, _activities):
        part(draft)
    for number in range(draw(st.integers(0, 5))):
        _mechanism(draft, f"mechanism{number}")
    _ring(draft)
    _routes(draft)
    _agents(draft)
    return Knowledge(tuple(draft.facts), _question(draft))
