"""Fixtures of the tests of votes."""

from tests.proposals.conftest import square

__all__ = ["square"]
