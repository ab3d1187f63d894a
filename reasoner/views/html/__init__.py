"""Blocks as HTML: for the report, for notebooks, for the explorer."""
