"""Files of others that ship with the package are the published ones, with their version, hash and licence."""

import hashlib
import re
from pathlib import Path

import reasoner.views.web

STATIC = Path(reasoner.views.web.__file__).parent / "static"


def test_vendored_files_have_the_hash_that_is_written_beside_them() -> None:
    told = (STATIC / "yasgui.LICENSE.txt").read_text("utf-8")
    assert "@zazuko/yasgui 4.6.2" in told
    assert "MIT License" in told
    for name, wanted in re.findall(
        r"(yasgui\.min\.\w+) +published sha256 [0-9a-f]{64}\n +here +sha256 ([0-9a-f]{64})", told
    ):
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == wanted
    assert len(re.findall(r"here +sha256", told)) == 2


def test_no_page_names_another_host() -> None:
    own = [path for path in STATIC.iterdir() if path.suffix in (".js", ".html", ".css") and "yasgui" not in path.name]
    assert len(own) > 10
    for path in own:
        found = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text("utf-8")))
        assert found <= {"http://www.w3.org", "https://w3id.org"}, path.name
