"""The layers of ``check``: each finds faults of one kind."""
