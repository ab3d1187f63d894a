"""What ``combine`` asks the search, and what it makes of the sets: candidates, goals, rounds, prices, certificates."""
