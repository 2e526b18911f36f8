"""Early items 未诉先办: what the secretary sees of the same trouble in one building."""
