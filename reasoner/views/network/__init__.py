"""The niche as a network for Cytoscape."""
