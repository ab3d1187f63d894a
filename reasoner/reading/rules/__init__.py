"""Rule text to rules."""
