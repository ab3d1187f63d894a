"""The Python API as checkers of types and editors see it: what is written by hand, and a method for every question.

These methods are made when the module is imported, where no checker finds them.  A wheel holds this text beside the
module, as ``reasoner/api.pyi``, written while it is built.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from inspect import Parameter as Taken
from inspect import cleandoc
from typing import TYPE_CHECKING

from reasoner.asking.parameter import FLAG, Choice, Number
from reasoner.views.in_python import signature

if TYPE_CHECKING:
    from reasoner.asking.parameter import Parameter
    from reasoner.asking.question import Question

_CLASS = "KnowledgeBase"
_HEAD = "# Made from api.py and the table of questions while the wheel was built.\n"
#: What the types of parameters are made of; the rest is imported as in the module.
_IMPORTS = """
import builtins
from collections.abc import Iterable
from pathlib import Path
from typing import Literal
"""
#: What a method returns for what is no document.
_RETURNED = {"Written": "str", "None": "None"}


def stub(source: str, questions: Iterable[Question]) -> str:
    """The stub of the module with this source, whose class has a method for every question that it does not state.

    Raises :class:`TypeError` for a question that answers with what no such method returns.
    """
    module = ast.parse(source)
    [stated] = [node for node in module.body if isinstance(node, ast.ClassDef) and node.name == _CLASS]
    methods = [_bare(node) for node in stated.body if isinstance(node, ast.FunctionDef) and _is_public(node.name)]
    names = {method.name for method in methods}
    made = [ast.parse(_method(question)).body[0] for question in questions if question.method not in names]
    stated.body = [*_docstring(stated), *methods, *made]
    below = [*(node for node in module.body if isinstance(node, ast.Assign)), _plain(stated)]
    named = {name for node in below for name in _named(node)}
    module.body = [*_imports([*ast.parse(_IMPORTS).body, *module.body], named), *below]
    return _HEAD + ast.unparse(ast.fix_missing_locations(module)) + "\n"


# --- what is written by hand ------------------------------------------------------------------------------------------


def _is_public(name: str) -> bool:
    return name.startswith("__") or not name.startswith("_")


def _docstring(node: ast.ClassDef | ast.FunctionDef) -> list[ast.stmt]:
    return [] if ast.get_docstring(node) is None else node.body[:1]


def _bare(method: ast.FunctionDef) -> ast.FunctionDef:
    """A method without what it does, and without the values of its defaults."""
    unsaid = ast.Constant(...)
    method.body = [*_docstring(method), ast.Expr(unsaid)]
    method.args.defaults = [unsaid for _ in method.args.defaults]
    method.args.kw_defaults = [default and unsaid for default in method.args.kw_defaults]
    return method


def _plain(stated: ast.ClassDef) -> ast.ClassDef:
    """The class with types of Python named so that no method stands for one: ``kb.list`` is none."""
    hidden = {node.name for node in stated.body if isinstance(node, ast.FunctionDef)} & set(dir(builtins))

    class Renaming(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return ast.Attribute(ast.Name("builtins"), node.id) if node.id in hidden else node

    plain: ast.ClassDef = Renaming().visit(stated)
    return plain


def _named(below: ast.AST) -> Iterator[str]:
    """The names that stand in a part of the module, also those that it hands on."""
    for node in ast.walk(below):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets):
            yield from ast.literal_eval(node.value)


def _imports(body: Iterable[ast.stmt], named: set[str]) -> Iterator[ast.stmt]:
    """Each import of what is named, once, also of what is there for checkers alone."""
    for node in body:
        if isinstance(node, ast.If):
            yield from _imports(node.body, named)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [alias for alias in node.names if (alias.asname or alias.name) in named]
            named -= {alias.asname or alias.name for alias in node.names}
            if node.names:
                yield node


# --- what is made from the table --------------------------------------------------------------------------------------


class _Verbatim(str):
    """Text that a signature shows without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _method(question: Question) -> str:
    parameters = {parameter.name: parameter for parameter in (*question.parameters, *question.supposed)}
    made = signature(question)
    typed = [_typed(one, parameters.get(one.name)) for one in made.parameters.values()]
    said = made.replace(parameters=typed, return_annotation=_Verbatim(_returned(question)))
    return f"def {question.method}{said}:\n    {cleandoc(question.help).splitlines()[0]!r}\n    ..."


def _typed(taken: Taken, parameter: Parameter | None) -> Taken:
    """With its type and without the value of its default; ``self`` has neither."""
    if parameter is None:
        return taken
    default = taken.default if parameter.needed else _Verbatim("...")
    return taken.replace(annotation=_Verbatim(_type(parameter)), default=default)


def _type(parameter: Parameter) -> str:
    one = _one(parameter)
    said = f"{one} | Iterable[{one}]" if parameter.many else one
    return said if parameter.needed or parameter.empty is not None else f"{said} | None"


def _one(parameter: Parameter) -> str:
    """The type of one value of a kind; texts that HTTP takes for flags and numbers are left out."""
    kind = parameter.kind
    if kind is FLAG:
        return "bool"
    if isinstance(kind, Number):
        return "int" if kind.whole else "float"
    if isinstance(kind, Choice):
        return f"Literal[{', '.join(map(repr, kind.words))}]"
    return "str | Path" if parameter.is_path else "str"


def _returned(question: Question) -> str:
    """What the API makes of each thing that the question answers with."""
    said = str(question.answer.__annotations__["return"])
    told = ["Answer" if name in question.documents else _RETURNED.get(name) for name in said.split(" | ")]
    if None in told:
        raise TypeError(f"no method can tell what {question.name} answers with: {said}")
    return " | ".join(dict.fromkeys(filter(None, told)))
