"""What guests answer, who comes instead of whom, and changes of time and place."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.meetings.actions.calling import call_off, change_meeting
from models.meetings.actions.guests import open_link, reply, take_place
from models.meetings.queries.lists import my_meetings
from models.meetings.queries.parts import counts_of
from models.meetings.rules.notices import Notice, Reminder, Reply
from models.meetings.rules.notices import State as MeetingState
from models.meetings.rules.outcomes import LinkOutcome, MeetingOutcome, ReplyOutcome
from models.proposals.rules.notices import ProposalEvent
from models.proposals.tables import ProposalLineRow
from tests.meetings.acts import ZONE, called, guests_of, link_of, meeting_of, says, sweep_at
from tests.proposals.square import Square


async def test_a_guest_changes_their_mind_in_every_direction_until_the_start(
    square: Square,
) -> None:
    meeting_id = await called(square)
    said = [Reply.YES, Reply.NO, Reply.INSTEAD, Reply.YES, Reply.INSTEAD, Reply.NO, Reply.YES]
    for one in said:
        assert await says(square, "li", meeting_id, one) is ReplyOutcome.NOTED
        assert await says(square, "li", meeting_id, one) is ReplyOutcome.ALREADY
        row = (await guests_of(square, meeting_id))["li"]
        assert row.reply == one
        assert (row.code is not None) == (one is Reply.INSTEAD)
    square.now = (await meeting_of(square, meeting_id)).starts_at
    assert await says(square, "li", meeting_id, Reply.NO) is ReplyOutcome.TOO_LATE


async def test_nobody_answers_but_guests(square: Square) -> None:
    meeting_id = await called(square)
    assert await says(square, "wu", meeting_id, Reply.YES) is ReplyOutcome.NOT_INVITED
    assert await says(square, "li", meeting_id, Reply.LISTENER) is ReplyOutcome.NOT_INVITED
    assert await says(square, "li", 999, Reply.YES) is ReplyOutcome.MISSING


async def test_somebody_comes_instead_and_the_link_works_once(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    assert (await square.act("li", take_place, code)).outcome is LinkOutcome.OWN
    assert (await square.act("chen", take_place, code)).outcome is LinkOutcome.INVITED
    offered = await square.act("wu", open_link, code)
    assert offered.outcome is LinkOutcome.OPEN
    assert offered.instead_of is not None
    assert offered.instead_of.name == "li"
    assert offered.meeting is not None
    assert offered.meeting.where == "居委会二楼"
    assert (await square.act("wu", take_place, code)).outcome is LinkOutcome.YOURS
    assert (await square.act("wu", take_place, code)).outcome is LinkOutcome.ALREADY
    assert (await square.act("he", take_place, code)).outcome is LinkOutcome.TAKEN
    assert (await square.act("he", open_link, code)).meeting is None
    assert await square.told(Notice.INSTEAD) == ["li"]
    assert (await square.told(Notice.INVITED))[-1] == "wu"
    wu = (await guests_of(square, meeting_id))["wu"]
    assert (wu.reply, wu.instead_of) == (Reply.YES, square.people["li"])


async def test_whoever_took_a_place_and_cannot_come_gives_it_back(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    await square.act("wu", take_place, code)
    await says(square, "wu", meeting_id, Reply.NO)
    assert await square.told(Notice.INSTEAD) == ["li", "li"]
    assert (await square.act("he", take_place, code)).outcome is LinkOutcome.MISSING
    assert await says(square, "li", meeting_id, Reply.INSTEAD) is ReplyOutcome.ALREADY
    another = (await guests_of(square, meeting_id))["li"].code
    assert another not in {None, code}
    assert (await square.act("he", take_place, another)).outcome is LinkOutcome.YOURS
    assert (await square.act("wu", take_place, another)).outcome is LinkOutcome.INVITED


async def test_whoever_comes_after_all_takes_the_link_back(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    await says(square, "li", meeting_id, Reply.YES)
    assert (await square.act("wu", take_place, code)).outcome is LinkOutcome.MISSING
    for broken in ("", "’; --", "a" * 16, "x\x00" * 8):
        assert (await square.act("wu", open_link, broken)).outcome is LinkOutcome.MISSING


async def test_a_link_of_a_meeting_that_is_off_or_has_begun(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    begins = (await meeting_of(square, meeting_id)).starts_at
    before, square.now = square.now, begins
    assert (await square.act("wu", take_place, code)).outcome is LinkOutcome.TOO_LATE
    square.now = before
    assert await square.act("zhou", call_off, meeting_id) is MeetingOutcome.DONE
    assert (await square.act("wu", take_place, code)).outcome is LinkOutcome.OFF
    assert await says(square, "li", meeting_id, Reply.YES) is ReplyOutcome.OFF


async def test_another_time_is_told_to_all_who_have_not_said_no(square: Square) -> None:
    meeting_id = await called(square)
    await says(square, "li", meeting_id, Reply.NO)
    await says(square, "chen", meeting_id, Reply.YES)
    before = await meeting_of(square, meeting_id)
    later = (before.starts_at + timedelta(days=1)).astimezone(ZONE)
    given = (meeting_id, later.date(), later.time(), "居委会二楼")
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.DONE
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.UNCHANGED
    after = await meeting_of(square, meeting_id)
    assert (after.version, after.starts_at) == (1, before.starts_at + timedelta(days=1))
    assert sorted(await square.told(Notice.CHANGED)) == ["chen", "wang"]
    assert (await guests_of(square, meeting_id))["chen"].reply == Reply.YES
    assert await square.pending(Reminder.SOON) == [
        after.starts_at - timedelta(days=1),
        after.starts_at - timedelta(hours=1),
    ]
    await square.act("qian", change_meeting, *given[:3], "活动室")
    assert (await meeting_of(square, meeting_id)).version == 2
    assert len(await square.told(Notice.CHANGED)) == 2 + 3


@pytest.mark.parametrize("name", ["zhao", "wang", "li"])
async def test_nobody_else_changes_it_or_calls_it_off(square: Square, name: str) -> None:
    meeting_id = await called(square)
    later = (square.now + timedelta(days=5)).astimezone(ZONE)
    given = (meeting_id, later.date(), later.time(), "活动室")
    assert await square.act(name, change_meeting, *given) is MeetingOutcome.NOT_ALLOWED
    assert await square.act(name, call_off, meeting_id) is MeetingOutcome.NOT_ALLOWED
    assert (await meeting_of(square, meeting_id)).version == 0


async def test_changes_that_make_no_sense(square: Square) -> None:
    meeting_id = await called(square)
    begins = (await meeting_of(square, meeting_id)).starts_at
    past, here = (square.now - timedelta(hours=1)).astimezone(ZONE), begins.astimezone(ZONE)
    given = (meeting_id, past.date(), past.time(), "活动室")
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.PAST
    given = (meeting_id, here.date(), here.time(), " ")
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.EMPTY
    square.now = begins
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.TOO_LATE
    given = (999, here.date(), here.time(), "活动室")
    assert await square.act("zhou", change_meeting, *given) is MeetingOutcome.MISSING
    assert await square.act("zhou", call_off, 999) is MeetingOutcome.MISSING


async def test_called_off_it_is_over_for_good(square: Square) -> None:
    meeting_id = await called(square)
    await says(square, "li", meeting_id, Reply.NO)
    assert await square.act("zhou", call_off, meeting_id) is MeetingOutcome.DONE
    assert await square.act("zhou", call_off, meeting_id) is MeetingOutcome.ALREADY
    meeting = await meeting_of(square, meeting_id)
    assert (meeting.state, meeting.version) == (MeetingState.OFF, 1)
    assert sorted(await square.told(Notice.CHANGED)) == ["chen", "wang"]
    assert await square.pending(Reminder.SOON) == []
    await sweep_at(square, meeting.starts_at)
    assert await square.told(Notice.SOON) == []
    assert await square.act("li", reply, meeting_id, Reply.YES) is ReplyOutcome.OFF


async def test_another_time_or_place_stands_on_the_timelines(square: Square) -> None:
    meeting_id = await called(square)
    starts_at = (await meeting_of(square, meeting_id)).starts_at
    later = (starts_at + timedelta(days=1)).astimezone(ZONE)
    given = (meeting_id, later.date(), later.time())
    assert await square.act("zhou", change_meeting, *given, "居委会二楼") is MeetingOutcome.DONE
    assert await square.act("zhou", change_meeting, *given, "活动室") is MeetingOutcome.DONE
    assert await square.act("zhou", change_meeting, *given, "活动室") is MeetingOutcome.UNCHANGED
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(ProposalLineRow)
            .where(ProposalLineRow.what == ProposalEvent.MEETING_MOVED)
            .order_by(ProposalLineRow.id)
        )
        details = [row.detail for row in rows]
    moved = {"meeting": meeting_id, "starts": later.astimezone(UTC).isoformat()}
    assert details == [moved, {"meeting": meeting_id}]


async def test_whom_somebody_replaces_is_not_silent(square: Square) -> None:
    meeting_id = await called(square)
    code = await link_of(square, "li", meeting_id)
    assert await counted(square, meeting_id) == (4, 1, 2, 1, 0), "li still looks for somebody"
    await square.act("wu", take_place, code)
    assert await counted(square, meeting_id) == (5, 2, 2, 0, 1)
    await says(square, "wu", meeting_id, Reply.NO)
    assert await counted(square, meeting_id) == (5, 1, 2, 1, 0)


async def counted(square: Square, meeting_id: int) -> tuple[int, int, int, int, int]:
    async with transaction(square.sessions) as session:
        found = await counts_of(session, meeting_id)
    return found.invited, found.yes, found.silent, found.instead, found.replaced


async def test_the_desk_reads_what_comes_at_its_places(square: Square) -> None:
    meeting_id = await called(square)

    async def listed(name: str) -> list[tuple[int, bool]]:
        page = await square.act(name, my_meetings, 0, 6)
        return [(line.meeting_id, line.invited) for line in page.lines]

    assert await listed("zhao") == await listed("qian") == [(meeting_id, False)]
    assert await listed("zhou") == await listed("li") == [(meeting_id, True)]
    assert await listed("wu") == await listed("lan") == []
    square.later(days=10)
    assert await listed("zhao") == [], "what was is for its guests"
    assert await listed("li") == [(meeting_id, True)]
