"""Early items 未诉先办: the same trouble again in one building, seen before the next complaint.

open -> taken -> settled; settled means that the next three count anew.
"""
