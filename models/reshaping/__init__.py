"""Places are added, named, moved, merged and removed, with all that hangs on them.

It stands above the subjects and lists what hangs on a place.
"""
