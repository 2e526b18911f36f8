"""How the house itself is doing, for admins and secretaries."""
