"""'Still coming?', silence, no-shows, by the real sweep on both databases."""

from datetime import timedelta

import pytest

from models.database import transaction
from models.help.actions import claims, visits
from models.help.actions.due import out_of_touch
from models.help.actions.visits import before_start
from models.help.queries.volunteer import offer_card
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import ArrivalOutcome, ConfirmOutcome, HandBackReason
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, State
from models.people.reach import LOST
from models.reminders.views import Due
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street, check_counts


async def sweep_at(street: Street, **span: float) -> None:
    street.now += timedelta(**span)
    await sweep(street.sessions, EFFECTS, street.now)
    async with transaction(street.sessions) as session:
        await check_counts(session)


async def confirm(street: Street, name: str, request_id: int) -> ConfirmOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await visits.confirm_coming(session, actor, request_id, coming=True, now=street.now)


async def nobody(
    street: Street, name: str, request_id: int, whom: str | None = None
) -> ArrivalOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await visits.nobody_came(
            session,
            actor,
            request_id,
            words="nobody",
            now=street.now,
            person_id=whom and street.people[whom],
        )
        await check_counts(session)
        return outcome


async def two_on(street: Street, **fields: object) -> int:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(**fields)
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    return request_id


async def test_whoever_does_not_answer_makes_room_for_the_next(street: Street) -> None:
    start = street.now + timedelta(hours=6)
    request_id = await two_on(street, start_at=start)
    await sweep_at(street, hours=4)
    assert await street.told(Notice.BEFORE_START) == ["li"]
    assert await street.pending(Reminder.NO_ANSWER) == [street.now + timedelta(hours=1)]
    await sweep_at(street, hours=1)
    assert await street.claims(request_id) == {"li": ClaimState.NO_ANSWER, "chen": ClaimState.HELD}
    assert await street.told(Notice.PROMOTED) == ["chen"]
    assert await street.told(Notice.LET_GO) == ["li"]
    assert await street.told(Notice.HANDED_BACK) == ["wang", "zhao"]
    assert "no_answer" in await street.lines(request_id)
    assert (await street.request(request_id)).state == State.CLAIMED
    assert await confirm(street, "li", request_id) is ConfirmOutcome.NOT_HOLDER


@pytest.mark.parametrize("in_sets", [True, False], ids=["in sets", "one by one"])
async def test_many_holders_are_asked_as_each_alone_would_be(
    street: Street, *, in_sets: bool
) -> None:
    """After an outage: one has set out, one has handed back, one's time has come already."""
    held = {}
    for number, hours in enumerate([6, 6, 6, 6, 6, 3]):
        name = f"v{number}"
        await street.volunteer(name)
        held[name] = await street.file(start_at=street.now + timedelta(hours=hours))
        await street.claim(name, held[name])
    async with transaction(street.sessions) as session:
        v0, v1 = [await street.actor(session, name) for name in ("v0", "v1")]
        await visits.on_my_way(session, v0, held["v0"], now=street.now)
        await claims.hand_back(session, v1, held["v1"], HandBackReason.ILL, now=street.now)
    street.now += timedelta(hours=4)
    one_by_one = {**EFFECTS, Reminder.BEFORE_START: before_start}
    await sweep(street.sessions, EFFECTS if in_sets else one_by_one, street.now)
    assert sorted(await street.told(Notice.BEFORE_START)) == ["v2", "v3", "v4"]
    assert await street.pending(Reminder.NO_ANSWER) == [street.now + timedelta(hours=1)] * 3
    assert await street.pending(Reminder.BEFORE_START) == []
    await sweep_at(street, hours=1)
    for name in ("v2", "v3", "v4"):
        assert (await street.claims(held[name]))[name] == ClaimState.NO_ANSWER


async def test_whoever_answers_stays(street: Street) -> None:
    request_id = await two_on(street, start_at=street.now + timedelta(hours=6))
    await sweep_at(street, hours=4)
    assert await confirm(street, "li", request_id) is ConfirmOutcome.CONFIRMED
    await sweep_at(street, hours=1)
    assert (await street.claims(request_id))["li"] == ClaimState.HELD


async def test_with_nobody_in_line_others_are_asked_and_one_tap_brings_back(
    street: Street,
) -> None:
    await street.volunteer("li")
    request_id = await street.file(start_at=street.now + timedelta(hours=6))
    await street.claim("li", request_id)
    await street.volunteer("new")
    await sweep_at(street, hours=4)
    await sweep_at(street, hours=1)
    assert await street.told(Notice.OFFER) == ["li", "new"]
    assert await street.told(Notice.HANDED_BACK) == ["wang", "zhao"]
    async with transaction(street.sessions) as session:
        card = await offer_card(session, street.people["li"], request_id)
    assert card is not None
    assert (card.let_go, card.claim, card.held) == (ClaimState.NO_ANSWER, None, 0)
    assert (await street.claim("li", request_id)).outcome == "held"
    async with transaction(street.sessions) as session:
        card = await offer_card(session, street.people["li"], request_id)
    assert card is not None
    assert (card.let_go, card.claim) == (None, ClaimState.HELD)


async def test_a_question_for_the_morning_is_asked_in_the_evening(street: Street) -> None:
    early = street.now + timedelta(hours=20, minutes=30)  # half past eight the next morning
    request_id = await two_on(street, start_at=early)
    await sweep_at(street, hours=8, minutes=29)
    assert await street.told(Notice.BEFORE_START) == []
    await sweep_at(street, minutes=1)
    assert await street.told(Notice.BEFORE_START) == ["li"]
    await sweep_at(street, hours=1)
    assert (await street.claims(request_id))["chen"] == ClaimState.HELD


async def test_without_a_start_a_holder_is_asked_again_and_again(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file(urgency=Urgency.URGENT)
    await street.claim("li", request_id)
    for round_ in (1, 2):
        await sweep_at(street, hours=4)
        assert await street.told(Notice.BEFORE_START) == ["li"] * round_
        await confirm(street, "li", request_id)
    await sweep_at(street, days=1)
    await sweep_at(street, hours=12)
    assert (await street.claims(request_id))["li"] == ClaimState.NO_ANSWER


async def test_half_an_hour_after_the_start_both_are_asked(street: Street) -> None:
    request_id = await two_on(street, start_at=street.now + timedelta(hours=1))
    await sweep_at(street, hours=1, minutes=29)
    assert await street.told(Notice.HAS_COME) == []
    await sweep_at(street, minutes=1)
    assert (await street.told(Notice.VISIT), await street.told(Notice.HAS_COME)) == (
        ["li"],
        ["wang"],
    )
    await sweep_at(street, minutes=1)
    assert await street.told(Notice.HAS_COME) == ["wang"]
    assert await nobody(street, "wang", request_id) is ArrivalOutcome.RECORDED
    assert await street.claims(request_id) == {"li": ClaimState.NO_SHOW, "chen": ClaimState.HELD}
    assert await street.told(Notice.HANDED_BACK) == ["zhao"]
    assert await street.told(Notice.LET_GO) == ["li"]


async def test_silence_of_both_is_followed_up(street: Street) -> None:
    await two_on(street, start_at=street.now + timedelta(hours=1), urgency=Urgency.URGENT)
    await sweep_at(street, hours=1, minutes=30)
    await sweep_at(street, hours=4)
    assert await street.told(Notice.HAS_COME) == ["wang", "wang"]


async def test_on_the_way_without_done_is_asked_about_later(street: Street) -> None:
    request_id = await two_on(street)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.on_my_way(session, li, request_id, now=street.now)
    await sweep_at(street, hours=3)
    assert await street.told(Notice.VISIT) == ["li"]
    mine = street.people["li"]
    async with transaction(street.sessions) as session:
        wang, chen = await street.actor(session, "wang"), await street.actor(session, "chen")
        came = visits.somebody_came
        assert await came(session, chen, request_id, mine, now=street.now) == "not_allowed"
        assert await came(session, wang, request_id, mine, now=street.now) is ArrivalOutcome.CAME
        assert await came(session, wang, 999_999, mine, now=street.now) is ArrivalOutcome.MISSING


async def test_somebody_who_came_without_a_word_is_there(street: Street) -> None:
    request_id = await two_on(street, start_at=street.now + timedelta(hours=1))
    await sweep_at(street, hours=1, minutes=30)
    mine = street.people["li"]
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        for _ in range(2):
            outcome = await visits.somebody_came(session, wang, request_id, mine, now=street.now)
            assert outcome is ArrivalOutcome.CAME
    assert (await street.claims(request_id))["li"] == ClaimState.ON_WAY
    assert (await street.lines(request_id)).count("came") == 1


async def test_nobody_is_blamed_before_the_time(street: Street) -> None:
    request_id = await two_on(street)
    assert await nobody(street, "wang", request_id) is ArrivalOutcome.TOLD
    assert (await street.claims(request_id))["li"] == ClaimState.HELD
    assert sorted(await street.told(Notice.NOTE)) == ["li", "zhao"]


async def test_the_desk_records_a_no_show_once_the_start_has_passed(street: Street) -> None:
    request_id = await two_on(street, start_at=street.now + timedelta(hours=1))
    assert await nobody(street, "zhao", request_id) is ArrivalOutcome.TOLD
    street.now += timedelta(hours=1)
    assert await nobody(street, "zhao", request_id) is ArrivalOutcome.RECORDED
    assert await nobody(street, "chen", request_id) is ArrivalOutcome.NOT_ALLOWED
    assert (await street.claims(request_id))["li"] == ClaimState.NO_SHOW


async def test_of_several_the_one_who_did_not_come_is_named(street: Street) -> None:
    request_id = await two_on(street, hands=2, start_at=street.now + timedelta(hours=1))
    street.now += timedelta(hours=2)
    assert await nobody(street, "wang", request_id, "chen") is ArrivalOutcome.RECORDED
    assert await street.claims(request_id) == {"li": ClaimState.HELD, "chen": ClaimState.NO_SHOW}


async def test_after_done_it_means_not_solved(street: Street) -> None:
    request_id = await two_on(street)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.report_done(session, li, request_id, now=street.now)
    assert await nobody(street, "wang", request_id) is ArrivalOutcome.UNSOLVED
    assert (await street.request(request_id)).state == State.UNSOLVED


@pytest.mark.parametrize("kind", [Reminder.BEFORE_START, Reminder.NO_ANSWER, Reminder.VISIT])
async def test_nothing_is_asked_of_whoever_is_done(street: Street, kind: Reminder) -> None:
    request_id = await two_on(street, start_at=street.now + timedelta(hours=6))
    await sweep_at(street, hours=4)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.report_done(session, li, request_id, now=street.now)
    assert await street.pending(kind) == []


async def test_whoever_is_called_in_near_the_start_is_to_say_yes_in_time(street: Street) -> None:
    start = street.now + timedelta(hours=6)
    request_id = await two_on(street, start_at=start)
    await sweep_at(street, hours=5)
    assert await street.told(Notice.BEFORE_START) == ["li"]
    await sweep_at(street, minutes=20)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.confirm_coming(session, li, request_id, coming=False, now=street.now)
    assert await street.told(Notice.PROMOTED) == ["chen"]
    assert await street.pending(Reminder.NO_ANSWER) == [street.now + timedelta(minutes=20)]
    await sweep_at(street, minutes=20)
    assert (await street.claims(request_id))["chen"] == ClaimState.NO_ANSWER
    assert await street.told(Notice.UNCLAIMED) == ["zhao"], "nobody is left to ask: told at once"


async def blocks(street: Street, name: str) -> None:
    """Let somebody be out of reach, and whoever counts on them hear of it."""
    await street.lose(name)
    async with transaction(street.sessions) as session:
        due = Due(1, LOST, street.people[name], street.now, late=False)
        await out_of_touch(session, due, street.now)
        await check_counts(session)


async def test_in_an_emergency_the_next_takes_the_place_of_who_is_out_of_reach(
    street: Street,
) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(urgency=Urgency.EMERGENCY, category="emergency")
    await street.claim("li", request_id)
    await street.claim("chen", request_id)
    await blocks(street, "li")
    assert await street.claims(request_id) == {
        "li": ClaimState.NO_ANSWER,
        "chen": ClaimState.HELD,
    }
    assert await street.told(Notice.PROMOTED) == ["chen"]
    assert set(await street.told(Notice.HANDED_BACK)) == {"wang", "zhao"}
    assert await street.told(Notice.OUT_OF_TOUCH) == []


async def test_who_has_set_out_or_is_in_no_hurry_keeps_the_task(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(urgency=Urgency.EMERGENCY, category="emergency")
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.on_my_way(session, li, request_id, now=street.now)
    other = await street.file(urgency=Urgency.URGENT)
    await street.claim("chen", other)
    for name in ("li", "chen"):
        await blocks(street, name)
    assert await street.claims(request_id) == {"li": ClaimState.ON_WAY}
    assert await street.claims(other) == {"chen": ClaimState.HELD}
    assert set(await street.told(Notice.OUT_OF_TOUCH)) == {"wang", "zhao"}
