"""Whether rules fire and stay silent on their own examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.closure.saturate import Closure
from reasoner.errors import RuleError
from reasoner.model.rule import Example, Rule


def failing_examples(rules: Iterable[Rule]) -> Iterator[RuleError]:
    """One error (E216) for each example that does not come out as written, each rule taken by itself."""
    for rule in rules:
        for example in rule.fires:
            missing = _missing(rule, example)
            if missing:
                yield _error(rule, example, f"should give {missing} and does not")
        for example in rule.silent:
            unwanted = _unwanted(rule, example)
            if unwanted:
                yield _error(rule, example, f"should stay silent and gives {unwanted}")


def _missing(rule: Rule, example: Example) -> str:
    closure = Closure([rule], example.premises)
    if rule.inconsistent:
        return "" if closure.inconsistencies() else "an inconsistency"
    missing = [str(fact) for fact in example.conclusions if fact not in closure]
    asserted = [str(fact) for fact in example.conclusions if closure.is_asserted(fact)]
    return " ^ ".join([*missing, *asserted])


def _unwanted(rule: Rule, example: Example) -> str:
    closure = Closure([rule], example.premises)
    if rule.inconsistent:
        return "an inconsistency" if closure.inconsistencies() else ""
    heads = {(atom.predicate, len(atom.args)) for atom in rule.head}
    gained = (fact for fact in closure if not closure.is_asserted(fact))
    return " ^ ".join(str(f) for f in gained if (f.predicate, 1 + (f.object is not None)) in heads)


def _error(rule: Rule, example: Example, what: str) -> RuleError:
    hint = "mend the rule or the example"
    return RuleError(f"an example of rule {rule.id} {what}", code="E216", hint=hint, span=example.span)
