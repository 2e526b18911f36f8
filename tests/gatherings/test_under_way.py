"""While people come and go: nothing is told that is not so, and nobody waits for nothing."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import func, select, update

import handlers.gatherings.notices  # noqa: F401 - enters what is told of gatherings
from handlers.notices import render
from handlers.screen import Pointless, Screen
from models.audit.tables import AuditRow
from models.database import transaction
from models.gatherings.actions import coming, due, planning
from models.gatherings.queries import gathering_told, roster_of
from models.gatherings.rules import DOOR_OPENS, FILL_UP, GatheringPolicy, Notice, Reminder
from models.leaving.actions import leave
from models.outbox.rules import State as Sent
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice as Push
from models.people.rules import Role
from models.people.tables import GrantRow
from models.records.rules import Refusal
from models.reminders.views import Due
from models.seats.rules import SeatOutcome, SeatState, Took
from tests.gatherings.village import Village

ASKED, HELD, WAITING, CAME = SeatState.ASKED, SeatState.HELD, SeatState.WAITING, SeatState.CAME
LATER = (date(2026, 12, 8), time(9, 30), time(10, 30), "花园")
KEPT = GatheringPolicy().keep_attendance


async def neighbours(village: Village, *names: str) -> None:
    for name in names:
        await village.street.add(name, "b1")


async def full(village: Village, seats: int, *names: str) -> int:
    """Announce one and let these neighbours sign up."""
    await neighbours(village, *names)
    one = await village.one(seats=seats)
    for name in names:
        await village.signs_up(name, one)
    return one


async def told(village: Village, kind: Notice, name: str, one: int, **detail: Any) -> Any:
    """Render a notice as the sender does, when its turn comes."""
    push = Push(kind, one, village.street.people[name], village.street.now, detail=detail)
    async with transaction(village.street.sessions) as session:
        return await render(session, push)


async def refused_tries(village: Village) -> int:
    async with transaction(village.street.sessions) as session:
        return (
            await session.scalar(
                select(func.count(AuditRow.id)).where(AuditRow.subject == "gatherings")
            )
            or 0
        )


async def all_sent(village: Village) -> None:
    """Let everything queued have arrived."""
    async with transaction(village.street.sessions) as session:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == Sent.QUEUED)
            .values(state=Sent.SENT, finished_at=village.street.now)
        )


async def changes(village: Village) -> list[str]:
    """List whose cards wait to be changed, by name."""
    names = {person_id: name for name, person_id in village.street.people.items()}
    async with transaction(village.street.sessions) as session:
        found = await session.scalars(
            select(OutboxRow.recipient_id)
            .where(OutboxRow.state == Sent.QUEUED, OutboxRow.target_id.is_not(None))
            .order_by(OutboxRow.id)
        )
        return [names[one] for one in found if one is not None]


async def test_who_comes_later_gets_the_seat_of_who_never_answered(village: Village) -> None:
    one = await full(village, 1, "a", "b")
    await village.says("a", comes=False, one=one)
    await village.passes(hours=25)
    assert await village.stands("b", one) is ASKED
    assert await village.signs_up("wang", one) is Took.WAITING
    await village.passes(minutes=1)
    assert await village.stands("wang", one) is ASKED
    assert await village.stands("b", one) is WAITING
    assert await village.street.told(Notice.MOVED_BACK) == ["b"]


async def test_a_seat_given_up_and_one_without_an_answer_make_room_for_two(
    village: Village,
) -> None:
    one = await full(village, 2, "a", "b", "c")
    await village.signs_up("wang", one, 2)
    await village.says("a", comes=False, one=one)
    await village.passes(hours=25)
    assert await village.stands("c", one) is ASKED
    await village.says("b", comes=False, one=one)
    assert await village.stands("wang", one) is ASKED
    assert await village.stands("c", one) is WAITING


async def test_who_is_there_already_is_told_that_it_is_off(village: Village) -> None:
    one = await full(village, 3, "a", "b")
    await village.until((await village.row(one)).starts_at - DOOR_OPENS)
    await village.does(coming.arrive, "a", one)
    await village.does(planning.call_off, "zhao", one, "停电")
    assert sorted(await village.street.told(Notice.OFF)) == ["a", "b"]
    counts = (await village.view("zhao", one)).counts
    assert (counts.taken, counts.came) == (0, 0)


async def test_at_another_time_nobody_is_there_yet(village: Village) -> None:
    one = await full(village, 3, "a", "b")
    row = await village.row(one)
    await village.until(row.starts_at - DOOR_OPENS)
    await village.does(coming.arrive, "a", one)
    await village.does(coming.arrive_at_door, "wang", row.code)
    await village.does(planning.move_to, "zhao", one, *LATER)
    assert sorted(await village.street.told(Notice.CHANGED)) == ["a", "b", "wang"]
    assert await village.stands("a", one) is HELD
    counts = (await village.view("zhao", one)).counts
    assert (counts.taken, counts.came, counts.walked_in) == (3, 0, 0)


async def test_moved_by_minutes_who_is_there_stays_there(village: Village) -> None:
    one = await full(village, 2, "a")
    await village.until((await village.row(one)).starts_at - DOOR_OPENS)
    await village.does(coming.arrive, "a", one)
    soon = (date(2026, 12, 1), time(9, 30), time(11), "花园")
    await village.does(planning.move_to, "zhao", one, *soon)
    assert await village.stands("a", one) is CAME


async def test_a_reminder_that_fires_while_the_time_changes_does_nothing(village: Village) -> None:
    names = [f"n{number:02}" for number in range(12)]
    one = await full(village, 10, *names)
    starts_at = (await village.row(one)).starts_at
    fill_at, soon_at = starts_at - FILL_UP, starts_at - timedelta(hours=2)
    await village.does(planning.move_to, "zhao", one, *LATER)
    async with transaction(village.street.sessions) as session:
        await due.fill(session, Due(0, Reminder.FILL, one, fill_at, late=False), fill_at)
        await due.soon(session, Due(0, Reminder.SOON, one, soon_at, late=False), soon_at)
    assert await village.stands("n10", one) is WAITING
    assert await village.street.told(Notice.SOON) == []


async def test_who_is_too_many_before_the_start_is_told_why_they_wait(village: Village) -> None:
    names = [f"n{number:02}" for number in range(10)]
    one = await full(village, 10, *names)
    await village.signs_up("wang", one, 2)
    await neighbours(village, "single")
    await village.signs_up("single", one)
    await village.until((await village.row(one)).starts_at - timedelta(hours=2, minutes=59))
    assert await village.stands("single", one) is ASKED
    assert await village.street.told(Notice.PASSED) == ["wang"]


async def test_nothing_is_told_that_is_not_so_any_more(village: Village) -> None:
    one = await full(village, 1, "a", "b")
    assert isinstance(await told(village, Notice.SOON, "a", one), Screen)
    await village.says("a", comes=False, one=one)
    for kind in (Notice.SOON, Notice.SIGNED, Notice.CHANGED):
        assert isinstance(await told(village, kind, "a", one), Pointless), kind
    assert isinstance(await told(village, Notice.ASKED, "b", one), Screen)
    assert isinstance(await told(village, Notice.PASSED, "b", one), Pointless)
    await village.says("b", comes=True, one=one)
    for kind in (Notice.ASKED, Notice.MOVED_BACK):
        assert isinstance(await told(village, kind, "b", one), Pointless), kind


async def test_a_proxy_with_a_seat_reads_whose_turn_it_is(village: Village) -> None:
    one = await full(village, 2, "li", "a")
    await village.street.add("grandma", "b1", telegram=False, proxy="li")
    await village.signs_up("li", one, whom="grandma")
    await village.says("a", comes=False, one=one)
    screen = await told(village, Notice.ASKED, "li", one)
    assert isinstance(screen, Screen)
    assert screen.full_text().split("\n\n")[1].count("grandma") == 1


async def test_a_proxy_with_a_seat_reads_who_was_signed_up(village: Village) -> None:
    one = await full(village, 2, "li")
    grandma = await village.street.add("grandma", "b1", telegram=False, proxy="li")
    await village.signs_up("zhao", one, whom="grandma")
    screen = await told(village, Notice.SIGNED, "li", one, person=grandma)
    assert isinstance(screen, Screen)
    assert screen.full_text().split("\n\n")[1].count("grandma") == 1


async def test_a_proxy_who_was_not_there_is_not_asked_how_it_was(village: Village) -> None:
    await neighbours(village, "li")
    grandma = await village.street.add("grandma", "b1", telegram=False, proxy="li")
    one = await village.one()
    await village.signs_up("li", one, whom="grandma")
    await village.until((await village.row(one)).starts_at)
    await village.does(coming.tick, "zhao", one, grandma)
    await village.until((await village.row(one)).ends_at + timedelta(hours=3))
    assert isinstance(await told(village, Notice.FEEDBACK, "li", one), Pointless)


async def test_a_mark_after_ninety_days_is_no_try_without_a_right(village: Village) -> None:
    one = await full(village, 2, "a")
    row = await village.row(one)
    await village.until(row.starts_at)
    await village.does(coming.arrive, "a", one)
    await village.until(row.ends_at + KEPT + timedelta(hours=1))
    before = await refused_tries(village)
    assert await village.does(coming.rate, "a", one, 3) is SeatOutcome.NOT_SIGNED_UP
    assert await refused_tries(village) == before


async def test_after_ninety_days_no_message_tells_who_was_there(village: Village) -> None:
    one = await full(village, 2, "a")
    row = await village.row(one)
    await village.until(row.starts_at)
    await village.does(coming.arrive, "a", one)
    await village.until(row.ends_at + timedelta(hours=3))
    await all_sent(village)
    assert await village.street.told(Notice.FEEDBACK) == ["a"]
    await village.until(row.ends_at + KEPT + timedelta(hours=1))
    for kind in Notice:
        assert await village.street.told(kind) == [], kind


async def test_who_scans_too_early_from_elsewhere_has_tried_nothing(village: Village) -> None:
    await village.street.add("guest", "l1")
    one = await village.one()
    row, guest = await village.row(one), village.street.people["guest"]
    early = await village.does(coming.arrive_at_door, "guest", row.code)
    assert early == (Refusal.TOO_EARLY, one)
    async with transaction(village.street.sessions) as session:
        assert await gathering_told(session, guest, one, village.street.now) is None
    assert await refused_tries(village) == 0


async def test_a_second_tap_on_who_is_there_takes_nothing_back(village: Village) -> None:
    one = await full(village, 2, "a")
    await village.until((await village.row(one)).starts_at)
    a = village.street.people["a"]
    assert await village.does(coming.tick, "zhao", one, a) is SeatOutcome.CAME
    assert await village.does(coming.tick, "zhao", one, a) is Refusal.ALREADY
    assert await village.stands("a", one) is CAME
    assert await village.does(coming.tick, "zhao", one, a, there=False) is SeatOutcome.UNTICKED
    assert await village.does(coming.tick, "zhao", one, a, there=False) is Refusal.WRONG_TIME
    assert await village.stands("a", one) is HELD


async def test_a_role_that_is_taken_back_takes_the_list_with_it(village: Village) -> None:
    await neighbours(village, "staff")
    await village.street.grant("staff", Role.STAFF, "gui")
    made = await village.announces("staff")
    one = made.gathering_id
    async with transaction(village.street.sessions) as session:
        await session.execute(
            update(GrantRow)
            .where(GrantRow.person_id == village.street.people["staff"])
            .values(revoked_at=village.street.now, revoked_by=village.street.people["zhou"])
        )
    assert await village.does(roster_of, "staff", one) is Refusal.NOT_ALLOWED
    assert await village.does(planning.list_to_print, "staff", one) is Refusal.NOT_ALLOWED
    assert (await village.view("staff", one)).code == ""


async def test_the_desk_signs_up_people_of_its_places_alone(village: Village) -> None:
    far = await village.street.add("far", "l1")
    gone = await village.street.add("gone", "b1")
    one = await village.one()
    async with transaction(village.street.sessions) as session:
        await leave(session, await village.street.actor(session, "gone"), now=village.street.now)
    for whom in (far, gone, 10**6):
        signed = await village.does(coming.sign_up, "zhao", one, whom=whom)
        assert signed is Refusal.NOT_ALLOWED, whom
    assert await village.signs_up("zhao", one, whom="wang") is Took.HELD


async def test_who_still_comes_changes_no_card_but_their_own(village: Village) -> None:
    names = ("a", "b", "c")
    one = await full(village, 3, *names)
    await village.until((await village.row(one)).starts_at - timedelta(hours=20))
    await all_sent(village)
    assert await village.says("a", comes=True, one=one) is SeatOutcome.HELD
    assert await changes(village) == ["a"]
    assert await village.says("wang", comes=False, one=one) is SeatOutcome.NOT_SIGNED_UP
    assert await changes(village) == ["a"]
    assert await village.says("b", comes=False, one=one) is SeatOutcome.LET_GO
    assert sorted(await changes(village)) == ["a", "b", "c"]


async def test_at_the_door_only_the_card_of_who_comes_changes(village: Village) -> None:
    names = ("a", "b", "c")
    one = await full(village, 3, *names)
    row = await village.row(one)
    await village.until(row.starts_at - timedelta(minutes=30))
    assert set(await village.street.told(Notice.SOON)) == set(names)
    await all_sent(village)
    await village.does(coming.arrive, "a", one)
    assert set(await changes(village)) == {"a"}
    await village.does(coming.tick, "zhao", one, village.street.people["b"])
    assert set(await changes(village)) == {"a", "b"}
    await village.until(row.ends_at + timedelta(hours=3))
    await all_sent(village)
    await village.does(coming.rate, "a", one, 3)
    assert set(await changes(village)) == {"a"}


async def test_the_line_moves_on_the_cards_when_somebody_leaves_it(village: Village) -> None:
    one = await full(village, 1, "a", "b")
    await neighbours(village, "two")
    await village.signs_up("two", one, 2)
    await village.signs_up("zhao", one, whom="wang")
    await all_sent(village)
    async with transaction(village.street.sessions) as session:
        await leave(session, await village.street.actor(session, "b"), now=village.street.now)
    assert await changes(village) == ["wang"]
