"""Digests and rates."""
