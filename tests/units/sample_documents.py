"""One document of each command, small but with every part filled."""

from typing import Any

from sample_answers import answers

_COMMON = {
    "kb": {"version": "0.1.0", "sha256": "ab" * 32},
    "closed_world": True,
    "verdict": "predicted",
    "contradictions": [],
}

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
_HARM = {"cell": "HSC", "function": "HSC_retention", "extent": "touched", "by": ["plerixafor"]}
_REGIMEN = {
    "agents": ["imatinib", "plerixafor"],
    "added": ["plerixafor"],
    "killers": ["imatinib"],
    "closes": ["RP06"],
    "leaves_open": ["RP07", "RP10"],
    "opens": [],
    "rebounds": [],
    "undetermined": [],
    "harms": [_HARM],
    "outcome": "sensitises",
    "verdict": "contested",
    "evidence": ["CHO-185", "CHO-187"],
    "for": ["CHO-185"],
    "against": ["CHO-187"],
    "strength": "review_statement",
    "modality": "suggested",
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
        assumed=["on(CXCR4__in__CML_LSC)"],
        retracted=["retains(RP07, CML_LSC)"],
        without_papers=["CHO-ref31"],
        without_claims=["CHO-187"],
        steps=[
            {
                "regimen": ["imatinib"],
                "routes": [{"route": "RP06", "status": "opened"}],
                "outcomes": [
                    {
                        "outcome": "dislodges",
                        "subject": "CML_LSC",
                        "derived": "yes",
                        "verdict": "predicted",
                        "extent": "partial",
                        "left": ["RP07"],
                        "strength": "in_vivo",
                        "evidence": [],
                    }
                ],
                "hazards": [
                    {"hazard": "eviction_without_killer", "subject": "CML_LSC", "verdict": "predicted", "evidence": []}
                ],
                "reached": ["dislodged_in_part"],
            }
        ],
        routes=[
            {
                "route": "RP06",
                "status": "broken",
                "at_once": "off",
                "after_relief": "off",
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
                "at_once": "on",
                "after_relief": "on",
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
                "moderator": "by_disease",
                "moderated": [{"by": "by_disease", "for": ["early"], "against": ["late"]}],
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
                "by": ["plerixafor"],
                "evidence": ["CHO-184"],
            }
        ],
        activities=[
            {
                "activity": "CXCR4__in__CML_LSC",
                "before": "on",
                "after": "off",
                "at_once": "off",
                "after_relief": "off",
                "partial": True,
            },
        ],
    ),
    "combine": _document(
        "combine",
        cell="CML_LSC",
        disease="CML",
        states=["T315I"],
        background=["imatinib"],
        goals=["RP06", "RP07", "RP10"],
        off_before=["RP01"],
        near=["RP01", "RP06"],
        stated_for=[],
        farther=["RP27"],
        regimens=[],
        complete=False,
        exhaustive_to=3,
        exhausted=False,
        found=0,
        limit_reached=False,
        interrupted=False,
        uncovered=["RP07"],
        unknown=["RP10"],
        certificate=[
            {
                "route": "RP07",
                "near": True,
                "needs": ["LR11"],
                "labels": ["E-selectin on CD44"],
                "touched_by": [],
                "not_given": [],
                "unnamed": [],
                "evidence": ["CHO-115"],
                "text": "no agent of the knowledge base acts on that, or on anything behind it",
            }
        ],
        front=[
            _REGIMEN,
            {**_REGIMEN, "agents": ["imatinib", "GCS-100"], "added": ["GCS-100"], "opens": ["RP10"]},
            {**_REGIMEN, "agents": ["imatinib", "bevacizumab"], "added": ["bevacizumab"], "opens": ["RP10"]},
        ],
        front_found=5,
        dropped=[{"agent": "anti-OPN_antibody", "touches": ["HSC_retention"]}],
        spared=[{"cell": "HSC", "function": "HSC_retention"}],
        background_harms=[{**_HARM, "by": ["imatinib"]}],
    ),
    "matrix": _document(
        "matrix",
        cell="CML_LSC",
        disease="CML",
        states=[],
        background=["imatinib"],
        routes=["RP06", "RP07", "RP08"],
        answers=[
            {
                "regimen": ["plerixafor"],
                "breaks": 1,
                "routes": [
                    {
                        "route": "RP06",
                        "status": "broken",
                        "narrowed": False,
                        "by": [["plerixafor"]],
                        "verdict": "contested",
                        "strength": "in_vivo",
                    },
                    {"route": "RP07", "status": "open", "narrowed": True, "by": [["plerixafor"]]},
                    {"route": "RP08", "status": "inactive", "narrowed": False, "by": []},
                ],
            },
            {
                "regimen": ["GCS-100", "curcumin"],
                "breaks": 0,
                "routes": [
                    {"route": "RP06", "status": "opened", "narrowed": False, "by": [["curcumin"]]},
                    {"route": "RP07", "status": "unknown", "narrowed": False, "by": []},
                    {"route": "RP08", "status": "inactive", "narrowed": False, "by": []},
                ],
            },
        ],
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
        completion={"agents": ["GCS-100"], "leaves": ["RP07"], "alternatives": [["curcumin"]]},
    ),
    "robustness": _document(
        "robustness",
        answers=[
            {
                "paper": "CHO-ref21",
                "label": "a paper of the review",
                "claims": ["CHO-126", "CHO-127"],
                "holds": False,
                "verdict": "not_derived",
                "strength": None,
                "status": None,
            },
            {
                "paper": "CHO-ref31",
                "label": "another paper",
                "claims": ["CHO-186"],
                "holds": True,
                "verdict": "by_analogy",
                "strength": "in_vitro",
                "status": None,
            },
        ],
        conclusion="dislodges(plerixafor+imatinib, CML_LSC)",
        holds=True,
        strength="in_vivo",
        status=None,
        toppled_by=[["CHO-ref21"], ["BOR-ref18", "CHO-ref31"]],
        exhaustive_to=2,
        limit_reached=False,
    ),
}

DOCUMENTS |= answers()
DOCUMENTS["combine"]["answers"] = DOCUMENTS["combine"]["regimens"]
DOCUMENTS["combine"]["reasons"] = [{"code": "TARGET_NOT_ON_ROUTE", "text": "no set of agents closes: homing"}]
DOCUMENTS["compare"] = _document(
    "compare",
    answers=[DOCUMENTS["assess"], {**DOCUMENTS["assess"], "regimen": ["GCS-100"], "hazards": [], "harms": []}],
)
