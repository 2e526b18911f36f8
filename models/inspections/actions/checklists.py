"""Checklists: those that come with the house, and a secretary's own, made and changed in a chat."""

from collections.abc import Sequence
from datetime import datetime

from models.audit.actions import deny
from models.database import Session
from models.inspections.checklists import (
    BY_CODE,
    own_checklist,
    own_code,
    place_of,
    read_points,
    wrong_checklist,
)
from models.inspections.queries import community_of
from models.inspections.rules import NAME, InspectionOutcome
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_standing
from models.records.rules import Refusal
from models.sheets.actions import define
from models.sheets.queries import current_sheet
from models.sheets.rules.filings import DefinedSheet
from models.sheets.views import SheetView


async def sheet_to_walk(session: Session, code: str, *, now: datetime) -> SheetView | None:
    """Return the version of a checklist with which walks begin; None where there is none.

    Those that come with the house are written down when they are first wanted.
    """
    if code in BY_CODE:
        await define(session, BY_CODE[code], by_id=None, now=now)
    found = await current_sheet(session, code)
    return found if found is not None and found.subject == NAME else None


async def define_checklist(
    session: Session,
    actor: Person,
    place_id: int,
    title: str,
    points: Sequence[str | None],
    *,
    token: str,
    now: datetime,
    code: str | None = None,
) -> InspectionOutcome | Refusal:
    """Make a checklist of a community, or a new version of one (DEFINED).

    Whoever answers for the community does. What was begun on an older version is finished on it.
    """
    place = await find_standing(session, place_id)
    if place is None:
        return Refusal.MISSING
    community_id = await community_of(session, place.id)
    path = (await find_standing(session, community_id) or place).path
    if not actor.may(Right.SUPERVISE, path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "define"})
        return Refusal.NOT_ALLOWED
    if code is not None and place_of(code) != community_id:
        return Refusal.BAD_CHOICE
    read = read_points(points)
    if wrong := wrong_checklist(title, read):
        return wrong
    draft = own_checklist(code or own_code(community_id, token), title, read)
    made = await define(session, draft, by_id=actor.id, now=now)
    if isinstance(made, Refusal):
        return made
    return InspectionOutcome.DEFINED if isinstance(made, DefinedSheet) else Refusal.BAD_CHOICE
