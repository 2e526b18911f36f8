"""What becomes of registrations when whoever holds them lives elsewhere."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.people.tables import PersonRow
from models.places.queries import community_above
from models.places.tables import PlaceRow
from models.records.changing import wake
from models.registrations.actions.deciding import close
from models.registrations.actions.filing import used_at
from models.registrations.house import OF_A_HOME
from models.registrations.notices import Notice
from models.registrations.records import REGISTRATIONS, Change, next_number, who_accepts
from models.registrations.rules import WAITING, Follows, State, WhyEnded
from models.registrations.tables import RegistrationKindRow, RegistrationRow


async def holder_moves(session: Session, person_id: int, place_id: int, now: datetime) -> None:
    """Let what is somebody's own go along to where they live now: a car, a dog, and kinds of the
    community that are used there as well.

    What says something of a home that stays where it is (let, vacant, builders) stays, too; that
    they stay somewhere for a while has ended. In another community it has a new number, and they
    are told. Whoever is new at the desk is asked about what waits; nothing is accepted anew.
    """
    found = await session.scalars(
        select(RegistrationRow.id)
        .where(RegistrationRow.person_id == person_id, RegistrationRow.state != State.ENDED)
        .order_by(RegistrationRow.id)
    )
    changes = [await wake(session, REGISTRATIONS, one, now) for one in found.all()]
    home = await session.get_one(PlaceRow, place_id)
    for change in filter(None, changes):
        kind = await session.get_one(RegistrationKindRow, change.row.kind_id)
        if kind.code in OF_A_HOME:
            continue
        if kind.follows == Follows.RESIDENCE or not await used_at(session, kind, home.path):
            await _ends(change)
        else:
            await _follows(change)


async def _ends(change: Change) -> None:
    told = change.row.state != State.BEGUN
    await close(change, WhyEnded.MOVED)
    if told:
        await change.tell(Notice.MOVED, [change.row.person_id])


async def _follows(change: Change) -> None:
    session, row, before = change.session, change.row, change.row.community_id
    asked = await who_accepts(session, row)
    await go_along(change)
    if row.community_id != before and row.state != State.BEGUN:
        await change.tell(Notice.MOVED, [row.person_id])
    if row.state in WAITING:
        await change.tell(Notice.FILED, {*await who_accepts(session, row)} - {*asked})


async def go_along(change: Change) -> None:
    """Let a registration be where its holder lives now, with a number of that community; it ends
    where they live nowhere."""
    row, session = change.row, change.session
    holder = None if row.person_id is None else await session.get(PersonRow, row.person_id)
    home = None if holder is None else await session.get(PlaceRow, holder.place_id or 0)
    if home is None:
        await close(change, WhyEnded.LEFT)
        return
    community = await community_above(session, home.id)
    community_id = home.id if community is None else community.id
    if community_id != row.community_id and row.number is not None:
        row.number = await next_number(session, row.kind_id, community_id)
    row.place_id, row.community_id = home.id, community_id
    await change.finish()
