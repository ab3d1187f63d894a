"""One question of each kind, and how its answer is known to be right."""

ROUTES = "https://w3id.org/dislodge#NicheRoute"
#: Prefixes are written out: not every client lets a query through that leaves them to the server.
PREFIX = "PREFIX : <https://w3id.org/dislodge#> "
SELECT = PREFIX + "SELECT ?r { ?r a :NicheRoute } ORDER BY ?r"
ASK = PREFIX + "ASK { :RP06 :retains :CML_LSC }"
CONSTRUCT = PREFIX + "CONSTRUCT { ?r a :NicheRoute } WHERE { ?r a :NicheRoute }"
DESCRIBE = PREFIX + "DESCRIBE :RP06"
