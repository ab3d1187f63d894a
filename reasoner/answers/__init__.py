"""What people ask of the knowledge: a module a question, and what several share; each answer is a document."""
