"""Minimal regimens: sets of agents that fulfil every condition, and why no others do."""
