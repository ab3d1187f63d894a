"""What people ask of the knowledge, one question a module: each answer is a document, a dictionary with a JSON Schema."""
