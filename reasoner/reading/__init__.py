"""Text of any kind to values: RDF and OWL in five syntaxes, rules, tables, regimens, conclusions; slips get a place."""
