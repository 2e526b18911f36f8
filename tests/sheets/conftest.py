"""Fixtures of the tests of sheets."""

from tests.town import town

__all__ = ["town"]
