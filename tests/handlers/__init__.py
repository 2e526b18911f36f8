"""Tests of what all handlers share."""
