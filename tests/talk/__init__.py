"""Conversations: people tap and write, the real bot answers, HTTP stands between them."""
