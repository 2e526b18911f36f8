"""Gatherings 活动 in the chat."""
