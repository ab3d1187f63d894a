"""Characters that not every syntax can hold."""

from __future__ import annotations

import re

#: What no XML 1.0 document can hold, however it is written: all but the W3C's production Char.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
