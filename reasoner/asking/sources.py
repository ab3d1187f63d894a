"""Which knowledge a question is asked of: files, rules, budget, and what is supposed for this one question."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.supposition import NOTHING, Supposition
from reasoner.closure.meter import Meter
from reasoner.errors import BudgetError

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


@dataclass(frozen=True)
class Sources:
    """The files of a knowledge base, which is read when it is first asked for.

    ``ontology`` replaces the shipped facts, ``extra`` adds facts, ``rules`` adds rules.  ``scenario`` says whether the
    question is about one, so that states of it may be supposed.
    """

    ontology: tuple[Path, ...] = ()
    extra: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    use_rules: bool = True
    meter: Meter = field(default_factory=Meter)
    supposed: Supposition = NOTHING
    scenario: bool = False

    @classmethod
    def of(cls, reasoned: Reasoned) -> Sources:
        """The sources of a knowledge base that was read before."""
        sources = cls(ontology=tuple(Path(file.path) for file in reasoned.base.ontology.files), meter=reasoned.meter)
        sources.__dict__["unsupposed"] = reasoned
        return sources

    @cached_property
    def unsupposed(self) -> Reasoned:
        """The knowledge base of the files, read on first use."""
        from reasoner.inference.cached import load

        return load(self.ontology, self.extra, self.rules, self.use_rules, self.meter)

    @cached_property
    def reasoned(self) -> Reasoned:
        """The knowledge base under what is supposed."""
        if not self.supposed:
            return self.unsupposed
        from reasoner.asking.what_if import suppose

        return suppose(self.unsupposed, self.supposed, scenario=self.scenario)

    @property
    def files(self) -> list[Path]:
        """The ontology files that the knowledge base is read from."""
        from reasoner.resources import shipped_ontology

        return [*(self.ontology or shipped_ontology()), *self.extra]

    @property
    def read(self) -> list[Path]:
        """Every file that is read, rules among them."""
        from reasoner.resources import shipped_rules

        return [*self.files, *(shipped_rules() if self.use_rules else ()), *self.rules]

    def adding(self, paths: Iterable[Path]) -> Sources:
        """The same with files added: rules by their suffix, everything else as facts."""
        found = tuple(paths)
        rules = tuple(path for path in found if path.suffix == ".swrl")
        facts = tuple(path for path in found if path.suffix != ".swrl")
        return replace(self, extra=(*self.extra, *facts), rules=(*self.rules, *rules))

    def supposing(self, wanted: Supposition, *, scenario: bool) -> Sources:
        """The same knowledge for one question, read once, with the whole of its budget."""
        other = replace(self, supposed=wanted, scenario=scenario)
        other.__dict__["unsupposed"] = self.unsupposed
        with suppress(BudgetError):
            _ = self.unsupposed.closure
        self.unsupposed.meter.renew()
        return other
