"""What a wheel holds that no checkout does: the JSON Schemas and the stub of the API, made while it is built."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import reasoner
from reasoner.questions import questions
from reasoner.views import schemas
from reasoner.views.stub import stub

ROOT = Path(reasoner.__file__).resolve().parent.parent
HOOK = ROOT / "reasoner" / "build_hook.py"
SCHEMAS = {f"reasoner/_data/schemas/{command}.json": command for command in (schemas.LIMIT, *schemas.commands())}
STUB = "reasoner/api.pyi"

_BUILD = """
import importlib.util, sys, types
for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks", "hatchling.builders.hooks.plugin"):
    sys.modules[name] = types.ModuleType(name)
interface = sys.modules["hatchling.builders.hooks.plugin.interface"] = types.ModuleType("interface")
class BuildHookInterface:
    def __class_getitem__(cls, kind): return cls
interface.BuildHookInterface = BuildHookInterface
spec = importlib.util.spec_from_file_location("build_hook", {hook!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
hook = module.MadeHook()
hook.root, hook.directory = {root!r}, {directory!r}
data = {{"force_include": {{}}}}
hook.initialize({version!r}, data)
for path, place in data["force_include"].items():
    print(path, place)
if {ended!r}:
    hook.finalize({version!r}, data, "")
"""


def build(folder: Path, version: str = "standard", *, ended: bool = False) -> dict[str, Path]:
    """The files that the hook hands to the builder, by their place in the wheel; nothing else is installed there."""
    code = _BUILD.format(hook=str(HOOK), root=str(ROOT), directory=str(folder), version=version, ended=ended)
    told = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    return {place: Path(path) for path, place in map(str.split, told.stdout.splitlines())}


def test_a_wheel_holds_every_schema_and_the_stub_and_its_build_needs_nothing_but_the_builder(tmp_path: Path) -> None:
    placed = build(tmp_path)
    assert set(placed) == {*SCHEMAS, STUB}
    for place, command in SCHEMAS.items():
        assert json.loads(placed[place].read_text("utf-8")) == schemas.schema(command)
    assert placed[STUB].read_text("utf-8") == stub((ROOT / "reasoner" / "api.py").read_text("utf-8"), questions())


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_a_build_leaves_nothing_behind(tmp_path: Path, version: str) -> None:
    assert bool(build(tmp_path, version, ended=True)) == (version == "standard")
    assert list(tmp_path.iterdir()) == []


def test_the_checkout_holds_no_stub_that_an_edit_would_make_untrue() -> None:
    assert not (ROOT / STUB).exists()
