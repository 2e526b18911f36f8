"""What the mission promises of day checks, one by one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.rooms import routers
from handlers.screen import Pointless
from models.circle import actions as circle
from models.circle.rules import Tie
from models.database import transaction
from models.daychecks.actions import answers, wishes
from models.daychecks.actions.signs import gave_sign
from models.daychecks.queries import at_the_desk
from models.daychecks.rules.hours import CheckHours
from models.daychecks.rules.ladder import Rung
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import DayOutcome, DayState, Known
from models.help.tables import RequestRow
from models.leaving.actions import leave
from models.outbox.rules import Lane
from models.outbox.tables import OutboxRow
from models.people.rules import Leaving, Sign
from models.records.rules import Refusal
from tests.daychecks.watch import Watch, shanghai

routers()
"""All renderers are entered."""


async def test_a_tap_before_the_hour_and_nobody_is_asked_or_told(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(7, 10))
    assert await watch.sign()
    await watch.until(shanghai(20))
    assert await watch.states() == [DayState.HEARD]
    assert await watch.queued() == []


async def test_words_of_trouble_are_answered_by_the_question_for_help(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(7, 10))
    assert await watch.sign(words="我摔了")
    assert await watch.queued() == [("trouble", "wang")]
    assert "Do you need help now?" in await watch.shown(Notice.TROUBLE, "wang")
    assert await watch.states() == [DayState.HEARD]


async def test_what_came_before_early_morning_is_no_sign_of_the_day(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(4, 50))
    assert not await watch.sign()
    await watch.until(shanghai(8))
    assert await watch.states() == [DayState.WAITING]


async def test_nobody_answered_and_the_next_is_asked_at_once(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10))
    assert await watch.queued() == [("ask", "wang"), ("again", "wang"), ("contact", "son")]
    (one,) = await watch.days()
    done = await watch.does(answers.hand_on, "son", one.id, rang=True)
    assert done is DayOutcome.HANDED_ON
    assert await watch.told() == ["son", "niece"]
    assert await watch.states() == [DayState.WAITING]
    again = await watch.does(answers.hand_on, "niece", one.id, rang=False)
    assert again is DayOutcome.HANDED_ON
    assert (await watch.told())[2:] == ["zhao", "zhou"]


async def test_each_has_ten_minutes_and_then_the_next_is_asked(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 9))
    assert await watch.told() == ["son"]
    await watch.until(shanghai(10, 10))
    assert await watch.told() == ["son", "niece"]


async def test_somebody_went_and_was_not_heard_of(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 2))
    (one,) = await watch.days()
    assert await watch.does(answers.go_there, "son", one.id) is DayOutcome.GOING
    await watch.until(shanghai(10, 46))
    assert await watch.told() == ["son"]
    await watch.until(shanghai(10, 47))
    assert (await watch.told())[1:] == ["zhao", "zhou"]
    shown = await watch.shown(Notice.DESK, "zhao")
    assert "son set out at 10:02, and nothing was heard since" in shown
    assert await watch.states() == [DayState.WAITING]


async def test_after_an_outage_one_message_to_each_and_marked_late(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.back_at(shanghai(11, 30))
    assert await watch.queued() == [("ask", "wang"), ("contact", "son")]
    late = await watch.shown(Notice.ASK, "wang", late=True)
    assert "ask late" in late
    assert "morning" not in late
    async with transaction(watch.street.sessions) as session:
        rows = await session.scalars(select(OutboxRow.detail).where(OutboxRow.kind == Notice.ASK))
        assert rows.all() == [{"late": True}]
    await watch.until(shanghai(11, 40))
    assert await watch.told() == ["son", "niece"]


async def test_after_an_outage_in_the_ladder_only_the_highest_rung_is_told(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8, may_send_neighbours=True)
    await watch.until(shanghai(8, 30))
    await watch.back_at(shanghai(18))
    assert await watch.queued() == [("ask", "wang"), ("desk", "zhao"), ("desk", "zhou")]
    assert await watch.states() == [DayState.WAITING]
    await watch.until(shanghai(18, 30))
    assert await watch.states() == [DayState.EMERGENCY]


async def test_days_away_are_not_asked_for_afterwards(watch: Watch) -> None:
    await watch.on(8)
    await watch.back_at(shanghai(6, day=27))
    assert await watch.queued() == []
    await watch.until(shanghai(8, day=27))
    assert await watch.queued() == [("ask", "wang")]


async def test_pausing_stops_all_that_is_on_its_way_about_her(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 5))
    assert await watch.does(wishes.pause, "wang") is DayOutcome.PAUSED
    for kind, name in ((Notice.CONTACT, "son"), (Notice.ASK, "wang"), (Notice.AGAIN, "wang")):
        assert isinstance(await watch.shown(kind, name), Pointless)
    changed = await watch.shown(Notice.CONTACT, "son", placed=True)
    assert changed == "💚 wang was heard from. Thank you!"
    for kind in Reminder:
        assert await watch.street.pending(kind) == []
    before = await watch.queued()
    await watch.until(shanghai(20, day=26))
    assert await watch.queued() == before
    assert await watch.sign_from() is None


@pytest.mark.parametrize("hour", [25, 24, 0, 4, 22, -1])
async def test_no_hour_of_the_day(watch: Watch, hour: int) -> None:
    done = await watch.does(wishes.switch_on, "wang", CheckHours(hour))
    assert done is DayOutcome.OUTSIDE
    assert await watch.check() is None


async def test_now_in_quiet_hours_and_two_hours_too_close(watch: Watch) -> None:
    watch.street.now = shanghai(21, 40)
    assert await watch.does(wishes.switch_on, "wang", CheckHours(21)) is DayOutcome.QUIET_NOW
    close = await watch.does(wishes.switch_on, "wang", CheckHours(8, 11))
    assert close is DayOutcome.TOO_CLOSE
    assert await watch.check() is None


async def test_a_voice_message_is_heard_and_waits_until_somebody_has_listened(
    watch: Watch,
) -> None:
    await watch.on(8)
    await watch.until(shanghai(7, 20))
    await watch.sign(voice="file-of-a-voice")
    assert await watch.states() == [DayState.HEARD]
    assert await watch.queued() == [("listen", "zhao")]
    (one,) = await watch.days()
    assert b"file-of-a-voice" not in (one.voice or b"")
    await watch.until(shanghai(8, 30))
    assert await watch.queued() == [("listen", "zhao"), ("listen", "zhou")]
    assert await watch.does(answers.voices_of, "wang", one.id) is Refusal.NOT_ALLOWED
    assert await watch.does(answers.voices_of, "zhao", one.id) == ["file-of-a-voice"]
    assert len(await watch.does(at_the_desk, "zhao")) == 1
    assert await watch.does(answers.listened, "zhao", one.id) is DayOutcome.LISTENED
    assert await watch.does(answers.listened, "zhou", one.id) is Refusal.ALREADY
    assert await watch.does(at_the_desk, "zhao") == []


async def test_what_is_spoken_while_something_waits_is_listened_to_as_well(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(7, 20))
    for spoken in ("first", "second", "second"):
        async with transaction(watch.street.sessions) as session:
            said = Sign(watch.street.now, "", spoken)
            await gave_sign(session, watch.street.people["wang"], said, watch.street.now)
    (one,) = await watch.days()
    assert await watch.queued() == [("listen", "zhao")]
    assert await watch.does(answers.voices_of, "zhao", one.id) == ["first", "second"]


async def test_leaving_erases_what_was_said_and_ends_it(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(7, 20))
    await watch.sign(voice="file-of-a-voice")
    async with transaction(watch.street.sessions) as session:
        wang = await watch.street.actor(session, "wang")
        assert await leave(session, wang, now=watch.street.now) is Leaving.LEFT
    (one,) = await watch.days()
    assert (one.voice, one.to_listen) == (None, False)
    before = await watch.queued()
    await watch.until(shanghai(20, day=27))
    assert await watch.queued() == before
    assert len(await watch.days()) == 1


async def test_well_by_her_own_tap_and_late_where_others_were_asked(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(8, 5))
    (one,) = await watch.days()
    assert await watch.does(answers.say_well, "son", one.id) is Refusal.NOT_ALLOWED
    await watch.sign()
    assert await watch.does(answers.say_well, "wang", one.id) is DayOutcome.WELL
    assert await watch.states() == [DayState.WELL]
    assert await watch.queued() == [("ask", "wang")]
    await watch.until(shanghai(10, 5, day=25))
    two = (await watch.days())[-1]
    await watch.sign()
    assert await watch.does(answers.say_well, "wang", two.id) is DayOutcome.WELL
    assert await watch.states() == [DayState.WELL, DayState.LATE_WELL]
    assert (await watch.queued())[1:] == [
        ("ask", "wang"),
        ("again", "wang"),
        ("contact", "son"),
        ("heard", "son"),
    ]
    assert await watch.shown(Notice.HEARD, "son") == "💚 wang says that all is well. Thank you!"


async def test_wanting_help_files_a_request_at_once(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(10, 5))
    (one,) = await watch.days()
    await watch.sign()
    done = await watch.does(answers.ask_help, "wang", one.id, "🙏")
    assert done is DayOutcome.HELP
    async with transaction(watch.street.sessions) as session:
        (request,) = (await session.scalars(select(RequestRow))).all()
    assert request.beneficiary_id == watch.street.people["wang"]
    assert (await watch.view("wang")).request_id == request.id
    assert (await watch.view("son")).request_id is None
    assert await watch.does(answers.ask_help, "wang", one.id, "🙏") is Refusal.ALREADY
    assert "asked for help" in await watch.shown(Notice.HEARD, "son")


async def test_found_well_says_how_and_she_is_told_back_once(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 5))
    (one,) = await watch.days()
    tried = await watch.does(answers.find_well, "niece", one.id, Known.SAW)
    assert tried is Refusal.NOT_ALLOWED
    assert await watch.does(answers.go_there, "son", one.id) is DayOutcome.GOING
    done = await watch.does(answers.find_well, "son", one.id, Known.SAW)
    assert done is DayOutcome.FOUND_WELL
    assert await watch.states() == [DayState.FOUND_WELL]
    again = await watch.does(answers.find_well, "son", one.id, Known.SPOKE)
    assert again is Refusal.ALREADY
    await watch.until(shanghai(14))
    assert await watch.sign()
    assert (await watch.queued(Notice.AFTER)) == [("after", "wang")]
    assert "son went to look after you" in await watch.shown(Notice.AFTER, "wang")
    assert (await watch.days())[0].how == Known.SAW


async def test_silence_to_the_end_is_never_well(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(23, 59))
    assert await watch.states() == [DayState.UNRESOLVED]
    assert [one.state for one in await watch.does(at_the_desk, "zhou")] == [DayState.UNRESOLVED]
    assert "Nobody knows yet" in await watch.shown(Notice.DESK, "zhou", placed=True)
    watch.street.now += timedelta(hours=5, minutes=1, seconds=1)
    assert await watch.sign()
    assert await watch.states() == [DayState.HEARD, DayState.HEARD]


async def test_a_sign_in_the_ladder_stops_it_and_all_who_were_told_hear_of_it(
    watch: Watch,
) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 45))
    assert await watch.told() == ["son", "niece", "zhao", "zhou"]
    assert await watch.sign()
    assert sorted(await watch.street.told(Notice.HEARD)) == ["niece", "son", "zhao", "zhou"]
    await watch.until(shanghai(20))
    assert await watch.states() == [DayState.HEARD]
    assert not await watch.sign()


async def test_only_from_the_third_rung_on_are_quiet_hours_broken(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(21)
    await watch.until(shanghai(1, day=25))
    async with transaction(watch.street.sessions) as session:
        rows = await session.execute(
            select(OutboxRow.kind, OutboxRow.lane).where(OutboxRow.kind.in_([*Notice]))
        )
        lanes = {row.kind: row.lane for row in rows.all()}
    assert lanes == {
        Notice.ASK: Lane.LIVE,
        Notice.AGAIN: Lane.LIVE,
        Notice.CONTACT: Lane.LIVE,
        Notice.DESK: Lane.URGENT,
    }


async def test_somebody_without_the_bot_is_rung_by_staff(watch: Watch) -> None:
    add = circle.add_by_phone
    named = await watch.does(add, "wang", "大姐", "13800138000", Tie.KIN)
    await watch.does(circle.note_answer, "zhao", named.circle_id, agrees=True)
    await watch.on(8)
    await watch.until(shanghai(10))
    assert (await watch.queued())[-1] == ("call", "zhao")
    view = await watch.view("zhao")
    assert view.ring == (named.circle_id,)
    shown = await watch.does(circle.phone_of, "zhao", named.circle_id)
    assert shown["phone"] == "13800138000"
    one = (await watch.days())[0]
    assert await watch.does(answers.hand_on, "zhao", one.id, rang=True) is DayOutcome.HANDED_ON
    assert (await watch.days())[0].rung == Rung.DESK


async def test_twice_a_day_the_evening_is_asked_for_itself(watch: Watch) -> None:
    watch.street.now = shanghai(20, day=23)
    await watch.on(8, 18)
    await watch.until(shanghai(7))
    await watch.sign()
    await watch.until(shanghai(18))
    assert await watch.states() == [DayState.HEARD, DayState.WAITING]
    assert await watch.queued() == [("ask", "wang")]
    assert "morning" not in await watch.shown(Notice.ASK, "wang")


async def test_away_and_asked_again_afterwards(watch: Watch) -> None:
    await watch.on(8)
    until = shanghai(8, day=26).date()
    assert await watch.does(wishes.rest, "wang", until) is DayOutcome.RESTING
    past = shanghai(8, day=20).date()
    assert await watch.does(wishes.rest, "wang", past) is Refusal.BAD_DATE
    await watch.until(shanghai(20, day=26))
    assert await watch.queued() == []
    await watch.until(shanghai(8, day=27))
    assert await watch.queued() == [("ask", "wang")]


async def test_nobody_switches_it_on_for_somebody_else(watch: Watch) -> None:
    await watch.street.add("granny", "b1", telegram=False, proxy="wang")
    done = await watch.does(wishes.switch_on, "granny", CheckHours(8))
    assert done is DayOutcome.NO_ACCOUNT
    for act in (wishes.pause, wishes.resume, wishes.switch_off):
        assert await watch.does(act, "son") is Refusal.MISSING
    await watch.on(8)
    again = await watch.does(wishes.switch_on, "wang", CheckHours(9))
    assert again is Refusal.ALREADY


async def test_on_off_and_on_again(watch: Watch) -> None:
    await watch.on(8)
    assert await watch.does(wishes.switch_off, "wang") is DayOutcome.SWITCHED_OFF
    await watch.until(shanghai(20))
    assert await watch.queued() == []
    await watch.on(9)
    await watch.until(shanghai(9, day=25))
    assert await watch.queued() == [("ask", "wang")]
    changed = await watch.does(wishes.change_wishes, "wang", hours=CheckHours(10))
    assert changed is DayOutcome.CHANGED
    await watch.until(shanghai(9, 59, day=26))
    assert await watch.queued() == [("ask", "wang")]
    await watch.until(shanghai(10, day=26))
    assert len(await watch.queued()) == 2
