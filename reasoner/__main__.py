"""``python -m reasoner`` and the script ``dislodge``: the command line, also where it is interrupted early."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, and leave with its exit code; an interruption is 3, never a traceback."""
    try:
        try:
            from reasoner.cli import main as group

            group(prog_name="dislodge")
        finally:
            from signal import SIG_DFL, SIGINT, signal

            signal(SIGINT, SIG_DFL)  # Python would tell of an interruption while it winds up
    except KeyboardInterrupt:
        sys.stderr.write("Error: interrupted\n")
        sys.exit(3)
    except ModuleNotFoundError as error:  # nothing of the command line could be loaded
        from reasoner.errors import INSTALL, missing_package

        if not (missing := missing_package(error)):
            raise
        sys.stderr.write(f"Error: {missing}\nHint: {INSTALL}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
