"""Tests of models/meetings."""
