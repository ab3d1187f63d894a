"""What if: facts assumed or retracted for one question, papers and claims left out; no file is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.asking.names import resolve, resolve_all
from reasoner.asking.placing import hypothesis
from reasoner.asking.resolving import check_predicate, find_name, literal, takes_scenario
from reasoner.asking.supposition import Supposition
from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned, Supposed
from reasoner.model.atom import Atom, Fact
from reasoner.model.term import Ground, Literal, Variable
from reasoner.reading.rules.text import read_atoms

if TYPE_CHECKING:
    from reasoner.model.term import Term

#: States of an activity that may be supposed, with the mode of the hypothetical agent that brings each about.
_MODES = {"on": "supply", "off": "block"}
_OPPOSITE = {"on": "off", "off": "on"}


def suppose(reasoned: Reasoned, wanted: Supposition, *, scenario: bool = True) -> Reasoned:
    """The knowledge base under the suppositions; ``scenario`` says whether the question has one.

    Raises :class:`QuestionError`: E401 to E403 and E407 for names and predicates, E416 for what cannot be supposed,
    E417 for what does not hold and so cannot be retracted, E418 for a contradiction.
    """
    papers = resolve_all(reasoned, wanted.papers, "paper")
    claims = resolve_all(reasoned, wanted.claims, "claim")
    retracted = [fact for text in wanted.retract for fact in _facts(reasoned, read_atoms(text), frozenset())]
    atoms = [atom for text in wanted.assume for atom in read_atoms(text)]
    assumed = list(_facts(reasoned, atoms, _introduced(reasoned, atoms)))
    states = [f for f in assumed if f.predicate in _MODES]
    states += [Fact(_OPPOSITE[f.predicate], f.subject) for f in retracted if f.predicate in _MODES]
    assumed, retracted = (list(map(reasoned.closure.as_stated, facts)) for facts in (assumed, retracted))
    _check(reasoned, assumed, retracted, scenario)
    agents = [f"{_MODES[fact.predicate]}:{fact.subject}" for fact in states]
    base = reasoned.base.without_papers(papers) if papers else reasoned.base
    base = base.without_claims(claims) if claims else base
    base = base.without(_holding(reasoned.over(base), [f for f in retracted if f.predicate not in _MODES]))
    more = [f for f in assumed if f.predicate not in _MODES]
    more += [fact for agent in agents for fact in hypothesis(agent)]
    undone = tuple(fact for fact in retracted if fact.predicate in _MODES)
    lost = reasoned.base.ontology.lost_in(base.ontology)
    said = tuple(map(str, assumed)), tuple(map(str, retracted)), papers, claims
    supposed = Supposed(*said, tuple(agents), undone, frozenset(more), lost)
    other = reasoned.over(base).adding(more, supposed)
    _refuse_contradiction(reasoned, other)
    return other


# --- reading ----------------------------------------------------------------------------------------------------------


def _introduced(reasoned: Reasoned, atoms: Iterable[Atom]) -> frozenset[str]:
    """Names that a class atom brings in: unknown so far, and not in quotes."""
    found = (a.args[0] for a in atoms if len(a.args) == 1 and a.predicate not in _MODES)
    return frozenset(name for name in found if isinstance(name, str) and not reasoned.closure.types(name))


def _facts(reasoned: Reasoned, atoms: Iterable[Atom], new: frozenset[str]) -> Iterator[Fact]:
    """The atoms as facts over ids."""
    for atom in atoms:
        check_predicate(reasoned, atom.predicate, len(atom.args))
        if atom.is_builtin or atom.variables:
            raise _cannot(f"{atom} is no fact", "write names in the place of variables, and no comparison")
        if atom.predicate in ("status", "rebounds") or any(
            takes_scenario(reasoned, atom.predicate, i) for i in range(len(atom.args))
        ):
            hint = "assume facts of the knowledge base, or on(N) and off(N) of an activity"
            raise _cannot(f"{atom.predicate} is concluded from a scenario", hint)
        subject, *rest = (_term(reasoned, atom, place, term, new) for place, term in enumerate(atom.args))
        if isinstance(subject, Literal):
            raise _cannot(f"{atom} is about a text", "the first argument is the name of an individual")
        yield Fact(atom.predicate, subject, *rest)


def _term(reasoned: Reasoned, atom: Atom, place: int, term: Term, new: frozenset[str]) -> Ground:
    kind = "activity" if atom.predicate in _MODES else ""
    quoted = isinstance(term, Literal) and term.datatype.endswith("#string")
    if place and atom.predicate in reasoned.base.ontology.vocabulary.data_properties:
        return term if isinstance(term, Literal) else literal(str(term))
    if isinstance(term, Literal):
        return resolve(reasoned, term.lexical, kind) if quoted else find_name(reasoned, term.lexical, kind)
    assert not isinstance(term, Variable)
    return term if term in new else find_name(reasoned, term, kind)


# --- checks -----------------------------------------------------------------------------------------------------------


def _check(reasoned: Reasoned, assumed: Sequence[Fact], retracted: Sequence[Fact], scenario: bool) -> None:
    both = [str(fact) for fact in assumed if fact in retracted]
    if both:
        raise _cannot(f"{both[0]} is both assumed and retracted", "leave one of them out")
    states = [str(fact) for fact in (*assumed, *retracted) if fact.predicate in _MODES]
    if states and not scenario:
        raise _cannot(f"{states[0]} speaks of a scenario, and this question has none", "assume facts instead")


def _holding(reasoned: Reasoned, facts: Sequence[Fact]) -> list[Fact]:
    """The facts to retract, each of which must hold."""
    for fact in facts:
        by = _implying(reasoned, fact.subject) if fact.predicate == "givenIn" or fact.object is None else []
        instead = " or ".join(f"{kind}({name})" for kind, name in by)
        if fact not in reasoned.closure and by:
            what = f"{fact} is not stated: that {fact.subject} is there is only implied, by {by[0][1]}"
            raise QuestionError(what, code="E417", hint=f"retract what implies it: {instead}")
        if fact not in reasoned.closure:
            raise QuestionError(
                f"{fact} does not hold, so it cannot be retracted", code="E417", hint=f"see dislodge why-not '{fact}'"
            )
        if fact.object is None and fact.subject in reasoned.minted.names:
            raise _cannot(
                f"{fact.subject} is made from the roles of its interactions",
                f"retract the interaction, or its given state{f': {instead}' if instead else ''}",
            )
    return list(facts)


def _implying(reasoned: Reasoned, name: str) -> list[tuple[str, str]]:
    """The interactions that need an activity as their ligand or receptor, and the complexes of which it is a subunit.

    Each stands with the class that takes it back.
    """
    part = reasoned.graph.activities.get(name)
    if part is None or part.kind not in ("Supply", "MoleculeActivity"):
        return []
    end, covers = 0 if part.kind == "Supply" else 1, reasoned.graph.hierarchy.covers
    found = [
        ("Interaction", other.name)
        for other in reasoned.graph.activities.values()
        if other.kind == "Interaction"
        and other.things[end] == part.things[0]
        and covers(other.places[end], part.places[0])
    ]
    return found + [
        ("MolecularComplex", whole) for whole, held in reasoned.graph.held_by.items() if part.things[0] in held
    ]


def _refuse_contradiction(reasoned: Reasoned, other: Reasoned) -> None:
    known = {derivation.premises for derivation in reasoned.closure.inconsistencies()}
    for derivation in other.closure.inconsistencies():
        if derivation.premises not in known:
            facts = " and ".join(str(premise.conclusion) for premise in derivation.premises)
            raise QuestionError(
                f"what is assumed contradicts itself or what is known: {facts}",
                code="E418",
                hint="assume something else, or retract the other side",
            )


def _cannot(what: str, hint: str) -> QuestionError:
    return QuestionError(f"{what}: it cannot be supposed", code="E416", hint=hint)
