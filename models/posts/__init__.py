"""Posts 公益岗位: what a community needs hands for, their shifts, who comes, who takes whose place.

A post: open -> ended. Its shifts, each with a list of seats of its own: open -> over | off. A post
that is held, or a plot that is adopted, has one list itself, and its seats have no end.
"""
