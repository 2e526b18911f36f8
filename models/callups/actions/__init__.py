"""What is done with call-ups."""
