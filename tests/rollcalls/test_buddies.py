"""Buddies: told first, of homes that asked for it alone; doors only while a real one runs."""

from datetime import timedelta

from sqlalchemy import select

from handlers.broadcasts import notices as _broadcast_notices  # noqa: F401 - enters them
from handlers.i18n import ENGLISH, speaking
from handlers.notices import render
from handlers.rollcalls import notices as _notices  # noqa: F401 - enters them
from handlers.screen import Pointless, Screen
from models.broadcasts.rules.notices import Answer
from models.care.actions import ending, pairs
from models.care.rules.states import PairPart
from models.database import transaction
from models.outbox.rules import Lane as Outgoing
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice as OutboxNotice
from models.people.actions.personal import looks_at_me, set_personal
from models.people.rules import Field
from models.rollcalls.actions.calling import end
from models.rollcalls.queries.board import list_of
from models.rollcalls.queries.buddies import buddy_view
from models.rollcalls.rules.notices import BoardStanding, Notice
from models.rollcalls.rules.outcomes import Answering
from models.rollcalls.rules.rounds import RollCallPolicy
from models.rollcalls.views import BuddyView, ListPage
from tests.care.lane import Lane
from tests.proposals.square import Square
from tests.rollcalls.hall import called, says, tick

DOOR = "302"


async def has_buddy(square: Square, name: str = "li", whom: str = "wang") -> Lane:
    """Let somebody have agreed that a neighbour knocks first at their door."""
    lane = Lane(square)
    if name not in square.people:
        await square.add(name, "b1")
    await lane.agreed(whom, None)
    await lane.instead(name, 1, PairPart.BUDDY)
    async with transaction(square.sessions) as session:
        wang = await square.actor(session, whom)
        await set_personal(session, wang, wang.id, Field.DOOR, DOOR, now=square.now)
    return lane


async def view_of(square: Square, name: str, which: int) -> BuddyView | None:
    async with transaction(square.sessions) as session:
        return await buddy_view(session, square.people[name], which, now=square.now)


async def told(square: Square) -> list[OutboxRow]:
    async with transaction(square.sessions) as session:
        found = await session.scalars(
            select(OutboxRow).where(OutboxRow.kind == Notice.BUDDY, OutboxRow.target_id.is_(None))
        )
        return list(found)


async def shown(square: Square, name: str, which: int, *, in_place: bool = False) -> str:
    """Render what a buddy is told, in English; '' where it has become pointless."""
    one = OutboxNotice(
        kind=Notice.BUDDY,
        subject_id=which,
        recipient_id=square.people[name],
        detail={},
        now=square.now,
        in_place=in_place,
    )
    async with transaction(square.sessions) as session:
        with speaking(ENGLISH):
            found = await render(session, one)
    assert isinstance(found, (Screen, Pointless))
    return found.full_text() if isinstance(found, Screen) else ""


async def test_a_buddy_is_told_at_once_with_the_door_and_the_look_is_on_record(
    square: Square,
) -> None:
    await has_buddy(square)
    which = await called(square)
    (row,) = await told(square)
    assert (row.recipient_id, row.lane) == (square.people["li"], Outgoing.URGENT)
    text = await shown(square, "li", which)
    assert "knock at the door of wang first" in text
    assert DOOR in text
    await shown(square, "li", which)
    async with transaction(square.sessions) as session:
        looks = await looks_at_me(session, await square.actor(session, "wang"))
    assert [(one.name, one.fields) for one in looks] == [("li", ("door",))], "once"


async def test_a_drill_says_so_and_shows_no_door(square: Square) -> None:
    await has_buddy(square)
    which = await called(square, drill=True)
    (row,) = await told(square)
    assert row.lane == Outgoing.NOTICE
    text = await shown(square, "li", which)
    assert text.startswith("🟦 DRILL")
    assert text.endswith("DRILL")
    assert DOOR not in text
    async with transaction(square.sessions) as session:
        assert await looks_at_me(session, await square.actor(session, "wang")) == []


async def test_the_door_is_gone_when_the_roll_call_is_over_or_they_were_heard(
    square: Square,
) -> None:
    await has_buddy(square)
    which = await called(square)
    await says(square, "wang", which, Answer.SAFE)
    assert DOOR not in await shown(square, "li", which, in_place=True)
    assert await shown(square, "li", which) == "", "nobody is sent to who has answered"
    again = await called(square)
    assert DOOR in await shown(square, "li", again)
    await square.act("zhou", end, again)
    assert DOOR not in await shown(square, "li", again, in_place=True)
    assert await shown(square, "li", again) == ""


async def test_only_of_homes_that_asked_and_only_for_those_who_agreed(square: Square) -> None:
    lane = await has_buddy(square)
    await square.add("chen", "b1")
    await lane.does(pairs.name_neighbour, "zhao", 1, square.people["chen"], PairPart.BUDDY)
    await square.add("sun", "b1")
    await lane.agreed("sun", "chen")
    which = await called(square)
    assert [row.recipient_id for row in await told(square)] == [square.people["li"]]
    assert await view_of(square, "chen", which) is None
    await lane.does(ending.end, "wang", 1)
    assert await view_of(square, "li", which) is None


async def test_a_buddy_puts_down_whom_they_met_and_nobody_else(square: Square) -> None:
    await has_buddy(square)
    await square.add("sun", "b1")
    which = await called(square)
    met = await says(square, "li", which, Answer.SAFE, "wang")
    assert (met.outcome, met.own) == (Answering.ANSWERED, False)
    other = await says(square, "li", which, Answer.SAFE, "sun")
    assert other.outcome is Answering.NOT_THEIRS


async def test_who_has_a_buddy_stands_first_among_the_silent(square: Square) -> None:
    await square.add("aaa", "b1")
    await has_buddy(square)
    which = await called(square)
    async with transaction(square.sessions) as session:
        zhou = await square.actor(session, "zhou")
        page = await list_of(session, zhou, which, BoardStanding.SILENT, 0)
    assert isinstance(page, ListPage)
    assert (page.people[0].name, page.people[0].buddy) == ("wang", True)
    assert not any(one.buddy for one in page.people[1:])


async def test_who_has_answered_before_the_buddy_was_asked_is_not_knocked_at(
    square: Square,
) -> None:
    await has_buddy(square)
    which = await called(square)
    await says(square, "wang", which, Answer.CAN_HELP)
    await tick(square, minutes=RollCallPolicy().roll_call_every / timedelta(minutes=1))
    view = await view_of(square, "li", which)
    assert view is not None
    assert [(one.door, one.answer) for one in view.doors] == [("", Answer.CAN_HELP)]
