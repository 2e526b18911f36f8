"""Call-ups 突击队 in the chat."""
