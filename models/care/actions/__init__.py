"""What is done about care: homes, pairs, call-ons, what is told in confidence, the clock."""
