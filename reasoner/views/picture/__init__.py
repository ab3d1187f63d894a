"""The niche as a picture: where things stand, and SVG that needs nothing else."""
