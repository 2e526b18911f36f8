"""What the door reads of an update beside its words: whose they are, and what they are about."""

from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Whose words a message carries."""

    OWN = "own"
    FORWARDED = "forwarded"
    """Somebody else's, passed on: evidence, never the sender's own answer, wish or consent."""
    VIA_BOT = "via_bot"
    """Written by an inline bot: the sender picked them, and did not write them."""


@dataclass(frozen=True)
class Heard:
    """The facts of one update, the same for every handler that is asked."""

    whose: Whose = Whose.OWN
    replies_to: int | None = None
    """Number of the message of ours in the same chat that it answers; None where it answers none,
    or somebody else's."""
    edited: bool = False
    """It replaces what was sent earlier under the same number."""

    album: str | None = None
    """Telegram's name of the album that it is a part of."""

    @property
    def own(self) -> bool:
        """Return whether these are the sender's own words."""
        return self.whose is Whose.OWN


NOTHING = Heard()
"""Own words that answer nothing: also what a tap is."""
