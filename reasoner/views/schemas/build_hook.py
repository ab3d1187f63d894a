"""Writes the JSON Schemas into a wheel while it is built; nothing else needs them as files."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Where they stand in the wheel.
PLACE = "reasoner/_data/schemas"


class SchemasHook(BuildHookInterface[Any]):
    """One file for each document, named by its command."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files beside the build; an editable install reads the types where they are."""
        if version == "editable":
            return
        folder = Path(self.directory) / "schemas"
        folder.mkdir(parents=True, exist_ok=True)
        sys.path.insert(0, self.root)  # the types are those of the tree that is built
        from reasoner.views import schemas

        for command in (schemas.LIMIT, *schemas.commands()):
            path = folder / f"{command}.json"
            path.write_text(json.dumps(schemas.schema(command), indent=2) + "\n", encoding="utf-8")
            build_data["force_include"][str(path)] = f"{PLACE}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was made beside the build."""
        shutil.rmtree(Path(self.directory) / "schemas", ignore_errors=True)
