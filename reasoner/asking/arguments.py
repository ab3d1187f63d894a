"""From what is given with a question to what answers it: values checked, every name resolved, once for every face."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.asking.parameter import CONCLUSION, GOAL, REGIMEN, REGIMENS, STRATEGY, Name, Parameter, ScenarioPart
from reasoner.asking.question import Question
from reasoner.errors import QuestionError
from reasoner.model.names import did_you_mean, nearest

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.inference.reasoned import Reasoned


def given(parameters: Iterable[Parameter], words: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every parameter, as programs give them.

    Raises :class:`QuestionError` E423 for a word that is no parameter, a parameter that is missing, a value that it
    does not take.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for word in words:
        if word not in known:
            hint = did_you_mean(nearest(word, known), f"there are: {', '.join(known) or 'none'}")
            raise QuestionError(f"the question has no parameter {word!r}", code="E423", hint=hint)
    values = {name: parameter.value(words.get(name)) for name, parameter in known.items()}
    for name, parameter in known.items():
        if parameter.needed and (values[name] is None or (parameter.many and len(values[name]) < parameter.least)):
            what = f"at least {parameter.least} {name}" if parameter.least > 1 else name
            raise QuestionError(f"{what} must be given", code="E423", hint=f"add {name}: {_what(parameter)}")
    return values


def _what(parameter: Parameter) -> str:
    return parameter.help or parameter.kind.name


def answered(question: Question, sources: Sources, values: Mapping[str, Any], **more: Any) -> Any:
    """What the question answers with, asked with these values; ``more`` is handed on as it is."""
    return question.answer(sources, **resolved(question, sources, values), **more)


def resolved(question: Question, sources: Sources, values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the answering function; the parts of the scenario are one of them, ``request``.

    Raises :class:`QuestionError` for names that mean nothing, several things, or something of another kind.
    """
    found: dict[str, Any] = {}
    if question.has_scenario:
        parts = {p.name: values[p.name] for p in question.parameters if isinstance(p.kind, ScenarioPart)}
        found["request"] = _request(sources.reasoned, **parts)
    for parameter in question.parameters:
        value = values[parameter.name]
        kind = parameter.kind
        if isinstance(kind, ScenarioPart):
            continue
        if kind is REGIMEN:
            value, found["request"] = _regimen(sources.reasoned, value, found["request"])
        elif kind in (CONCLUSION, STRATEGY):
            value, found["request"] = _conclusion(sources.reasoned, value, found["request"], kind is STRATEGY)
        elif kind is REGIMENS:
            value = [_regimen(sources.reasoned, [text], found["request"]) for text in value]
        elif kind is GOAL:
            from reasoner.asking.goals import resolve_goals

            value = resolve_goals(sources.reasoned, value)
        elif isinstance(kind, Name):
            value = _named(sources.reasoned, value, kind.name)
        found[parameter.name] = value
    return found


def _request(
    reasoned: Reasoned,
    cell: str | None = None,
    disease: str | None = None,
    state: tuple[str, ...] = (),
    clone: tuple[str, ...] = (),
    background: tuple[str, ...] = (),
) -> ScenarioRequest:
    from reasoner.asking.resolving import scenario_request

    return scenario_request(reasoned, cell, disease, state, background, clone)


def _regimen(
    reasoned: Reasoned, words: Iterable[str], request: ScenarioRequest
) -> tuple[tuple[str, ...], ScenarioRequest]:
    from reasoner.asking.resolving import regimen_request

    return regimen_request(reasoned, words, request)


def _conclusion(
    reasoned: Reasoned, text: str, request: ScenarioRequest, strategies: bool
) -> tuple[Any, ScenarioRequest]:
    from reasoner.asking.resolving import conclusion_request

    return conclusion_request(reasoned, text, request, strategies=strategies)


def _named(reasoned: Reasoned, value: Any, kind: str) -> Any:
    from reasoner.asking.names import optional, resolve_all

    return resolve_all(reasoned, value, kind) if isinstance(value, tuple) else optional(reasoned, value, kind)
