"""What findings of ``check`` are told by: how bad each is, and the layer that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reasoner.model.documents.findings import Layer, Severity

ERROR: Final = "error"
WARNING: Final = "warning"
INFO: Final = "info"
#: How bad a finding is, worst first.
SEVERITIES: tuple[Severity, ...] = (ERROR, WARNING, INFO)
#: What is checked, in this order; each rests on those before it.
LAYERS: tuple[Layer, ...] = ("parse", "safety", "dl", "schema", "rules", "consistency", "questions")
