"""What rows of tables change in the files of an ontology."""
