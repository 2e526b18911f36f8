"""Call-ups."""
