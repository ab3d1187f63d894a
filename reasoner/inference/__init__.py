"""What was stated with all that follows: closure, graph, observations, contradictions; and the cache of the shipped."""
