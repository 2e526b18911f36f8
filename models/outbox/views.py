"""What the sender and the screens see of the outbox."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.outbox.rules import Lane


@dataclass(frozen=True)
class Claimed:
    """A row taken for sending; `state` is committed as sending."""

    id: int
    lane: Lane
    chat_id: int | None
    method: str
    payload: dict[str, Any] | None
    kind: str | None
    subject_id: int | None
    recipient_id: int | None
    detail: dict[str, Any]
    target_message_ids: tuple[int, ...]
    """The messages that it changes or deletes, of an album all; empty for something new."""
    attempts: int
    repeat: bool

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
