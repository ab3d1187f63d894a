"""Facts and rules to everything that follows from them: saturation, what-if, proofs, and what they take of a budget."""
