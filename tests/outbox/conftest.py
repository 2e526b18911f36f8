"""The neighbourhood whose people are written to."""

from tests.town import town

__all__ = ["town"]
