"""Writing down a hazard that staff found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.categories import HAZARD
from models.database import Session, insert_once
from models.hazards.actions.following import plan_looks, watch
from models.hazards.actions.patterns import look_for_hazard_pattern
from models.hazards.notices import Reminder
from models.hazards.records import HAZARDS, HazardChange
from models.hazards.rules import (
    AUTHORITY_LENGTH,
    FILE_NUMBER_LENGTH,
    SPOT_LENGTH,
    STANDS_AFTER,
    WAITS_EVERY,
    Finding,
    FindOutcome,
    HazardLevel,
    problem_with,
)
from models.hazards.tables import HazardPhotoRow, HazardRow
from models.hazards.views import HazardFound
from models.help.actions.found import file_found
from models.help.rules.closing import Cause
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.hours.rules.local_time import day_of
from models.media import Media
from models.orders.actions.orders import open_order
from models.orders.rules import last_closing
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, find_standing
from models.places.views import Place
from models.policy.current import desk_clock_at, policy_of
from models.text import clean_line


async def find(session: Session, actor: Person, finding: Finding, *, now: datetime) -> HazardFound:
    """Write down what staff of the place found (FOUND); the same token is one hazard (ALREADY).

    By a date, it is a request of the desk's own with an owner and an order from birth, which the
    finder cannot sign off. On the spot, it stands as fixed; beyond us, as handed on with the
    authority and its number.
    """
    place = await find_standing(session, finding.place_id)
    if place is None:
        return HazardFound(FindOutcome.BAD_CHOICE)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, "hazards", now=now, detail={"tried": "find"})
        return HazardFound(FindOutcome.NOT_ALLOWED)
    due_at = await _due_at(session, place, finding)
    if problem := problem_with(finding, day_of(now, policy_of(session).zone), now, due_at):
        return HazardFound(problem)
    new = await insert_once(session, HazardRow, _values(actor, finding, now))
    hazard = await session.scalar(select(HazardRow).where(HazardRow.token == finding.token))
    if hazard is None or hazard.found_by != actor.id:
        return HazardFound(FindOutcome.BAD_CHOICE)
    if not new:
        return HazardFound(FindOutcome.ALREADY, hazard.id)
    session.add_all(
        HazardPhotoRow(hazard_id=hazard.id, position=at, file_id=photo.file_id)
        for at, photo in enumerate(finding.photos)
    )
    if due_at is not None:
        hazard.request_id = await _order(session, actor, hazard, finding.photos, due_at, now)
    await session.flush()
    await _remind(HazardChange(session, HAZARDS, hazard, actor.id, now))
    await look_for_hazard_pattern(session, hazard, now=now)
    await session.flush()
    return HazardFound(FindOutcome.FOUND, hazard.id)


async def _order(
    session: Session,
    actor: Person,
    hazard: HazardRow,
    photos: Sequence[Media],
    due_at: datetime,
    now: datetime,
) -> int:
    """Have a hazard put right until its day, under a request of the desk's own."""
    place = await find_place(session, hazard.place_id)
    assert place is not None  # noqa: S101 - the row refers to it
    # the number of the hazard names the form: nobody else's can be the same
    draft = Draft(f"hazard:{hazard.id}", HAZARD, Urgency.ORDINARY, hazard.spot, tuple(photos))
    request = await file_found(session, actor, draft, place, due_at=due_at, now=now)
    await open_order(session, request, Cause.HAZARD, now=now, actor_id=actor.id, due_at=due_at)
    return request.id


async def _remind(change: HazardChange) -> None:
    match change.row.level:
        case HazardLevel.BY_DATE:
            await watch(change)
        case HazardLevel.ON_SPOT:
            await plan_looks(change)
        case _:
            await change.remind(Reminder.WAITS, change.now + WAITS_EVERY)


async def _due_at(session: Session, place: Place, finding: Finding) -> datetime | None:
    """Return when the desk of the place closes on the day named, as orders are dated."""
    if finding.due_on is None:
        return None
    clock = await desk_clock_at(session, place.path)
    return last_closing(clock.hours, finding.due_on)


def _values(actor: Person, finding: Finding, now: datetime) -> dict[str, object]:
    beyond = finding.level is HazardLevel.BEYOND
    number = clean_line(finding.authority_number, FILE_NUMBER_LENGTH) or None
    return {
        "place_id": finding.place_id,
        "token": finding.token,
        "spot": clean_line(finding.spot, SPOT_LENGTH),
        "kind": finding.kind,
        "level": finding.level,
        "state": STANDS_AFTER[finding.level],
        "found_by": actor.id,
        "found_at": now,
        "inspection_id": finding.inspection_id,
        "authority": clean_line(finding.authority, AUTHORITY_LENGTH) if beyond else None,
        "authority_number": number if beyond else None,
        "handed_on_at": now if beyond else None,
    }
