"""Labels that try to run something, load something, steer a terminal or become a formula."""

import json
from pathlib import Path

#: Scripts and markup, then controls and marks of direction, then formulas.
_ALONE = [json.loads(line) for line in Path(__file__).with_name("hostile_labels.jsonl").read_text("utf-8").splitlines()]

#: At least 200: each alone, then each in the middle of an ordinary label.
LABELS = [*_ALONE, *(f"CXCR4 {label} blockade" for label in _ALONE), *(f"{label} drug" for label in _ALONE)]


def _literal(label: str) -> str:
    return '"' + "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or c in '"\\' or ord(c) > 126 else c for c in label) + '"@en'


def knowledge() -> str:
    """Facts in Turtle: agents, a cell, a disease, a route, molecules and claims with hostile labels."""
    pick = iter(range(10**6))

    def label() -> str:
        return _literal(LABELS[next(pick) % len(LABELS)])

    def plain() -> str:
        return label().removesuffix("@en")

    lines = [
        "@prefix : <https://w3id.org/dislodge#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .",
        f":Hz a :Disease ; rdfs:label {label()} .",
        f":Hz_cell a :MalignantCell ; rdfs:label {label()} ; :subtypeOf :Tumour_cell ; :occursIn :Hz .",
        f":HzSource a :NicheCell ; rdfs:label {label()} .",
        f":HzKill a :Agent ; rdfs:label {label()} .",
        f":HzKill_acts a :Killing ; :hasAgent :HzKill ; :againstCell :Hz_cell ; :holdsIn :Hz ; rdfs:label {label()} .",
    ]
    for number in range(len(LABELS) // 6 + 1):
        route, ligand, receptor, pair, agent = (f"{name}{number}" for name in ("HR", "HL", "HC", "HI", "HA"))
        lines += [
            f":{ligand} a :GeneProduct ; rdfs:label {label()} . :{receptor} a :GeneProduct ; rdfs:label {label()} .",
            f":{pair} a :Interaction ; rdfs:label {label()} ; :hasSender :HzSource ; :hasLigand :{ligand} ;"
            f" :hasReceptor :{receptor} ; :hasReceiver :Hz_cell ; :holdsIn :Hz .",
            f":{route} a :NicheRoute ; rdfs:label {label()} ; :holdsIn :Hz ; :retains :Hz_cell .",
            f":{route} :hasArm :{route}_arm .",
            f":{route}_arm a :Arm ; rdfs:label {label()} ; :needs :{pair} .",
            f":{agent} a :Agent ; rdfs:label {label()} .",
            f":{agent}_b a :Action ; :hasAgent :{agent} ; :hasTarget :{receptor} ; :hasMode :block .",
            f":HZ-{number} a :Evidence ; :statement {plain()} ; :settingText {plain()} ; :hasTier :in_vitro ;"
            ' :polarity "supports" ; :modality "reported" .',
            f"[] a owl:Axiom ; owl:annotatedSource :{route} ; owl:annotatedProperty :retains ;"
            f" owl:annotatedTarget :Hz_cell ; :supportedBy :HZ-{number} .",
        ]
    return "\n".join(lines)
