"""Acts on broadcasts; each checks the right of whoever acts, in the same transaction."""
