"""Savings as people see them."""
