"""Text of any kind to values: RDF and OWL in five syntaxes, rules, tables, expected answers; slips get a place."""
