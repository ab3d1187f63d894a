"""Turtle in the style of this project: one subject a block, the annotations of its axioms right after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reasoner.model.iris import OWL, TYPE
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Content, Item, Items
from reasoner.writing.layout import ABOUT, FileLayout
from reasoner.writing.prefixed_names import PrefixedNames
from reasoner.writing.texts import turtle_literal

_WIDTH = 120
#: Between statements of a subject, and between values that do not fit one line.
_JOINT, _BREAK = " ;\n    ", " ,\n        "
#: Keys of comments that belong to no subject: those that begin and those that end a file.
HEAD, FOOT = "", "."


def turtle(triples: Iterable[Triple], comments: Mapping[Node, Sequence[str]] | None = None) -> str:
    """The triples as Turtle; ``comments`` are lines to stand before a subject, or under :data:`HEAD` and :data:`FOOT`.

    Raises :class:`~reasoner.errors.WritingError` for an IRI that tools cannot carry.
    """
    return _Writer(Canonical(triples), comments or {}).text()


class _Writer:
    def __init__(self, graph: Canonical, comments: Mapping[Node, Sequence[str]]) -> None:
        self.graph = graph
        self.layout = FileLayout(graph)
        self.comments = comments
        self.names = PrefixedNames()
        self.labels: dict[Node, str] = {}

    def text(self) -> str:
        blocks = [self._block(node) for node in self.layout.subjects]
        prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self.names.prefixes())
        parts = [self._comment(HEAD), prefixes, *blocks, self._comment(FOOT)]
        return "\n".join(part for part in parts if part)

    def _comment(self, node: Node) -> str:
        return "".join(f"{line}\n" for line in self.comments.get(node, ()))

    def _block(self, node: Node) -> str:
        lines = [self._comment(node)]
        if node in self.graph.content:
            content = self.graph.content[node]
            lines.append(f"{self._subject(node)} {_JOINT.join(self._lines(content))} .\n")
        return "".join([*lines, *map(self._remark, self.layout.remarks.get(node, ()))])

    def _remark(self, node: Node) -> str:
        content = dict(self.graph.content[node])
        self.names.used.add("owl")
        about = [f"owl:{part.removeprefix(OWL)} {self._value(content[part][0])}" for part in ABOUT]
        rest = {predicate: values for predicate, values in content.items() if predicate not in (TYPE, *ABOUT)}
        first = " ; ".join(["[] a owl:Axiom", *about])
        return f"{_JOINT.join([first, *self._lines(rest)])} .\n"

    def _subject(self, node: Node) -> str:
        if not is_blank(node):
            return self.names(node)
        return self._label(node) if self.graph.references[node] else "[]"

    def _label(self, node: Node) -> str:
        if node not in self.labels:
            self.labels[node] = f"_:b{len(self.labels) + 1}"
        return self.labels[node]

    def _lines(self, content: Content) -> Iterator[str]:
        for predicate, values in self.layout.statements(content):
            name = "a" if predicate == TYPE else self.names(predicate)
            shown = [self._value(value) for value in values]
            line = f"{name} {' , '.join(shown)}"
            yield line if len(line) + 6 <= _WIDTH or len(shown) == 1 else f"{name} {_BREAK.join(shown)}"

    def _value(self, value: Item) -> str:
        if isinstance(value, Literal):
            return turtle_literal(value, self.names)
        if isinstance(value, Items):
            return f"( {' '.join(map(self._value, value.members))} )" if value.members else "()"
        if not is_blank(value):
            return self.names(value)
        if self.graph.is_inline(value):
            lines = (line.replace(_BREAK, " , ") for line in self._lines(self.graph.content[value]))
            return f"[ {' ; '.join(lines)} ]"
        return "[]" if value not in self.graph.content and self.graph.references[value] == 1 else self._label(value)
