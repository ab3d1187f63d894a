"""Bytes in any syntax of RDF and OWL to triples, and where in which file each stands."""
