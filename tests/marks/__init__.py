"""Marks and words, on any record."""
