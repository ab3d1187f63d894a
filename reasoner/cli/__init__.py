"""The command line: options to answers to views.  ``main`` is the entry point and the Click group."""

from __future__ import annotations

from reasoner.cli.group import main

__all__ = ["main"]
