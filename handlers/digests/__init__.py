"""Digests: how a day or a week is told at once, in words and as a picture."""
