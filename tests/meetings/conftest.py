"""Fixtures of the tests of meetings."""

from tests.proposals.conftest import square

__all__ = ["square"]
