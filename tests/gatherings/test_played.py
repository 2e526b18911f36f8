"""What playing with gatherings showed: proxies, the door, changes under way, long lists."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from handlers.form import Answers, FormContext, Refused
from handlers.gatherings.forms import read_ages
from handlers.gatherings.host_screens import A_PAGE, page_with, roster_screen
from models.base import table_of
from models.database import transaction
from models.gatherings.actions import coming, planning
from models.gatherings.queries import coming as announced
from models.gatherings.queries import gathering, ledger, mine_to_come, past, roster_of
from models.gatherings.rules import DOOR_OPENS, Notice
from models.people.tables import PersonRow
from models.records.rules import Refusal
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.tables import SeatListRow, SeatRow
from tests.gatherings.village import Village
from tests.statements import statements

ASKED, HELD, WAITING = SeatState.ASKED, SeatState.HELD, SeatState.WAITING


async def neighbours(village: Village, *names: str) -> None:
    for name in names:
        await village.street.add(name, "b1")


async def test_who_is_asked_still_answers_in_time_after_another_hour(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=1)
    for name in ("a", "b", "c"):
        await village.signs_up(name, one)
    await village.says("a", comes=False, one=one)
    moved = (date(2026, 12, 3), time(15), time(16), "花园")
    await village.does(planning.move_to, "zhao", one, *moved)
    assert await village.stands("b", one) is ASKED
    await village.passes(hours=25)
    assert (await village.stands("b", one), await village.stands("c", one)) == (WAITING, ASKED)


async def test_a_proxy_answers_for_whom_a_seat_became_free(village: Village) -> None:
    await neighbours(village, "a", "li", "stranger")
    grandma = await village.street.add("grandma", "b1", telegram=False, proxy="li")
    one = await village.one(seats=1)
    await village.signs_up("a", one)
    assert await village.signs_up("zhao", one, whom="grandma") is Took.WAITING
    await village.says("a", comes=False, one=one)
    (guest,) = (await village.view("li", one)).others
    assert guest.seat.state is ASKED
    assert (await village.view("stranger", one)).others == ()
    assert (await village.view("zhao", one)).others == ()
    no = await village.does(coming.say_coming, "stranger", one, comes=True, whom=grandma)
    assert no is Refusal.NOT_ALLOWED
    yes = await village.does(coming.say_coming, "li", one, comes=True, whom=grandma)
    assert yes is SeatOutcome.HELD


async def test_a_proxy_from_elsewhere_sees_what_they_are_told_of(village: Village) -> None:
    await village.street.add("daughter", "l1")
    await village.street.add("grandma", "b1", telegram=False, proxy="daughter")
    one = await village.one(seats=1)
    assert await village.does(gathering, "daughter", one) is Refusal.NOT_ALLOWED
    await village.signs_up("zhao", one, whom="grandma")
    (guest,) = (await village.view("daughter", one)).others
    assert guest.who.name == "grandma"


async def test_the_poster_counts_whoever_stands_there_wherever_they_live(village: Village) -> None:
    await village.street.add("guest", "l1")
    one = await village.one(seats=2)
    row = await village.row(one)
    early = await village.does(coming.arrive_at_door, "guest", row.code)
    assert early == (Refusal.TOO_EARLY, one)
    assert await village.does(gathering, "guest", one) is Refusal.NOT_ALLOWED
    await village.until(row.starts_at - DOOR_OPENS)
    assert await village.does(coming.arrive, "guest", one) is Refusal.NOT_ALLOWED
    assert await village.does(coming.arrive_at_door, "guest", row.code) == (SeatOutcome.CAME, one)
    assert await village.stands("guest", one) is SeatState.CAME
    await village.until(row.ends_at)
    again = await village.does(coming.arrive_at_door, "guest", row.code)
    assert again == (Refusal.WRONG_TIME, one)


async def test_another_place_alone_says_so(village: Village) -> None:
    await village.street.add("guest", "b1")
    one = await village.one(rain="大会议室")
    await village.signs_up("guest", one)
    await village.does(planning.move_inside, "zhao", one)
    moved = (date(2026, 12, 3), time(15), time(16), "大会议室")
    await village.does(planning.move_to, "zhao", one, *moved)
    assert await village.street.told(Notice.CHANGED) == ["guest", "guest"]


async def test_the_host_finds_what_is_over(village: Village) -> None:
    one, off = await village.one(), await village.one(day=date(2026, 12, 2))
    await village.does(planning.call_off, "zhao", off, "下雪")
    await village.until((await village.row(one)).ends_at)
    assert [line.id for line in (await village.does(past, "zhao")).lines] == [off, one]
    assert (await village.does(past, "wang")).count == 0


async def test_what_one_has_ahead(village: Village) -> None:
    one = await village.one(seats=1)
    await village.signs_up("wang", one)
    assert await village.does(mine_to_come, "wang") == [(one, HELD)]
    await village.until((await village.row(one)).starts_at)
    assert await village.does(mine_to_come, "wang") == []


@pytest.mark.parametrize(
    ("written", "ages"),
    [
        ("6-12", [6, 12]),
        ("6到12岁", [6, 12]),
        ("６～１２", [6, 12]),
        ("60岁以上", [60, 120]),
        ("60+", [60, 120]),
        ("12岁以下", [0, 12]),
        ("under 12", [0, 12]),
    ],
)
async def test_ages_as_people_write_them(written: str, ages: list[int]) -> None:
    ctx: Any = FormContext.__new__(FormContext)
    assert await read_ages(ctx, Answers(), written) == ages


@pytest.mark.parametrize("written", ["老人", "12-6", "1-2-3", "6-121", "-"])
async def test_ages_that_are_none_are_asked_again(written: str) -> None:
    ctx: Any = FormContext.__new__(FormContext)
    assert isinstance(await read_ages(ctx, Answers(), written), Refused)


GATHERINGS, SEATS = 200, 50
FEW = 25


async def full_house(village: Village) -> None:
    """Announce many, each with all seats taken by the same people."""
    await village.one(weeks=1, seats=SEATS, title="0")
    first = await village.row(1)
    fixed = {
        column.name: getattr(first, column.name)
        for column in table_of(type(first)).columns
        if column.name not in {"id", "token", "code"}
    }
    many = range(2, GATHERINGS + 1)
    people = [
        {"name": f"p{number:02}", "language": "zh_Hans", "created_at": village.street.now}
        | {"telegram_id": 990_000 + number, "place_id": village.street.places["b1"].id}
        for number in range(SEATS)
    ]
    async with transaction(village.street.sessions) as session:
        await session.execute(insert(PersonRow), people)
        await session.execute(
            insert(type(first)),
            [fixed | {"id": one, "token": f"t{one}", "code": f"c{one}"} for one in many],
        )
        lists = [{"subject": "gatherings", "subject_id": one, "seats": SEATS} for one in many]
        await session.execute(insert(SeatListRow), lists)
    for number in range(SEATS):
        village.street.people[f"p{number:02}"] = village.street.people["zhou"] + 1 + number
    seat = {"subject": "gatherings", "state": "held", "created_at": village.street.now}
    ids = range(1, GATHERINGS + 1)
    names = [f"p{number:02}" for number in range(SEATS)]
    async with transaction(village.street.sessions) as session:
        rows = [
            seat | {"subject_id": one, "person_id": village.street.people[name], "line": line}
            for one in ids
            for line, name in enumerate(names, 1)
        ]
        await session.execute(insert(SeatRow), rows)


async def test_a_full_season_takes_a_few_statements(village: Village) -> None:
    await full_house(village)
    for look in (announced, ledger):
        with statements(village.street.sessions) as told:
            await village.does(look, "zhao")
        assert len(told) < FEW, look
    for look in (gathering, roster_of):
        with statements(village.street.sessions) as told:
            await village.does(look, "zhao", 1)
        assert len(told) < FEW, look


async def test_a_long_list_comes_in_pages_that_telegram_takes(village: Village) -> None:
    await full_house(village)
    view = await village.does(roster_of, "zhao", 1)
    assert len(view.guests) == SEATS
    buttons = []
    for page in range(-(-SEATS // A_PAGE)):
        keyboard: Any = roster_screen(view, village.street.now, page).keyboard
        rows = [key for row in keyboard.inline_keyboard for key in row]
        assert len(rows) <= 100
        buttons += [key.callback_data for key in rows if key.callback_data.startswith("gs:t")]
    assert len(set(buttons)) == SEATS
    last = view.guests[-1].who.id
    assert page_with(view, last) == (SEATS - 1) // A_PAGE
    assert page_with(view, 0) == 0


async def test_feedback_stays_with_who_was_there(village: Village) -> None:
    await neighbours(village, "a")
    one = await village.one()
    await village.signs_up("a", one)
    await village.until((await village.row(one)).ends_at + timedelta(hours=3))
    assert await village.street.told(Notice.FEEDBACK) == []
    (line,) = await village.ledger()
    assert (line.line.counts.taken, line.line.counts.came) == (1, 0)
    person = village.street.people["a"]
    for came, there in ((SeatOutcome.CAME, 1), (SeatOutcome.UNTICKED, 0)):
        assert await village.does(coming.tick, "zhao", one, person, there=there == 1) is came
        (line,) = await village.ledger()
        assert (line.line.counts.taken, line.line.counts.came) == (1, there)
