"""From a person's words to a question: its parameters, names, regimens, conclusions, places, goals, what-if."""
