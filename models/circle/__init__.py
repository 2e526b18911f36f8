"""The circle 亲友圈: whom somebody wants to know of how they are.

Keyed by the person, not by a home. Each who is named agrees for themselves, either side ends it.
"""
