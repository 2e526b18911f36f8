"""How votes look."""
