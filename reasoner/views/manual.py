"""The reference part of the manual, from the table of questions: what can be asked, with what, by which face."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc

from reasoner.asking.parameter import FLAG, AnswerForm, Parameter
from reasoner.asking.question import Question


def reference(questions: Iterable[Question]) -> str:
    """Every question with its parameters, forms, document and examples, as Markdown."""
    return "\n".join(["# Reference", "", *(line for question in questions for line in _section(question))])


def _section(question: Question) -> Iterator[str]:
    yield from (f"## {question.name}", "", cleandoc(question.help), "", "```", *question.examples, "```", "")
    if question.parameters:
        yield from ("| option | in Python and over HTTP | value | meaning |", "|---|---|---|---|")
        yield from map(_row, question.parameters)
        yield ""
    if question.supposing:
        named = ", ".join(f"`{parameter.spelling}`" for parameter in question.supposed)
        yield from (f"What if: {named}.", "")
    yield from (_faces(question), "")


def _row(parameter: Parameter) -> str:
    option = "`--format`" if isinstance(parameter.kind, AnswerForm) else f"`{parameter.spelling}`"
    value = "" if parameter.kind is FLAG else parameter.kind.described
    said = ", ".join(filter(None, (value, _how_many(parameter))))
    return f"| {option} | `{parameter.name}` | {said} | {parameter.help.replace('|', '¦')} |"


def _how_many(parameter: Parameter) -> str:
    if parameter.many:
        return f"{parameter.least} or more" if parameter.least else "any number"
    return "needed" if parameter.needed else ""


def _faces(question: Question) -> str:
    """How each face is asked, and what comes back."""
    called = f"In Python `kb.{question.method}(…)`"
    served = f"not over HTTP: {question.local}" if question.local else f"over HTTP `/api/{question.name}`"
    types = " or ".join(f"`{name}`" for name in question.documents)
    told = f" The document is {types}." if types else ""
    forms = f" Forms: {', '.join(question.forms)}." if question.forms else ""
    page = f" The explorer shows it on its page {question.page}." if question.page else ""
    return f"{called}; {served}.{told}{forms}{page}"
