"""What ``check`` finds where an ontology leaves OWL 2 DL: by our own reading, and by HermiT as a second opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from reasoner.curating.checks.findings import finding
from reasoner.errors import Span
from reasoner.model.atom import Fact
from reasoner.model.findings import ERROR, INFO, WARNING
from reasoner.model.iris import OWL
from reasoner.model.names import iri, local
from reasoner.model.ontology import Ontology
from reasoner.model.term import Literal
from reasoner.model.triple import Triple, is_blank
from reasoner.owl.owl_dl import Breach, breaches
from reasoner.reading.rdf.homes import Homes
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.reading.rdf.places import place_of

if TYPE_CHECKING:
    from reasoner.model.documents.findings import FindingRow, Severity


class _Advice(NamedTuple):
    level: Severity
    code: str
    fix: str


#: How bad it is to break a rule of OWL 2 DL, and what to do.  What is reasoned with here all the same is a warning.
_RULES = {
    "simple": _Advice(
        ERROR,
        "C103",
        "let a property of its own, that nothing transitive and no chain lies below, stand in this axiom; or drop it",
    ),
    "regular": _Advice(
        ERROR, "C104", "let no link of a chain depend on what the chain implies: drop one of the axioms"
    ),
    "top": _Advice(ERROR, "C105", "name a property of your own instead of owl:topDataProperty"),
    "datatype": _Advice(WARNING, "C106", "use a datatype of OWL 2: reasoners such as HermiT refuse the file as it is"),
    "definition": _Advice(ERROR, "C107", "define each datatype once, from others that do not need it"),
    "facet": _Advice(ERROR, "C108", "restrict numbers and times by bounds, texts by length or pattern"),
    "name": _Advice(ERROR, "C109", "give the individual a name"),
    "nameless": _Advice(WARNING, "C109", "give one of the individuals a name"),
}


def outside_owl_dl(ontology: Ontology, loaded: Sequence[OntologyFile]) -> Iterator[FindingRow]:
    """What OWL 2 DL does not allow, and statements in its words that no reader takes."""
    homes = Homes(loaded)
    for breach in breaches(ontology):
        rule, place = _RULES[breach.rule], _place(breach, ontology, loaded)
        text = f"outside OWL 2 DL: {breach.message}"
        yield finding("dl", rule.level, rule.code, breach.subject, text, rule.fix, place.file, place.line)
    for triple in ontology.unread:
        yield _unread(triple, homes, loaded)


def _place(breach: Breach, ontology: Ontology, loaded: Sequence[OntologyFile]) -> Span:
    stated = breach.stated
    file = ontology.file_of(stated) if isinstance(stated, Fact) else stated.span.file if stated.span else ""
    return place_of((breach.subject, breach.word), file, loaded)


def _unread(triple: Triple, homes: Homes, loaded: Sequence[OntologyFile]) -> FindingRow:
    subject, predicate, value = triple
    shown = value if isinstance(value, Literal) else "a nameless node" if is_blank(value) else _word(value)
    about = "a nameless node" if is_blank(subject) else local(subject)
    text = f"nothing is made of this statement about {about}: {_word(predicate)} {shown}"
    place = place_of((subject, predicate), homes.stating(triple), loaded)
    return finding("dl", WARNING, "C110", local(subject), text, "write it as OWL 2 does", place.file, place.line)


def _word(name: str) -> str:
    return name.replace(OWL, "owl:")


# --- HermiT -----------------------------------------------------------------------------------------------------------

#: The subject of what is about no part of the files, but about the second opinion itself.
HERMIT = "HermiT"
_NAMED = r"'?<?(?P<name>[^'<>\s]+)>?'?"
#: What HermiT says when it refuses an ontology, what that means, and what to do.
_REFUSALS = (
    (
        rf"Non-simple property {_NAMED} or its inverse appears in (?:the )?(?P<where>[\w ]+)",
        "{name} is not simple (it, or one below it, is transitive or follows from a chain), but stands in: {where}",
        _RULES["simple"].fix,
    ),
    (
        rf"The given property hierarchy is not regular.*involving property {_NAMED}",
        "the chains of properties run in a circle that {name} is part of",
        _RULES["regular"].fix,
    ),
    (r"owl:topDataProperty is only allowed", "owl:topDataProperty stands below a property", _RULES["top"].fix),
    (
        rf"The datatype {_NAMED} is not part of the OWL 2 datatype map",
        "no datatype of OWL 2 is {name}",
        _RULES["datatype"].fix,
    ),
    (r"Literal (?P<name>.+) is malformed", "the literal {name} is malformed", "mend the literal, or its datatype"),
    (
        r"contains anonymous individuals",
        "an individual without a name stands where a name is needed",
        _RULES["name"].fix,
    ),
    (
        r"(?P<name>String '.*').* is not a valid regular expression",
        "{name} is no regular expression",
        "mend the pattern",
    ),
    (
        r"does not provide any facets|facet",
        "a datatype is restricted by something that it does not have",
        _RULES["facet"].fix,
    ),
)


def by_hermit(loaded: Sequence[OntologyFile]) -> Iterator[FindingRow]:
    """Findings of HermiT over the triples: a contradiction, classes that can have no members, that it refuses them.

    One finding says so where it cannot be asked, or comes to no end.
    """
    from reasoner.curating.checks.hermit import Absent, Refused, Unfinished, judged

    triples = [triple for ontology_file in loaded for triple in ontology_file.triples]
    try:
        consistent, impossible, left_out = judged(triples)
    except Absent as reason:
        text = f"HermiT was not asked: {reason}"
        yield finding("consistency", WARNING, "C203", HERMIT, text, "install Java")
        return
    except Refused as refused:
        yield _refusal(str(refused), loaded)
        return
    except Unfinished as reason:
        text = f"HermiT came to no end, so nothing is known of OWL 2 DL: {reason}"
        fix = "use smaller numbers in cardinalities, or ask HermiT about fewer files"
        yield finding("consistency", WARNING, "C207", HERMIT, text, fix)
        return
    if left_out:
        text = f"HermiT judged without {left_out} of the rules: it knows no comparisons"
        yield finding("consistency", INFO, "C208", HERMIT, text, "nothing to do")
    if not consistent:
        fix = "see the contradictions above, or open the export in Protégé and ask it to explain"
        yield finding("consistency", ERROR, "C204", HERMIT, "inconsistent in OWL 2 DL", fix)
    for name in impossible:
        text = f"the class {name} can have no members"
        yield finding("consistency", ERROR, "C205", name, text, "mend its axioms")


def _refusal(said: str, loaded: Sequence[OntologyFile]) -> FindingRow:
    """A refusal in our words where its kind is known, else in those of HermiT, with the place of what it names."""
    what, fix = shorten(said, 300), "mend what HermiT names; reasoners for OWL 2 DL do not take the file as it is"
    subject = HERMIT
    for pattern, meaning, repair in _REFUSALS:
        if match := re.search(pattern, said, re.DOTALL):
            parts = {key: value for key, value in match.groupdict().items() if value}
            name = local(parts.get("name", ""))
            what, fix = meaning.format(name=name, where=parts.get("where", "")), repair
            subject = name or subject
            break
    file = Homes(loaded).of(iri(subject))
    place = place_of((subject,), file, loaded) if file else Span("")
    text = f"HermiT refuses the ontology: {what}"
    return finding("consistency", ERROR, "C206", subject, text, fix, place.file, place.line)
