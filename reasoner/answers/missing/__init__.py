"""What is missing for a conclusion: its kinds, hypotheses that would supply it, and what speaks against them."""
