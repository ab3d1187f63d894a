"""dislodge: which interventions break which resistance route, and why."""

__version__ = "0.1.0"
