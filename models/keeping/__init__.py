"""Keeping all of it: backups and what brings them back, the erasures that outlive them, the key."""
