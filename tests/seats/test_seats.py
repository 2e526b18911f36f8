"""Seats, the line and the door, one thing after the other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.records.rules import Refusal
from models.seats import actions, queries
from models.seats.rules import ERASED, OPEN, Party, SeatOutcome, SeatState, Took
from models.seats.tables import SeatRow
from models.seats.views import SeatCounts
from tests.records.hall import SUBJECT, Hall
from tests.seats.concert import HALF_A_DAY, Concert, check, concert_of

ASKED, HELD, WAITING = SeatState.ASKED, SeatState.HELD, SeatState.WAITING
NAMES = ["li", "chen", "sun", "qian", "wu", "zheng"]


@pytest.fixture
async def full(hall: Hall) -> Concert:
    """Two seats, held by li and chen."""
    await hall.add(*NAMES)
    concert = await concert_of(hall, 2)
    for name in ("li", "chen"):
        assert await concert.take(name) is Took.HELD
    return concert


async def test_a_party_too_big_for_what_is_free_keeps_its_place(full: Concert) -> None:
    await full.take("sun", 3)
    await full.take("qian")
    await full.take("wu")
    await full.does(actions.let_go, "li")
    await full.does(actions.let_go, "chen")
    assert await full.ask_next() == (["qian", "wu"], ["sun"])
    stands = await full.stands("sun")
    assert (stands.state, stands.place_in_line, stands.party) == (WAITING, 1, Party(3))
    assert (await full.counts()).free == 0
    assert await full.ask_next() == ([], [])


async def test_nobody_is_passed_over_where_nobody_was_asked(full: Concert) -> None:
    await full.take("sun", 3)
    await full.take("qian", 3)
    await full.does(actions.let_go, "li")
    assert await full.ask_next() == ([], [])


async def test_no_line_is_jumped(full: Concert) -> None:
    await full.take("sun")
    await full.does(actions.let_go, "li")
    assert await full.take("qian") is Took.WAITING
    assert await full.ask_next() == (["sun"], [])
    assert (await full.stands("qian")).place_in_line == 1


async def test_whoever_fits_where_nobody_before_them_does_gets_the_seat(full: Concert) -> None:
    await full.take("sun", 2)
    await full.does(actions.let_go, "li")
    assert await full.take("qian") is Took.HELD


async def test_whoever_let_go_comes_again_at_the_end_of_the_line(full: Concert) -> None:
    await full.take("sun")
    assert await full.take("li") is Refusal.ALREADY
    assert await full.does(actions.let_go, "li") is SeatOutcome.LET_GO
    assert await full.does(actions.let_go, "li") is SeatOutcome.NOT_SIGNED_UP
    assert await full.stands("li") is None
    assert await full.take("li") is Took.WAITING
    assert (await full.stands("li")).place_in_line == 2


async def test_who_signed_up_is_kept_apart_from_who_comes(full: Concert) -> None:
    hall = full.hall
    await full.act(actions.take, hall.people["sun"], actor="li")
    async with transaction(hall.sessions) as session:
        lines = await queries.roster(session, SUBJECT, full.id)
    assert [(hall.names([one.person_id, one.signed_by])) for one in lines] == [
        ["li", "li"],
        ["chen", "chen"],
        ["sun", "li"],
    ]


async def test_a_yes_holds_and_a_no_frees(full: Concert) -> None:
    await full.take("sun")
    await full.take("qian")
    for name in ("li", "chen"):
        await full.does(actions.let_go, name)
    await full.ask_next()
    asked = await full.stands("sun")
    assert (asked.state, asked.ask_until) == (ASKED, full.hall.now + HALF_A_DAY)
    assert await full.does(actions.answer, "sun", comes=True) is SeatOutcome.HELD
    assert await full.does(actions.answer, "qian", comes=False) is SeatOutcome.LET_GO
    held = await full.stands("sun")
    assert (held.state, held.ask_until, held.sure) == (HELD, None, False)
    assert (await full.counts()).free == 1


async def test_still_coming_is_kept_until_the_time_changes(full: Concert) -> None:
    assert await full.does(actions.answer, "li", comes=True) is SeatOutcome.HELD
    assert (await full.stands("li")).sure
    await full.act(actions.reopen_sure)
    assert not (await full.stands("li")).sure
    assert await full.state("li") is HELD


async def test_who_does_not_answer_gives_way_to_who_waits(full: Concert) -> None:
    await full.take("sun")
    await full.take("qian")
    await full.does(actions.let_go, "li")
    await full.ask_next()
    full.hall.now += HALF_A_DAY - timedelta(seconds=1)
    assert await full.lapse() == []
    full.hall.later(seconds=1)
    assert await full.lapse() == ["sun"]
    assert await full.does(actions.answer, "sun", comes=True) is Refusal.TOO_LATE
    assert (await full.stands("sun")).place_in_line == 2
    assert await full.ask_next() == (["qian"], [])
    assert await full.does(actions.answer, "sun", comes=False) is SeatOutcome.LET_GO


async def test_a_seat_that_nobody_else_wants_stays_kept(full: Concert) -> None:
    await full.take("sun")
    await full.take("qian", 3)
    await full.does(actions.let_go, "li")
    await full.ask_next()
    full.hall.now += HALF_A_DAY
    assert await full.lapse() == []
    assert await full.does(actions.answer, "sun", comes=True) is SeatOutcome.HELD


async def test_shortly_before_a_tenth_is_asked_in_beyond_the_number(hall: Hall) -> None:
    names = [f"n{number}" for number in range(30)]
    await hall.add(*names)
    concert = await concert_of(hall, 20)
    for name in names:
        await concert.take(name)
    for name in names[:19]:
        await concert.does(actions.answer, name, comes=True)
    assert await concert.ask_beyond() == ([names[20]], [])
    await concert.act(actions.reopen_sure)
    assert await concert.ask_beyond() == ([names[21]], [])
    assert await concert.ask_beyond() == ([], [])
    counts = await concert.counts()
    assert (counts.taken, counts.free, counts.waiting) == (22, 0, 8)
    for name in names[:2]:
        await concert.does(actions.let_go, name)
    assert await concert.ask_next() == ([], [])
    await concert.does(actions.let_go, names[2])
    assert await concert.ask_next() == ([names[22]], [])


async def test_few_seats_and_no_limit_have_nobody_beyond(full: Concert) -> None:
    await full.take("sun")
    assert await full.ask_beyond() == ([], [])
    await full.act(actions.resize, None)
    assert await full.ask_beyond() == ([], [])
    assert await full.ask_next() == (["sun"], [])
    assert (await full.counts()).free is None


async def test_in_a_smaller_room_nobody_loses_a_seat(full: Concert) -> None:
    await full.take("sun")
    assert await full.act(actions.resize, 0) is Refusal.BAD_CHOICE
    assert await full.act(actions.resize, 1) is None
    assert await full.who(HELD) == ["li", "chen"]
    await full.does(actions.let_go, "li")
    assert await full.ask_next() == ([], [])
    await full.does(actions.let_go, "chen")
    assert await full.ask_next() == (["sun"], [])
    await full.act(actions.resize, 5)
    assert (await full.counts()).free == 4


async def test_a_list_without_seats_is_none(hall: Hall) -> None:
    record = await hall.record()
    assert await hall.act(actions.open_list, record, 0) is Refusal.BAD_CHOICE
    async with transaction(hall.sessions) as session:
        assert await queries.counts(session, SUBJECT, [record]) == {}


async def test_the_door_notes_each_party_once(full: Concert) -> None:
    await full.take("sun")
    by = full.hall.people["qian"]
    assert await full.does(actions.check_in, "li", by=by) is SeatOutcome.CAME
    assert await full.does(actions.check_in, "li") is Refusal.ALREADY
    assert await full.does(actions.check_in, "sun") is SeatOutcome.NOT_SIGNED_UP
    assert await full.does(actions.check_in, "wu") is SeatOutcome.NOT_SIGNED_UP
    assert await full.does(actions.let_go, "li") is Refusal.WRONG_TIME
    assert (await full.counts()).came == 1
    async with transaction(full.hall.sessions) as session:
        assert await queries.open_of(session, full.hall.people["li"], SUBJECT) == [
            (full.id, SeatState.CAME)
        ]


@pytest.mark.parametrize("state", [HELD, ASKED])
async def test_a_mis_tap_is_taken_back_to_where_it_stood(full: Concert, state: SeatState) -> None:
    await full.take("sun")
    await full.does(actions.let_go, "li")
    await full.ask_next()
    name = "chen" if state is HELD else "sun"
    await full.does(actions.check_in, name)
    assert await full.does(actions.untick, name) is SeatOutcome.UNTICKED
    assert await full.does(actions.untick, name) is Refusal.WRONG_TIME
    assert await full.state(name) is state
    assert (await full.counts()).came == 0


async def test_who_walks_in_has_a_seat_where_one_is_free(full: Concert) -> None:
    await full.does(actions.let_go, "li")
    assert await full.does(actions.walk_in, "sun") is SeatOutcome.CAME
    assert await full.does(actions.walk_in, "sun") is SeatOutcome.CAME
    assert await full.does(actions.walk_in, "qian") is SeatOutcome.WALKED_IN
    assert await full.does(actions.walk_in, "qian") is SeatOutcome.WALKED_IN
    assert await full.does(actions.walk_in, "chen") is SeatOutcome.CAME
    assert await full.counts() == SeatCounts(
        seats=2, taken=3, free=0, waiting=0, came=3, walked_in=1
    )


async def test_who_waited_and_walks_in_stands_in_line_again_after_a_mis_tap(full: Concert) -> None:
    await full.take("sun", 2)
    await full.take("qian")
    assert await full.does(actions.walk_in, "sun") is SeatOutcome.WALKED_IN
    assert (await full.counts()).walked_in == 2
    assert (await full.stands("qian")).place_in_line == 1
    await full.does(actions.untick, "sun")
    assert (await full.stands("sun")).place_in_line == 1
    assert await full.does(actions.walk_in, "wu") is SeatOutcome.WALKED_IN
    await full.does(actions.untick, "wu")
    assert await full.stands("wu") is None
    counts = await full.counts()
    assert (counts.taken, counts.came, counts.walked_in) == (2, 0, 0)


async def test_at_the_end_who_held_a_seat_was_absent_and_nobody_else(full: Concert) -> None:
    for name in ("sun", "qian"):
        await full.take(name)
    await full.does(actions.let_go, "li")
    await full.ask_next()
    await full.does(actions.check_in, "chen")
    await full.act(actions.untick, full.hall.people["chen"])
    await full.does(actions.walk_in, "wu")
    await full.act(actions.close_list)
    assert await full.state("chen") is SeatState.ABSENT
    assert await full.who(SeatState.LET_GO) == ["li", "sun", "qian"]
    assert await full.does(actions.check_in, "chen") is Refusal.TOO_LATE
    await full.act(actions.close_list)
    assert (await full.counts()).came == 1


async def test_what_is_called_off_leaves_nobody_absent(full: Concert) -> None:
    for name in ("sun", "qian"):
        await full.take(name)
    await full.does(actions.let_go, "li")
    await full.ask_next()
    everybody = await full.act(actions.call_off)
    assert full.hall.names(everybody) == ["chen", "sun", "qian"]
    assert await full.who(*OPEN, SeatState.ABSENT) == []
    assert (await full.counts()).taken == 0
    assert await full.act(actions.call_off) == ()


async def test_what_is_erased_leaves_its_sums(full: Concert) -> None:
    await full.does(actions.check_in, "li")
    await full.does(actions.walk_in, "wu")
    await full.act(actions.close_list)
    other = await concert_of(full.hall, 5)
    await other.take("li")
    async with transaction(full.hall.sessions) as session:
        await actions.erase(session, SUBJECT, [full.id])
        assert await queries.roster(session, SUBJECT, full.id) == []
        counts = await queries.counts(session, SUBJECT, [full.id, other.id])
    assert (counts[full.id].came, counts[full.id].walked_in) == (2, 1)
    assert await other.who(HELD) == ["li"]


async def test_whoever_leaves_takes_nobody_elses_words_along(full: Concert) -> None:
    hall = full.hall
    other = await concert_of(hall, 9)
    await other.take("li")
    await other.take("sun", 2, children=1, brought_by="妈妈", ages="6-12")
    async with transaction(hall.sessions) as session:
        await actions.leave(session, hall.people["li"], subject=SUBJECT)
    async with transaction(hall.sessions) as session:
        rows = await session.execute(
            select(SeatRow.person_id, SeatRow.brought_by, SeatRow.ages, SeatRow.state).where(
                SeatRow.subject_id == other.id
            )
        )
        kept = {person: tuple(words) for person, *words in rows.all()}
    assert kept[hall.people["sun"]] == ("妈妈", "6-12", HELD)
    assert kept[hall.people["li"]] == ("", "", SeatState.LET_GO)


async def test_whoever_leaves_lets_go_of_every_seat_and_is_named_nowhere(full: Concert) -> None:
    hall = full.hall
    await full.take("sun", 2, children=2, brought_by="李阿姨", ages="6-12")
    other = await concert_of(hall, 5)
    await other.take("li", 1, children=1, brought_by="外婆", ages="6-12")
    await other.act(actions.take, hall.people["sun"], Party(1, 1, "0-5", "李阿姨"), actor="li")
    third = await concert_of(hall, 5)
    await third.take("li", 2, children=2, brought_by="外婆")
    await third.does(actions.check_in, "li")
    fourth = await concert_of(hall, 1)
    for name in ("wu", "li"):
        await fourth.take(name)
    async with transaction(hall.sessions) as session:
        assert await actions.leave(session, hall.people["li"], subject="else") == []
        freed = await actions.leave(session, hall.people["li"])
        assert freed == [(SUBJECT, full.id), (SUBJECT, other.id)]
        assert await actions.leave(session, hall.people["li"]) == []
        for concert in (full, other, third, fourth):
            await check(session, concert.id)
        theirs = await queries.seat_of(session, SUBJECT, third.id, hall.people["li"])
        signed = await queries.seat_of(session, SUBJECT, other.id, hall.people["sun"])
    assert (theirs.state, theirs.party) == (SeatState.CAME, Party(2, 2, "", ERASED))
    assert (signed.state, signed.party.brought_by) == (HELD, ERASED)
    assert (await full.stands("sun")).party.brought_by == "李阿姨"
    async with transaction(hall.sessions) as session:
        assert await queries.open_of(session, hall.people["li"], SUBJECT) == [
            (third.id, SeatState.CAME)
        ]
    assert await full.ask_next() == ([], [])


async def test_a_pages_counts_are_each_its_own(full: Concert) -> None:
    other = await concert_of(full.hall, None)
    await other.take("li", 4)
    await full.take("sun", 2)
    async with transaction(full.hall.sessions) as session:
        counts = await queries.counts(session, SUBJECT, [full.id, other.id, 99_999])
        assert await queries.counts(session, "else", [full.id]) == {}
    assert counts == {
        full.id: SeatCounts(seats=2, taken=2, free=0, waiting=1, came=0, walked_in=0),
        other.id: SeatCounts(seats=None, taken=4, free=None, waiting=0, came=0, walked_in=0),
    }
