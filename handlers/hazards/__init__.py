"""Hazards 隐患, for the desk."""
