"""Tests of models/proposals."""
