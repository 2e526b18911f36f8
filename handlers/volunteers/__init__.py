"""Becoming a volunteer, changing one's offer, seeing who needs a hand, pausing and leaving."""
