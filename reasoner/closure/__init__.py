"""Facts and rules to everything that follows from them: saturation, what-if, proofs."""
