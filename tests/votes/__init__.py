"""Tests of models/votes."""
