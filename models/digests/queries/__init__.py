"""Reading what digests tell."""
