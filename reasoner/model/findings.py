"""What findings of ``check`` are told by: how bad each is, and the layer that it belongs to."""

from __future__ import annotations

ERROR, WARNING, INFO = "error", "warning", "info"
#: How bad a finding is, worst first.
SEVERITIES = (ERROR, WARNING, INFO)
#: What is checked, in this order; each rests on those before it.
LAYERS = ("parse", "safety", "dl", "schema", "rules", "consistency", "questions")
