"""Requests for help, driven through their actions on both databases."""
