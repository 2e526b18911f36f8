"""Marks that people give a record, by aspect, with words if they like. Knows no subject.

Who gave which mark is told to nobody but themselves; what many come to is told from LEAST_SHOWN on.
"""
