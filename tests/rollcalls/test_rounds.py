"""What the clock does in a roll-call, and what those who lead see and do."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.broadcasts import notices as _broadcast_notices  # noqa: F401 - enters them
from handlers.i18n import speaking
from handlers.notices import render
from handlers.screen import Pointless
from models.broadcasts.rules.notices import Answer
from models.broadcasts.rules.notices import Notice as BroadcastNotice
from models.broadcasts.tables import BroadcastRow
from models.database import transaction
from models.outbox.actions import notify
from models.outbox.rules import Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice as OutboxNotice
from models.people.rules import Role
from models.rollcalls.actions.calling import call_up, end
from models.rollcalls.queries.board import list_of, one_of
from models.rollcalls.queries.silent import leaders_of
from models.rollcalls.rules.notices import BoardStanding, Notice
from models.rollcalls.rules.outcomes import HelperCallOutcome, Refusal
from models.rollcalls.rules.rounds import RollCallPolicy
from models.rollcalls.views import ListPage
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square
from tests.rollcalls.hall import board, called, requests, rounds, says, tick

COPY = BroadcastNotice.COPY
SAFE, NEED_HELP, CAN_HELP = Answer
EVERY = RollCallPolicy().roll_call_every
TIMES = RollCallPolicy().roll_call_rounds


async def rows_of(square: Square, kind: str) -> list[OutboxRow]:
    """Read the pushes of a kind, changes in place left out."""
    async with transaction(square.sessions) as session:
        found = await session.scalars(
            select(OutboxRow)
            .where(OutboxRow.kind == kind, OutboxRow.target_id.is_(None))
            .order_by(OutboxRow.id)
        )
        return list(found.all())


async def listed(
    square: Square, which: int, standing: BoardStanding, name: str = "zhou"
) -> ListPage:
    async with transaction(square.sessions) as session:
        page = await list_of(session, await square.actor(session, name), which, standing, 0)
        assert isinstance(page, ListPage)
        return page


async def test_the_silent_alone_are_asked_again_and_then_listed(square: Square) -> None:
    await square.add("grandma", "b2", telegram=False, proxy="li")
    which = await called(square)
    for name in ("li", "zhou", "zhao", "qian", "he", "wang"):
        await says(square, name, which, SAFE)
    await tick(square, seconds=EVERY.total_seconds())
    assert sorted(await square.told(Notice.ASK)) == ["chen", "li", "wu"]
    await says(square, "li", which, SAFE, about="grandma")
    await tick(square, seconds=EVERY.total_seconds())
    assert sorted(await square.told(Notice.ASK)) == ["chen", "chen", "li", "wu", "wu"]
    for _round in range(TIMES):
        await tick(square, seconds=EVERY.total_seconds())
    assert (await rounds(square, which)).rounds == TIMES
    assert await square.told(Notice.SILENT) == ["zhao"]
    await tick(square, seconds=EVERY.total_seconds() * 3)
    assert await square.told(Notice.SILENT) == ["zhao"]
    (told,) = await rows_of(square, Notice.SILENT)
    assert told.detail == {"places": sorted(square.places[at].id for at in ("b2", "b4"))}


@pytest.mark.parametrize(("drill", "lane"), [(False, Lane.URGENT), (True, Lane.NOTICE)])
async def test_the_real_thing_rings_at_night_and_a_drill_does_not(
    square: Square, drill: bool, lane: Lane
) -> None:
    await called(square, drill=drill)
    for _round in range(TIMES + 1):
        await tick(square, seconds=EVERY.total_seconds())
    for kind in (Notice.BOARD, Notice.ASK, Notice.SILENT):
        assert {row.lane for row in await rows_of(square, kind)} == {lane}


async def test_after_an_outage_one_round_comes_and_the_next_keeps_its_distance(
    square: Square,
) -> None:
    which = await called(square)
    await tick(square, hours=5)
    assert (await rounds(square, which)).rounds == 1
    await tick(square, seconds=EVERY.total_seconds() - 60)
    assert (await rounds(square, which)).rounds == 1
    await tick(square, seconds=60)
    assert (await rounds(square, which)).rounds == 2


async def test_nobody_is_asked_once_it_is_over_or_all_have_answered(square: Square) -> None:
    first, second, third = [await called(square, at=at) for at in ("gui", "b4", "b1")]
    await square.act("zhou", end, first)
    for name in ("wu", "he", "qian"):
        await says(square, name, second, SAFE)
    async with transaction(square.sessions) as session:
        await session.execute(
            update(BroadcastRow).where(BroadcastRow.id == third).values(state="cancelled")
        )
    for _round in range(TIMES + 2):
        await tick(square, seconds=EVERY.total_seconds())
    assert await square.told(Notice.ASK) == []
    assert await square.told(Notice.SILENT) == []


async def test_what_waits_to_ask_is_dropped_at_the_end(square: Square) -> None:
    which = await called(square, drill=True)
    async with transaction(square.sessions) as session:
        for name in ("li", "chen"):
            await notify(
                session,
                recipient_id=square.people[name],
                kind=COPY,
                subject_id=which,
                now=square.now,
            )
        sent = update(OutboxRow).where(OutboxRow.recipient_id == square.people["li"])
        await session.execute(sent.values(state=Copy.SENT))
    await tick(square, seconds=EVERY.total_seconds())
    await square.act("zhou", end, which)
    for _round in range(TIMES):
        await tick(square, hours=5)
    async with transaction(square.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow).where(OutboxRow.kind.in_([COPY, Notice.ASK]))
        )
        states = {(row.kind, row.recipient_id == square.people["li"]): row.state for row in rows}
    assert states == {
        (COPY, True): Copy.SENT,
        (COPY, False): Copy.DROPPED,
        (Notice.ASK, True): Copy.DROPPED,
        (Notice.ASK, False): Copy.DROPPED,
    }
    told = await square.told(Notice.OVER)
    assert "li" in told
    assert "chen" not in told, "nobody ever asked them"


async def test_a_copy_that_comes_back_after_the_end_is_not_sent_again(square: Square) -> None:
    which = await called(square)
    copy = OutboxNotice(
        COPY, which, square.people["li"], square.now, repeat=False, detail={}, in_place=False
    )
    for is_over in (False, True):
        if is_over:
            await square.act("zhou", end, which)
        async with transaction(square.sessions) as session:
            with speaking("zh_Hans"):
                assert isinstance(await render(session, copy), Pointless) is is_over


async def test_an_end_as_the_clock_asks_leaves_nobody_asked(square: Square) -> None:
    which = await called(square)
    square.later(seconds=EVERY.total_seconds())
    await asyncio.gather(
        sweep(square.sessions, EFFECTS, square.now), square.act("zhou", end, which)
    )
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(OutboxRow.state).where(OutboxRow.kind == Notice.ASK))
        assert set(rows) <= {Copy.DROPPED}


async def test_the_end_thanks_everybody_who_was_asked_in_a_chat(square: Square) -> None:
    await square.add("grandma", "b2", telegram=False, proxy="lan")
    which = await called(square)
    await square.act("zhou", end, which)
    assert sorted(await square.told(Notice.OVER)) == sorted(
        ["li", "chen", "wu", "he", "qian", "wang", "zhao", "zhou", "lan"]
    )


async def test_who_leads_has_the_board_and_it_is_changed_before_long(square: Square) -> None:
    which = await called(square)
    assert sorted(await square.told(Notice.BOARD)) == ["qian", "zhou"]
    async with transaction(square.sessions) as session:
        await session.execute(update(OutboxRow).values(state="sent", message_id=1))
    await says(square, "li", which, SAFE)
    await tick(square, seconds=10)
    async with transaction(square.sessions) as session:
        edits = await session.scalars(
            select(OutboxRow).where(
                OutboxRow.kind == Notice.BOARD, OutboxRow.target_id.is_not(None)
            )
        )
        assert len(edits.all()) == 2


async def test_the_board_adds_up_by_building_and_says_who_is_out_of_reach(square: Square) -> None:
    await square.add("grandma", "b2", telegram=False)
    await square.lose("chen")
    which = await called(square)
    await says(square, "li", which, CAN_HELP)
    await says(square, "wu", which, NEED_HELP)
    found = await board(square, which)
    by = {group.place_id: group.counts for group in found.groups}
    assert sum(counts.heads for counts in by.values()) == found.counts.heads == 9
    assert by[square.places["b4"].id].by == {BoardStanding.NEED_HELP: 1, BoardStanding.SILENT: 2}
    assert (found.out_of_reach, found.counts.answered) == (2, 2)
    assert found.may_end
    (one,) = (await listed(square, which, BoardStanding.NEED_HELP)).people
    assert (one.name, one.number) == ("wu", (await requests(square))[0].number)


async def test_the_desk_of_a_building_sees_its_own_people_alone(square: Square) -> None:
    await square.add("keeper", "b1")
    await square.grant("keeper", Role.STAFF, "b4")
    which = await called(square)
    found = await board(square, which, "keeper")
    assert (found.whole, found.counts.heads, found.may_end) == (False, 3, False)
    names = [
        one.name for one in (await listed(square, which, BoardStanding.SILENT, "keeper")).people
    ]
    assert names == ["he", "qian", "wu"]
    async with transaction(square.sessions) as session:
        keeper = await square.actor(session, "keeper")
        beyond = await one_of(session, keeper, which, square.people["li"])
        resident = await list_of(
            session, await square.actor(session, "li"), which, BoardStanding.SILENT, 0
        )
    assert (beyond, resident) == (Refusal.MISSING, Refusal.NOT_ALLOWED)


async def test_the_nearest_staff_answer_for_a_building_and_whoever_is_lost_does_not(
    square: Square,
) -> None:
    await square.add("keeper", "b1")
    await square.grant("keeper", Role.STAFF, "g2")
    places = {at: square.places[at].id for at in ("b1", "b4", "l1")}

    async def leaders() -> dict[int, list[int]]:
        async with transaction(square.sessions) as session:
            return await leaders_of(session, list(places.values()))

    zhao, keeper = square.people["zhao"], square.people["keeper"]
    assert await leaders() == {zhao: [places["b1"]], keeper: [places["b4"]]}
    await square.lose("keeper")
    assert await leaders() == {zhao: sorted([places["b1"], places["b4"]])}
    await square.lose("zhao")
    both = sorted([places["b1"], places["b4"]])
    assert await leaders() == {square.people["zhou"]: both, square.people["qian"]: both}


async def test_those_who_can_help_are_called_up_once(square: Square) -> None:
    which = await called(square)
    nobody = await square.act("zhou", call_up, which, "到广场", token="a")
    for name in ("li", "wu"):
        await says(square, name, which, CAN_HELP)
    for _twice in range(2):
        done = await square.act("zhou", call_up, which, "到广场", token="b")
        assert done == (HelperCallOutcome.CALLED, 2)
    assert nobody == (HelperCallOutcome.NOBODY, 0)
    assert (await square.act("zhou", call_up, which, " ", token="c"))[0] is HelperCallOutcome.EMPTY
    assert (await square.act("li", call_up, which, "来", token="d"))[
        0
    ] is HelperCallOutcome.NOT_ALLOWED
    assert await square.told(Notice.COME) == ["li", "wu"]
    await square.act("zhou", end, which)
    assert (await square.act("zhou", call_up, which, "来", token="e"))[0] is HelperCallOutcome.OVER


async def test_a_long_list_has_pages_and_a_page_too_far_is_the_last(square: Square) -> None:
    for number in range(12):
        await square.add(f"n{number:02}", "b1")
    which = await called(square)
    async with transaction(square.sessions) as session:
        zhou = await square.actor(session, "zhou")
        pages = [await list_of(session, zhou, which, BoardStanding.SILENT, p) for p in (0, 1, 2, 9)]
    found = [page for page in pages if isinstance(page, ListPage)]
    assert [len(page.people) for page in found] == [8, 8, 4, 4]
    names = [one.name for page in found[:3] for one in page.people]
    assert len(set(names)) == found[0].total == 20
    assert timedelta() < EVERY
