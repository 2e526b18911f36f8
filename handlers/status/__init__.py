"""How the house itself is doing, for staff and admins."""
