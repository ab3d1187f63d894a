"""``python -m reasoner`` is the command line."""

from __future__ import annotations

from reasoner.cli import main

if __name__ == "__main__":
    main(prog_name="dislodge")
