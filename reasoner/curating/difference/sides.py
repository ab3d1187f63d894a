"""Two states of the knowledge base, to be compared: files, folders, revisions of git."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reasoner.closure.meter import Meter
from reasoner.curating.difference.revision import unpack_revision
from reasoner.errors import QuestionError
from reasoner.files.moment import as_one, listed, listed_below
from reasoner.files.temporary import temporary_folder
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge, hash_of
from reasoner.model.rule import Rule
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import read_bytes
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped_ontology, shipped_rules

SHIPPED = "shipped"
_ENDINGS = (".ttl", ".owl", ".rdf", ".ofn", ".owx", ".nt")


@contextmanager
def side(name: str, meter: Meter | None = None) -> Iterator[Reasoned]:
    """The knowledge base of a file, a folder, a revision of git, or the word ``shipped``.

    A file that holds SWRL rules brings its own; one that holds none is read with the shipped rules.
    """
    if name == SHIPPED:
        yield Reasoned(as_one(lambda: _read(shipped_ontology(), shipped_rules())), meter=meter)
    elif (path := Path(name)).exists():
        yield Reasoned(as_one(lambda: _read(*_files(path))), meter=meter)
    else:
        with temporary_folder() as unpacked:
            yield Reasoned(_read(*_files(unpack_revision(name, unpacked))), meter=meter)


def _files(path: Path) -> tuple[list[Path], list[Path]]:
    if path.is_file():
        return [path], []
    root = path / "ontology" if (path / "ontology").is_dir() else path
    files = sorted(listed_below(root, _ENDINGS), key=lambda p: (p.parent != root, p.parent.name != "modules", str(p)))
    if not files:
        raise QuestionError(f"{path} holds no ontology", code="E435", hint="name a folder with .ttl or .owl files")
    return files, listed(path / "rules", ".swrl") or listed(root, ".swrl")


def _read(files: list[Path], rule_files: list[Path]) -> StatedKnowledge:
    ontology = read_ontology(files)
    rules: list[Rule] = []
    texts: list[str] = []
    for path in rule_files or ([] if ontology.rules else shipped_rules()):
        text = read_bytes(path).decode("utf-8", "replace")
        texts.append(text)
        rules += read_rules(text, path.name, ontology.vocabulary)
    return StatedKnowledge(ontology, rules or ontology.rules, hash_of(ontology, texts))
