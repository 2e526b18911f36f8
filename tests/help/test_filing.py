"""Filing requests and calling them off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.database import transaction
from models.help.actions import filing
from models.help.rules.limits import Channel
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import CancelOutcome, FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import State
from models.help.tables import MediaRow
from models.help.views import Filed
from models.media import Media, MediaKind
from models.people.rules import Role
from tests.help.street import Street, check_counts, draft


async def send(street: Street, name: str, **fields: object) -> Filed:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await filing.file_request(session, actor, draft(**fields), now=street.now)


async def cancel(
    street: Street, name: str, request_id: int, reason: str | None = None
) -> CancelOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await filing.cancel_request(
            session, actor, request_id, now=street.now, reason=reason
        )


async def test_a_receipt_names_number_owner_and_promise(street: Street) -> None:
    await street.volunteer("li")
    filed = await send(street, "wang")
    assert filed.receipt is not None
    assert filed.receipt.number == 101
    assert filed.receipt.owner is not None
    assert filed.receipt.owner.name == "zhao"
    seven_working_days = timedelta(days=9)
    assert filed.receipt.promised_by == street.now + seven_working_days
    assert (filed.receipt.asked, filed.receipt.asking) == (0, 1)
    assert await street.told(Notice.NEW) == ["zhao"]
    assert await street.told(Notice.OFFER) == ["li"]
    after_lunch = timedelta(hours=1, minutes=30)
    ring_due = street.now + after_lunch + timedelta(hours=2)
    assert await street.pending(Reminder.UNCLAIMED) == [ring_due]
    assert await street.pending(Reminder.EXPIRE) == [street.now + timedelta(days=30)]


async def test_a_form_sent_twice_files_once_and_only_its_sender_gets_the_receipt(
    street: Street,
) -> None:
    first = await send(street, "wang", token="one")
    again = await send(street, "wang", token="one", text="changed")
    assert again.outcome is FileOutcome.ALREADY
    assert again.receipt == first.receipt
    assert (await send(street, "zhou", token="one")).outcome is FileOutcome.BAD_CHOICE


async def test_numbers_are_counted_in_each_community(street: Street) -> None:
    await street.add("lan", "l1")
    first, other = await send(street, "wang"), await send(street, "lan")
    assert first.receipt is not None
    assert other.receipt is not None
    assert (first.receipt.number, other.receipt.number) == (101, 101)
    assert other.receipt.owner is None


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"text": " \u200b\n"}, FileOutcome.EMPTY),
        ({"category": "nothing"}, FileOutcome.BAD_CHOICE),
        ({"hands": 0}, FileOutcome.BAD_CHOICE),
        ({"hands": 51}, FileOutcome.BAD_CHOICE),
        ({"beneficiary_id": 999_999}, FileOutcome.BAD_CHOICE),
        ({"place_id": 999_999}, FileOutcome.NO_PLACE),
    ],
)
async def test_what_cannot_be_filed_is_named(
    street: Street, fields: dict[str, object], outcome: FileOutcome
) -> None:
    assert (await send(street, "wang", **fields)).outcome is outcome


async def test_a_start_that_has_passed_and_a_person_without_home(street: Street) -> None:
    past = street.now - timedelta(minutes=1)
    assert (await send(street, "wang", start_at=past)).outcome is FileOutcome.BAD_CHOICE
    await street.add("homeless", None)
    assert (await send(street, "homeless")).outcome is FileOutcome.NO_PLACE


async def test_media_are_kept_in_order_and_suffice_without_words(street: Street) -> None:
    media = (
        Media(MediaKind.VOICE, "voice-1"),
        Media(MediaKind.LOCATION, latitude=30.2, longitude=120.1),
        Media(MediaKind.PHOTO, "photo-1"),
    )
    await send(street, "wang", text="", media=media)
    async with transaction(street.sessions) as session:
        rows = (await session.scalars(select(MediaRow).order_by(MediaRow.position))).all()
    assert [row.kind for row in rows] == ["voice", "location", "photo"]
    assert rows[1].latitude == pytest.approx(30.2)


async def test_an_emergency_is_promised_in_two_hours_whatever_was_chosen(street: Street) -> None:
    filed = await send(street, "wang", category="emergency", urgency=Urgency.COMPLEX)
    assert filed.receipt is not None
    assert filed.receipt.promised_by == street.now + timedelta(hours=2)
    assert await street.pending(Reminder.UNCLAIMED) == [street.now + timedelta(minutes=3)]


async def test_staff_file_for_somebody_and_become_the_owner(street: Street) -> None:
    await street.add("granny", "b4", telegram=False, proxy="wang")
    filed = await send(street, "zhou", beneficiary_id=street.people["granny"])
    assert filed.receipt is not None
    assert filed.receipt.owner is not None
    assert filed.receipt.owner.name == "zhou"
    request = await street.request(filed.receipt.request_id)
    assert (request.channel, request.place_id) == (Channel.DESK, street.places["b4"].id)
    assert await street.told(Notice.FILED_FOR) == ["wang"]


async def test_a_proxy_files_and_a_stranger_may_not(street: Street) -> None:
    await street.add("granny", "b1", telegram=False, proxy="wang")
    granny = street.people["granny"]
    assert (await send(street, "wang", beneficiary_id=granny)).outcome is FileOutcome.FILED
    await street.add("stranger")
    refused = await send(street, "stranger", beneficiary_id=granny)
    assert refused.outcome is FileOutcome.NOT_ALLOWED


async def test_staff_of_elsewhere_may_not_file_for_others(street: Street) -> None:
    await street.add("outsider", "l1")
    await street.grant("outsider", Role.STAFF, "lan")
    wang = street.people["wang"]
    here = await send(street, "outsider", beneficiary_id=wang)
    there = await send(street, "outsider", beneficiary_id=wang, place_id=street.places["l1"].id)
    assert {here.outcome, there.outcome} == {FileOutcome.NOT_ALLOWED}


async def test_the_owner_is_the_staff_longest_idle(street: Street) -> None:
    await street.add("qian", "b4")
    await street.grant("qian", Role.STAFF, "gui")
    owners = []
    for _ in range(4):
        filed = await send(street, "wang")
        assert filed.receipt is not None
        assert filed.receipt.owner is not None
        owners.append(filed.receipt.owner.name)
    assert sorted(owners) == ["qian", "qian", "zhao", "zhao"]


async def test_too_many_at_once_but_never_too_many_emergencies(street: Street) -> None:
    for _ in range(10):
        assert (await send(street, "wang")).outcome is FileOutcome.FILED
    assert (await send(street, "wang")).outcome is FileOutcome.TOO_MANY
    emergency = await send(street, "wang", urgency=Urgency.EMERGENCY)
    assert emergency.outcome is FileOutcome.FILED


async def test_the_resident_calls_off_and_everybody_on_it_is_told(street: Street) -> None:
    for name in ("li", "chen"):
        await street.volunteer(name)
    request_id = await street.file()
    for name in ("li", "chen"):
        await street.claim(name, request_id)
    assert await cancel(street, "wang", request_id) is CancelOutcome.CANCELLED
    assert await cancel(street, "wang", request_id) is CancelOutcome.ALREADY
    assert sorted(await street.told(Notice.CANCELLED)) == ["chen", "li", "zhao"]
    for kind in Reminder:
        assert await street.pending(kind) == []
    async with transaction(street.sessions) as session:
        await check_counts(session)


async def test_staff_must_say_why_and_strangers_may_not(street: Street) -> None:
    request_id = await street.file()
    await street.add("stranger")
    assert await cancel(street, "stranger", request_id) is CancelOutcome.NOT_ALLOWED
    assert await cancel(street, "zhou", request_id) is CancelOutcome.REASON_NEEDED
    assert await cancel(street, "zhou", request_id, "twice filed") is CancelOutcome.CANCELLED
    assert sorted(await street.told(Notice.CANCELLED)) == ["wang", "zhao"]
    request = await street.request(request_id)
    assert (request.state, request.close_reason) == (State.CANCELLED, "twice filed")
    assert await cancel(street, "wang", 999_999) is CancelOutcome.MISSING
