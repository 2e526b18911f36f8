"""What the sender and the screens see of the outbox."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from models.outbox.rules import ALBUM, FILES, Lane


class WaitingRow(Protocol):
    """A row that waits, by its columns."""

    id: int
    lane: int
    chat_id: int | None
    method: str
    payload: dict[str, Any] | None
    kind: str | None
    subject_id: int | None
    recipient_id: int | None
    detail: dict[str, Any] | None
    target_id: int | None
    attempts: int
    repeat: bool


class Left(Protocol):
    """A row that has left or may have, as far as it counts for the pace."""

    lane: int
    chat_id: int | None
    method: str
    payload: dict[str, Any] | None
    detail: dict[str, Any] | None
    finished_at: datetime | None


@dataclass(frozen=True)
class RowInHand:
    """A row taken for sending; `state` is committed as sending."""

    id: int
    lane: Lane
    chat_id: int | None
    method: str
    payload: dict[str, Any] | None
    attempts: int
    kind: str | None = None
    subject_id: int | None = None
    recipient_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    target_message_ids: tuple[int, ...] = ()
    """The messages that it changes or deletes, of an album all; empty for something new."""
    repeat: bool = False
    anew: bool = False
    """It was to change a message that was never sent, and goes as a new one."""

    @property
    def changes(self) -> int | None:
        """The message that it changes, of an album the first; None for something new."""
        if self.target_message_ids:
            return self.target_message_ids[0]
        named: int | None = (self.payload or {}).get("message_id")
        return named

    @property
    def is_plain(self) -> bool:
        """Whether nothing but its own row is to be settled once it has been sent."""
        return self.method != ALBUM and FILES not in (self.payload or {})

    @property
    def is_new(self) -> bool:
        """Whether it puts something new into its chat, rather than changing what is there."""
        return not self.target_message_ids


@dataclass(frozen=True)
class Notice:
    """A push about to be rendered: to whom, about what, at which instant."""

    kind: str
    subject_id: int
    recipient_id: int
    now: datetime
    repeat: bool = False
    detail: dict[str, Any] = field(default_factory=dict)
    in_place: bool = False
    """It changes a card that the reader has already, so there is something to be settled."""
