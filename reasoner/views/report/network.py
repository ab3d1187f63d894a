"""The niche as a network for Cytoscape: CX2 (Cytoscape desktop, NDEx) and the JSON of Cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reasoner.views.controls import escaped
from reasoner.views.picture.layout import Layout, layout
from reasoner.views.report.network_style import cx2_style, cytoscape_style

Document = Mapping[str, Any]
_NODE = ("name", "label", "kind", "where", "state")
_EDGE = ("kind", "state", "text", "inferred")


def cx2(document: Document, title: str) -> str:
    """A niche document as CX2; node and edge attributes carry what the picture shows."""
    placed = layout(document)
    numbers = {node["id"]: number for number, node in enumerate(document["nodes"])}
    nodes = [
        {"id": numbers[node["id"]],
         **_centre(placed, node),
         "v": {key: node[key] for key in _NODE if node[key] != ""}}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"id": number, "s": numbers[edge["from"]], "t": numbers[edge["to"]],
         "v": {**{key: edge[key] for key in _EDGE}, "claims": edge["claims"]}}
        for number, edge in enumerate(document["edges"])
    ]  # fmt: skip
    text = {"d": "string"}
    aspects = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [
            {"name": "attributeDeclarations", "elementCount": 1}, {"name": "networkAttributes", "elementCount": 1},
            {"name": "nodes", "elementCount": len(nodes)}, {"name": "edges", "elementCount": len(edges)},
            {"name": "visualProperties", "elementCount": 1},
        ]},
        {"attributeDeclarations": [{
            "networkAttributes": {"name": text, "version": text, "description": text},
            "nodes": {key: text for key in _NODE},
            "edges": {**{key: text for key in _EDGE}, "inferred": {"d": "boolean"}, "claims": {"d": "list_of_string"}},
        }]},
        {"networkAttributes": [{"name": title, "version": document["kb"]["version"],
                                "description": f"dislodge, sha256 {document['kb']['sha256']}, research use only"}]},
        {"nodes": nodes}, {"edges": edges}, {"visualProperties": [cx2_style()]}, {"status": [{"success": True}]},
    ]  # fmt: skip
    return _written(aspects)


def cytoscape(document: Document, title: str) -> str:
    """A niche document as elements of Cytoscape.js, with positions and style."""
    placed = layout(document)
    nodes = [
        {"data": {"id": node["id"], **{key: node[key] for key in _NODE}},
         "position": _centre(placed, node)}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"data": {"id": f"e{number}", "source": edge["from"], "target": edge["to"],
                  **{key: edge[key] for key in _EDGE}, "claims": edge["claims"]}}
        for number, edge in enumerate(document["edges"])
    ]  # fmt: skip
    data = {"name": title, "version": document["kb"]["version"], "sha256": document["kb"]["sha256"]}
    shown = {"layout": {"name": "preset"}, "style": cytoscape_style()}
    return _written({"data": data, "elements": {"nodes": nodes, "edges": edges}, **shown})


def _centre(placed: Layout, node: Document) -> dict[str, float]:
    """Where Cytoscape puts a node: its centre."""
    box = placed.boxes[node["id"]]
    return {"x": round(box.x + box.width / 2, 1), "y": round(box.middle, 1)}


def _written(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
