"""What a mark can be, and from how many on they are shown."""

from enum import StrEnum

LEAST_SHOWN = 5
"""Raters from which marks and words are shown: of fewer they would tell who gave what."""

WORDS_LENGTH = 500
"""Characters for the words with a mark."""


class Marked(StrEnum):
    """What became of a mark."""

    GIVEN = "given"
    CHANGED = "changed"
