"""Whose cards a move changes: a ring of hundreds is not written to for what it cannot see."""

from sqlalchemy import select, update

from models.categories import Skill
from models.database import transaction
from models.help.actions import desk, visits
from models.help.rules.notices import Notice
from models.help.rules.policy import Urgency
from models.outbox.tables import OutboxRow
from tests.help.street import Street

ASKED = ("chen", "li", "sun")


async def cards_changed(street: Street) -> list[str]:
    """Send all that waits; tell whose offer cards changed in place."""
    names = {person_id: name for name, person_id in street.people.items()}
    async with transaction(street.sessions) as session:
        waiting = (OutboxRow.state == "queued", OutboxRow.kind == Notice.OFFER)
        found = await session.scalars(
            select(OutboxRow).where(*waiting, OutboxRow.target_id.is_not(None))
        )
        changed = sorted(names[row.recipient_id or 0] for row in found)
        await session.execute(update(OutboxRow).values(state="sent", message_id=OutboxRow.id))
    return changed


async def test_only_who_sees_a_difference_is_written_to(street: Street) -> None:
    for name in ASKED:
        await street.volunteer(name, "b1", Skill.ERRANDS)
    request = await street.file(urgency=Urgency.EMERGENCY)
    assert await cards_changed(street) == [], "they are new"
    await street.claim("li", request)
    assert await cards_changed(street) == [*ASKED], "taken by Li"
    await street.claim("sun", request)
    assert await cards_changed(street) == ["sun"], "first in line"
    async with transaction(street.sessions) as session:
        await visits.on_my_way(session, await street.actor(session, "li"), request, now=street.now)
    assert await cards_changed(street) == ["li"]
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        await desk.take_over(session, zhou, request, now=street.now)
    assert await cards_changed(street) == []
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.report_done(session, li, request, now=street.now)
    assert await cards_changed(street) == [*ASKED]
