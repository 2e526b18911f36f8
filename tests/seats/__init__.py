"""Seats, the line, the door, on any record."""
