"""Rules about identity, which are evaluated on groups as wholes."""

from __future__ import annotations

from reasoner.engine import clause
from reasoner.engine.clause import Clause
from reasoner.engine.fact_store import FactStore
from reasoner.engine.grouped import Grouped
from reasoner.model.atom import DIFFERENT, Atom
from reasoner.model.rule import Rule
from reasoner.model.term import Variable

#: OWL has no unique names: only stated differences count, and each holds both ways.
DIFFERENCE_IS_SYMMETRIC = Rule(
    id="eq-diff-sym",
    body=(Atom(DIFFERENT, (Variable("x"), Variable("y"))),),
    head=(Atom(DIFFERENT, (Variable("y"), Variable("x"))),),
    label="what differs from something differs both ways",
    because="{x} differs from {y}",
    origin="owl:differentFrom",
)


class Mirror(Clause):
    """That a difference goes both ways: a group is turned round as a whole."""

    __slots__ = ()

    def evaluate(self, store: FactStore, epoch: int) -> None:
        """Add what is new the other way round."""
        table, start = self.body[0], self.marks[0]
        assert isinstance(table, Grouped)
        if not table.blocks_from(start):
            super().evaluate(store, epoch)
            return
        self.marks = [len(table)]
        blocks = [block for block in table.blocks_from(start) if block.forward]
        for subject, object_ in table.stated_from(start):
            if object_ not in store.symbols.values and (object_, subject) not in table.kept_out:
                table.add((object_, subject), epoch)
        for block in blocks:
            table.mirror(block, epoch)


def clauses_of(rule: Rule, store: FactStore) -> list[Clause]:
    """The clauses of a rule: one for each different head atom, one without a head for a constraint."""
    if rule is DIFFERENCE_IS_SYMMETRIC:
        return [Mirror(rule, rule.head[0], store)]
    return clause.clauses_of(rule, store)
