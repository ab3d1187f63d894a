"""Which rules of the OWL 2 RL profile hold here: all ids of the W3C's tables 4 to 9, each with its status."""

from __future__ import annotations

from typing import Literal as Word

Status = Word["supported", "partial", "not"]

_TABLES: dict[str, tuple[str, dict[str, tuple[Status, str]]]] = {
    "4": (
        "Equality",
        {
            "eq-ref": ("partial", "that a thing is itself is not stored; no other conclusion rests on it"),
            "eq-sym": ("supported", ""),
            "eq-trans": ("supported", ""),
            "eq-rep-s": ("supported", "for every class and property in use"),
            "eq-rep-p": ("not", "properties are no individuals here"),
            "eq-rep-o": ("supported", "for every property in use"),
            "eq-diff1": ("supported", "a contradiction"),
            "eq-diff2": (
                "supported",
                "owl:AllDifferent with owl:members is a difference of each two members, as in eq-diff1",
            ),
            "eq-diff3": (
                "supported",
                "owl:AllDifferent with owl:distinctMembers is a difference of each two members, as in eq-diff1",
            ),
        },
    ),
    "5": (
        "Properties",
        {
            "prp-ap": ("not", "says only that built-in annotation properties are ones; nothing follows"),
            "prp-dom": ("supported", ""),
            "prp-rng": ("supported", "of a data property: a value outside the range is a contradiction"),
            "prp-fp": ("supported", "two values of a functional data property are a contradiction"),
            "prp-ifp": ("supported", ""),
            "prp-irp": ("supported", "a contradiction"),
            "prp-symp": ("supported", ""),
            "prp-asyp": ("supported", "a contradiction"),
            "prp-trp": ("supported", ""),
            "prp-spo1": ("supported", ""),
            "prp-spo2": ("supported", "chains of any length"),
            "prp-eqp1": ("supported", ""),
            "prp-eqp2": ("supported", ""),
            "prp-pdw": ("supported", "a contradiction"),
            "prp-adp": ("supported", "a contradiction"),
            "prp-inv1": ("supported", ""),
            "prp-inv2": ("supported", ""),
            "prp-key": ("supported", "keys of object and data properties"),
            "prp-npa1": ("supported", "a contradiction"),
            "prp-npa2": ("supported", "a contradiction"),
        },
    ),
    "6": (
        "Classes",
        {
            "cls-thing": ("not", "says only that owl:Thing is a class; nothing follows"),
            "cls-nothing1": ("not", "says only that owl:Nothing is a class; nothing follows"),
            "cls-nothing2": ("supported", "a contradiction"),
            "cls-int1": ("supported", ""),
            "cls-int2": ("supported", ""),
            "cls-uni": ("supported", ""),
            "cls-com": ("supported", "a contradiction"),
            "cls-svf1": (
                "supported",
                "fillers that are classes or enumerations; other datatypes are listed as unsupported",
            ),
            "cls-svf2": ("supported", ""),
            "cls-avf": ("supported", "of a data property: a value outside the range is a contradiction"),
            "cls-hv1": ("supported", ""),
            "cls-hv2": ("supported", ""),
            "cls-maxc1": ("supported", "a contradiction"),
            "cls-maxc2": ("supported", "two values of a data property are a contradiction"),
            "cls-maxqc1": ("supported", "a contradiction"),
            "cls-maxqc2": ("supported", "a contradiction"),
            "cls-maxqc3": ("supported", ""),
            "cls-maxqc4": ("supported", ""),
            "cls-oo": ("supported", ""),
        },
    ),
    "7": (
        "Class axioms",
        {
            "cax-sco": ("supported", ""),
            "cax-eqc1": ("supported", ""),
            "cax-eqc2": ("supported", ""),
            "cax-dw": ("supported", "a contradiction"),
            "cax-adc": ("supported", "a contradiction"),
        },
    ),
    "8": (
        "Datatypes",
        {
            "dt-type1": ("not", "says only that datatypes are ones; nothing follows"),
            "dt-type2": ("partial", "the datatypes of a value are known to ranges, not stored as facts"),
            "dt-eq": ("supported", "equal values are one: whatever is said of one spelling is said of all"),
            "dt-diff": ("partial", "different values count where values are compared, not stored as facts"),
            "dt-not-type": ("supported", "a contradiction, for the values of the facts"),
        },
    ),
    "9": (
        "Schema",
        {
            "scm-cls": ("supported", "in the schema closure, without owl:Thing and owl:Nothing as members of facts"),
            "scm-sco": ("supported", "in the schema closure"),
            "scm-eqc1": ("supported", "in the schema closure"),
            "scm-eqc2": ("supported", "in the schema closure"),
            "scm-op": ("supported", "in the schema closure"),
            "scm-dp": ("supported", "in the schema closure"),
            "scm-spo": ("supported", "in the schema closure"),
            "scm-eqp1": ("supported", "in the schema closure"),
            "scm-eqp2": ("supported", "in the schema closure"),
            "scm-dom1": ("supported", "in the schema closure"),
            "scm-dom2": ("supported", "in the schema closure"),
            "scm-rng1": ("supported", "in the schema closure"),
            "scm-rng2": ("supported", "in the schema closure"),
            "scm-hv": ("supported", "in the schema closure, between restrictions that occur in axioms"),
            "scm-svf1": ("supported", "in the schema closure, between restrictions that occur in axioms"),
            "scm-svf2": ("supported", "in the schema closure, between restrictions that occur in axioms"),
            "scm-avf1": ("supported", "in the schema closure, between restrictions that occur in axioms"),
            "scm-avf2": ("supported", "in the schema closure, between restrictions that occur in axioms"),
            "scm-int": ("supported", "in the schema closure"),
            "scm-uni": ("supported", "in the schema closure"),
        },
    ),
}

#: Status and note of every rule of OWL 2 RL/RDF, by its W3C id.
RL_STATUS: dict[str, tuple[Status, str]] = {
    name: entry for _, rules in _TABLES.values() for name, entry in rules.items()
}


def status_table() -> str:
    """The statuses as a Markdown table, one row a rule, in the order of the W3C's tables."""
    rows = ["| W3C table | rule | status | note |", "|---|---|---|---|"]
    for number, (title, rules) in _TABLES.items():
        rows += [f"| {number} {title} | `{name}` | {status} | {note} |" for name, (status, note) in rules.items()]
    return "\n".join(rows) + "\n"
