"""What becomes of a home when the person moves."""

from datetime import datetime

from models.care.records import HOME, keeper_of, own_home
from models.care.rules.notices import Notice
from models.care.rules.states import OPEN_HOME, HomeState
from models.database import Session
from models.records.changing import wake


async def moves_along(session: Session, person_id: int, place_id: int, now: datetime) -> None:
    """Let the home of somebody who has moved be where they live now.

    Who worked there before sees nothing of it any more, where they do not work here as well;
    whoever keeps it from now on is told. Who looks in goes on doing so.
    """
    standing = await own_home(session, person_id)
    change = None if standing is None else await wake(session, HOME, standing.id, now)
    if change is None or change.row.state not in OPEN_HOME | {HomeState.ENDING}:
        return
    before = await keeper_of(session, change.row, now)
    change.row.place_id = place_id
    await change.finish()
    if change.row.state == HomeState.ENDING:
        return
    if (after := await keeper_of(session, change.row, now)) != before:
        await change.tell(Notice.ANSWERED, [after], moved=True)
