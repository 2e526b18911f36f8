"""The morning's call-backs stand with whoever rings: not with an owner who did the work."""

from handlers.screen import Pointless, Screen
from models.database import transaction
from models.digests.rules.times import Notice as Kind
from models.help.actions import visits
from models.help.tables import RequestRow
from tests.digests.test_digests import begin, goes_on, local, queued
from tests.digests.test_telling import tells
from tests.help.street import Street


async def silent_after(street: Street, by: str) -> None:
    """Let somebody do what zhao answers for, and the resident stay silent."""
    street.now = local(2026, 11, 25, 10)
    if by not in street.people:
        await street.volunteer(by)
    request_id = await street.file()
    await street.claim(by, request_id)
    async with transaction(street.sessions) as session:
        doer = await street.actor(session, by)
        await visits.report_done(session, doer, request_id, now=street.now)
        request = await session.get_one(RequestRow, request_id)
        assert request.owner_id == street.people["zhao"]
        request.unconfirmed = True
    street.now = local(2026, 11, 26, 8, 30)


async def test_who_did_it_is_not_asked_to_ring_about_it(street: Street) -> None:
    await silent_after(street, "zhao")
    own = await tells(street, Kind.STAFF, "zhao", "2026-11-26")
    assert isinstance(own, Screen)
    assert "回访" not in own.text
    above = await tells(street, Kind.STAFF, "zhou", "2026-11-26")
    assert isinstance(above, Screen)
    assert "回访" in above.text
    assert "101号" in above.text


async def test_the_owner_rings_about_what_others_did(street: Street) -> None:
    await silent_after(street, "li")
    own = await tells(street, Kind.STAFF, "zhao", "2026-11-26")
    assert isinstance(own, Screen)
    assert "回访" in own.text
    assert isinstance(await tells(street, Kind.STAFF, "zhou", "2026-11-26"), Pointless)


async def test_the_secretary_who_rings_is_told_in_the_morning(street: Street) -> None:
    await silent_after(street, "zhao")
    await begin(street, local(2026, 11, 27, 7))
    await goes_on(street, local(2026, 11, 27, 12))
    told = {name for name, _day in await queued(street, Kind.STAFF)}
    assert told == {"zhao", "zhou"}
