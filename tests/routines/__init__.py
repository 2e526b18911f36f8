"""Routines: windows, occasions, who does them."""
