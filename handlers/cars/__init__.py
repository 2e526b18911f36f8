"""Move a car: asking, answering, being asked no more."""
