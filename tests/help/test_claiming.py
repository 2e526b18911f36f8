"""Taking tasks, waiting in line, handing back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.categories import Skill
from models.database import transaction
from models.help.actions import claims, visits
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import (
    ClaimOutcome,
    ConfirmOutcome,
    DeclineOutcome,
    HandBackOutcome,
    HandBackReason,
)
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, State
from models.people.rules import Role
from models.volunteers import actions as volunteers
from tests.help.street import Street, check_counts


async def back(street: Street, name: str, request_id: int) -> HandBackOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await claims.hand_back(
            session, actor, request_id, HandBackReason.NO_TIME, now=street.now
        )
        await check_counts(session)
        return outcome


async def test_the_hands_needed_hold_and_the_rest_wait_in_order(street: Street) -> None:
    for name in ("li", "chen", "sun", "qian"):
        await street.volunteer(name)
    request_id = await street.file(hands=2)
    outcomes = [await street.claim(name, request_id) for name in ("li", "chen", "sun", "qian")]
    assert [one.outcome for one in outcomes] == [
        ClaimOutcome.HELD,
        ClaimOutcome.HELD,
        ClaimOutcome.WAITING,
        ClaimOutcome.WAITING,
    ]
    assert [one.position for one in outcomes] == [None, None, 1, 2]
    request = await street.request(request_id)
    assert (request.state, request.held) == (State.CLAIMED, 2)
    assert await street.told(Notice.CLAIMED) == ["wang", "wang"]


async def test_a_second_tap_changes_nothing(street: Street) -> None:
    await street.volunteer("li")
    await street.volunteer("chen")
    request_id = await street.file()
    await street.claim("li", request_id)
    assert (await street.claim("li", request_id)).outcome is ClaimOutcome.ALREADY_YOURS
    first, second = [await street.claim("chen", request_id) for _ in range(2)]
    assert first.position == second.position == 1
    assert len(await street.claims(request_id)) == 2
    assert (await street.lines(request_id)).count("claimed") == 1


async def test_handing_back_promotes_the_first_in_line(street: Street) -> None:
    for name in ("li", "chen", "sun"):
        await street.volunteer(name)
    request_id = await street.file()
    for name in ("li", "chen", "sun"):
        await street.claim(name, request_id)
    assert await back(street, "li", request_id) is HandBackOutcome.HANDED_BACK
    assert await street.claims(request_id) == {
        "li": ClaimState.HANDED_BACK,
        "chen": ClaimState.HELD,
        "sun": ClaimState.WAITING,
    }
    assert await street.told(Notice.PROMOTED) == ["chen"]
    assert await street.told(Notice.HANDED_BACK) == ["wang", "zhao"]
    assert (await street.request(request_id)).state == State.CLAIMED


async def test_handing_back_with_nobody_in_line_asks_others(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    assert await street.pending(Reminder.UNCLAIMED) == []
    await street.volunteer("late")
    await back(street, "li", request_id)
    assert (await street.request(request_id)).state == State.OPEN
    assert await street.told(Notice.OFFER) == ["li", "late"]
    assert len(await street.pending(Reminder.UNCLAIMED)) == 1
    assert await street.pending(Reminder.BEFORE_START) == []


async def test_leaving_the_line_moves_those_behind_up(street: Street) -> None:
    for name in ("li", "chen", "sun"):
        await street.volunteer(name)
    request_id = await street.file()
    for name in ("li", "chen", "sun"):
        await street.claim(name, request_id)
    assert await back(street, "chen", request_id) is HandBackOutcome.LEFT_LINE
    assert (await street.claim("sun", request_id)).position == 1
    assert await back(street, "chen", request_id) is HandBackOutcome.NOT_HOLDER


async def test_whoever_handed_back_may_come_again_at_the_end_of_the_line(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file()
    await street.claim("li", request_id)
    await back(street, "li", request_id)
    await street.claim("chen", request_id)
    assert (await street.claim("li", request_id)).outcome is ClaimOutcome.WAITING


async def test_nobody_helps_themselves(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file("li")
    assert (await street.claim("li", request_id)).outcome is ClaimOutcome.OWN_REQUEST
    await street.add("granny", "b2", telegram=False, proxy="li")
    spoken_for = await street.file("li", beneficiary_id=street.people["granny"])
    assert (await street.claim("li", spoken_for)).outcome is ClaimOutcome.OWN_REQUEST


async def test_a_volunteer_of_elsewhere_is_refused_and_it_is_written_down(street: Street) -> None:
    await street.volunteer("far", "l1", serves="lan")
    request_id = await street.file()
    assert (await street.claim("far", request_id)).outcome is ClaimOutcome.NOT_ALLOWED
    async with transaction(street.sessions) as session:
        denied = await session.scalar(select(AuditRow).where(AuditRow.act == AuditAct.DENIED))
    assert denied is not None
    assert (denied.actor_id, denied.subject_id) == (street.people["far"], request_id)


async def test_only_active_volunteers_claim(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        await volunteers.pause(session, await street.actor(session, "li"), now=street.now)
    assert (await street.claim("li", request_id)).outcome is ClaimOutcome.PAUSED
    async with transaction(street.sessions) as session:
        await volunteers.leave(session, await street.actor(session, "li"), now=street.now)
    assert (await street.claim("li", request_id)).outcome is ClaimOutcome.NOT_VOLUNTEER
    await street.add("resident")
    assert (await street.claim("resident", request_id)).outcome is ClaimOutcome.NOT_VOLUNTEER
    assert (await street.claim("li", 999_999)).outcome is ClaimOutcome.MISSING


async def test_the_cap_holds_but_for_emergencies(street: Street) -> None:
    await street.volunteer("li", "b1", cap=1)
    first, second = await street.file(), await street.file()
    emergency = await street.file(urgency=Urgency.EMERGENCY)
    assert (await street.claim("li", first)).outcome is ClaimOutcome.HELD
    assert (await street.claim("li", second)).outcome is ClaimOutcome.OVER_CAP
    assert (await street.claim("li", emergency)).outcome is ClaimOutcome.HELD


async def test_losing_the_race_names_the_nearest_open_task(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    await street.add("far", "b4")
    await street.file("far", text="far")
    near = await street.file("zhou")
    contested = await street.file()
    await street.claim("li", contested)
    lost = await street.claim("chen", contested)
    assert (lost.outcome, lost.other_id) == (ClaimOutcome.WAITING, near)


async def test_staff_may_take_a_task_without_volunteering(street: Street) -> None:
    request_id = await street.file(category="public.light")
    assert await street.told(Notice.OFFER) == []
    assert (await street.claim("zhao", request_id)).outcome is ClaimOutcome.HELD


async def test_declining_is_not_asked_again(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        for expected in (DeclineOutcome.DECLINED, DeclineOutcome.ALREADY):
            assert await claims.decline(session, actor, request_id, now=street.now) is expected
        stranger = await street.actor(session, "zhou")
        declined = await claims.decline(session, stranger, request_id, now=street.now)
        assert declined is DeclineOutcome.NOT_ASKED
    await street.volunteer("chen")
    await street.claim("chen", request_id)
    await back(street, "chen", request_id)
    assert await street.told(Notice.OFFER) == ["li"]


async def test_still_coming_yes_and_no(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(start_at=street.now + timedelta(hours=8))
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    assert await street.pending(Reminder.BEFORE_START) == [street.now + timedelta(hours=6)]
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "li")
        for coming, expected in (
            (True, "confirmed"),
            (False, "handed_back"),
            (False, "not_holder"),
        ):
            outcome = await visits.confirm_coming(
                session, actor, request_id, coming=coming, now=street.now
            )
            assert outcome == ConfirmOutcome(expected)
    assert (await street.claims(request_id))["chen"] is ClaimState.HELD


async def test_leaving_as_a_volunteer_hands_everything_back(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    held, waited = await street.file(), await street.file()
    await street.claim("li", held)
    await street.claim("chen", held)
    await street.claim("chen", waited)
    await street.claim("li", waited)
    async with transaction(street.sessions) as session:
        await volunteers.leave(session, await street.actor(session, "li"), now=street.now)
        await check_counts(session)
    assert await street.claims(held) == {"li": ClaimState.HANDED_BACK, "chen": ClaimState.HELD}
    assert (await street.claims(waited))["li"] is ClaimState.LEFT_LINE


@pytest.mark.parametrize(("skill", "first"), [(Skill.PLUMBING, "far"), (None, "near")])
async def test_the_best_fitting_are_asked_first(
    street: Street, skill: Skill | None, first: str
) -> None:
    await street.volunteer("far", "b4", *([skill] if skill else []))
    for number in range(5):
        await street.volunteer(f"mid{number}", "b2")
    await street.volunteer("near", "b1")
    await street.file(category="repairs.plumbing")
    asked = await street.told(Notice.OFFER)
    assert len(asked) == 5
    assert asked[0] == first


async def test_nobody_over_the_cap_paused_or_out_of_reach_is_asked(street: Street) -> None:
    await street.volunteer("full", cap=1)
    await street.claim("full", await street.file())
    await street.volunteer("paused")
    await street.volunteer("elsewhere", "l1", serves="lan")
    async with transaction(street.sessions) as session:
        await volunteers.pause(session, await street.actor(session, "paused"), now=street.now)
    await street.add("applicant")
    await street.grant("applicant", Role.PARTY_MEMBER, "gui")
    before = len(await street.told(Notice.OFFER))
    await street.file()
    assert len(await street.told(Notice.OFFER)) == before
