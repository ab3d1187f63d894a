"""Conclusions as people ask for them: ``sensitises(plerixafor+imatinib, CML_LSC)``, ``on(N)``, ``status(R)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reasoner.asking.regimen import KEPT, mask_quotes
from reasoner.errors import QuestionError
from reasoner.model.term import XSD, Ground

#: Questions about the value of an activity, and about that or the status of a route, beside the vocabulary.
VALUES = ("on", "off", "rebounds")
STATES = frozenset({*VALUES, "status"})
#: Short words for what a regimen does to a route, with the predicates.
OF_ROUTES = {"breaks": "breaksRoute", "narrows": "narrowsRoute", "opens": "opensRoute", "rebounds": "reboundsRoute"}
#: What asks where a regimen closes each route: ``strategy(A+B)``.
STRATEGY = "strategy"

_VALUE = re.compile(rf"{KEPT.pattern}(?:\^\^xsd:([A-Za-z]+)|@([A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*))")
_FORM = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*\((.*)\)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name inside a conclusion: an id, or any spelling when it stood in double quotes.

    A value may say its ``datatype`` (``"7"^^xsd:byte``) or ``language`` (``"Stammzelle"@de``).
    """

    text: str
    quoted: bool = False
    datatype: str = ""
    language: str = ""

    @property
    def is_value(self) -> bool:
        """Whether it can only be the value of a data property."""
        return bool(self.datatype or self.language)


@dataclass(frozen=True, slots=True)
class WrittenConclusion:
    """A conclusion as written: each argument in steps of names (``A+B then C``); most have one step of one name."""

    predicate: str
    arguments: tuple[tuple[tuple[WrittenName, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion over ids.

    ``predicate`` is ``on``, ``off``, ``rebounds``, ``status`` or a name of the vocabulary.  Where the vocabulary
    expects a scenario, the agents written there are ``regimen``, the steps before them ``before``, and ``args`` are the
    other arguments.
    """

    predicate: str
    args: tuple[Ground, ...]
    regimen: tuple[str, ...] | None = None
    before: tuple[tuple[str, ...], ...] = ()

    @property
    def of_scenario(self) -> bool:
        """Whether it is concluded from a scenario, where the world is closed."""
        return self.regimen is not None or self.predicate in STATES

    def __str__(self) -> str:
        """Render in the form in which it can be asked again."""
        regimen = [" then ".join("+".join(step) for step in (*self.before, self.regimen))] if self.regimen else []
        return f"{self.predicate}({', '.join([*regimen, *map(str, self.args)])})"


def read_conclusion(text: str) -> WrittenConclusion:
    """Read a conclusion as written; names are not looked up.

    >>> asked = read_conclusion('sensitises(plerixafor + "Gleevec", CML_LSC)')
    >>> asked.predicate, [len(argument[0]) for argument in asked.arguments]
    ('sensitises', [2, 1])

    Raises :class:`QuestionError` (E411) for anything but ``predicate(name)`` or ``predicate(name, name)``.
    """
    masked, kept = mask_quotes(text)
    form = _FORM.fullmatch(masked)
    if not form or '"' in masked:
        raise _fault(text, "it is not of the form predicate(name, name)")
    parts = form[2].split(",")
    if len(parts) > 2:
        raise _fault(text, "it has more than two arguments")
    return WrittenConclusion(form[1], tuple(_argument(text, part, kept) for part in parts))


def _argument(text: str, part: str, kept: list[str]) -> tuple[tuple[WrittenName, ...], ...]:
    steps = re.split(r"\s+then\s+", part.strip())
    return tuple(tuple(_name(text, name.strip(), kept) for name in step.split("+")) for step in steps)


def _name(text: str, name: str, kept: list[str]) -> WrittenName:
    if found := KEPT.fullmatch(name):
        return WrittenName(kept[int(found[1])].strip(), quoted=True)
    if found := _VALUE.fullmatch(name):
        datatype = XSD + found[2] if found[2] else ""
        return WrittenName(kept[int(found[1])], quoted=True, datatype=datatype, language=found[3] or "")
    if not name or KEPT.search(name):
        raise _fault(text, "a name is missing, or a quote stands inside a name")
    if re.search(r"[\s()]", name):
        raise _fault(text, f"{name!r} is no id: only ids may stand without double quotes")
    return WrittenName(name)


def _fault(text: str, what: str) -> QuestionError:
    hint = "write for example sensitises(drugA+drugB, cellC), on(N), status(R); names in double quotes"
    return QuestionError(f"conclusion {text!r} cannot be read: {what}", code="E411", hint=hint)
