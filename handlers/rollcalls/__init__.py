"""Roll-calls in the chat."""
