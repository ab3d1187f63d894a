"""Files to values: RDF and OWL in five syntaxes, rules, tables, expected answers; every slip gets a place."""
