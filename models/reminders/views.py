"""What an action sees of a reminder that fires."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Due:
    """A reminder that is due; `late` when it comes later than a person would notice."""

    id: int
    kind: str
    subject_id: int
    due_at: datetime
    late: bool
    detail: dict[str, Any] = field(default_factory=dict)
    lapses: bool = False
    """So late that it is of no use: it is let go, and does not fire."""
