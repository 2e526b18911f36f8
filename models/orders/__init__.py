"""Rectification orders 督办: what has to be put right, by whom, until when; then return visits.

open -> reported -> signed; a report that is not enough leads back: reported -> open.
"""
