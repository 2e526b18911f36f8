"""How care looks: to whom it is for, to whoever looks in, to whoever keeps a home."""
