"""What was stated with all that follows from it: closure, graph, observations, contradictions; kept for other runs."""
