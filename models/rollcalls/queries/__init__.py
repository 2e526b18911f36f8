"""Reading roll-calls."""
