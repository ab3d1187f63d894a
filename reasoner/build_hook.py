"""Writes into a wheel, while it is built, what is made from the sources: the JSON Schemas, and the stub of the API."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: The folder beside the build that what is made lies in until the wheel holds it.
FOLDER = "made"


class MadeHook(BuildHookInterface[Any]):
    """A schema for each document, named by its command, and what a checker of types reads for ``reasoner.api``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files beside the build; an editable install has none, which an edit would make untrue."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)  # what they are made from is the tree that is built
        for place, text in _made(Path(self.root)):
            path = Path(self.directory, FOLDER, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            build_data["force_include"][str(path)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was made beside the build."""
        shutil.rmtree(Path(self.directory, FOLDER), ignore_errors=True)


def _made(root: Path) -> Iterator[tuple[str, str]]:
    """The text of each file with its place in the wheel."""
    from reasoner.questions import questions
    from reasoner.views import schemas
    from reasoner.views.stub import stub

    for command in (schemas.LIMIT, *schemas.commands()):
        yield f"reasoner/_data/schemas/{command}.json", json.dumps(schemas.schema(command), indent=2) + "\n"
    yield "reasoner/api.pyi", stub((root / "reasoner" / "api.py").read_text("utf-8"), questions())
