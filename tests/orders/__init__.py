"""Orders 督办 and return visits: the rules by their properties, the acts on both databases."""
