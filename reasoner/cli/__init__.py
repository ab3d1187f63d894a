"""The command line, on Click: options to questions, answers to the terminal."""

from __future__ import annotations

from reasoner.cli.group import main

__all__ = ["main"]
