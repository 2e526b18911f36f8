"""People and places by name, as lists and cards show them."""
