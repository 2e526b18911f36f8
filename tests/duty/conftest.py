"""Fixtures of the tests of duty."""

from tests.help.conftest import street

__all__ = ["street"]
