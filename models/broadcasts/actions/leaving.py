"""What becomes of broadcasts of somebody who leaves.

What they muted, confirmed and signed up for goes, and where they lived. Under a number they stay
a recipient: else a report would no longer add up. What they drafted goes with its words; what is
on its way in their name somebody has to see through first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select, update

from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, MuteRow, RecipientRow
from models.database import Session
from models.people.hanging import PlaceHooks
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow

ON_ITS_WAY = (State.WAITING, State.SCHEDULED, State.SENDING, State.PAUSED)


async def duties(session: Session, person_id: int) -> int:
    """Count what a person has set going that has not ended."""
    going = (BroadcastRow.author_id == person_id, BroadcastRow.state.in_(ON_ITS_WAY))
    return await session.scalar(select(func.count(BroadcastRow.id)).where(*going)) or 0


async def let_go(session: Session, person_id: int, now: datetime) -> None:
    """Erase what somebody muted and answered, where they lived, and what they only drafted."""
    await session.execute(delete(MuteRow).where(MuteRow.person_id == person_id))
    await session.execute(
        update(RecipientRow)
        .where(RecipientRow.person_id == person_id)
        .values(confirmed_at=None, signed_up_at=None, place_id=None)
    )
    nothing = Content(Medium.TEXT).kept()
    await session.execute(
        update(BroadcastRow)
        .where(BroadcastRow.author_id == person_id, BroadcastRow.state == State.DRAFT)
        .values(state=State.DISCARDED, content=nothing, content_other=None, changed_at=now)
    )


async def _audiences(session: Session, path: str) -> int:
    """Count the broadcasts not yet through whose audience names a place, or one below it."""
    below = set(await session.scalars(select(PlaceRow.id).where(PlaceRow.path.startswith(path))))
    named = [Audience.of(row.audience).groups for row in await _unsent(session)]
    return sum(any(group.place_id in below for group in groups) for groups in named)


async def _rename_audiences(
    session: Session, _actor: Person, pair: tuple[int, int], _now: datetime
) -> None:
    """Let audiences that name a place name the one it is merged into, once."""
    for row in await _unsent(session):
        before = Audience.of(row.audience)
        after = Audience(_renamed(before.joined, pair), _renamed(before.left_out, pair))
        if after != before:
            row.audience = after.kept()


def _renamed(groups: Sequence[Group], pair: tuple[int, int]) -> tuple[Group, ...]:
    renamed = (
        replace(group, place_id=pair[1]) if group.place_id == pair[0] else group for group in groups
    )
    return tuple(dict.fromkeys(renamed))


async def _unsent(session: Session) -> Sequence[BroadcastRow]:
    unsent = BroadcastRow.state.in_((State.DRAFT, *ON_ITS_WAY))
    found = await session.scalars(select(BroadcastRow).where(unsent).order_by(BroadcastRow.id))
    return found.all()


LEAVE_HOOKS = LeaveHooks(let_go, duties)
PLACE_HOOKS = PlaceHooks(_audiences, carry=_rename_audiences)
