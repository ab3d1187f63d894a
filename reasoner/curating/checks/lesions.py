"""What ``check`` finds in the lesions: those of no kind, of nothing, of a family, and those that take and give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.curating.checks.findings import file_of, finding
from reasoner.mechanism.lesion_kinds import READ_AS, of_no_kind
from reasoner.mechanism.stated import LESION_KINDS, StatedFacts
from reasoner.model.findings import WARNING

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import FindingRow


def of_no_stated_kind(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Lesions of no stated kind, which are read as binding changes."""
    for name in of_no_kind(StatedFacts(reasoned.base.ontology.outline, reasoned.base.ontology.axioms)):
        what = f"is a lesion of no stated kind, and read as a {READ_AS}: it defeats what acts on its molecule"
        yield _found(reasoned, "C404", name, what, f"state its kinds: one or more of {', '.join(LESION_KINDS)}")


def of_nothing(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Lesions that change no molecule, neither as stated of themselves nor of a broader lesion."""
    table = StatedFacts(reasoned.base.ontology.outline)
    for name in sorted(reasoned.closure.members("Lesion")):
        if not any(table.of("lesionOf", broader) for broader in table.above("subtypeOf", name)):
            what = "is a lesion of no stated molecule: it changes nothing and defeats nothing"
            yield _found(reasoned, "C410", name, what, "state lesionOf")


def of_families(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Lesions of a family: which of its members each changes is not stated, so that it changes none."""
    families = set(reasoned.closure.members("MoleculeFamily"))
    for name in sorted(reasoned.closure.members("Lesion")):
        for family in sorted({str(of) for of in reasoned.closure.objects("lesionOf", name)} & families):
            what = f"is a lesion of the family {family}: it changes none of the members"
            yield _found(reasoned, "C412", name, what, "state lesionOf for each member that it changes")


def that_take_and_give(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Lesions that are a loss and a gain of one molecule."""
    for name in sorted(
        set(reasoned.closure.members("LossOfFunction")) & set(reasoned.closure.members("GainOfFunction"))
    ):
        what = "is a loss and a gain of function at once: its molecule is off, whatever the gain says"
        yield _found(reasoned, "C413", name, what, "state one of them; of two molecules, as two lesions")


def _found(reasoned: Reasoned, code: str, name: str, what: str, fix: str) -> FindingRow:
    return finding("schema", WARNING, code, name, f"{name} {what}", fix, file_of(reasoned, name))
