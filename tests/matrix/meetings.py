"""Meetings for the matrix: to come, held, called off, and one whose door is open."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.database import Session
from models.media import Media, MediaKind
from models.meetings.actions.calling import call_meeting, call_off
from models.meetings.actions.guests import check_in, reply
from models.meetings.actions.minutes import add_item, finish_item, publish_minutes
from models.meetings.rules.notices import GuestGroup, Reply
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.views import MeetingPlan
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow, SecondRow

ZONE = ZoneInfo("Asia/Shanghai")


async def meet(
    session: Session, owner: Person, resident: Person, secretary: Person, now: datetime
) -> None:
    """Leave five meetings behind, called by the secretary on what the owner proposed."""
    proposal_id = await _deliberated(session, owner, resident, now)
    for number, hours in enumerate((50, 1, 26, 74, 1), 1):
        start = (now + timedelta(hours=hours)).astimezone(ZONE)
        form = MeetingPlan(
            token=f"matrix-{number}",
            proposal_id=proposal_id,
            day=start.date(),
            at=start.time(),
            where="<b>二楼</b> & *",
            parts=frozenset({GuestGroup.STAFF, GuestGroup.MEMBERS}),
        )
        assert (await call_meeting(session, secretary, form, now=now)).meeting_id == number
    await reply(session, resident, 1, Reply.INSTEAD, now=now)
    await reply(session, owner, 1, Reply.YES, now=now)
    await call_off(session, secretary, 3, now=now)
    await check_in(session, resident, 2, now=now)
    later = now + timedelta(hours=2)
    day = later.astimezone(ZONE).date()
    for number in range(1, 6):
        to = (resident.id, secretary.id)[number % 2]
        given = (f"<办> {number}", to, day + timedelta(days=number))
        noted = await add_item(session, secretary, 2, *given, now=later)
        assert noted is MeetingOutcome.DONE
    await finish_item(session, secretary, 3, "<好了>", now=later)
    file = Media(MediaKind.DOCUMENT, "minutes")
    await publish_minutes(session, secretary, 2, "<b>同意</b>", file, now=later)


async def _deliberated(session: Session, owner: Person, resident: Person, now: datetime) -> int:
    place_id = await session.scalar(select(PlaceRow.id).where(PlaceRow.code == "guihua"))
    assert place_id is not None
    proposal = ProposalRow(
        community_id=place_id,
        number=90_001,
        token="matrix-meetings",
        author_id=owner.id,
        anonymous=True,
        seal=False,
        place_id=place_id,
        topic=ProposalTopic.OTHER,
        title="<b>电梯</b>",
        problem="%s {name}",
        wish="",
        version=1,
        state=State.DELIBERATION,
        submitted_at=now,
        changed_at=now,
        receive_by=now,
        received_at=now,
        seconds=1,
        needed=1,
    )
    session.add(proposal)
    await session.flush()
    session.add(SecondRow(proposal_id=proposal.id, person_id=resident.id, version=1, at=now))
    await session.flush()
    return proposal.id
