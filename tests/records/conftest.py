"""The neighbourhood in which something is sealed."""

from tests.town import town

__all__ = ["town"]
