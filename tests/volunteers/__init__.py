"""Volunteers, driven through their actions on both databases."""
