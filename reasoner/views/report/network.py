"""The niche as a network for Cytoscape: CX2 (Cytoscape desktop, NDEx) and the JSON of Cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reasoner.answers.contradicted import MARK
from reasoner.views.controls import escaped
from reasoner.views.marks import known
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
         "v": {**{key: node[key] for key in _NODE if node[key] != ""}, **_marked(node)}}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"id": number, "s": numbers[edge["from"]], "t": numbers[edge["to"]],
         "v": {**{key: edge[key] for key in _EDGE}, "claims": edge["claims"], **_marked(edge)}}
        for number, edge in enumerate(document["edges"])
    ]  # fmt: skip
    text, names = {"d": "string"}, {"d": "list_of_string"}
    marks = {MARK: names} if document["contradictions"] else {}
    aspects = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [
            {"name": "attributeDeclarations", "elementCount": 1}, {"name": "networkAttributes", "elementCount": 1},
            {"name": "nodes", "elementCount": len(nodes)}, {"name": "edges", "elementCount": len(edges)},
            {"name": "visualProperties", "elementCount": 1},
        ]},
        {"attributeDeclarations": [{
            "networkAttributes": {"name": text, "version": text, "description": text},
            "nodes": {**{key: text for key in _NODE}, **marks},
            "edges": {**{key: text for key in _EDGE}, "inferred": {"d": "boolean"}, "claims": names, **marks},
        }]},
        {"networkAttributes": [{"name": title, "version": document["kb"]["version"],
                                "description": _description(document)}]},
        {"nodes": nodes}, {"edges": edges}, {"visualProperties": [cx2_style()]}, {"status": [{"success": True}]},
    ]  # fmt: skip
    return _written(aspects)


def cytoscape(document: Document, title: str) -> str:
    """A niche document as elements of Cytoscape.js, with positions and style."""
    placed = layout(document)
    nodes = [
        {"data": {"id": node["id"], **{key: node[key] for key in _NODE}, **_marked(node)},
         "position": _centre(placed, node)}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"data": {"id": f"e{number}", "source": edge["from"], "target": edge["to"],
                  **{key: edge[key] for key in _EDGE}, "claims": edge["claims"], **_marked(edge)}}
        for number, edge in enumerate(document["edges"])
    ]  # fmt: skip
    data = {"name": title, "version": document["kb"]["version"], "sha256": document["kb"]["sha256"]}
    data |= {"description": known(document)} if document["contradictions"] else {}
    shown = {"layout": {"name": "preset"}, "style": cytoscape_style()}
    return _written({"data": data, "elements": {"nodes": nodes, "edges": edges}, **shown})


def _marked(part: Document) -> Document:
    """The contradicted individuals that a node or edge rests on, where there are any."""
    return {MARK: part[MARK]} if part.get(MARK) else {}


def _description(document: Document) -> str:
    stamp = f"dislodge, sha256 {document['kb']['sha256']}, research use only"
    return " ".join(filter(None, (stamp, known(document))))


def _centre(placed: Layout, node: Document) -> dict[str, float]:
    """Where Cytoscape puts a node: its centre."""
    box = placed.boxes[node["id"]]
    return {"x": round(box.x + box.width / 2, 1), "y": round(box.middle, 1)}


def _written(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
