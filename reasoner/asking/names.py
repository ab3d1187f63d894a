"""Names as people write them, turned into ids of the kinds that a question expects.

Exact id first, then id, label, synonym or CURIE with case, accents, hyphens, underscores and blanks folded.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reasoner.asking.regimen import FORMS
from reasoner.errors import QuestionError
from reasoner.model.iris import LABEL
from reasoner.model.names import NAMESPACE, did_you_mean, fold
from reasoner.model.slips import meant
from reasoner.model.term import Literal

if TYPE_CHECKING:
    from reasoner.closure.saturate import Closure
    from reasoner.inference.reasoned import Reasoned

#: The classes that each option accepts, and the command that lists them.
KINDS: dict[str, tuple[frozenset[str], str]] = {
    "cell": (frozenset({"Cell"}), "cells"),
    "disease": (frozenset({"Disease", "Context"}), "diseases"),
    "state": (frozenset({"State", "Disease", "Context"}), "states"),
    "agent": (frozenset({"Agent"}), "agents"),
    "route": (frozenset({"Route"}), "routes"),
    "function": (frozenset({"NormalFunction"}), "functions"),
    "activity": (frozenset({"Activity"}), "activities"),
    "target": (frozenset({"Activity", "Molecule"}), "molecules"),
    "route or function": (frozenset({"Route", "NormalFunction"}), "routes"),
    "goal": (frozenset({"Route", "Arm", "Activity"}), "routes"),
    "agent or list": (frozenset({"Agent", "AgentList"}), "agents"),
    "tier": (frozenset({"Tier"}), "tiers"),
    "paper": (frozenset({"Paper"}), "papers"),
    "claim": (frozenset({"Evidence"}), "evidence"),
    "place": (frozenset({"Disease", "Context", "State", "Cell"}), "diseases"),
}
_SPELLINGS = frozenset({"label", "prefLabel", "altLabel", "hiddenLabel", "hasExactSynonym"})
_IDENTIFIERS = frozenset({"hasDbXref", "exactMatch", "identifier", "notation"})
_SETTINGS = frozenset({"EvidenceSetting", "Tier"})
_OF_AGENTS = ("agent", "agent or list")
_NAMED_AFTER_DRUGS = frozenset({"Therapy", "Action", "Killing", "Observation", "Trial"})
_SHOWN = 8
#: What is longer is no slip of a name: looking for those that are near would take seconds.
_LONGEST_SLIP = 64


class NameIndex:
    """An index from folded spellings to ids; building it takes a few milliseconds, so it is built on first need.

    ``said`` are labels of what no file labels: minted activities, put into words by their roles.
    """

    def __init__(
        self,
        individuals: Iterable[str],
        texts: Mapping[str, Iterable[tuple[str, Literal]]],
        said: Mapping[str, str] | None = None,
    ) -> None:
        self.ids: dict[str, list[str]] = {}
        self.spellings: dict[str, list[str]] = {}
        self.shown: dict[str, list[str]] = {}
        for name in individuals:
            self.ids.setdefault(fold(name), []).append(name)
        for name, found in texts.items():
            for prop, literal in found:
                if short(prop) in _SPELLINGS or short(prop) in _IDENTIFIERS:
                    self._add(name, literal.lexical, readable=short(prop) in _SPELLINGS)
        for name, label in (said or {}).items():
            self._add(name, label, readable=True)

    def _add(self, name: str, spelling: str, *, readable: bool) -> None:
        ids = self.spellings.setdefault(fold(spelling), [])
        if name not in ids:
            ids.append(name)
        if readable:
            self.shown.setdefault(name, []).append(spelling)

    def find(self, text: str) -> list[str]:
        """The ids that the text may mean: those whose id it is but for case and hyphens, else by other spellings."""
        key = fold(text)
        return self.ids.get(key) or self.spellings.get(key, [])


def short(prop: str) -> str:
    """The last part of a property's name or IRI."""
    return prop.rsplit("#", 1)[-1].rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def individuals(reasoned: Reasoned) -> Iterable[str]:
    """The individuals that the knowledge base declares or mints, each once."""
    seen = dict.fromkeys(reasoned.base.ontology.vocabulary.individuals)
    seen.update(dict.fromkeys(fact.subject for fact in _known(reasoned).singles if fact.object is None))
    return seen


def _known(reasoned: Reasoned) -> Closure:
    """What says which names there are; where the closure was cut, what is stated."""
    return reasoned.without_rules if reasoned.cut else reasoned.closure


_last: list[tuple[Reasoned, NameIndex]] = []


def names_of(reasoned: Reasoned) -> NameIndex:
    """The index of a knowledge base; the latest one is kept."""
    if not _last or _last[0][0] is not reasoned:
        said = {name: label for name in sorted(reasoned.minted.names) if (label := reasoned.label(name)) != name}
        _last[:] = [(reasoned, NameIndex(individuals(reasoned), reasoned.base.ontology.texts, said))]
    return _last[0][1]


def resolve(reasoned: Reasoned, text: str, kind: str = "") -> str:
    """The id that ``text`` means among the things of a kind (a key of :data:`KINDS`; empty: of any kind).

    Where the closure was cut, a name is what it is stated to be, and nothing is said of one that is not stated to be
    of the kind.  Raises :class:`QuestionError`: E401 unknown, E402 ambiguous, E403 of another kind, E405 an evidence
    setting.
    """
    classes = KINDS[kind][0] if kind else frozenset()
    if _known(reasoned).types(text) and _fits(reasoned, text, classes):
        return text
    found = list(dict.fromkeys(names_of(reasoned).find(text)))
    fitting = [name for name in found if _fits(reasoned, name, classes)]
    if not fitting and kind:
        fitting = [n for n in names_of(reasoned).spellings.get(fold(text), []) if _fits(reasoned, n, classes)]
    if reasoned.cut and not (fitting and set(found) <= set(fitting)):
        raise reasoned.cut
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise QuestionError(
            f"{text!r} names several things: {', '.join(sorted(fitting)[:_SHOWN])}",
            code="E402",
            hint="use one of these ids",
        )
    others = [text] if reasoned.closure.types(text) else found
    raise _wrong_kind(reasoned, text, others[0], kind) if others else _unknown(reasoned, text, kind)


def optional(reasoned: Reasoned, text: str | None, kind: str) -> str | None:
    """As :func:`resolve`; None stays None."""
    return None if text is None else resolve(reasoned, text, kind)


def resolve_all(reasoned: Reasoned, texts: Iterable[str], kind: str) -> tuple[str, ...]:
    """As :func:`resolve` for each text, without repetitions."""
    return tuple(dict.fromkeys(resolve(reasoned, text, kind) for text in texts))


def _fits(reasoned: Reasoned, name: str, classes: frozenset[str]) -> bool:
    return not classes or not classes.isdisjoint(_known(reasoned).types(name))


def _wrong_kind(reasoned: Reasoned, text: str, name: str, kind: str) -> QuestionError:
    if kind == "state" and not _SETTINGS.isdisjoint(reasoned.closure.types(name)):
        return QuestionError(
            f"{text!r} says how evidence was obtained: it is no state of a scenario",
            code="E405", hint="filter claims by it instead: dislodge evidence NAME --tier TIER",
        )  # fmt: skip
    hint = f"list them: dislodge list {KINDS[kind][1]}"
    if kind == "activity":
        known = sorted(n for n in reasoned.closure.members("Activity") if name in n.split("__"))
        hint = did_you_mean(known[:_SHOWN], hint)
    what = kind_of(reasoned, name) or "something else"
    called = name if text == name else f"{text!r} ({name})"
    return QuestionError(f"{called} is {article(what)}, not {article(kind)}", code="E403", hint=hint)


def _unknown(reasoned: Reasoned, text: str, kind: str) -> QuestionError:
    hint = did_you_mean(alike(reasoned, text, kind), _how_to_go_on(text, kind))
    return QuestionError(f"no {kind or 'entry'} is called {text!r}", code="E401", hint=hint)


def _how_to_go_on(text: str, kind: str) -> str:
    """What to do about a name that is like none that is known."""
    listing = f"dislodge list {KINDS[kind][1] if kind else 'KIND'}"
    if kind and kind not in _OF_AGENTS:
        return f"see what there is: {listing}"
    if kind and re.match(r"\w+:", text):
        return f"an effect alone is {FORMS}; a place goes before: 'DISEASE,STATE: A+B'"
    alone = "ask about the effect of a drug alone, block:TARGET, or add it with --with FILE, which holds:"
    return f"it is unknown here (see {listing}); {alone} {lines_of(text)}"


def alike(reasoned: Reasoned, text: str, kind: str) -> list[str]:
    """The ids of a kind that an unknown name may mean: the nearest, but of drugs only those that it misspells.

    What is named after the drugs that act in it is offered as a drug is, and so is everything where no kind is asked
    for: the unknown name may be that of a drug.
    """
    if len(text) > _LONGEST_SLIP:
        return []
    classes = KINDS[kind][0] if kind else frozenset()
    shown = names_of(reasoned).shown
    fitting = [name for name in individuals(reasoned) if _fits(reasoned, name, classes)]
    spellings: dict[str, str] = {}
    for name in fitting:
        for spelling in (name, *shown.get(name, [])):
            spellings.setdefault(spelling, name)
    drugs = (n for n in fitting if not kind or not _NAMED_AFTER_DRUGS.isdisjoint(reasoned.closure.types(n)))
    return meant(text, spellings, frozenset(drugs))


def lines_of(text: str) -> str:
    """The Turtle that makes a name an agent that blocks something, TARGET standing for what.

    >>> print(lines_of("drug-X1"))
    @prefix : <https://w3id.org/dislodge#> . :drug-X1 a :Agent . \
:drug-X1_acts a :Action ; :hasAgent :drug-X1 ; :hasTarget :TARGET ; :hasMode :block .
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-") or "new_drug"
    label = "" if name == text else f" ; <{LABEL}> {json.dumps(text, ensure_ascii=False)}"
    agent = f":{name} a :Agent{label} ."
    action = f":{name}_acts a :Action ; :hasAgent :{name} ; :hasTarget :TARGET ; :hasMode :block ."
    return f"@prefix : <{NAMESPACE}> . {agent} {action}"


def kind_of(reasoned: Reasoned, name: str) -> str:
    """The narrowest class of a name: the first asserted or minted one; empty for what is in no class."""
    asserted = [cls for cls in reasoned.base.types.get(name, []) if cls != "NamedIndividual"]
    return next(iter(asserted or reasoned.closure.types(name)), "")


def article(noun: str) -> str:
    """A noun, or the name of a class in words, with its article."""
    words = noun if " " in noun or noun.islower() else spaced(noun)
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def spaced(cls: str) -> str:
    """The name of a class in words: ``GeneProduct`` becomes ``gene product``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls).strip()
