"""What is told of a day or a week at once: to staff, to volunteers, to secretaries."""
