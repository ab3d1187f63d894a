"""Triples to axioms, facts and rules."""
