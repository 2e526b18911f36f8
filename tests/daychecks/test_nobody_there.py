"""Ladders on which somebody cannot be told, or is told already: they go on all the same."""

from sqlalchemy import update

from models.circle import actions as circle
from models.circle.rules import CircleOutcome, Tie
from models.database import transaction
from models.daychecks.actions import answers
from models.daychecks.rules.notices import Notice
from models.daychecks.rules.states import DayOutcome, DayState
from models.people.tables import GrantRow
from tests.care.lane import Lane
from tests.daychecks.watch import Watch, shanghai


async def _numbers(watch: Watch, *phones: str) -> list[int]:
    """Let somebody have these in their circle, without the bot, who have agreed on the phone."""
    found = []
    for phone in phones:
        named = await watch.does(circle.add_by_phone, "wang", phone, phone, Tie.KIN)
        assert named.circle_id is not None, named
        said = await watch.does(circle.note_answer, "zhao", named.circle_id, agrees=True)
        assert said is CircleOutcome.AGREED
        found.append(named.circle_id)
    return found


async def _nobody_works(watch: Watch) -> None:
    async with transaction(watch.street.sessions) as session:
        await session.execute(update(GrantRow).values(revoked_at=watch.street.now))


async def test_a_number_that_nobody_can_ring_holds_no_ladder_up(watch: Watch) -> None:
    await _numbers(watch, "13800138000")
    await watch.family.has("son")
    await watch.on(8)
    await _nobody_works(watch)
    await watch.until(shanghai(20))
    assert await watch.told() == ["son"]
    assert await watch.states() == [DayState.UNRESOLVED]


async def test_nobody_is_asked_to_ring_for_themselves(watch: Watch) -> None:
    named = await watch.does(circle.add_by_phone, "zhou", "大姐", "13800138000", Tie.KIN)
    await watch.does(circle.note_answer, "zhao", named.circle_id, agrees=True)
    async with transaction(watch.street.sessions) as session:
        zhao = GrantRow.person_id == watch.street.people["zhao"]
        await session.execute(update(GrantRow).where(zhao).values(revoked_at=watch.street.now))
    await watch.on(8, name="zhou", may_send_neighbours=True)
    await watch.until(shanghai(20))
    assert await watch.told() == []
    assert await watch.states() == [DayState.EMERGENCY]


async def test_the_next_number_is_told_anew_to_whoever_rang_the_last(watch: Watch) -> None:
    first, second = await _numbers(watch, "13800138000", "13900139000")
    await watch.on(8)
    await watch.until(shanghai(10))
    (one,) = await watch.days()
    assert (await watch.view("zhao")).ring == (first,)
    done = await watch.does(answers.hand_on, "zhao", one.id, rang=True)
    assert done is DayOutcome.HANDED_ON
    assert await watch.queued(Notice.CALL) == [("call", "zhao"), ("call", "zhao")]
    view = await watch.view("zhao")
    assert view.ring == (second, first)
    assert view.said is None


async def test_a_visitor_of_the_circle_is_told_once(watch: Watch) -> None:
    lane = Lane(watch.street)
    await watch.street.add("li", "b1")
    await lane.agreed()
    await watch.family.has("li", "son")
    await watch.on(8)
    await watch.until(shanghai(20))
    assert await watch.told() == ["li", "son", "zhao", "zhou"]


async def test_a_visitor_out_of_reach_is_not_waited_for(watch: Watch) -> None:
    lane = Lane(watch.street)
    for name in ("li", "chen"):
        await watch.street.add(name, "b1")
    await lane.agreed()
    await lane.instead("chen")
    await watch.on(8)
    await watch.street.lose("li")
    await watch.until(shanghai(20))
    assert await watch.told() == ["chen", "zhao", "zhou"]


async def test_who_has_blocked_the_bot_is_followed_to_the_end(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.street.lose("wang")
    await watch.until(shanghai(20))
    assert await watch.told() == ["son", "niece", "zhao", "zhou"]
    assert await watch.states() == [DayState.UNRESOLVED]


async def test_the_desk_reads_once_that_nobody_knows(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(20))
    assert await watch.states() == [DayState.UNRESOLVED]
    shown = await watch.shown(Notice.DESK, "zhao", placed=True)
    assert "Please see to it now." in shown
    assert shown.count("Nobody knows") == 1
