"""What is done about hazards."""
