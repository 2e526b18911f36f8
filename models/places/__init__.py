"""The tree of places 辖区 that people belong to and at which everything happens."""
