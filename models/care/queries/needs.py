"""Reading what homes need."""

from models.care.records import (
    open_needs,
)
from models.care.rules import (
    NeedState,
)
from models.care.views import (
    NeedView,
)
from models.database import Session
from models.records.sealed import opened


async def needs_of(session: Session, home_id: int, *, open_: bool) -> tuple[NeedView, ...]:
    """Return what a home needs still; sealed words for whom the caller has checked alone."""
    return tuple(
        NeedView(
            need.id,
            opened(session, need, "words") if open_ else "",
            opened(session, need, "voice") if open_ else "",
            NeedState(need.state),
            need.noted_at,
            None,
        )
        for need in await open_needs(session, home_id)
    )
