"""Gathering what the screens of duty and desk hours show."""

from handlers.duty import screens
from handlers.screen import Screen
from models.database import Session
from models.duty.queries import roster
from models.hours.queries import kept_hours
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import line_of, offer_within
from models.policy.current import policy_of


async def duty_page(
    session: Session, person: Person, place_id: int | None, page: int = 0, told: str = ""
) -> Screen | None:
    """Show a place with roster and hours, or the tops of one's places; None without a desk."""
    paths = person.paths_with(Right.WORK_DESK)
    if not paths:
        return None
    step = await offer_within(session, paths, place_id)
    if step.at is None and place_id is None and len(step.options) == 1:
        return await duty_page(session, person, step.options[0].id)
    shown = await roster(session, person, step.at.place.id) if step.at else None
    if step.at is None or shown is None:
        return screens.tops_screen(step, page)
    hours = await _hours(session, step.at.place.path, step.at.place.id)
    return screens.place_screen(step, step.at, shown, hours, page, told)


async def hours_page(
    session: Session, person: Person, place_id: int, told: str = ""
) -> Screen | None:
    """Show the desk hours of a place; None where the person has no desk there."""
    at = await line_of(session, place_id)
    if at is None or not person.may(Right.WORK_DESK, at.place.path):
        return None
    kept = await kept_hours(session, at.place.path, policy_of(session).desk.zone)
    return screens.hours_screen(
        at,
        await _hours(session, at.place.path, place_id),
        own=kept is not None and kept.place_id == place_id,
        may_set=person.may(Right.SUPERVISE, at.place.path),
        told=told,
    )


async def _hours(session: Session, path: str, place_id: int) -> str:
    desk = policy_of(session).desk
    return screens.hours_line(await kept_hours(session, path, desk.zone), desk, place_id)
