"""The kit for records."""
