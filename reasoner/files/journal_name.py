"""What the journal of a write of several files is called."""

from __future__ import annotations

#: The name of a journal in its folder.
JOURNAL = ".dislodge-journal"
