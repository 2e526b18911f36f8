"""What is done with kinds and with registrations."""
