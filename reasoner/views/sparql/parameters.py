"""What a user binds to a variable: a name of the knowledge base, a number, a text; never a piece of the query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reasoner.asking.names import KINDS, resolve
from reasoner.errors import QuestionError
from reasoner.model.names import iri
from reasoner.model.term import XSD
from reasoner.views.sparql.graphs import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from reasoner.inference.reasoned import Reasoned

#: Kinds of parameters beside those of options: any text, any entry of the knowledge base.
TEXT, ENTRY = "text", "entry"
_NAME = re.compile(r"[A-Za-z_]\w*\Z")
_IRI = re.compile(r"<([^<>\"{}|^`\\\x00-\x20]+)>\Z")


def pair(text: str) -> tuple[str, str]:
    """``name=value`` in two; a leading ``?`` or ``$`` of the name may be written.

    >>> pair("drug=plerixafor"), pair("?x==")
    (('drug', 'plerixafor'), ('x', '='))
    """
    name, sign, value = text.partition("=")
    name = name.strip().lstrip("?$")
    if not sign or not _NAME.match(name):
        raise QuestionError(f"{text!r} is no parameter", code="E423", hint="write -p drug=plerixafor")
    return name, value


def bound(reasoned: Reasoned, value: str, kind: str = "") -> NamedNode | Literal:
    """The term that a value means.

    A declared ``kind`` (``agent``, ``cell`` … or ``text``) decides.  Without one: an IRI in angle brackets, a text in
    double quotes, a number or truth value, a prefixed name, else a name of the knowledge base in any spelling; what is
    none of these is refused (E401) instead of silently being a text that nothing equals.
    """
    from pyoxigraph import Literal, NamedNode

    if kind == TEXT:
        return Literal(value)
    if found := _IRI.match(value):
        return NamedNode(found[1])
    if kind in KINDS or kind == ENTRY:
        return NamedNode(iri(resolve(reasoned, value, "" if kind == ENTRY else kind)))
    if len(value) > 1 and value[0] == value[-1] == '"':
        return Literal(value[1:-1])
    if re.fullmatch(r"[+-]?\d+", value):
        return Literal(value, datatype=NamedNode(XSD + "integer"))
    if re.fullmatch(r"[+-]?\d*\.\d+", value):
        return Literal(value, datatype=NamedNode(XSD + "decimal"))
    if value in ("true", "false"):
        return Literal(value, datatype=NamedNode(XSD + "boolean"))
    prefix, colon, rest = value.partition(":")
    if colon and prefix in PREFIXES and rest and "//" not in rest:
        return NamedNode(PREFIXES[prefix] + rest)
    return NamedNode(iri(_name(reasoned, value)))


def _name(reasoned: Reasoned, value: str) -> str:
    vocabulary = reasoned.base.ontology.vocabulary
    if value in vocabulary.classes | vocabulary.object_properties | vocabulary.data_properties:
        return value
    try:
        return resolve(reasoned, value)
    except QuestionError as error:
        hint = f"{error.hint}; a text stands in double quotes"
        raise QuestionError(error.message, code=error.code, hint=hint) from None
