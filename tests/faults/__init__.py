"""Faults from below: each with real parts, while people go on writing."""
