"""What a journal says: which files of its folder are about to become new together.

While several files become new, each of their folders holds a journal: a line with the length and hash of what follows,
a line of JSON, and in the folder that leads a line for each decision.  The JSON names files, never paths, with the
SHA-256 of the old and of the new content; the new content and the old one lie beside them under names that follow from
the journal's number.  The path from a folder to the one that leads is there to be looked at; nothing is ever done in a
folder whose own journal does not agree.

A journal may come from anybody, with a folder that was unpacked, so all of it is checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from reasoner.errors import WritingError
from reasoner.files.journal_name import JOURNAL

#: What lies beside the files: journal, number of the change, new or old.
_PART = ".dislodge-{}-{}.{}"
_IS_PART = re.compile(r"\.dislodge-[0-9a-f]{32}-\d+\.(?:new|old)")
MAX_BYTES = 16 * 1024 * 1024
#: Folders in which one command writes at most, besides the one that leads.
MOST_FOLDERS = 1000
#: What may be decided; nothing is decided until all new files are on the disk.
FORWARD, BACK = "forward", "back"

_HEAD = re.compile(rb"dislodge-journal 1 ([0-9]{1,9}) ([0-9a-f]{64})\n")
_HEAD_BEGUN = re.compile(rb"(?:dislodge-journal 1 [0-9]{1,9}|dislodge-journal 1 [0-9]{1,9} [0-9a-f]{0,64})")
_HEAD_WORDS = b"dislodge-journal 1 "
_SHA = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that becomes new: its name, and the hashes of its contents; ``old`` is None where there was no file."""

    name: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of one folder.

    ``leader`` is the path to the folder whose journal decides, and ``.`` there; ``others`` are the paths from the
    leader to all others; ``decision`` is the last one that was written down, empty before the first.
    """

    id: str
    leader: str
    others: tuple[str, ...]
    changes: tuple[Change, ...]
    decision: str = ""

    def new_part(self, number: int) -> str:
        """The name under which the new content of a change waits."""
        return _PART.format(self.id, number, "new")

    def old_part(self, number: int) -> str:
        """The name under which the old content of a change is kept."""
        return _PART.format(self.id, number, "old")

    def text(self) -> bytes:
        """The journal before anything is decided."""
        changes = [{"name": change.name, "old": change.old, "new": change.new} for change in self.changes]
        value = {"id": self.id, "leader": self.leader, "others": self.others, "changes": changes}
        body = json.dumps(value).encode() + b"\n"
        return b"%s%d %s\n%s" % (_HEAD_WORDS, len(body), hashlib.sha256(body).hexdigest().encode(), body)


def parsed(data: bytes, path: str) -> Journal | None:
    """The journal in a file; None for one that was not written to its end, so that its writer had begun nothing.

    Raises :class:`WritingError` (E607) for what no writer of ours has left there.
    """
    head = _HEAD.match(data)
    if head is None:
        if _HEAD_WORDS.startswith(data) or _HEAD_BEGUN.fullmatch(data) or not data.strip(b"\0"):
            return None
        raise _malformed(path, "it does not begin like one")
    length, body = int(head[1]), data[head.end() :]
    body, decisions = body[:length], body[length:]
    if len(body) < length:
        return None
    if hashlib.sha256(body).hexdigest().encode() != head[2]:
        raise _malformed(path, "its content is damaged")
    try:
        return _journal(json.loads(body), _last(decisions))
    except json.JSONDecodeError:
        raise _malformed(path, "it is no JSON") from None
    except ValueError as error:
        raise _malformed(path, str(error)) from None
    except (TypeError, KeyError, AttributeError, RecursionError):
        raise _malformed(path, "it is not of the form that a run leaves") from None


def _malformed(path: str, why: str) -> WritingError:
    return WritingError(
        f"{path} is no journal of an interrupted write: {why}",
        code="E607",
        hint="nothing was changed; if the files beside it are right, remove it",
    )


def decision_line(direction: str) -> bytes:
    """What writes a decision down, also behind one that was not written to the end of its line."""
    return f"\n{direction}\n".encode()


def _last(decisions: bytes) -> str:
    """The last decision that was written to the end of its line."""
    *whole, _ = decisions.decode("ascii").split("\n")
    if not all(FORWARD.startswith(line) or BACK.startswith(line) for line in whole):
        raise ValueError("it decides what cannot be decided")
    return next((line for line in reversed(whole) if line in (FORWARD, BACK)), "")


def _journal(value: Any, decision: str) -> Journal:
    changes = tuple(_change(entry) for entry in value["changes"])
    if len({change.name for change in changes}) < len(changes):
        raise ValueError("it names a file twice")
    if not (isinstance(value["id"], str) and _ID.fullmatch(value["id"])):
        _refuse("number")
    return Journal(value["id"], _path(value["leader"]), tuple(_paths(value["others"])), changes, decision)


def _change(value: Any) -> Change:
    old, new = value["old"], value["new"]
    if not all(isinstance(hash_, str) and _SHA.fullmatch(hash_) for hash_ in (new, *([] if old is None else [old]))):
        _refuse("hash")
    return Change(_name(value["name"]), old, new)


def _paths(values: Any) -> Iterable[str]:
    if not isinstance(values, list) or len(values) > MOST_FOLDERS:
        _refuse("list of folders")
    return [_path(value) for value in values]


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value or "\0" in value or os.path.isabs(value):
        _refuse("path")
    return str(value)


def _name(value: Any) -> str:
    """The name of a file of the same folder that is neither a journal nor a part."""
    usable = isinstance(value, str) and value not in ("", ".", "..", JOURNAL) and not _IS_PART.fullmatch(value)
    if not usable or any(mark and mark in value for mark in ("/", "\0", os.sep, os.altsep)):
        _refuse("name of a file")
    return str(value)


def _refuse(what: str) -> NoReturn:
    raise ValueError(f"it holds a {what} that is none")
