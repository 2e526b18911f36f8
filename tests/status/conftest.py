"""Two communities, and things broken in one of them."""

from tests.town import town

__all__ = ["town"]
