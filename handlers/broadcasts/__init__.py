"""Broadcasts in the chat."""
