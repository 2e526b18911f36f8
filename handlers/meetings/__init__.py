"""Deliberation meetings 议事会 in the chat."""
