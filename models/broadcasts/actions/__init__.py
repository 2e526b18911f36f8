"""Acts on broadcasts; each checks the right of whoever acts, in the same transaction."""

from models.broadcasts.actions import leaving

__all__ = ["leaving"]
