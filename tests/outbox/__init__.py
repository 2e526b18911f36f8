"""Tests of what is to leave."""
