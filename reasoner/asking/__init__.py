"""From a person's words to a question: names, regimens, conclusions, places, steps, goals, what-if."""
