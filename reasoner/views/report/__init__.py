"""Reports that stand alone: one HTML file, Markdown, and the network for Cytoscape."""
