"""Tests of roll-calls."""
