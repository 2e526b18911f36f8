"""Sheets filled in question by question, and read back. Offers nothing by itself: subjects do."""
