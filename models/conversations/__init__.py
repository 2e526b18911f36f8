"""Where each person is in a conversation; outlives restarts and days."""
