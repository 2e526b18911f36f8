"""An outage as others see it."""

from dataclasses import dataclass
from datetime import datetime

from models.outages.rules import KEPT


@dataclass(frozen=True)
class Outage:
    """A time in which Telegram gave us nothing, longer than it keeps what people send."""

    id: int
    last_heard_at: datetime
    heard_again_at: datetime

    @property
    def lost_until(self) -> datetime:
        """Return until when what was sent may be lost; what came later Telegram had kept."""
        return self.heard_again_at - KEPT
