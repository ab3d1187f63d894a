"""The folders of one write, each with its journal, in the order in which every writer takes them."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from reasoner.files.held import seen_in
from reasoner.files.journal import Change, Journal
from reasoner.files.parts import hash_of, writing


@dataclass(frozen=True, slots=True)
class JournaledFolder:
    """A folder and what its journal says."""

    folder: str
    journal: Journal

    def path(self, name: str) -> str:
        """The path of a name in the folder."""
        return os.path.join(self.folder, name)


def journaled_folders(contents: Mapping[str, bytes]) -> list[JournaledFolder]:
    """The folders in the order in which every writer takes them; the first one leads."""
    number = uuid.uuid4().hex
    folders: dict[str, list[Change]] = {}
    for path in sorted(contents):
        folder, name = os.path.split(path)
        with writing(path):
            old = hash_of(path)
        folders.setdefault(folder, []).append(Change(name, old, hashlib.sha256(contents[path]).hexdigest()))
    first = min(folders)
    return [
        JournaledFolder(
            folder,
            Journal(
                number,
                os.path.relpath(first, folder),
                tuple(os.path.relpath(other, first) for other in sorted(folders) if folder == first != other),
                tuple(changes),
            ),
        )
        for folder, changes in sorted(folders.items())
    ]


def with_consent(folder: str, leader: Journal) -> list[JournaledFolder]:
    """The leading folder, and those whose own journals say that it leads them in this write."""
    folders = [JournaledFolder(folder, leader)]
    for other in others_of(folder, leader):
        journal = seen_in(other)
        if journal and journal.id == leader.id and os.path.realpath(os.path.join(other, journal.leader)) == folder:
            folders.append(JournaledFolder(other, journal))
    return folders


def others_of(folder: str, leader: Journal) -> list[str]:
    """The folders that a leading journal names besides its own, each once."""
    named = dict.fromkeys(os.path.realpath(os.path.join(folder, path)) for path in leader.others)
    return [other for other in named if other != folder]
