"""Rule text to rules: fields and statements of each rule, with every fault of a file collected.

A line that begins in the first column opens a rule; the indented lines after it belong to it.  A line goes on when it
ends in ``^``, ``->`` or ``,``, or the next begins with ``^`` or ``->``; lines of logic go on until a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from reasoner.errors import DislodgeError, Faults, RuleError, Span
from reasoner.model.atom import Atom
from reasoner.model.names import did_you_mean, nearest
from reasoner.model.rule import Example, Rule
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.rules.atoms import AtomReader, Placed, ground
from reasoner.reading.rules.safety import PlacedRule, check_example, check_rule
from reasoner.reading.rules.tokens import Token, tokens

#: What the status of a rule may be; only a curated rule must name a source.
STATUSES = ("curated", "draft", "definition")
FIELDS = ("status", "source", "because", "fires", "silent")
#: Limits: characters of a file and of a line, and faults after which reading stops.
MAX_TEXT, MAX_LINE, MAX_FAULTS = 1_000_000, 20_000, 100

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
_OPEN_ENDS = ("and", "arrow", "comma", "open")


def read_rules(text: str, file: str, vocabulary: Vocabulary | None = None) -> list[Rule]:
    """The rules of a file, in order.

    With a vocabulary, names, numbers of arguments, domains and ranges are checked too.  Raises
    :class:`~reasoner.errors.Faults` with all faults (codes E201 to E215, at most 100), in the order of the file.
    """
    reader = _FileReader(file, vocabulary)
    if len(text) > MAX_TEXT:
        raise Faults([RuleError(f"the file has more than {MAX_TEXT} characters", code="E211", span=Span(file))])
    with suppress(_EnoughError):
        reader.read(text)
    if reader.faults:
        raise Faults(sorted(reader.faults, key=_place))
    return reader.rules


def read_atoms(text: str, file: str = "<text>") -> tuple[Atom, ...]:
    """A conjunction of atoms, ``breaksRoute(reg1, RP06) ^ retains(RP06, ?c)``; any local name may be used in it.

    A name in double quotes arrives as a text literal.  Raises :class:`~reasoner.errors.RuleError` at the first fault.
    """
    if len(text) > MAX_LINE:
        raise RuleError(f"the text has more than {MAX_LINE} characters", code="E211", span=Span(file, 1))
    reader = AtomReader(list(tokens(text, file, 1)), Span(file, 1, len(text) + 1), strict=False)
    atoms = reader.conjunction()
    reader.finish("'^' or the end")
    return tuple(placed.atom for placed in atoms)


def _place(fault: DislodgeError) -> tuple[int, int]:
    return (fault.span.line, fault.span.column) if fault.span else (0, 0)


class _EnoughError(Exception):
    """Raised when a file has more faults than anyone wants to read."""


@dataclass
class _Field:
    """A field or the logic of a rule: its tokens without the field's name."""

    part: str
    span: Span
    tokens: list[Token] = field(default_factory=list)
    closed: bool = False

    @property
    def end(self) -> Span:
        """The place of its last token."""
        return self.tokens[-1].span if self.tokens else self.span

    def goes_on(self, line: list[Token]) -> bool:
        """Whether a further line belongs to this statement."""
        if _field_of(line) != "logic":
            return False
        if self.part in ("logic", "fires", "silent") and line[0].kind in ("and", "arrow"):
            return True
        if self.tokens and self.tokens[-1].kind in _OPEN_ENDS:
            return True
        return self.part == "logic" and not self.closed


def _field_of(line: list[Token]) -> str:
    """The field that a line begins, or ``logic``: a word before ``(`` is a predicate, whatever it is called."""
    is_atom = len(line) > 1 and line[1].kind == "open"
    return line[0].text if line[0].text in FIELDS and line[0].kind == "word" and not is_atom else "logic"


@dataclass
class _Draft:
    """A rule while it is read."""

    id: str
    label: str
    span: Span
    statements: list[_Field] = field(default_factory=list)
    broken: bool = False
    unread: bool = False


class _FileReader:
    """Reads one file, keeping what is well-formed and noting what is not."""

    def __init__(self, file: str, vocabulary: Vocabulary | None) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.faults: list[RuleError] = []
        self.rules: list[Rule] = []
        self.seen: dict[str, Span] = {}
        self.draft: _Draft | None = None

    def fault(self, message: str, code: str, span: Span, hint: str = "") -> None:
        """Keep a fault of the file until it is read to its end; the rule that it is in is not kept."""
        self.note(RuleError(message, code=code, hint=hint, span=span))

    def note(self, error: RuleError) -> None:
        """Note an error, and stop at too many."""
        if self.draft:
            self.draft.broken = True
        self.faults.append(error)
        if len(self.faults) >= MAX_FAULTS:
            raise _EnoughError

    def read(self, text: str) -> None:
        """Read all lines."""
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            try:
                if len(line) > MAX_LINE:
                    raise RuleError(f"a line of over {MAX_LINE} characters", code="E211", span=Span(self.file, number))
                found = list(tokens(line.rstrip("\r"), self.file, number))
            except RuleError as error:
                self.note(error)
                if self.draft:
                    self.draft.unread = True
                continue
            if found:
                self.line(found, indented=found[0].span.column > 1)
            elif not line.strip() and self.draft and self.draft.statements:
                self.draft.statements[-1].closed = True
        self.close()

    def line(self, line: list[Token], indented: bool) -> None:
        """Read one line that is not empty."""
        if not indented:
            self.close()
            self.open(line)
        elif self.draft is None:
            self.fault("this line belongs to no rule", "E201", line[0].span, 'a rule begins with: rule ID "label"')
        elif self.draft.statements and self.draft.statements[-1].goes_on(line):
            self.draft.statements[-1].tokens.extend(line)
        else:
            named = _field_of(line)
            statement = _Field(named, line[0].span, line if named == "logic" else line[1:])
            self.draft.statements.append(statement)

    def open(self, line: list[Token]) -> None:
        """Begin a rule with its first line."""
        first, *rest = line
        if (first.kind, first.text) != ("word", "rule"):
            self.fault(
                f"expected 'rule', found {first.shown()}", "E201", first.span, "lines inside a rule are indented"
            )
            return
        if not rest or rest[0].kind != "word" or not _ID.fullmatch(rest[0].text):
            self.fault("the rule has no id", "E201", first.span, 'a rule begins with: rule ID "label"')
            self.draft = _Draft("", "", first.span, broken=True)
            return
        label = rest[1].text if len(rest) > 1 and rest[1].kind == "string" else ""
        self.draft = _Draft(rest[0].text, label, rest[0].span)
        if not label.strip():
            self.fault(f"rule {self.draft.id} has no label", "E203", first.span, "write it in quotes after the id")
        elif len(rest) > 2:
            self.fault(f"expected the end of the line, found {rest[2].shown()}", "E201", rest[2].span)
        self.once(self.draft)

    def once(self, draft: _Draft) -> None:
        """Refuse a second rule of the same id."""
        if draft.id in self.seen:
            self.fault(f"a second rule is called {draft.id}", "E202", draft.span, f"first at {self.seen[draft.id]}")
        else:
            self.seen[draft.id] = draft.span

    def close(self) -> None:
        """Make a rule of what was read since it was opened."""
        draft = self.draft
        if draft is None:
            return
        parts = _Parts(self, draft)
        for statement in draft.statements:
            try:
                parts.read(statement)
            except RuleError as error:
                parts.failed.add(statement.part)
                self.note(error)
        if draft.id:
            parts.complete()
            rule = parts.rule()
            for fault in check_rule(PlacedRule(rule, tuple(parts.body), tuple(parts.head)), self.vocabulary):
                self.note(fault)
            if not draft.broken:
                self.rules.append(rule)
        self.draft = None


class _Parts:
    """The parts of one rule."""

    def __init__(self, file: _FileReader, draft: _Draft) -> None:
        self.file = file
        self.draft = draft
        self.given: set[str] = set()
        self.failed: set[str] = set()
        self.status = self.because = ""
        self.source: tuple[str, ...] = ()
        self.body: list[Placed] = []
        self.head: list[Placed] = []
        self.fires: list[Example] = []
        self.silent: list[Example] = []

    def read(self, statement: _Field) -> None:
        """Read one statement into its part; raises :class:`RuleError`."""
        name = statement.part
        if name in self.given and name not in ("fires", "silent"):
            raise RuleError(f"rule {self.draft.id} has a second {name}", code="E201", span=statement.span)
        self.given.add(name)
        readers: dict[str, Callable[[_Field], None]] = {
            "status": self.read_status,
            "source": self.read_source,
            "because": self.read_because,
            "logic": self.read_logic,
            "fires": self.read_fires,
            "silent": self.read_silent,
        }
        readers[name](statement)

    def read_status(self, statement: _Field) -> None:
        """``status curated``."""
        if len(statement.tokens) != 1 or statement.tokens[0].text not in STATUSES:
            word = statement.tokens[0].text if statement.tokens else ""
            hint = did_you_mean(nearest(word, STATUSES, 1), f"one of {', '.join(STATUSES)}")
            raise RuleError(f"no such status: {word[:40]!r}", code="E212", hint=hint, span=statement.end)
        self.status = statement.tokens[0].text

    def read_source(self, statement: _Field) -> None:
        """``source CHO-177, CHO-185``."""
        words = [token for token in statement.tokens if token.kind != "comma"]
        for token in words:
            if token.kind != "word":
                raise RuleError(f"expected the id of a source, found {token.shown()}", code="E201", span=token.span)
        self.source = tuple(token.text for token in words)

    def read_because(self, statement: _Field) -> None:
        """``because "{x} breaks {r}"``."""
        if len(statement.tokens) != 1 or statement.tokens[0].kind != "string":
            raise RuleError("expected one sentence in quotes", code="E201", span=statement.end)
        self.because = statement.tokens[0].text

    def read_logic(self, statement: _Field) -> None:
        """``body -> head``; a constraint has no head."""
        reader = AtomReader(statement.tokens, statement.end, strict=True)
        body = reader.conjunction()
        reader.take("arrow", "'^' or '->'")
        head = reader.conjunction() if reader.place < len(reader.tokens) else []
        reader.finish("'^' or the end of the rule's logic")
        self.body, self.head = body, head

    def read_fires(self, statement: _Field) -> None:
        """``fires facts -> facts``; of a constraint ``fires facts``."""
        reader = AtomReader(statement.tokens, statement.end, strict=False)
        premises, conclusions = reader.conjunction(), []
        if reader.peek("arrow"):
            reader.take("arrow", "'->'")
            conclusions = reader.conjunction()
        reader.finish("'^', '->' or the end of the example")
        self.fires.append(self.example(statement, premises, conclusions))

    def read_silent(self, statement: _Field) -> None:
        """``silent facts``."""
        reader = AtomReader(statement.tokens, statement.end, strict=False)
        premises = reader.conjunction()
        reader.finish("'^' or the end of the example")
        self.silent.append(self.example(statement, premises, []))

    def example(self, statement: _Field, premises: list[Placed], conclusions: list[Placed]) -> Example:
        """An example of facts."""
        for error in check_example([*premises, *conclusions], self.file.vocabulary):
            self.file.note(error)
        return Example(tuple(map(ground, premises)), tuple(map(ground, conclusions)), statement.span)

    def complete(self) -> None:
        """Note what the rule must have and does not, unless it may stand on a line that could not be read."""
        if self.draft.unread:
            return
        hints = {
            "status": f"one of {', '.join(STATUSES)}",
            "because": "a sentence in quotes with {variables}",
            "logic": "body -> head",
        }
        for name, hint in hints.items():
            if name not in self.given:
                self.file.fault(f"rule {self.draft.id} has no {name}", "E203", self.draft.span, hint)
        if not self.source and self.status == "curated" and "source" not in self.failed:
            self.file.fault(
                f"rule {self.draft.id} is curated and has no source",
                "E203",
                self.draft.span,
                "name the evidence, or make it a draft",
            )
        if self.head and any(not example.conclusions for example in self.fires):
            self.file.fault(
                f"an example of rule {self.draft.id} fires and concludes nothing",
                "E214",
                self.draft.span,
                "write: fires facts -> facts",
            )

    def rule(self) -> Rule:
        """The rule that the parts make."""
        return Rule(
            id=self.draft.id,
            body=tuple(placed.atom for placed in self.body),
            head=tuple(placed.atom for placed in self.head),
            label=self.draft.label,
            status=self.status,
            source=self.source,
            because=self.because,
            fires=tuple(self.fires),
            silent=tuple(self.silent),
            span=self.draft.span,
        )
