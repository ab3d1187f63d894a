"""What the search for regimens is made of: who may be given, rounds for each killer, prices, certificates."""
