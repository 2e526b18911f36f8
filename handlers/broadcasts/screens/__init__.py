"""How broadcasts look."""
