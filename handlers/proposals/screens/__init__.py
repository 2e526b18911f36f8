"""How proposals look."""
