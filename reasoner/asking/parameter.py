"""What may be given with a question: parameters and their kinds, and the values that a kind takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reasoner.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Kind:
    """What the values of a parameter are.  ``name`` is what it is called, also in a schema."""

    name: str

    @property
    def described(self) -> str:
        """The kind with what it takes, in words."""
        return self.name


#: Text that the answer itself looks at.
TEXT = Kind("text")
#: The name of anything, and a kind of things, which the answer looks up itself.
THING, CLASS = Kind("name"), Kind("kind of things")
#: A flag: given or not.
FLAG = Kind("flag")
#: One regimen, ``A+B then C``, maybe with a place; and several.
REGIMEN, REGIMENS = Kind("regimen"), Kind("regimens")
#: ``predicate(name, name)``, ``on(N)``, ``off(N)``, ``status(R)``; and also ``strategy(A+B)``.
CONCLUSION, STRATEGY = Kind("conclusion"), Kind("conclusion or strategy")
#: A route, arm or activity, or a word for a kind of route.
GOAL = Kind("goal")
#: A file, a folder, a revision of git, or the word for what is shipped.
SIDE = Kind("file, folder or revision")
#: A file to write.
TARGET = Kind("file to write")


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """The name of a thing of a kind, in any spelling."""


@dataclass(frozen=True, slots=True)
class ScenarioPart(Name):
    """A part of the scenario: its cell, disease, a state, a clone's states, an agent given beforehand."""


@dataclass(frozen=True, slots=True)
class File(Kind):
    """A file to read or edit; ``there`` and ``folder`` say whether it is refused where it is missing, or a folder."""

    there: bool = True
    folder: bool = False


#: A file that is there.
FILE = File("file")


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of these words."""

    words: tuple[str, ...]

    @property
    def described(self) -> str:
        """The words."""
        return f"one of {', '.join(self.words)}"


@dataclass(frozen=True, slots=True)
class AnswerForm(Choice):
    """How the answer is written; the command line asks for it in the same way everywhere."""


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number within bounds, ``whole`` or not."""

    least: float
    most: float
    whole: bool = True

    @property
    def described(self) -> str:
        """The bounds."""
        return f"{self.name} from {self.least:,} to {self.most:,}"


def choice(*words: str) -> Choice:
    """One of these words."""
    return Choice("choice", words)


def form(*words: str) -> AnswerForm:
    """One of these forms."""
    return AnswerForm("form", words)


def whole(least: int, most: int) -> Number:
    """A whole number within bounds."""
    return Number("whole number", least, most)


def number(least: float, most: float) -> Number:
    """A number within bounds."""
    return Number("number", least, most, whole=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that may be given with a question.

    ``name`` is its keyword in Python and over HTTP.  On the command line it is the option ``option``, or
    ``--name`` where that says nothing; an argument where it is ``positional``.  ``many`` takes several values,
    ``least`` of them at least.
    """

    name: str
    kind: Kind
    help: str = ""
    option: str = ""
    positional: bool = False
    many: bool = False
    least: int = 0
    default: Any = None
    metavar: str = ""

    @property
    def needed(self) -> bool:
        """Whether the question cannot do without it."""
        return self.least > 0

    @property
    def is_path(self) -> bool:
        """Whether it names a file, which only somebody at this computer may."""
        return isinstance(self.kind, File) or self.kind is TARGET

    @property
    def spelling(self) -> str:
        """The option, or the name of the argument, as it is written on the command line."""
        if self.positional:
            return self.metavar.strip("[].") or self.name.upper()
        return self.option or f"--{self.name.replace('_', '-')}"

    @property
    def empty(self) -> Any:
        """The value where nothing is given."""
        if self.many:
            return ()
        return self.default

    def value(self, given: Any) -> Any:
        """What is given by a program, as a value of the kind: a text, or several, or what Python has for it.

        Raises :class:`~reasoner.errors.QuestionError` E423 for a value that the kind does not take.
        """
        if given is None:
            return self.empty
        if not self.many:
            return self._one(given)
        several = (given,) if isinstance(given, str) or not hasattr(given, "__iter__") else tuple(given)
        return tuple(map(self._one, several))

    def _one(self, given: Any) -> Any:
        kind = self.kind
        if kind is FLAG:
            return given if isinstance(given, bool) else self._flag(str(given))
        if isinstance(kind, Number):
            return self._number(kind, given)
        if isinstance(kind, Choice) and given not in kind.words:
            raise self._refused(given, kind.described)
        if self.is_path:
            from pathlib import Path

            return Path(given)
        if not isinstance(given, str):
            raise self._refused(given, "a text")
        return given

    def _flag(self, given: str) -> bool:
        words = {"": True, "1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if given.lower() not in words:
            raise self._refused(given, "true or false")
        return words[given.lower()]

    def _number(self, kind: Number, given: Any) -> float:
        bounds = f"a {kind.described}"
        try:
            found = int(given) if kind.whole else float(given)
        except (TypeError, ValueError, OverflowError):
            raise self._refused(given, bounds) from None
        if isinstance(given, bool | bytes) or not kind.least <= found <= kind.most or found != float(given):
            raise self._refused(given, bounds)
        return found

    def _refused(self, given: Any, wanted: str) -> QuestionError:
        return QuestionError(f"{self.name} is {given!r}", code="E423", hint=f"give {wanted}")


def argument(name: str, kind: Kind, metavar: str = "", *, many: bool = False, least: int = 0) -> Parameter:
    """What is given by its place on the command line."""
    return Parameter(name=name, kind=kind, metavar=metavar, positional=True, many=many, least=least)


def option(
    name: str,
    kind: Kind,
    metavar: str = "",
    help: str = "",
    *,
    many: bool = False,
    default: Any = None,
    spelling: str = "",
) -> Parameter:
    """What is given by its name."""
    return Parameter(name=name, kind=kind, metavar=metavar, help=help, many=many, default=default, option=spelling)


def flag(name: str, help: str = "", *, default: bool = False, spelling: str = "") -> Parameter:
    """What is given or not."""
    return Parameter(name=name, kind=FLAG, help=help, default=default, option=spelling)
