"""The day itself: reminders, the door, the minutes, what was agreed on, and who has left."""

from datetime import timedelta

from sqlalchemy import select

from models.database import transaction
from models.leaving.actions import leave
from models.media import Media, MediaKind
from models.meetings.actions.calling import call_off
from models.meetings.actions.guests import check_in, check_in_at_door, take_place, tick
from models.meetings.actions.minutes import add_item, finish_item, publish_minutes
from models.meetings.queries.detail import meeting_view
from models.meetings.queries.items import item_view, my_items, owner_choices
from models.meetings.queries.items import items_of as items_page
from models.meetings.queries.lists import guests_page, my_meetings
from models.meetings.rules.notices import Notice, Reminder, Reply, State
from models.meetings.rules.outcomes import ArriveOutcome, MeetingOutcome, Refusal
from models.meetings.views import GuestPage, MeetingView
from models.people.rules import Leaving
from models.reminders.tables import ReminderRow
from tests.meetings.acts import (
    ZONE,
    called,
    details,
    guests_of,
    items_of,
    link_of,
    meeting_of,
    says,
    sweep_at,
)
from tests.proposals.square import Square

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILE = Media(MediaKind.DOCUMENT, "minutes-file")


async def test_reminded_a_day_and_an_hour_before_all_but_those_who_do_not_come(
    square: Square,
) -> None:
    meeting_id = await called(square)
    starts_at = (await meeting_of(square, meeting_id)).starts_at
    await says(square, "li", meeting_id, Reply.NO)
    code = await link_of(square, "chen", meeting_id)
    await sweep_at(square, starts_at - DAY)
    assert sorted(await square.told(Notice.SOON)) == ["chen", "wang", "zhou"]
    await square.act("wu", take_place, code)
    await sweep_at(square, starts_at - HOUR)
    assert sorted((await square.told(Notice.SOON))[3:]) == ["wang", "wu", "zhou"]
    assert {one["late"] for one in await details(square, Notice.SOON)} == {False}


async def test_late_reminders_say_so_and_after_the_start_are_of_no_use(square: Square) -> None:
    first, second = await called(square), await called(square, token="t-2")
    starts_at = (await meeting_of(square, first)).starts_at
    await sweep_at(square, starts_at - timedelta(minutes=30))
    told = await details(square, Notice.SOON)
    assert [one["late"] for one in told] == [True] * 8
    assert len(await square.told(Notice.SOON)) == 8
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(ReminderRow).where(ReminderRow.state == "lapsed"))
        assert sorted(row.subject_id for row in rows) == [first, second]


async def test_after_the_start_nobody_is_reminded(square: Square) -> None:
    meeting_id = await called(square)
    await sweep_at(square, (await meeting_of(square, meeting_id)).starts_at)
    assert await square.told(Notice.SOON) == []


async def test_the_door(square: Square) -> None:
    meeting_id = await called(square)
    meeting = await meeting_of(square, meeting_id)
    square.now = meeting.starts_at - HOUR - timedelta(seconds=1)
    assert await square.act("li", check_in, meeting_id) is ArriveOutcome.TOO_EARLY
    square.now = meeting.starts_at - HOUR
    assert await square.act("li", check_in, meeting_id) is ArriveOutcome.HERE
    assert await square.act("li", check_in, meeting_id) is ArriveOutcome.ALREADY
    here = (ArriveOutcome.HERE, meeting_id)
    assert await square.act("chen", check_in_at_door, meeting.code) == here
    assert await square.act("wu", check_in, meeting_id) is ArriveOutcome.NOT_INVITED
    listens = (ArriveOutcome.LISTENING, meeting_id)
    assert await square.act("wu", check_in_at_door, meeting.code) == listens
    again = (ArriveOutcome.ALREADY, meeting_id)
    assert await square.act("wu", check_in_at_door, meeting.code) == again
    stranger = (ArriveOutcome.NOT_INVITED, meeting_id)
    assert await square.act("lan", check_in_at_door, meeting.code) == stranger
    nothing = (ArriveOutcome.MISSING, None)
    for code in ("", "no-such-code-here", "’; --"):
        assert await square.act("li", check_in_at_door, code) == nothing
    assert await square.act("li", check_in, 999) is ArriveOutcome.MISSING
    guests = await guests_of(square, meeting_id)
    assert {name for name, row in guests.items() if row.came_at} == {"li", "chen", "wu"}
    square.now = meeting.starts_at + DAY
    assert await square.act("wang", check_in, meeting_id) is ArriveOutcome.TOO_LATE


async def test_nobody_comes_to_what_is_called_off(square: Square) -> None:
    meeting_id = await called(square)
    await square.act("zhou", call_off, meeting_id)
    assert await square.act("li", check_in, meeting_id) is ArriveOutcome.OFF


async def seen(square: Square, name: str, meeting_id: int) -> MeetingView:
    view = await square.act(name, meeting_view, meeting_id)
    assert isinstance(view, MeetingView)
    return view


async def test_everybody_sees_as_much_as_is_theirs(square: Square) -> None:
    meeting_id = await called(square)
    await says(square, "li", meeting_id, Reply.YES)
    guest, outside = await seen(square, "li", meeting_id), await seen(square, "wu", meeting_id)
    assert (guest.where, outside.where) == ("居委会二楼", None)
    assert guest.me is not None
    assert outside.me is None
    assert [item.title for item in outside.agenda] == ["加装电梯"]
    assert guest.counts is outside.counts is None
    staff, secretary = (
        await seen(square, "zhao", meeting_id),
        await seen(square, "zhou", meeting_id),
    )
    assert staff.counts is not None
    assert (staff.counts.invited, staff.counts.yes, staff.counts.silent) == (4, 2, 2)
    assert not staff.may
    assert secretary.may
    assert await square.act("li", meeting_view, 999) is Refusal.MISSING
    page = await square.act("zhao", guests_page, meeting_id, 0, 3)
    assert isinstance(page, GuestPage)
    assert [line.name for line in page.lines] == ["chen", "li", "wang"]
    assert page.pages == 2
    assert await square.act("li", guests_page, meeting_id, 0, 3) is Refusal.NOT_ALLOWED
    assert await square.act("zhao", guests_page, 999, 0, 3) is Refusal.MISSING


async def test_minutes_go_to_guests_and_supporters_once_and_again_when_corrected(
    square: Square,
) -> None:
    meeting_id = await called(square)
    starts_at = (await meeting_of(square, meeting_id)).starts_at
    given = (meeting_id, "同意加装")
    assert await square.act("zhou", publish_minutes, *given) is MeetingOutcome.TOO_EARLY
    square.now = starts_at + HOUR
    await square.act("wu", check_in_at_door, (await meeting_of(square, meeting_id)).code)
    assert await square.act("zhao", publish_minutes, *given) is MeetingOutcome.NOT_ALLOWED
    assert await square.act("zhou", publish_minutes, meeting_id, " ") is MeetingOutcome.EMPTY
    video = Media(MediaKind.VIDEO, "film")
    outcome = await square.act("zhou", publish_minutes, meeting_id, "", video)
    assert outcome is MeetingOutcome.EMPTY
    assert await square.act("zhou", publish_minutes, *given) is MeetingOutcome.DONE
    assert await square.act("zhou", publish_minutes, *given) is MeetingOutcome.UNCHANGED
    assert sorted(await square.told(Notice.MINUTES)) == ["chen", "li", "wang", "wu"]
    assert (await meeting_of(square, meeting_id)).state == State.HELD
    assert (await seen(square, "lan", meeting_id)).minutes == "同意加装"
    assert await square.act("zhou", call_off, meeting_id) is MeetingOutcome.TOO_LATE
    square.later(hours=1)
    assert await square.act("qian", publish_minutes, *given, FILE) is MeetingOutcome.DONE
    corrected = [one["corrected"] for one in await details(square, Notice.MINUTES)]
    assert corrected == [False] * 4 + [True] * 5
    view = await seen(square, "li", meeting_id)
    assert view.minutes_file == FILE
    assert (await square.timeline(view.agenda[0].proposal_id))[-2:] == ["minutes", "minutes"]
    assert await square.act("zhou", publish_minutes, 999, "x") is MeetingOutcome.MISSING


async def met(square: Square) -> int:
    """Hold a meeting to which li came."""
    meeting_id = await called(square)
    square.now = (await meeting_of(square, meeting_id)).starts_at
    await square.act("li", check_in, meeting_id)
    return meeting_id


async def test_an_action_item_is_told_reminded_late_and_done(square: Square) -> None:
    meeting_id = await met(square)
    choices = await square.act("zhou", choices_of, meeting_id)
    assert sorted(choices) == ["li", "qian", "zhao", "zhou"]
    assert await square.act("li", choices_of, meeting_id) == []
    day = (square.now + timedelta(days=7)).astimezone(ZONE).date()
    given = (meeting_id, "问三家电梯公司", square.people["li"], day)
    assert await square.act("zhao", add_item, *given) is MeetingOutcome.NOT_ALLOWED
    assert await square.act("zhou", add_item, *given) is MeetingOutcome.DONE
    assert await square.act("zhou", add_item, *given) is MeetingOutcome.ALREADY
    assert await square.told(Notice.ACTION) == ["li"]
    item = (await items_of(square, meeting_id))[0]
    assert await square.pending(Reminder.ACTION_DUE) == [item.due_at]
    await sweep_at(square, item.due_at)
    assert await square.told(Notice.ACTION_DUE) == ["li"]
    await sweep_at(square, item.due_at + DAY)
    assert sorted((await square.told(Notice.ACTION_DUE))[1:]) == ["li", "qian", "zhou"]
    async with transaction(square.sessions) as session:
        actor = await square.actor(session, "li")
        assert await leave(session, actor, now=square.now) is Leaving.OPEN_DUTIES
    assert await square.act("chen", finish_item, item.id, "") is MeetingOutcome.NOT_ALLOWED
    assert await square.act("li", finish_item, item.id, "问好了") is MeetingOutcome.DONE
    assert await square.act("zhou", finish_item, item.id, "") is MeetingOutcome.ALREADY
    assert await square.act("li", finish_item, 999, "") is MeetingOutcome.MISSING
    assert (await square.told(Notice.ACTION))[1:] == ["zhou"]
    view = await square.act("wang", item_view, item.id)
    assert not isinstance(view, Refusal)
    assert (view.done_words, view.overdue) == ("问好了", False)
    assert await square.act("lan", item_view, item.id) is Refusal.NOT_ALLOWED
    page = await square.act("li", my_items, 0, 5)
    assert [line.item_id for line in page.lines] == [item.id]
    assert await square.act("lan", items_page, meeting_id, 0, 5) is Refusal.NOT_ALLOWED


async def choices_of(session, actor, meeting_id, *, now):
    return [who.name for who in await owner_choices(session, actor, meeting_id)]


async def test_action_items_that_make_no_sense(square: Square) -> None:
    early = await called(square, token="early")
    meeting_id = await met(square)
    li, today = square.people["li"], square.now.astimezone(ZONE).date()
    for outcome, given in (
        (MeetingOutcome.EMPTY, (meeting_id, " ", li, today)),
        (MeetingOutcome.PAST, (meeting_id, "x", li, today - DAY)),
        (MeetingOutcome.TOO_FAR, (meeting_id, "x", li, today + timedelta(days=400))),
        (MeetingOutcome.BAD_OWNER, (meeting_id, "x", square.people["lan"], today)),
        (MeetingOutcome.MISSING, (999, "x", li, today)),
    ):
        assert await square.act("zhou", add_item, *given) is outcome
    square.now -= timedelta(days=1)
    assert await square.act("zhou", add_item, early, "x", li, today) is MeetingOutcome.TOO_EARLY
    square.now += timedelta(days=1)
    assert await square.act("zhou", add_item, meeting_id, "x", li, today) is MeetingOutcome.DONE
    item = (await items_of(square, meeting_id))[0]
    due_at = item.due_at if square.now < item.due_at else item.due_at + DAY
    assert await square.pending(Reminder.ACTION_DUE) == [due_at]


async def test_after_an_outage_a_late_item_is_told_once(square: Square) -> None:
    meeting_id = await met(square)
    day = (square.now + timedelta(days=2)).astimezone(ZONE).date()
    await square.act("zhou", add_item, meeting_id, "x", square.people["li"], day)
    await sweep_at(square, square.now + timedelta(days=20))
    assert sorted(await square.told(Notice.ACTION_DUE)) == ["li", "qian", "zhou"]
    assert {one["late"] for one in await details(square, Notice.ACTION_DUE)} == {True}


async def test_my_meetings_come_first_what_is_to_come(square: Square) -> None:
    over = await called(square, token="a", start=square.now + HOUR)
    far = await called(square, token="b", start=square.now + timedelta(days=9))
    near = await called(square, token="c", start=square.now + timedelta(days=2))
    off = await called(square, token="d", start=square.now + timedelta(days=1))
    await square.act("zhou", call_off, off)
    square.later(hours=5)
    first, second = [await square.act("li", my_meetings, page, 3) for page in (0, 1)]
    assert [line.meeting_id for line in (*first.lines, *second.lines)] == [near, far, off, over]
    assert (first.page, first.pages, second.page) == (0, 2, 1)
    assert (await square.act("li", my_meetings, 99, 3)).page == 1
    assert (await square.act("wu", my_meetings, 0, 3)).lines == ()


async def test_who_leaves_is_no_guest_any_more_but_that_they_came_stays(square: Square) -> None:
    past, coming = await met(square), await called(square, token="t-2")
    code = await link_of(square, "li", coming)
    await square.act("wu", take_place, code)
    async with transaction(square.sessions) as session:
        actor = await square.actor(session, "li")
        assert await leave(session, actor, now=square.now) is Leaving.LEFT
    assert "li" not in await guests_of(square, coming)
    stays = (await guests_of(square, past))["li"]
    assert stays.came_at is not None
    assert (stays.reply, stays.code) == (None, None)
    assert (await guests_of(square, coming))["wu"].instead_of is None


async def test_the_secretary_notes_who_came_without_a_phone(square: Square) -> None:
    meeting_id = await called(square)
    guest = (await guests_of(square, meeting_id))["li"].id
    starts_at = (await meeting_of(square, meeting_id)).starts_at

    async def noted(name: str, *, came: bool = True, who: int = guest) -> MeetingOutcome:
        return await square.act(name, tick, who, came=came)

    assert await noted("zhou") is MeetingOutcome.TOO_EARLY
    square.now = starts_at - HOUR
    for name in ("zhao", "li", "lan"):
        assert await noted(name) is MeetingOutcome.NOT_ALLOWED
    assert await noted("zhou") is MeetingOutcome.DONE
    assert await noted("zhou") is MeetingOutcome.ALREADY
    assert (await guests_of(square, meeting_id))["li"].came_at == square.now
    assert await noted("zhou", came=False) is MeetingOutcome.DONE
    assert (await guests_of(square, meeting_id))["li"].came_at is None
    assert await noted("zhou", who=999_999) is MeetingOutcome.MISSING
    page = await square.act("zhou", guests_page, meeting_id, 0, 9)
    staff = await square.act("zhao", guests_page, meeting_id, 0, 9)
    assert isinstance(page, GuestPage)
    assert isinstance(staff, GuestPage)
    assert (page.may_tick, staff.may_tick) == (True, False)
    square.now = starts_at + DAY
    assert await noted("zhou") is MeetingOutcome.TOO_LATE
