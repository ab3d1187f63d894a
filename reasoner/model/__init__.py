"""Frozen values: terms, atoms, rules, facts, axioms, derivations, tables, budgets, documents.  No input or output."""
