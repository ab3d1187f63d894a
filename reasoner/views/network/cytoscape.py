"""The niche as a network for Cytoscape: CX2 (Cytoscape desktop, NDEx) and the JSON of Cytoscape.js."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reasoner.answers.contradicted import MARK
from reasoner.views.controls import escaped
from reasoner.views.marks import known
from reasoner.views.network.style import cx2_style, cytoscape_style
from reasoner.views.phrases import worded
from reasoner.views.picture.layout import Layout, layout

if TYPE_CHECKING:
    from reasoner.model.documents.frame import Marked
    from reasoner.model.documents.niche import Niche, NicheEdge, NicheNode

#: Texts that a node and an edge bear.
_NODE = ("name", "label", "kind", "where", "state", "verdict")
_EDGE = ("kind", "state", "text", "inferred")


def cx2(document: Niche, title: str) -> str:
    """A niche document as CX2; node and edge attributes carry what the picture shows."""
    placed = layout(document)
    numbers = {node["id"]: number for number, node in enumerate(document["nodes"])}
    nodes = [
        {"id": numbers[node["id"]],
         **_centre(placed, node),
         "v": {**{key: text for key, text in _node(node).items() if text}, **_marked(node)}}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"id": number, "s": numbers[edge["from"]], "t": numbers[edge["to"]],
         "v": {**_edge(edge), **_marked(edge)}}
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


def cyjs(document: Niche, title: str) -> str:
    """A niche document as elements of Cytoscape.js, with positions and style."""
    placed = layout(document)
    nodes = [
        {"data": {"id": node["id"], **_node(node), **_marked(node)},
         "position": _centre(placed, node)}
        for node in document["nodes"]
    ]  # fmt: skip
    edges = [
        {"data": {"id": f"e{number}", "source": edge["from"], "target": edge["to"],
                  **_edge(edge), **_marked(edge)}}
        for number, edge in enumerate(document["edges"])
    ]  # fmt: skip
    data = {"name": title, "version": document["kb"]["version"], "sha256": document["kb"]["sha256"]}
    data |= {"description": known(document)} if document["contradictions"] else {}
    shown = {"layout": {"name": "preset"}, "style": cytoscape_style()}
    return _written({"data": data, "elements": {"nodes": nodes, "edges": edges}, **shown})


def _node(node: NicheNode) -> dict[str, str]:
    """The texts of a node."""
    return {
        "name": node["name"],
        "label": node["label"],
        "kind": node["kind"],
        "where": node["where"],
        "state": node["state"],
        "verdict": worded(node["worth"]) if "worth" in node else "",
    }


def _edge(edge: NicheEdge) -> dict[str, Any]:
    """What an edge says, with its claims."""
    return {
        "kind": edge["kind"],
        "state": edge["state"],
        "text": edge["text"],
        "inferred": edge["inferred"],
        "claims": edge["claims"],
    }


def _marked(part: Marked) -> Marked:
    """The contradicted individuals that a node or edge rests on, where there are any."""
    return {MARK: part[MARK]} if part.get(MARK) else {}


def _description(document: Niche) -> str:
    stamp = f"dislodge, sha256 {document['kb']['sha256']}, research use only"
    return " ".join(filter(None, (stamp, known(document))))


def _centre(placed: Layout, node: NicheNode) -> dict[str, float]:
    """Where Cytoscape puts a node: its centre."""
    box = placed.boxes[node["id"]]
    return {"x": round(box.x + box.width / 2, 1), "y": round(box.middle, 1)}


def _written(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
