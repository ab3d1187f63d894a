"""What people ask of the knowledge, one question a module: each answer is a document with a JSON Schema."""
