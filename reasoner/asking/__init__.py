"""From a person's words to a question: names, places, steps, goals, what-if."""
