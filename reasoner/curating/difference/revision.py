"""A revision of the repository as a folder: what git holds of ontology and rules, unpacked for reading."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from reasoner.errors import QuestionError

_FOLDERS = ("ontology", "rules")
_SECONDS = 60


def unpack_revision(revision: str, into: Path) -> Path:
    """Unpack ``ontology`` and ``rules`` of a git revision into a folder.

    Raises :class:`QuestionError` (E435) where there is no git, no repository or no such revision.
    """
    top = _git("rev-parse", "--show-toplevel").decode().strip()
    name = (
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", cwd=top).decode().strip()
    )
    held = _git("ls-tree", "--name-only", name, cwd=top).decode().split()
    folders = [folder for folder in _FOLDERS if folder in held]
    if not folders:
        raise QuestionError(f"the revision {revision} holds no ontology", code="E435", hint="name a later one")
    archive = _git("archive", "--format=tar", name, *folders, cwd=top)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return into


def _git(*words: str, cwd: str | None = None) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, cwd=cwd, timeout=_SECONDS, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise QuestionError(f"git cannot be asked: {error}", code="E435", hint="name files or folders") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise QuestionError(
            f"neither a file nor a revision of git{f': {said[-1]}' if said else ''}",
            code="E435",
            hint="name a file, a folder with ontology/ and rules/, or a revision such as HEAD~1",
        )
    return done.stdout
