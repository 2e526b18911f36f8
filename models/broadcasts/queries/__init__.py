"""Reading broadcasts."""
