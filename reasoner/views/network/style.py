"""How a niche looks in Cytoscape: the colours and shapes of the picture, as a style of CX2 and of Cytoscape.js."""

from __future__ import annotations

from typing import Any

from reasoner.views.signs import OF_ROUTES

_KINDS = {
    "source": "#EAF3EC",
    "ligand": "#FFFFFF",
    "molecule": "#F4F1FB",
    "process": "#F4F1FB",
    "route": "#FFFFFF",
    "agent": "#1B2733",
}
_STATES = {status.state: status.hue.light for status in OF_ROUTES}
#: Most nodes are on: those stay quiet.
_BORDERS = _STATES | {"open": "#5A6B7B"}
#: Kinds of edges that end in a bar.
_BARS = ("cuts", "suppresses")


def cx2_style() -> dict[str, Any]:
    """The aspect ``visualProperties``."""
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_SHAPE": "round-rectangle", "NODE_WIDTH": 130, "NODE_HEIGHT": 34, "NODE_LABEL_FONT_SIZE": 11,
                "NODE_LABEL_COLOR": "#1B2733", "NODE_BORDER_WIDTH": 2, "NODE_BORDER_STYLE": "solid",
            },
            "edge": {"EDGE_WIDTH": 2, "EDGE_LINE_STYLE": "solid", "EDGE_TARGET_ARROW_SHAPE": "triangle"},
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "label", "type": "string"}},
            "NODE_BACKGROUND_COLOR": _discrete("kind", _KINDS),
            "NODE_LABEL_COLOR": _discrete("kind", {"agent": "#FFFFFF"}),
            "NODE_BORDER_COLOR": _discrete("state", _BORDERS),
            "NODE_BORDER_STYLE": _discrete("state", {"cut": "dotted", "rebounds": "double", "unknown": "dashed"}),
        },
        "edgeMapping": {
            "EDGE_LINE_COLOR": _discrete("state", _STATES),
            "EDGE_TARGET_ARROW_COLOR": _discrete("state", _STATES),
            "EDGE_TARGET_ARROW_SHAPE": _discrete("kind", dict.fromkeys(_BARS, "tee")),
            "EDGE_LINE_STYLE": _discrete("inferred", {True: "dashed"}, "boolean"),
        },
    }  # fmt: skip


def _discrete(attribute: str, values: dict[Any, str], kind: str = "string") -> dict[str, Any]:
    pairs = [{"v": value, "vp": shown} for value, shown in values.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "type": kind, "map": pairs}}


def cytoscape_style() -> list[dict[str, Any]]:
    """The style sheet of Cytoscape.js."""
    rules: list[tuple[str, dict[str, Any]]] = [
        ("node", {
            "shape": "round-rectangle", "width": 130, "height": 34, "label": "data(label)", "font-size": 11,
            "text-valign": "center", "text-wrap": "wrap", "text-max-width": 120, "border-width": 2,
            "color": "#1B2733",
        }),
        ("edge", {"width": 2, "curve-style": "bezier", "target-arrow-shape": "triangle"}),
        *((f'node[kind = "{kind}"]', {"background-color": fill}) for kind, fill in _KINDS.items()),
        ('node[kind = "agent"]', {"color": "#FFFFFF"}),
        *((f'node[state = "{state}"]', {"border-color": line}) for state, line in _BORDERS.items()),
        ('node[state = "cut"]', {"border-style": "dotted"}),
        ('node[state = "unknown"]', {"border-style": "dashed"}),
        *((f'edge[state = "{state}"]', {"line-color": line, "target-arrow-color": line})
          for state, line in _STATES.items()),
        *((f'edge[kind = "{kind}"]', {"target-arrow-shape": "tee"}) for kind in _BARS),
        ("edge[?inferred]", {"line-style": "dashed"}),
    ]  # fmt: skip
    return [{"selector": selector, "style": style} for selector, style in rules]
