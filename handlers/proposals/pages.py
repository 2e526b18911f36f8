"""Gathering what the screens of reasons and terms show."""

from handlers.proposals.screens import settings
from handlers.screen import Screen
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import offer_within
from models.proposals.queries.reception import desk_tops, place_reasons, place_terms


async def reasons_page(session: Session, person: Person, place_id: int, told: str = "") -> Screen:
    """Show the reasons of a place to its desk; others are told whose they are."""
    shown = await place_reasons(session, person, place_id)
    if shown is None:
        return settings.not_yours_screen()
    return settings.reasons_screen(shown, await desk_tops(session, person), told)


async def terms_page(
    session: Session, person: Person, place_id: int | None, page: int = 0, told: str = ""
) -> Screen:
    """Show what a place asks for, or the tops of the places that somebody answers for."""
    paths = person.paths_with(Right.SUPERVISE)
    step = await offer_within(session, paths, place_id)
    if step.at is None and len(step.options) == 1:
        return await terms_page(session, person, step.options[0].id, page, told)
    shown = await place_terms(session, person, step.at.place.id) if step.at else None
    if shown is None:
        return settings.tops_screen(step, page)
    return settings.terms_screen(shown, step, page, told)
