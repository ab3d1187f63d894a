"""Pages: one document each, as blocks for people and as rows for CSV."""
