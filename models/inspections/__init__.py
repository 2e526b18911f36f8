"""Inspections 巡查: rounds by a plan, walked point by point; what is bad becomes a hazard.

A checklist is a sheet of this subject; a walk is finished on the version with which it was begun.
"""
