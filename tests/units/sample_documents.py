"""One document of each command, small but with every part filled."""

from typing import Any

_COMMON = {"kb": {"version": "0.1.0", "sha256": "ab" * 32}, "closed_world": True, "verdict": "predicted"}

LABELS = {
    "RP06": "return to the niche by CXCL12 and CXCR4",
    "RP07": "homing by CD44 to E-selectin or osteopontin",
    "CML_LSC": "CML leukaemic stem cell",
    "CML": "chronic myeloid leukaemia",
    "HSC": "haematopoietic stem cell",
    "CXCR4__in__CML_LSC": "CXCR4 at work in CML leukaemic stem cell",
    "eviction_without_killer": "eviction without a killer",
    "R-OUT-001": "breaking a route that retains a cell dislodges it",
    "HSC_retention": "retention of haematopoietic stem cell",
    "by_disease": "disease",
}


def label(name: str) -> str:
    return LABELS.get(name, name)


def _document(command: str, **keys: Any) -> dict[str, Any]:
    """The frame around the keys; where a document has its answer elsewhere, ``answers`` holds a stand-in."""
    return {"command": command, **_COMMON, "answers": [{"see": "other keys"}], **keys}


_BREAK = {
    "agent": "plerixafor",
    "route": "RP06",
    "effect": "breaks",
    "arms": ["RP06_arm"],
    "verdict": "contested",
    "derived": "yes",
    "strength": "review_statement",
    "modality": "hypothesised",
    "evidence": ["CHO-183", "CHO-185", "CHO-187"],
    "needs_agents": [["imatinib"]],
    "protects_against": ["TKI"],
    "disease": "CML",
    "state": None,
    "scope": "exact",
    "members": [],
}
_SIDES = {"strength": "in_vivo", "modality": "suggested", "evidence": ["CHO-185", "CHO-187"]}

DOCUMENTS: dict[str, dict[str, Any]] = {
    "breaks": _document(
        "breaks",
        answers=[
            _BREAK,
            {**_BREAK, "agent": "imatinib", "effect": "opens", "verdict": "supported", "needs_agents": []},
            {
                **_BREAK,
                "agent": "TKI",
                "effect": "opens",
                "verdict": "by_analogy",
                "members": ["nilotinib", "dasatinib"],
            },
        ],
        unbroken=["RP07"],
    ),
    "assess": _document(
        "assess",
        regimen=["plerixafor"],
        background=["imatinib"],
        cell="CML_LSC",
        disease="CML",
        states=["T315I"],
        routes=[
            {
                "route": "RP06",
                "status": "broken",
                "by": [["plerixafor"]],
                "narrowed_by": [],
                "arms": [{"arm": "RP06_arm", "status": "broken", "by": [["plerixafor"]]}],
                "reason": None,
                "verdict": "contested",
                **_SIDES,
            },
            {
                "route": "RP07",
                "status": "open",
                "by": [],
                "narrowed_by": [["plerixafor", "imatinib"], ["block:CD44"]],
                "arms": [
                    {"arm": "RP07_selectin", "status": "open", "by": []},
                    {"arm": "RP07_osteopontin", "status": "broken", "by": [["plerixafor"]]},
                ],
                "reason": "no agent given acts on CD44",
                "verdict": "supported",
                **_SIDES,
            },
        ],
        outcomes=[
            {
                "outcome": "sensitises",
                "subject": "CML_LSC",
                "derived": "yes",
                "verdict": "contested",
                "extent": "partial",
                "left": ["RP07"],
                "for": ["CHO-185"],
                "against": ["CHO-187"],
                "moderator": None,
                **_SIDES,
            }
        ],
        hazards=[
            {"hazard": "eviction_without_killer", "subject": "CML_LSC", "verdict": "predicted", "evidence": ["BOR-150"]}
        ],
        harms=[
            {
                "cell": "HSC",
                "function": "HSC_retention",
                "extent": "touched",
                "by": [["plerixafor"]],
                "evidence": ["CHO-184"],
            }
        ],
        activities=[{"activity": "CXCR4__in__CML_LSC", "before": "on", "after": "off", "partial": True}],
    ),
    "escapes": _document(
        "escapes",
        regimen=["plerixafor"],
        background=["imatinib"],
        cell="CML_LSC",
        disease="CML",
        states=[],
        answers=[
            {"route": "RP07", "closed_by": [], "if": []},
            {"route": "RP06", "closed_by": [["ponatinib"], ["arsenic_trioxide", "TKI"]], "if": ["T315I"]},
        ],
    ),
    "explain": _document(
        "explain",
        conclusion="dislodges(plerixafor, CML_LSC)",
        derivations=[
            {
                "conclusion": "dislodges(plerixafor, CML_LSC)",
                "text": "plerixafor breaks RP06, a route that retains the CML leukaemic stem cell",
                "rule": "R-OUT-001",
                "evidence": [],
                "papers": [],
                "premises": [
                    {
                        "conclusion": "off(CXCR4__in__CML_LSC)",
                        "text": "plerixafor blocks CXCR4",
                        "rule": "R-ACT-001",
                        "evidence": [],
                        "papers": [],
                        "premises": [
                            {
                                "conclusion": "hasTarget(A1, CXCR4)",
                                "text": "plerixafor acts on CXCR4",
                                "rule": None,
                                "evidence": ["CHO-183"],
                                "papers": ["CHO-ref71"],
                                "premises": [],
                            }
                        ],
                    },
                    {
                        "conclusion": "off(CXCR4__in__CML_LSC)",
                        "text": "plerixafor blocks CXCR4",
                        "rule": "R-ACT-001",
                        "evidence": [],
                        "papers": [],
                        "premises": [
                            {
                                "conclusion": "hasTarget(A1, CXCR4)",
                                "text": "plerixafor acts on CXCR4",
                                "rule": None,
                                "evidence": ["CHO-183"],
                                "papers": ["CHO-ref71"],
                                "premises": [],
                            }
                        ],
                    },
                ],
            }
        ],
    ),
    "why-not": _document(
        "why-not",
        conclusion="breaksRoute(cilengitide, RP06)",
        reasons=[
            {
                "code": "TARGET_NOT_ON_ROUTE",
                "rule": "R-OUT-001",
                "holds": ["cilengitide blocks integrin alpha-v beta-3"],
                "fails": "alpha-v beta-3 does not lie on RP06",
            }
        ],
    ),
    "evidence": _document(
        "evidence",
        answers=[
            {
                "id": "CHO-109",
                "polarity": "opposes",
                "modality": "established",
                "kind": "mechanism",
                "context": "human CML",
                "strength": "patient_samples",
                "papers": ["CHO-ref31"],
                "statement": "VLA4 and VLA5 are present on CML stem cells but do not adhere.",
            }
        ],
    ),
    "conflicts": _document(
        "conflicts",
        answers=[
            {
                "statement": "plerixafor with a TKI sensitises leukaemic cells",
                "for": ["BOR-151"],
                "against": ["CHO-187"],
                "moderator": "by_disease",
                "claims": {"BOR-151": "Plerixafor sensitises ALL cells.", "CHO-187": "Murine results are disputed."},
            }
        ],
    ),
    "list": _document(
        "list",
        answers=[
            {"id": "HSC", "kind": "NormalCell", "label": "haematopoietic stem cell", "label_fr": "cellule souche"},
            {"id": "CML_LSC", "kind": "MalignantCell", "label": "CML leukaemic stem cell", "label_fr": None},
        ],
    ),
    "show": _document(
        "show",
        id="HSC",
        kind="NormalCell",
        label="haematopoietic stem cell",
        synonyms=["normal HSC"],
        identifiers=["CL:0000037"],
        asserted=["NormalCell(HSC)"],
        inferred=["Cell(HSC)"],
        evidence=["CHO-077"],
    ),
    "rules": _document(
        "rules",
        answers=[
            {
                "id": "R-OUT-001",
                "label": "breaking a route that retains a cell dislodges it",
                "status": "curated",
                "source": ["CHO-177"],
                "because": "{x} breaks {r}, a route that retains {c}",
                "logic": "breaksRoute(?x, ?r) ^ retains(?r, ?c) -> dislodges(?x, ?c)",
            }
        ],
    ),
    "check": _document(
        "check",
        findings=[
            {
                "level": "error",
                "code": "E301",
                "file": "facts.ttl",
                "line": 12,
                "subject": "CXCR4",
                "message": "a retained cell is no cell",
                "fix": "state its class",
            }
        ],
        counts={"error": 1, "warning": 0},
    ),
}
