"""Frozen values of the domain: names, terms, atoms, rules, facts, axioms, derivations.  No input or output here."""
