"""Roles: given and taken back, first of all by a code; what becomes of them with their places."""
