"""Residents who offer skills, places and hours.

applied -> active | refused; active <-> paused; active, paused -> left; refused, left -> applied.
"""
