"""Tests of rounds and walks."""
