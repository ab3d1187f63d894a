"""The catalogue of what can go wrong: one code, one kind, with what to do about it.

The first figure tells the family.  A code is never used again for something else.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code means, in a few words, and what to do; an error that knows better brings a hint of its own."""

    title: str
    remedy: str


class Family(NamedTuple):
    """Codes that begin alike: what they are about, and the exit code of a command that ends so."""

    title: str
    exit_code: int


#: By what a code begins with.  Findings are rows of ``dislodge check``, which ends with 1 where one is an error.
FAMILIES = {
    "E1": Family("Reading a file", 2),
    "E2": Family("Rules", 2),
    "E3": Family("Ontology, facts and tables", 2),
    "E4": Family("Questions", 2),
    "E5": Family("Limits", 3),
    "E6": Family("Writing", 2),
    "C1": Family("Findings: OWL 2", 1),
    "C2": Family("Findings: consistency", 1),
    "C3": Family("Findings: sources of rules", 1),
    "C4": Family("Findings: what the facts say", 1),
    "C5": Family("Findings: what curators expect", 1),
    "C6": Family("Findings: texts", 1),
}

CODES = {
    "E101": Code("a file that is not there or cannot be opened", "check the path and the rights"),
    "E102": Code("something that is no regular file", "name the files inside a folder; copy a pipe to a file"),
    "E103": Code("a file, or one text in it, that is too large", "split it, and look for a quote that is left open"),
    "E104": Code("a file that states nothing", "see that it is the right file and was saved whole"),
    "E105": Code("an encoding that is not read", "save the file as UTF-8"),
    "E106": Code("a syntax that is not read", "save as Turtle or RDF/XML"),
    "E107": Code("a malformed file", "the file may be truncated, or hold a slip at this place"),
    "E108": Code("an illegal IRI in a file", "no spaces, { } | ^ ` < >, no bare %, one # at most"),
    "E109": Code("a relative IRI without a base", "write IRIs in full, or state a base"),
    "E110": Code("XML that could do harm", "remove document types and entities"),
    "E111": Code("brackets or elements that are nested too deeply", "no ontology needs that: look for one left open"),
    "E112": Code("a file that asks to import a Python module", "nothing in a file is executed: remove it"),
    "E113": Code("an import without a file", "give its file as well, or map the IRI to it in catalog-v001.xml"),
    "E115": Code("RDF 1.2, which OWL does not know", "annotate with owl:Axiom instead"),
    "E116": Code("a comment that the canonical form has no place for", "move it before a subject"),
    "E117": Code("a file that would not come back as it was", "report the file; nothing was written"),
    "E118": Code("a quality check that lacks a part", "see its neighbours in ontology/checks"),
    "E119": Code("a table without its two rows of headers", "see one: dislodge template export action"),
    "E120": Code("a malformed row of a table", "one cell a column, apart by tabs, and every quote closed"),
    "E121": Code("a template string that is unknown or out of place", "see one: dislodge template export action"),
    "E122": Code("a malformed file of expected answers", "see its neighbours in ontology/questions.toml"),
    "E123": Code("files that change while they are read", "wait until they are written, and ask again"),
    "E124": Code("a catalog that leads out of its folder", "copy the file into the folder, and map to it there"),
    "E126": Code("an installation that is not whole", "install dislodge again: pip install ."),
    "E127": Code("a system that is no POSIX", "on Windows install it inside WSL, the Linux of Windows"),
    "E201": Code(
        "a malformed rule",
        "a rule reads p(?x, ?y) ^ C(?y) -> q(?x, ?y); a text stands in quotes, a foreign IRI in <…>",
    ),
    "E202": Code("an id that two rules have", "give the new rule an id of its own"),
    "E203": Code("a rule without its id, label, source, because or logic", "state it; a draft needs no source"),
    "E204": Code("a slot of a because that is no variable of the rule", "name a variable of the body"),
    "E205": Code(
        "a variable that no class or property atom of the body binds",
        "bind it in an atom of the body, or mend its name",
    ),
    "E207": Code("a name in a rule that the ontology does not declare", "mend the name, or declare it"),
    "E208": Code("an atom with the wrong number of arguments", "a class has one argument, a property two"),
    "E209": Code("a term of a rule that would be two things at once", "check the property or the variable"),
    "E210": Code(
        "a literal where an individual belongs, or the other way round",
        "individuals stand on the left of a property, and values on the right of a data property alone",
    ),
    "E211": Code("a rule, or a file of rules, that is too large", "split it"),
    "E212": Code("a status that no rule can have", "one of curated, draft, definition"),
    "E214": Code("an example that is not made of facts", "write: fires facts -> facts, or silent facts"),
    "E215": Code("a comparison in the head of a rule", "compare in the body, before the arrow"),
    "E216": Code("an example that does not come out as written", "mend the rule, or the example"),
    "E217": Code("a file to pull rules from that holds none", "save the ontology with its rules"),
    "E218": Code("a rule of a family that has no file", "choose an id of a known family, or begin a file for it"),
    "E219": Code("the id of a rule that was retired", "ids are never used again: give the rule a new one"),
    "E301": Code("a property that is not declared", "mend the name, or declare it as a property"),
    "E302": Code("a class that is not declared", "mend the name, or declare it as a class"),
    "E303": Code("an annotation about a fact that no file states", "state the fact, or mend the owl:Axiom"),
    "E304": Code("an axiom, list or expression that is not whole", "write it as OWL 2 maps it to RDF"),
    "E305": Code("a name that is declared as two kinds of thing", "keep one, and give the other a name of its own"),
    "E306": Code(
        "a value of the wrong kind",
        "an object property joins two individuals, a data property an individual and a literal",
    ),
    "E307": Code("a reserved name", "choose another local name"),
    "E308": Code("a SWRL rule that is left out", "use classes, properties, sameAs, differentFrom and comparisons"),
    "E310": Code("something that lacks a part, or has it twice", "state the part that is missing, once"),
    "E311": Code("a mechanism without exactly one effect", "state one effect; for two, make two mechanisms"),
    "E312": Code("something that is no activity where one is needed", "name an activity, or what is at work there"),
    "E313": Code("a name of which no fact says what it is", "say what it is, or mend the name"),
    "E314": Code("a mode that is no way to act on a target", "name a mode of the vocabulary"),
    "E315": Code("a target on which an action of this mode cannot act", "choose another mode or target"),
    "E316": Code("requirements that go in a circle", "take one requiredFor away, or state it as promotes"),
    "E317": Code("a subunit that is none of the target", "name a subunit of it, or state hasSubunit"),
    "E320": Code("a name in a table that nothing has", "mend the name, or make a row for it"),
    "E321": Code("a name in a table that several things have", "use the id of one"),
    "E322": Code("something of the wrong class in a table", "name another, or mend its class under TYPE"),
    "E323": Code("a fact of a table without a claim", "name one in a column behind it"),
    "E324": Code("a value of a table that cannot be what its column holds", "mend the value"),
    "E325": Code("rows or cells of one id that do not fit together", "state each thing once"),
    "E326": Code("an id in a table that was retired", "choose another id"),
    "E327": Code("a row that leaves its individual without what it needs", "fill in the column that is named"),
    "E328": Code("new rows without a file to go to", "say which: --into FILE"),
    "E329": Code("an id of a row that is missing, taken, or cannot be one", "letters, digits, _ and -, and new"),
    "E330": Code("a cell about another that is empty", "fill in the other, or empty this cell"),
    "E401": Code("a name that nothing in the knowledge has", "see dislodge list, or look for a slip"),
    "E402": Code("a name that several things have", "use one of the ids"),
    "E403": Code("something of the wrong kind", "name something of the kind that is asked for"),
    "E404": Code("a place that is not told: no cell, or no disease", "name it with --cell and --disease"),
    "E405": Code("a word that is no state of this place", "see dislodge list states; filter claims by --tier"),
    "E406": Code("a cell that is named twice, differently", "name the cell once"),
    "E407": Code("a conclusion that cannot be asked about", "see dislodge explain --help"),
    "E408": Code("a filter that no claim meets", "name a value that claims have"),
    "E409": Code("a kind of entry that there is none of", "see dislodge list --help"),
    "E410": Code("a regimen that cannot be read", "write A+B, A then B, or DISEASE,STATE: A+B"),
    "E411": Code("a conclusion that cannot be read", "write predicate(A+B, C)"),
    "E412": Code("a file that cannot be written", "name a file in a folder of yours"),
    "E413": Code("a regimen that is too large", "move agents that are given anyway to the background (--with-agent)"),
    "E415": Code("a goal that is not stated for this place", "name a route, arm or activity of it"),
    "E416": Code("something that cannot be supposed", "suppose facts and statuses, each once"),
    "E417": Code("something that cannot be retracted", "retract what implies it, or what holds"),
    "E418": Code("a supposition that contradicts what is known", "assume something else, or retract the other side"),
    "E419": Code("nothing to spare", "name a cell with --spare, see dislodge list functions"),
    "E420": Code("a malformed SPARQL query", "mend it at the place that is named"),
    "E421": Code("a query that would change something or reach elsewhere", "only what is loaded can be asked"),
    "E422": Code("a graph that is not loaded", "see the graphs with dislodge sparql --help"),
    "E423": Code("a parameter that is missing, unknown or malformed", "see the help of the question, or its query"),
    "E424": Code("a shipped query that there is none of", "see them with dislodge sparql --list"),
    "E425": Code("an answer that has no such form or part", "take a form that is named in the help"),
    "E426": Code("an address that cannot be listened at", "take another --port, or 0 for a free one"),
    "E427": Code("a table that there is none of", "see dislodge template --help"),
    "E428": Code("a file of the installed package", "work in a checkout, or on copies"),
    "E429": Code("a budget that cannot be read", "write a number of bindings, or a time such as 30s"),
    "E430": Code("a regimen that takes away the cell that is asked about", "deplete a cell of its niche instead"),
    "E431": Code("an action whose target nothing needs", "name the receptor or the interaction"),
    "E432": Code("several clones where one is asked about", "ask for one, by --state"),
    "E433": Code("a clone that bears what excludes each other", "make them two clones"),
    "E434": Code("something by which clones of one cell do not differ", "tell a clone by its lesions: --clone A+B"),
    "E435": Code("a side of a comparison that cannot be had", "name a file, a folder, or a revision such as HEAD~1"),
    "E436": Code("a question that there is none of", "see dislodge --help"),
    "E440": Code("parameters that do not go together", "leave one out, or give the one that it belongs to"),
    "E502": Code("more memory than there is", "ask for less, or load less"),
    "E503": Code("more time than a question may take", "ask for less: name what you look for, or add LIMIT"),
    "E504": Code("more memory than a question may take", "ask for less: name what you look for, or add LIMIT"),
    "E505": Code("an answer that is too long", "ask for less: name what you look for, or add LIMIT"),
    "E506": Code("something that is nested too deeply", "write it with fewer brackets, or ask for a part of it"),
    "E507": Code("a server with too much to do", "ask again later"),
    "E508": Code("no room on a disk", "make room, or write elsewhere"),
    "E509": Code("a question that ended without an answer", "ask for less: name what you look for, or add LIMIT"),
    "E510": Code("a budget that is used up", "give --budget more, or look at the rule that took most"),
    "E511": Code("another run that writes the same files", "wait until it is done, and ask again"),
    "E512": Code("blank nodes that cannot be told apart", "give them IRIs, or leave out those that say the same"),
    "E513": Code("more proofs than can be gone through", "ask for one derivation instead"),
    "E601": Code("an illegal IRI to be written", "rename the term"),
    "E602": Code("a name that cannot be an element of RDF/XML", "rename the property, or write Turtle"),
    "E603": Code("a character that XML cannot hold", "remove it, or write another form"),
    "E604": Code("a statement that OWL 2 cannot say", "mend it, or write Turtle or RDF/XML"),
    "E605": Code("a syntax that is not written", "one of owl, ttl, ofn, owx, nt"),
    "E606": Code("texts that no table can hold", "take one of the marks between values out of the texts"),
    "E607": Code("a journal of an interrupted write that cannot be followed", "see the files beside it, and remove it"),
    "E608": Code("an interrupted write that can be neither finished nor undone", "mend what is said, and ask again"),
    "C101": Code("an axiom that is not reasoned with", "state it within OWL 2 RL, or as a rule"),
    "C102": Code("domains and ranges that name alternatives", "nothing to do"),
    "C103": Code("a property that must be simple, and is not", "let another property stand in this axiom"),
    "C104": Code("property chains that depend on themselves", "drop one of the axioms"),
    "C105": Code("a use of owl:topDataProperty", "name a property of your own"),
    "C106": Code("a datatype that OWL 2 does not know", "use a datatype of OWL 2"),
    "C107": Code("a datatype that is defined twice, or by itself", "define each once, from others"),
    "C108": Code("a facet that its datatype does not have", "restrict numbers by bounds, texts by length or pattern"),
    "C109": Code("an individual without a name where OWL 2 DL needs one", "give it a name"),
    "C110": Code("a triple that no reader took", "write it as OWL 2 does"),
    "C201": Code("a contradiction", "retract one of the facts, or mend the axiom"),
    "C203": Code("HermiT could not be asked", "install Java: pip install '.[oracle]'"),
    "C204": Code("inconsistent in OWL 2 DL", "see the contradictions, or ask Protégé to explain"),
    "C205": Code("a class that can have no members", "mend its axioms"),
    "C206": Code("an ontology that HermiT refuses", "mend what it names"),
    "C207": Code("HermiT came to no end", "use smaller numbers in cardinalities, or ask about fewer files"),
    "C208": Code("rules that HermiT does not judge", "nothing to do"),
    "C301": Code("a rule whose source no file describes", "cite a claim of the knowledge base"),
    "C302": Code("an outcome that no rule concludes", "write a rule with it in its head; see rules/outcome.swrl"),
    "C401": Code("an individual without an English label", "add rdfs:label … @en"),
    "C402": Code("a fact that needs a claim and has none", "annotate the axiom with supportedBy"),
    "C403": Code("something needed that nothing gives or promotes", "state givenIn, or a mechanism that promotes it"),
    "C404": Code("a lesion without a kind", "state its kinds"),
    "C405": Code("an action of which nothing comes", "state the interaction of its receptor"),
    "C406": Code("something that no scenario reads", "name one malignant cell, and others only as senders"),
    "C407": Code("statements as narrow as each other that disagree", "state what holds for this very cell and disease"),
    "C408": Code("a denial that a narrower statement overrules", "deny it there, or deny what implies it"),
    "C409": Code("something needed that a mechanism alone makes", "nothing, if the mechanism makes it"),
    "C410": Code("a lesion of no molecule", "state lesionOf"),
    "C411": Code("subunits that go in a circle", "state hasSubunit from the whole to its parts alone"),
    "C412": Code("a lesion of a group of molecules", "state lesionOf for each member that it changes"),
    "C413": Code("a lesion that both adds and takes away", "state one of them; of two molecules, as two lesions"),
    "C414": Code("subtypes that go in a circle", "state subtypeOf from the narrow to the wide alone"),
    "C415": Code("a denial that takes away what is needed", "nothing, if it is so"),
    "C416": Code(
        "claims that rest on each other in a circle", "state restates and corrects from the paper to the review"
    ),
    "C501": Code("an observation that no mechanism derives", "state the route and the action behind it"),
    "C502": Code("an answer that hangs on one claim", "see that the claim names this very thing"),
    "C503": Code("an answer that differs from what a curator expects", "mend the facts, or what is expected"),
    "C504": Code("a question of a curator that cannot be asked", "mend the question"),
    "C601": Code("a text that fails a quality check", "see the check"),
}


def as_markdown() -> str:
    """The catalogue as a page of the manual: a table a family, a row a code."""
    parts = []
    for start, family in FAMILIES.items():
        found = [(code, kind) for code, kind in CODES.items() if code.startswith(start)]
        rows = [f"| {code} | {_cell(kind.title)} | {_cell(kind.remedy)} |" for code, kind in found]
        head = [f"## {family.title}", "", f"Exit code {family.exit_code}."]
        parts.append("\n".join([*head, "", "| code | means | what to do |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    r"""Text in a table of Markdown.

    >>> _cell("no { } | ^ <")
    'no { } \\| ^ &lt;'
    """
    return text.replace("<", "&lt;").replace("|", "\\|")
