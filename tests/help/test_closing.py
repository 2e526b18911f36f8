"""Working, reporting done, and the resident's last word."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.help.actions import closing, contact, visits
from models.help.queries.resident import where_is_it_now
from models.help.queries.volunteer import my_hours, task_detail
from models.help.rules.limits import Line
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import (
    DoneOutcome,
    RateOutcome,
    Refusal,
    VerdictOutcome,
    WorkOutcome,
)
from models.help.rules.states import ClaimState, State
from models.help.views import DoorAndPhone, RequestView, TaskDetail
from models.media import Media, MediaKind
from models.people.actions.personal import set_personal
from models.people.rules import Field
from tests.help.street import Street, check_counts


async def done(
    street: Street, name: str, request_id: int, *, at: datetime | None = None, **more: object
) -> DoneOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await visits.report_done(
            session,
            actor,
            request_id,
            now=at or street.now,
            **more,  # type: ignore[arg-type]  # named by the caller
        )
        await check_counts(session)
        return outcome


async def say(
    street: Street, name: str, request_id: int, *, solved: bool, at: datetime | None = None
) -> VerdictOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await closing.resident_verdict(
            session, actor, request_id, solved=solved, now=at or street.now
        )
        await check_counts(session)
        return outcome


async def set_out(street: Street, name: str, request_id: int) -> WorkOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await visits.on_my_way(session, actor, request_id, now=street.now)


async def see(
    street: Street, name: str, request_id: int, at: datetime | None = None
) -> DoorAndPhone | Refusal:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await contact.see_contact(session, actor, request_id, now=at or street.now)


async def rate(street: Street, name: str, request_id: int, stars: int) -> RateOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await closing.rate(session, actor, request_id, stars=stars, now=street.now)


@pytest.fixture
async def taken(street: Street) -> int:
    """A request of wang that li holds and chen waits for."""
    await street.volunteer("li")
    await street.volunteer("chen")
    request_id = await street.file()
    await street.claim("li", request_id)
    await street.claim("chen", request_id)
    return request_id


async def test_all_the_way_round(street: Street, taken: int) -> None:
    assert await set_out(street, "li", taken) is WorkOutcome.ON_WAY
    assert await set_out(street, "li", taken) is WorkOutcome.ALREADY
    assert (await street.request(taken)).state == State.UNDERWAY
    later = street.now + timedelta(minutes=40)
    photo = (Media(MediaKind.PHOTO, "after"),)
    assert await done(street, "li", taken, at=later, media=photo) is DoneOutcome.ALL_DONE
    assert await done(street, "li", taken) is DoneOutcome.ALREADY
    assert (await street.request(taken)).state == State.DONE
    assert await say(street, "wang", taken, solved=True) is VerdictOutcome.CLOSED
    assert await say(street, "wang", taken, solved=True) is VerdictOutcome.ALREADY
    assert await rate(street, "wang", taken, 5) is RateOutcome.RATED
    assert await street.lines(taken) == [
        "filed",
        "asked",
        "claimed",
        "queued",
        "on_way",
        "done",
        "solved",
        "rated",
    ]
    assert await street.told(Notice.THANKS) == ["li"]
    for kind in (Reminder.UNCLAIMED, Reminder.BEFORE_START, Reminder.AFTER_DONE):
        assert await street.pending(kind) == []
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        hours = await my_hours(session, actor, now=later, zone="Asia/Shanghai")
    assert (hours.all_minutes, hours.month_tasks, hours.mean_rating) == (40, 1, 5)


async def test_only_the_holder_works(street: Street, taken: int) -> None:
    for name in ("chen", "wang", "zhou"):
        assert await set_out(street, name, taken) is WorkOutcome.NOT_HOLDER
        assert await done(street, name, taken) is DoneOutcome.NOT_HOLDER
    assert await done(street, "li", 999_999) is DoneOutcome.MISSING


async def test_several_hands_are_done_when_all_are(street: Street) -> None:
    for name in ("li", "chen", "sun"):
        await street.volunteer(name)
    request_id = await street.file(hands=2)
    await street.claim("li", request_id)
    assert await done(street, "li", request_id) is DoneOutcome.PART_DONE
    assert (await street.request(request_id)).state == State.OPEN
    await street.claim("chen", request_id)
    assert (await street.request(request_id)).state == State.UNDERWAY
    assert await done(street, "chen", request_id) is DoneOutcome.ALL_DONE


async def test_one_may_say_that_all_is_finished(street: Street) -> None:
    for name in ("li", "chen", "sun"):
        await street.volunteer(name)
    request_id = await street.file(hands=3)
    for name in ("li", "chen", "sun"):
        await street.claim(name, request_id)
    await set_out(street, "chen", request_id)
    assert await done(street, "li", request_id, all_finished=True) is DoneOutcome.ALL_DONE
    assert await street.claims(request_id) == {
        "li": ClaimState.DONE,
        "chen": ClaimState.DONE,
        "sun": ClaimState.RELEASED,
    }


async def test_not_solved_goes_back_to_the_owner(street: Street, taken: int) -> None:
    assert await say(street, "wang", taken, solved=False) is VerdictOutcome.NOT_YET
    await done(street, "li", taken)
    assert await say(street, "wang", taken, solved=False) is VerdictOutcome.UNSOLVED
    request = await street.request(taken)
    assert (request.state, request.solved, request.held) == (State.UNSOLVED, False, 0)
    assert await street.told(Notice.UNSOLVED) == ["zhao"]
    assert await say(street, "wang", taken, solved=True) is VerdictOutcome.CLOSED
    assert await say(street, "wang", taken, solved=False) is VerdictOutcome.TOO_LATE


async def test_the_resident_may_say_solved_before_done_was_tapped(
    street: Street, taken: int
) -> None:
    assert await say(street, "wang", taken, solved=True) is VerdictOutcome.CLOSED
    assert await street.claims(taken) == {"li": ClaimState.DONE, "chen": ClaimState.RELEASED}
    fresh = await street.file()
    assert await say(street, "wang", fresh, solved=True) is VerdictOutcome.NOT_YET


async def test_who_may_judge(street: Street, taken: int) -> None:
    await done(street, "li", taken)
    for name in ("li", "chen"):
        assert await say(street, name, taken, solved=True) is VerdictOutcome.NOT_ALLOWED
        assert await rate(street, name, taken, 5) is RateOutcome.NOT_ALLOWED
    assert await say(street, "zhou", taken, solved=True) is VerdictOutcome.CLOSED
    by_staff = await street.file()
    await street.claim("zhao", by_staff)
    await done(street, "zhao", by_staff)
    assert await say(street, "zhao", by_staff, solved=True) is VerdictOutcome.NOT_ALLOWED


async def test_stars_are_one_to_five_for_what_was_solved(street: Street, taken: int) -> None:
    assert await rate(street, "wang", taken, 5) is RateOutcome.NOT_CLOSED
    await say(street, "wang", taken, solved=True)
    for stars in (0, 6):
        assert await rate(street, "wang", taken, stars) is RateOutcome.BAD_CHOICE
    for stars in (3, 3, 4):
        assert await rate(street, "wang", taken, stars) is RateOutcome.RATED
    assert (await street.request(taken)).rating == 4
    assert (await street.lines(taken)).count("rated") == 2


async def test_the_desk_never_writes_over_stars(street: Street, taken: int) -> None:
    await say(street, "wang", taken, solved=True)
    assert await rate(street, "zhao", taken, 2) is RateOutcome.LOW, "as told on the phone"
    assert await rate(street, "zhao", taken, 5) is RateOutcome.SAID
    assert await rate(street, "wang", taken, 1) is RateOutcome.LOW
    assert await rate(street, "zhao", taken, 5) is RateOutcome.SAID
    assert (await street.request(taken)).rating == 1


async def test_door_and_phone_are_for_the_holder_and_every_look_is_seen(
    street: Street, taken: int
) -> None:
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.PHONE, "13800138000", now=street.now)
        await set_personal(session, wang, wang.id, Field.DOOR, "302", now=street.now)
    shown = await see(street, "li", taken)
    assert isinstance(shown, DoorAndPhone)
    assert (shown.phone, shown.door) == ("13800138000", "302")
    assert await see(street, "chen", taken) is Refusal.NOT_ALLOWED
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        view = await where_is_it_now(session, wang, taken, now=street.now)
        acts = (await session.scalars(select(AuditRow.act).order_by(AuditRow.id))).all()
    assert isinstance(view, RequestView)
    looks = [line.who.name for line in view.timeline if line.what is Line.LOOKED and line.who]
    assert looks == ["li"]
    assert acts.count(AuditAct.LOOKED) == 1
    assert acts.count(AuditAct.DENIED) == 1


async def test_door_and_phone_vanish_two_days_after_closing(street: Street, taken: int) -> None:
    await say(street, "wang", taken, solved=True)
    before = street.now + timedelta(hours=47, minutes=59)
    assert isinstance(await see(street, "li", taken, before), DoorAndPhone)
    after = street.now + timedelta(hours=48)
    assert await see(street, "li", taken, after) is Refusal.EXPIRED
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        assert isinstance(await task_detail(session, actor, taken, now=before), TaskDetail)
        assert await task_detail(session, actor, taken, now=after) is Refusal.EXPIRED


async def test_whoever_handed_back_sees_nothing_more(street: Street, taken: int) -> None:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        await visits.confirm_coming(session, actor, taken, coming=False, now=street.now)
    assert await see(street, "li", taken) is Refusal.NOT_ALLOWED
    assert isinstance(await see(street, "chen", taken), DoorAndPhone)


async def test_somebody_without_a_phone_is_reached_through_the_proxy(street: Street) -> None:
    await street.volunteer("li")
    await street.add("granny", "b1", telegram=False, proxy="wang")
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.PHONE, "13800138000", now=street.now)
    request_id = await street.file("wang", beneficiary_id=street.people["granny"])
    await street.claim("li", request_id)
    shown = await see(street, "li", request_id)
    assert isinstance(shown, DoorAndPhone)
    assert shown.through is not None
    assert (shown.beneficiary.name, shown.through.name, shown.phone) == (
        "granny",
        "wang",
        "13800138000",
    )
    await done(street, "li", request_id)
    assert await street.told(Notice.DONE) == ["wang"]
    assert await say(street, "wang", request_id, solved=True) is VerdictOutcome.CLOSED
