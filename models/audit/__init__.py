"""The append-only book: grants, looks at personal data, denied attempts.

The database itself refuses to change or remove a line.
"""
