"""SPARQL over what is asserted, what follows, why, and on what evidence."""
