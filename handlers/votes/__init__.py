"""Votes in the chat."""
