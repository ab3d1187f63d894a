"""From what people type to what the answers take: scenarios, regimens and conclusions with every name resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reasoner.asking.clones import NO_STATE
from reasoner.asking.conclusion import OF_ROUTES, STATES, STRATEGY, VALUES, Conclusion, WrittenName, read_conclusion
from reasoner.asking.names import optional, resolve, resolve_all
from reasoner.asking.regimen import DEPLETE, FORMS, Regimen, hypothetical, join_arguments, read_regimen
from reasoner.asking.requests import ScenarioRequest
from reasoner.errors import QuestionError
from reasoner.mechanism.place import Place
from reasoner.mechanism.stated import ACTIVITY_ROLES
from reasoner.model.atom import Fact
from reasoner.model.datatypes import alike
from reasoner.model.names import did_you_mean, nearest
from reasoner.model.spelling import literal_type
from reasoner.model.term import XSD, Ground, Literal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

_STATE_KINDS = dict.fromkeys(VALUES, "activity") | {"status": "route or function"}


def scenario_request(
    reasoned: Reasoned,
    cell: str | None = None,
    disease: str | None = None,
    states: Iterable[str] = (),
    background: Iterable[str] = (),
    clones: Iterable[str] = (),
) -> ScenarioRequest:
    """The scenario of the common options; an agent of the background may be a regimen ``A+B``, a clone ``A+B`` too.

    Raises :class:`QuestionError` E410 for a background in steps or with a place.
    """
    given = [agent for text in background for agent in _agents(reasoned, text)]
    return ScenarioRequest(
        cell=optional(reasoned, cell, "cell"),
        disease=optional(reasoned, disease, "disease"),
        states=resolve_all(reasoned, states, "state"),
        background=tuple(dict.fromkeys((*given, *reasoned.supposed.background))),
        clones=tuple(_clone(reasoned, text) for text in clones),
    )


def _clone(reasoned: Reasoned, text: str) -> tuple[str, ...]:
    """The states of a clone, in order; none of its own where the word for that stands, or nothing."""
    if reasoned.closure.types(text):
        return resolve_all(reasoned, [text], "state")
    if text.strip() in ("", NO_STATE):
        return ()
    parts = [part.strip() for part in text.split("+")]
    if NO_STATE in parts or "" in parts or ":" in text or " then " in text:
        hint = f"join them: --clone A+B; a clone without a state of its own is --clone {NO_STATE}"
        raise QuestionError(f"a clone is told by states, not {text!r}", code="E434", hint=hint)
    regimen = read_regimen(text)
    return tuple(sorted(set(resolve_all(reasoned, regimen.steps[0], "state"))))


def regimen_request(
    reasoned: Reasoned, arguments: Iterable[str], request: ScenarioRequest
) -> tuple[tuple[str, ...], ScenarioRequest]:
    """The agents of the last step of a regimen, and the request with its place and its earlier steps."""
    words = list(arguments)
    if not words:
        return (), request
    if len(words) == 1 and reasoned.closure.types(words[0]):
        return (resolve(reasoned, words[0], "agent"),), request
    regimen = read_regimen(join_arguments(words))
    steps = [tuple(dict.fromkeys(resolve_agent(reasoned, name) for name in step)) for step in regimen.steps]
    placed = _placed(reasoned, regimen, request)
    return steps[-1] if steps else (), replace(placed, earlier=tuple(steps[:-1]))


def resolve_agent(reasoned: Reasoned, text: str) -> str:
    """The id of an agent, or ``block:N`` (or another mode of :data:`HYPOTHETICAL`) with the id of its target.

    ``deplete`` is aimed at a cell, the others at a molecule or an activity.  Raises as
    :func:`reasoner.asking.names.resolve` does, for a mode that does not exist E401 with the modes.
    """
    if (parts := hypothetical(text)) and not reasoned.closure.types(text):
        mode, target = parts
        return f"{mode}:{_target(reasoned, mode, target)}"
    return resolve(reasoned, text, "agent")


def _target(reasoned: Reasoned, mode: str, text: str) -> str:
    """The id of what a hypothetical agent is aimed at; for another kind of thing the hint names the forms.

    A state is stated of the scenario and is no target, although it can be on (E403).
    """
    try:
        name = resolve(reasoned, text, "cell" if mode == DEPLETE else "target")
    except QuestionError as error:
        if error.code != "E403":
            raise
        raise QuestionError(error.message, code=error.code, hint=f"an effect alone is {FORMS}") from None
    if "State" in reasoned.closure.types(name):
        raise QuestionError(
            f"{name} is a state of the scenario, on which no agent acts",
            code="E403",
            hint=f"leave out --state {name} for the case without it, or write {mode}:N with what it changes",
        )
    return name


def _agents(reasoned: Reasoned, text: str) -> tuple[str, ...]:
    if reasoned.closure.types(text):
        return (resolve(reasoned, text, "agent"),)
    regimen = read_regimen(text)
    if regimen.place or len(regimen.steps) != 1:
        raise QuestionError(
            f"what is given beforehand has neither steps nor a place, unlike {text!r}",
            code="E410",
            hint="write the steps as the regimen that is asked about: A+B then C",
        )
    return tuple(resolve_agent(reasoned, name) for name in regimen.steps[0])


def _placed(reasoned: Reasoned, regimen: Regimen, request: ScenarioRequest) -> ScenarioRequest:
    """The request with the names before the colon added: the first disease, then states and phases, a cell."""
    for name in resolve_all(reasoned, regimen.place, "place"):
        types = set(reasoned.closure.types(name))
        if "Cell" in types and request.cell in (None, name):
            request = replace(request, cell=name)
        elif not types.isdisjoint({"Disease", "Context"}) and request.disease in (None, name):
            request = replace(request, disease=name)
        elif "Cell" in types:
            raise QuestionError(f"two cells: {request.cell} and {name}", code="E406", hint="name the cell once")
        else:
            request = replace(request, states=tuple(dict.fromkeys((*request.states, name))))
    return request


def resolve_conclusion(reasoned: Reasoned, text: str) -> Conclusion:
    """A conclusion over ids.

    Raises :class:`QuestionError`: E411 malformed, E407 unknown predicate or wrong number of arguments, and those of
    :func:`reasoner.asking.names.resolve` for its names.
    """
    asked = read_conclusion(text)
    if asked.predicate not in STATES or len(asked.arguments) > 1:
        asked = replace(asked, predicate=OF_ROUTES.get(asked.predicate, asked.predicate))
    check_predicate(reasoned, asked.predicate, len(asked.arguments))
    args: list[Ground] = []
    regimen: tuple[str, ...] | None = None
    before: tuple[tuple[str, ...], ...] = ()
    for index, steps in enumerate(asked.arguments):
        if takes_scenario(reasoned, asked.predicate, index):
            resolved = [tuple(_agent_inside(reasoned, name) for name in step) for step in steps]
            regimen, before = resolved[-1], tuple(resolved[:-1])
        elif len(steps) > 1 or len(steps[0]) > 1:
            raise QuestionError(
                f"{asked.predicate} takes no regimen at that place", code="E407", hint="name one thing there"
            )
        elif index and asked.predicate in reasoned.base.ontology.vocabulary.data_properties:
            args.append(_value(reasoned.closure.objects(asked.predicate, str(args[0])) if args else (), steps[0][0]))
        else:
            args.append(_argument(reasoned, asked.predicate, steps[0][0]))
    return Conclusion(asked.predicate, tuple(args), regimen, before)


def conclusion_request(
    reasoned: Reasoned, text: str, request: ScenarioRequest, *, strategies: bool = False
) -> tuple[Conclusion, ScenarioRequest]:
    """A conclusion, and the request with the cell that the conclusion is about where none was named.

    A strategy is refused (E407) unless it is asked for.
    """
    conclusion = resolve_conclusion(reasoned, text)
    if conclusion.predicate == STRATEGY and not strategies:
        raise QuestionError(
            f"{conclusion} can be explained, but holds or not only route by route",
            code="E407",
            hint="ask explain, or ask about one route: breaks(A+B, R)",
        )
    if request.cell is None:
        cells = dict.fromkeys(cell for name in conclusion.args for cell in _cells_of(reasoned, name))
        if len(cells) == 1:
            request = replace(request, cell=next(iter(cells)))
    return conclusion, request


def _cells_of(reasoned: Reasoned, name: Ground) -> list[str]:
    """The cell itself, or the cells that an activity lies in or a route acts on, as asserted."""
    if not isinstance(name, str):
        return []
    if "Cell" in reasoned.closure.types(name):
        return [name]
    if (cell := _read_for(reasoned, name)) is not None:
        return [cell]
    joining = reasoned.outcomes.placing.union(place for _, place in ACTIVITY_ROLES.values())
    facts = [Fact(prop, name, cell) for prop in sorted(joining) for cell in reasoned.closure.objects(prop, name)]
    cells = [str(fact.object) for fact in facts if reasoned.closure.is_asserted(fact)]
    return [cell for cell in cells if "Cell" in reasoned.closure.types(cell)]


def _read_for(reasoned: Reasoned, name: str) -> str | None:
    """The cell that an activity of a broader cell is read for, where ``name`` is what the answers then call it."""
    cell = name.rpartition("__")[2]
    if reasoned.closure.types(name) or "Cell" not in reasoned.closure.types(cell):
        return None
    return cell if reasoned.located(Place(cell, None, frozenset())).reads(name) else None


def check_predicate(reasoned: Reasoned, predicate: str, count: int) -> None:
    """Refuse (E407) an unknown predicate, or one with another number of arguments."""
    vocabulary = reasoned.base.ontology.vocabulary
    properties = vocabulary.object_properties | vocabulary.data_properties
    known = STATES | {STRATEGY} | vocabulary.classes | properties
    if predicate not in known:
        close = nearest(predicate, sorted(known))
        hint = did_you_mean(close, "see dislodge rules for the predicates that are concluded")
        raise QuestionError(f"no predicate is called {predicate!r}", code="E407", hint=hint)
    expected = 2 if predicate in properties and predicate not in STATES else 1
    if count != expected:
        example = f"{predicate}({', '.join('ab'[:expected])})"
        raise QuestionError(
            f"{predicate} takes {expected} argument(s), not {count}", code="E407", hint=f"write {example}"
        )


def takes_scenario(reasoned: Reasoned, predicate: str, index: int) -> bool:
    """Whether the vocabulary expects a scenario at that place of a predicate."""
    vocabulary = reasoned.base.ontology.vocabulary
    sides = vocabulary.ranges if index else vocabulary.domains
    return predicate == STRATEGY or "Scenario" in sides.get(predicate, ())


def _agent_inside(reasoned: Reasoned, name: WrittenName) -> str:
    if name.quoted or hypothetical(name.text):
        return resolve_agent(reasoned, name.text)
    return find_name(reasoned, name.text, "agent")


def _value(held: Iterable[Ground], name: WrittenName) -> Literal:
    """The value that a word means: a value that the subject has where it spells one of its type, else by its looks."""
    if name.is_value:
        return Literal(name.text, name.datatype or XSD + "string", name.language)
    plain = Literal(name.text) if name.quoted else literal(name.text)
    for value in held:
        if isinstance(value, Literal) and alike(meant := replace(value, lexical=name.text), value):
            return meant
    return plain


def _argument(reasoned: Reasoned, predicate: str, name: WrittenName) -> Ground:
    if name.is_value:
        hint = "only a data property has values; write an id, or a name in double quotes"
        raise QuestionError(f"{predicate} takes no value there", code="E407", hint=hint)
    kind = _STATE_KINDS.get(predicate, "")
    if kind == "activity" and _read_for(reasoned, name.text) is not None:
        return name.text
    return resolve(reasoned, name.text, kind) if name.quoted else find_name(reasoned, name.text, kind)


def find_name(reasoned: Reasoned, text: str, kind: str) -> str:
    """An unquoted name: an id to the letter; a spelling that would be known in quotes is refused with that hint."""
    found = resolve(reasoned, text, kind)
    if found != text:
        raise QuestionError(f"{text!r} is no id", code="E401", hint=f'inside a conclusion write {found} or "{text}"')
    return found


def literal(text: str) -> Literal:
    """The value of a data property that stands without quotes."""
    return Literal(text, XSD + (literal_type(text) or "decimal"))
