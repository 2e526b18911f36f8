"""How the house is doing: seeing it, mending it."""
