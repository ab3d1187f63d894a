"""OWL 2 to rules, and what OWL 2 DL does not allow."""
