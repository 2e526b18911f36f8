"""What is done with rounds, walks and checklists."""
