"""Broadcasts: staff tell many something, and know who got it."""
