"""The mechanism graph: minted, placed in a scene of cells, and its well-founded evaluation."""
