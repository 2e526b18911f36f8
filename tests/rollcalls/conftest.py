"""Fixtures of the tests of roll-calls."""

from tests.proposals.conftest import square

__all__ = ["square"]
