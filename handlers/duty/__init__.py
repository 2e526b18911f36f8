"""Who is on duty at a place, and when its desk is open."""
