"""What was stated with all that follows: closure, graph, observations, contradictions; and what the cache keeps."""
