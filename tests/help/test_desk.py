"""What staff do: take over, hand over, assign, note, ask again, list."""

from datetime import timedelta

from sqlalchemy import select

from models.database import transaction
from models.help.actions import claims, closing, visits
from models.help.actions import desk as office
from models.help.queries.desk import (
    desk_list,
    desk_view,
    find_number,
    staff_choices,
    volunteer_choices,
)
from models.help.queries.resident import line_said, where_is_it_now
from models.help.rules.limits import Line
from models.help.rules.matching import Reason
from models.help.rules.notices import Notice
from models.help.rules.outcomes import DeskOutcome, HandBackReason, Refusal
from models.help.rules.states import ClaimState, State
from models.help.tables import OfferRow
from models.help.views import RequestView
from models.outbox.tables import OutboxRow
from models.people.rules import Role
from models.volunteers.actions import change_offer
from models.volunteers.rules import ALL_HOURS, ChangeOutcome, Offered
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street, check_counts


async def assign(street: Street, name: str, request_id: int, to: str) -> DeskOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await office.assign(session, actor, request_id, street.people[to], now=street.now)
        await check_counts(session)
        return outcome


async def unsolved(street: Street, request_id: int, name: str) -> None:
    async with transaction(street.sessions) as session:
        helper, wang = await street.actor(session, name), await street.actor(session, "wang")
        await visits.report_done(session, helper, request_id, now=street.now)
        await closing.resident_verdict(session, wang, request_id, solved=False, now=street.now)


async def test_taking_over_and_handing_over_move_no_promise(street: Street) -> None:
    request_id = await street.file()
    promised = (await street.request(request_id)).promised_by
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        later = street.now + timedelta(days=1)
        zhao_id, wang_id = street.people["zhao"], street.people["wang"]
        assert await office.take_over(session, zhou, request_id, now=later) == "taken_over"
        assert await office.take_over(session, zhou, request_id, now=later) == "already"
        assert await office.hand_over(session, zhou, request_id, wang_id, now=later) == "not_staff"
        assert (
            await office.hand_over(session, zhou, request_id, zhao_id, now=later) == "handed_over"
        )
    request = await street.request(request_id)
    assert (request.owner_id, request.promised_by) == (street.people["zhao"], promised)
    assert await street.told(Notice.OWNER) == ["zhao", "zhao"]


async def test_only_the_desk_of_the_place_acts(street: Street) -> None:
    await street.add("outsider", "l1")
    await street.grant("outsider", Role.STAFF, "lan")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        for name in ("wang", "outsider"):
            actor = await street.actor(session, name)
            acts = [
                await office.take_over(session, actor, request_id, now=street.now),
                await office.hand_over(session, actor, request_id, actor.id, now=street.now),
                await office.assign(session, actor, request_id, actor.id, now=street.now),
                await office.ask_again(session, actor, request_id, now=street.now),
            ]
            assert set(acts) == {DeskOutcome.NOT_ALLOWED}
            assert await desk_view(session, actor, request_id, now=street.now) == "not_allowed"
            assert await staff_choices(session, actor, request_id) == []
            assert await volunteer_choices(session, actor, request_id, now=street.now) == []
        wang = await street.actor(session, "wang")
        assert (await desk_list(session, wang, now=street.now)).total == 0
        missing = await office.take_over(session, wang, 999_999, now=street.now)
        assert missing is DeskOutcome.MISSING


async def test_assigning_gives_a_missing_hand(street: Street) -> None:
    for name in ("li", "chen", "sun"):
        await street.volunteer(name)
    request_id = await street.file(hands=2)
    assert await assign(street, "zhao", request_id, "li") is DeskOutcome.ASSIGNED
    assert await assign(street, "zhao", request_id, "li") is DeskOutcome.ALREADY
    assert await assign(street, "zhao", request_id, "wang") is DeskOutcome.OWN_REQUEST
    assert await assign(street, "zhao", request_id, "zhao") is DeskOutcome.TAKEN_ON
    assert await assign(street, "zhao", request_id, "chen") is DeskOutcome.FULL
    assert await street.told(Notice.ASSIGNED) == ["li"]
    assert await street.told(Notice.CLAIMED) == ["wang", "wang"]


async def test_only_volunteers_with_room_are_assigned(street: Street) -> None:
    await street.volunteer("full", cap=1)
    await street.claim("full", await street.file())
    await street.add("resident")
    request_id = await street.file()
    assert await assign(street, "zhao", request_id, "full") is DeskOutcome.OVER_CAP
    assert await assign(street, "zhao", request_id, "resident") is DeskOutcome.NOT_VOLUNTEER
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        choices = await volunteer_choices(session, zhao, request_id, now=street.now)
    assert choices == []


async def test_a_volunteer_of_other_places_is_not_assigned_unless_asked_before(
    street: Street,
) -> None:
    await street.volunteer("near")
    await street.volunteer("far", "l1", serves="lan")
    request_id = await street.file(hands=2)
    assert await assign(street, "zhao", request_id, "far") is DeskOutcome.NOT_VOLUNTEER
    assert await street.told(Notice.ASSIGNED) == []
    assert await street.claims(request_id) == {}
    moved = Offered(frozenset(), frozenset({street.places["lan"].id}), ALL_HOURS, 8)
    async with transaction(street.sessions) as session:
        near = await street.actor(session, "near")
        assert await change_offer(session, near, moved, now=street.now) is ChangeOutcome.CHANGED
    assert await assign(street, "zhao", request_id, "near") is DeskOutcome.ASSIGNED


async def test_an_unsolved_request_can_be_assigned_or_asked_again(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    first, second = await street.file(), await street.file()
    for request_id in (first, second):
        await street.claim("li", request_id)
        await unsolved(street, request_id, "li")
    assert await assign(street, "zhao", first, "chen") is DeskOutcome.ASSIGNED
    assert await street.claims(first) == {"li": ClaimState.ENDED, "chen": ClaimState.HELD}
    await street.volunteer("new")
    before = (await street.told(Notice.OFFER)).count("chen")
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        for expected in (DeskOutcome.ASKED_AGAIN, DeskOutcome.ALREADY):
            assert await office.ask_again(session, zhao, second, now=street.now) is expected
        await check_counts(session)
    assert (await street.request(second)).state == State.OPEN
    told = await street.told(Notice.OFFER)
    assert told.count("new") == 1
    assert told.count("chen") == before + 1


async def test_the_other_hands_of_what_was_unsolved_are_looked_for_anew(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file(hands=2)
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    async with transaction(street.sessions) as session:
        chen = await street.actor(session, "chen")
        await visits.report_done(session, chen, request_id, now=street.now)
    await unsolved(street, request_id, "li")
    await street.volunteer("new")
    assert await assign(street, "zhao", request_id, "chen") is DeskOutcome.ASSIGNED
    await sweep(street.sessions, EFFECTS, street.now)
    assert "new" in await street.told(Notice.OFFER)


async def test_notes_for_the_desk_and_for_the_resident(street: Street) -> None:
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        zhao, wang = await street.actor(session, "zhao"), await street.actor(session, "wang")
        note = office.add_note
        assert await note(session, zhao, request_id, " \n", now=street.now) is DeskOutcome.EMPTY
        await note(session, zhao, request_id, "keys at the gate", now=street.now)
        await note(session, zhao, request_id, "come at 3", now=street.now, internal=False)
        await note(session, wang, request_id, "ring twice", now=street.now)
        await street_stranger(street, session, request_id)
        mine = await where_is_it_now(session, wang, request_id, now=street.now)
        desk = await desk_view(session, zhao, request_id, now=street.now)
    assert isinstance(mine, RequestView)
    assert isinstance(desk, RequestView)
    seen = [line.words for line in mine.timeline if line.what is Line.NOTE]
    inner = [line.words for line in desk.timeline if line.what is Line.NOTE]
    assert seen == ["come at 3", "ring twice"]
    assert inner == ["keys at the gate", "come at 3", "ring twice"]
    assert await street.told(Notice.NOTE) == ["wang", "zhao"]


async def test_why_somebody_handed_back_is_for_the_desk_alone(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        li, wang = await street.actor(session, "li"), await street.actor(session, "wang")
        zhao = await street.actor(session, "zhao")
        why, words = HandBackReason.NOT_SAFE, "he was drunk"
        await claims.hand_back(session, li, request_id, why, now=street.now, words=words)
        mine = await where_is_it_now(session, wang, request_id, now=street.now)
        desk = await desk_view(session, zhao, request_id, now=street.now)
    assert isinstance(mine, RequestView)
    assert isinstance(desk, RequestView)
    [seen] = [line for line in mine.timeline if line.what is Line.HANDED_BACK]
    [inner] = [line for line in desk.timeline if line.what is Line.HANDED_BACK]
    assert (seen.who, seen.detail, seen.words) == (inner.who, {}, None)
    assert (inner.detail, inner.words) == ({"reason": why}, words)


async def street_stranger(street: Street, session, request_id: int) -> None:
    stranger = await street.actor(session, "zhou")
    stranger = type(stranger)(stranger.id, None, "", "en")  # the same person, roles revoked
    denied = await office.add_note(session, stranger, request_id, "x", now=street.now)
    assert denied is DeskOutcome.NOT_ALLOWED


async def test_the_note_of_a_notice_can_be_read(street: Street) -> None:
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        await office.add_note(session, zhao, request_id, "at 3", now=street.now, internal=False)
        notice = await session.scalar(select(OutboxRow).where(OutboxRow.kind == Notice.NOTE))
        assert notice is not None
        assert notice.detail is not None
        said = await line_said(session, request_id, notice.detail["line"])
        assert said is not None
        assert (said.words, said.who and said.who.name) == ("at 3", "zhao")
        assert await line_said(session, request_id + 1, notice.detail["line"]) is None


async def test_the_list_is_by_age_and_in_pages(street: Street) -> None:
    ids = [await street.file() for _ in range(5)]
    await street.add("lan", "l1")
    await street.file("lan")
    async with transaction(street.sessions) as session:
        zhao, zhou = await street.actor(session, "zhao"), await street.actor(session, "zhou")
        first = await desk_list(session, zhao, now=street.now, size=2)
        last = await desk_list(session, zhao, now=street.now, page=99, size=2)
        owned = await desk_list(session, zhou, now=street.now, mine=True)
    assert [line.request_id for line in first.lines] == ids[:2]
    assert (first.page, first.pages, first.total) == (0, 3, 5)
    assert ([line.request_id for line in last.lines], last.page) == (ids[4:], 2)
    assert owned.total == 0


async def test_a_number_is_found_by_those_who_may_see_it(street: Street) -> None:
    request_id = await street.file()
    await street.add("lan", "l1")
    await street.file("lan")
    async with transaction(street.sessions) as session:
        for name, expected in (
            ("wang", [request_id]),
            ("zhao", [request_id]),
            ("zhou", [request_id]),
        ):
            actor = await street.actor(session, name)
            found = await find_number(session, actor, 101, now=street.now)
            assert [line.request_id for line in found] == expected
        view = await where_is_it_now(session, actor, request_id, now=street.now)
        assert view is Refusal.NOT_ALLOWED


async def test_choices_name_load_and_reasons(street: Street) -> None:
    await street.volunteer("li", "b1")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        staff = await staff_choices(session, zhao, request_id)
        helpers = await volunteer_choices(session, zhao, request_id, now=street.now)
        offers = (await session.scalars(select(OfferRow))).all()
    assert [choice.who.name for choice in staff] == ["zhou"]
    assert [choice.who.name for choice in helpers] == ["li"]
    assert Reason.SAME_BUILDING in helpers[0].reasons
    assert Reason.SAME_BUILDING in offers[0].reasons
