"""Rounds, walks and checklists: one card a point, three big keys."""
