"""Values to text, the same bytes for the same content, and files that are written whole or not at all."""
