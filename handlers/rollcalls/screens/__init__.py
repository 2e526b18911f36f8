"""How roll-calls look."""
