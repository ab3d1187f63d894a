"""What a regimen does at one place: statuses, outcomes, why, how solid, and the verdict."""
