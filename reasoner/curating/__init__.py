"""Work on ontology and rules as files: check, diff, format, pull, tables, export."""
