"""Early items 未诉先办."""
