"""A knowledge base with what follows from it as one text, to be had back without reading and deriving it again."""

from __future__ import annotations

import json

from reasoner.closure.fact_store import StoredRows
from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure, State
from reasoner.errors import Span
from reasoner.inference.contradictions import Contradiction, Contradictions
from reasoner.inference.packing import Packed, Packing
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.minted import Minted
from reasoner.model.atom import Atom, Fact
from reasoner.model.axiom import Axiom, Expression
from reasoner.model.ontology import Header, Ontology, SourceFile
from reasoner.model.rule import Example, Rule
from reasoner.model.term import Variable
from reasoner.model.vocabulary import Vocabulary
from reasoner.owl.exclusions import Exclusion

_PACKING = Packing(
    [
        *(Fact, Atom, Variable, Rule, Example, Span, Axiom, Expression, Vocabulary),
        *(Header, SourceFile, Ontology, Minted, Exclusion, StoredRows, Contradiction),
    ]
)


def to_text(reasoned: Reasoned) -> str:
    """The knowledge base, its rules and its closure as JSON.

    Raises :class:`TypeError` for what cannot be kept so, such as the warnings of a file.
    """
    base = reasoned.base
    compiled = tuple(reasoned.program[: -len(base.rules) or None])
    closure = tuple(reasoned.closure.state())
    parts = (
        *(closure, base.ontology, base.rules, base.sha256, compiled, reasoned.minted),
        *(reasoned.contradictions.found, reasoned.presence),
    )
    packed = _PACKING.pack(parts)
    return json.dumps(packed, separators=(",", ":"))


def from_text(text: str, meter: Meter | None = None) -> Reasoned:
    """The knowledge base that :func:`to_text` was given."""
    state, ontology, rules, sha256, compiled, minted, contradictions, presence = _PACKING.unpack(
        Packed(*json.loads(text))
    )
    reasoned = Reasoned(StatedKnowledge(ontology, rules, sha256), meter=meter)
    reasoned.__dict__["program"] = [*compiled, *rules]
    reasoned.__dict__["minted"] = minted
    closure = reasoned.__dict__["closure"] = Closure.resumed(reasoned.program, State(*state), reasoned.meter)
    reasoned.__dict__["presence"] = presence
    reasoned.__dict__["contradictions"] = Contradictions(contradictions, closure)
    return reasoned
