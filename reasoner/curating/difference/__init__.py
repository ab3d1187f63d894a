"""What ``diff`` compares, and how: two states of the knowledge, what closes their routes, things without a name."""
