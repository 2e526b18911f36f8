"""Routines 例行: what comes again by a plan, one occasion at a time. Knows no subject.

A routine is a plan and the people who do it, in the order in which they are asked; its occasions
are records, which a subject changes by a `RecordKind` of `kind.occasions_of`. The use cases write
no notice and no reminder: they return who was asked, and what was let go; the subject tells them.
"""
