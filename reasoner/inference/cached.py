"""The shipped knowledge as an earlier run read it and reasoned over it: a file in a subfolder of the cache folder.

The file's name holds the hash of everything that it was made from: the ontology and rule files, and the code that reads
them and reasons.  Whatever changes, the name does too, so that nothing stale is ever found.  Its first line is the hash
of the rest: a damaged file is made anew.  The environment variable ``DISLODGE_CACHE`` names another folder, or is
``off``; whatever else lies in that folder is the user's and is never touched.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from reasoner.closure.meter import Meter
from reasoner.errors import DislodgeError
from reasoner.inference.reasoned import Reasoned
from reasoner.resources import shipped_ontology, shipped_rules, unpacked

VARIABLE = "DISLODGE_CACHE"
#: How many files stay: one for each of a few versions that are in use side by side.
MOST_KEPT = 4
#: The folder inside the one that the user names, and the names of the files in it.
SUBFOLDER = "dislodge-kept"
_NAME = "kept-{}.json"
_HASH = re.compile(rb"[0-9a-f]{64}\n")
_OWN = re.compile(_NAME.format("[0-9a-f]{64}"))
#: The code that decides what the shipped files mean.
_PACKAGE = Path(__file__).parent.parent
_CODE = ("errors.py", "knowledge.py", "resources.py", "model", "reading", "reading/rdf", "reading/owl", "reading/rules",
         "closure", "owl", "mechanism", "inference")  # fmt: skip


def load(
    ontology: Sequence[Path] = (),
    extra: Sequence[Path] = (),
    rules: Sequence[Path] = (),
    use_rules: bool = True,
    meter: Meter | None = None,
) -> Reasoned:
    """Read a knowledge base and reason over it (see :meth:`~reasoner.knowledge.StatedKnowledge.load`).

    The shipped one by itself is kept for the next time, where the cache folder can be written.  Where bindings are
    bounded everything is derived anew: an answer must not depend on what an earlier run left.
    """
    folder = _folder()
    bounded = meter is not None and meter.budget.bindings is not None
    if ontology or extra or rules or not use_rules or folder is None or bounded:
        return Reasoned.load(ontology, extra, rules, use_rules, meter)
    key = _key()
    known = _found(folder / _NAME.format(key), meter)
    if known is not None:
        return known
    reasoned = Reasoned.load(meter=meter)
    if not reasoned.cut:
        _keep(reasoned, folder, key)
    return reasoned


def _folder() -> Path | None:
    told = os.environ.get(VARIABLE)
    if told:
        return None if told == "off" else Path(told, SUBFOLDER)
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(home, "dislodge", SUBFOLDER) if os.path.isabs(home) else None


def _key() -> str:
    unpacked()
    digest = hashlib.sha256(sys.version.encode())
    for path in (*_code(), *map(str, (*shipped_ontology(), *shipped_rules()))):
        with suppress(OSError), open(path, "rb") as file:
            data = file.read()
            digest.update(b"%s\n%d\n" % (os.fsencode(path), len(data)))
            digest.update(data)
    return digest.hexdigest()


def _code() -> Iterable[str]:
    for name in _CODE:
        path = os.path.join(_PACKAGE, name)
        if name.endswith(".py"):
            yield path
        else:
            yield from (os.path.join(path, file) for file in sorted(os.listdir(path)) if file.endswith(".py"))


def _found(path: Path, meter: Meter | None) -> Reasoned | None:
    """What the file holds; None if there is none, if it is damaged, or if it belongs to somebody else."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            checksum, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest().encode() != checksum:
        return None
    from reasoner.inference.snapshot import from_text

    return from_text(data.decode(), meter)


def _keep(reasoned: Reasoned, folder: Path, key: str) -> None:
    """Write the file, and remove the oldest ones; where that cannot be, the next run reads everything again."""
    from reasoner.inference.snapshot import to_text
    from reasoner.writing.whole_file import write_whole

    try:
        text = to_text(reasoned)
    except TypeError:  # there are warnings about the files: they are not kept
        return
    if _key() != key:  # a file was edited while it was read
        return
    with suppress(OSError, DislodgeError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _NAME.format(key), f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
        for file in _written(folder)[:-MOST_KEPT]:
            file.unlink(missing_ok=True)


def _written(folder: Path) -> list[Path]:
    """The files in the folder that this module wrote, the oldest first."""
    found = (file for file in folder.iterdir() if _OWN.fullmatch(file.name) and _begins_with_a_hash(file))
    return sorted(found, key=lambda file: file.stat().st_mtime)


def _begins_with_a_hash(file: Path) -> bool:
    if not file.is_file():
        return False
    with open(file, "rb") as opened:
        return _HASH.match(opened.read(65)) is not None
