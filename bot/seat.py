"""The sender's seat: of several processes with one token, whoever holds it sends."""

from typing import Protocol

from models.database import Session


class Seat(Protocol):
    """The sender's seat: whoever holds it sends, in the term in which it does."""

    @property
    def contested(self) -> bool:
        """Return whether others may stand for it."""

    async def won(self) -> int | None:
        """Return the term in which we hold the seat; None while we do not."""

    async def still(self, session: Session, term: int) -> bool:
        """Return whether a term goes on, and let it go on until the transaction has ended."""


class Uncontested:
    """The seat where there is no other sender."""

    contested = False

    async def won(self) -> int | None:
        """Hold it always."""
        return 1

    async def still(self, _session: Session, _term: int) -> bool:
        """Hold it always."""
        return True


class DeposedError(Exception):
    """Another sender holds the seat by now: nothing may be taken or written down."""
