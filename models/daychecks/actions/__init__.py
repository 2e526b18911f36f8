"""The use cases of day checks: one's own wishes, signs, the ladder, what others answer."""
