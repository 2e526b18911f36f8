"""Short ways to call a meeting and to live through it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.database import transaction
from models.meetings.actions.calling import call_meeting
from models.meetings.actions.guests import reply
from models.meetings.rules.notices import Reply
from models.meetings.rules.outcomes import MeetingCallOutcome, ReplyOutcome
from models.meetings.tables import ActionRow, GuestRow, MeetingRow
from models.meetings.views import MeetingPlan
from models.outbox.tables import OutboxRow
from models.proposals.rules.states import State
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

ZONE = ZoneInfo("Asia/Shanghai")


def calling(square: Square, proposal_id: int, *, token: str = "t-1", **fields: Any) -> MeetingPlan:
    """Make a form for the same hour three days ahead, unless told otherwise."""
    start = fields.pop("start", square.now + timedelta(days=3)).astimezone(ZONE)
    given = {"day": start.date(), "at": start.time().replace(microsecond=0), "where": "居委会二楼"}
    return MeetingPlan(token, proposal_id, **(given | fields))


async def called(square: Square, *, token: str = "t-1", **fields: Any) -> int:
    """Let zhou call a meeting on what wang proposed and li and chen back; give its id."""
    proposal_id = await square.put(state=State.DELIBERATION, backers=["li", "chen"])
    form = calling(square, proposal_id, token=token, **fields)
    found = await square.act("zhou", call_meeting, form)
    assert found.outcome is MeetingCallOutcome.CALLED
    assert found.meeting_id is not None
    return found.meeting_id


async def meeting_of(square: Square, meeting_id: int) -> MeetingRow:
    """Read a meeting in a session of its own."""
    async with transaction(square.sessions) as session:
        return await session.get_one(MeetingRow, meeting_id)


async def guests_of(square: Square, meeting_id: int) -> dict[str, GuestRow]:
    """Read the guests by name."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(GuestRow).where(GuestRow.meeting_id == meeting_id).order_by(GuestRow.id)
        )
        return {names[row.person_id]: row for row in rows}


async def says(square: Square, name: str, meeting_id: int, said: Reply) -> ReplyOutcome:
    """Answer an invitation."""
    return await square.act(name, reply, meeting_id, said)


async def link_of(square: Square, name: str, meeting_id: int) -> str:
    """Let a guest look for somebody else; give the code of their link."""
    await says(square, name, meeting_id, Reply.INSTEAD)
    code = (await guests_of(square, meeting_id))[name].code
    assert code is not None
    return code


async def items_of(square: Square, meeting_id: int) -> list[ActionRow]:
    """Read the action items."""
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(ActionRow).where(ActionRow.meeting_id == meeting_id).order_by(ActionRow.id)
        )
        return list(rows)


async def sweep_at(square: Square, instant: datetime) -> None:
    """Let time pass, and have done what is due."""
    square.now = instant
    await sweep(square.sessions, EFFECTS, instant)


async def details(square: Square, kind: str) -> list[dict[str, Any]]:
    """List the details of the notices of a kind that were queued."""
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow.detail)
            .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
            .order_by(OutboxRow.id)
        )
        return [row or {} for row in rows]
