"""What an action sees of a reminder that fires."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Due:
    """A reminder that fires now; `late` when it comes later than a person would notice."""

    id: int
    kind: str
    subject_id: int
    due_at: datetime
    late: bool
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What one look at the table settled, and which of those fire."""

    settled: int
    firing: tuple[Due, ...]
