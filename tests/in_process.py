"""The command line, asked in process of a knowledge base that is already read."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from reasoner.cli import main
from reasoner.inference import cached
from reasoner.inference.reasoned import Reasoned

Document = dict[str, Any]


def asked(kb: Reasoned, *words: str) -> tuple[int, Document | None]:
    """Exit code and document of ``dislodge WORDS --json``, answered from ``kb``; no document when it is refused."""
    with patch.object(cached, "load", lambda *files, **options: kb):
        result = CliRunner().invoke(main, [*words, "--json"])
    assert "internal error" not in result.stderr, result.stderr
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


def document(kb: Reasoned, *words: str) -> Document:
    """The document of a question that is answered."""
    code, found = asked(kb, *words)
    assert found is not None, (words, code)
    return found
