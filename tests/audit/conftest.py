"""The neighbourhood that these tests move about in."""

from tests.town import town

__all__ = ["town"]
