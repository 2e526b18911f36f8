"""Searching the requests of one's desk: by number, name, phone, building and words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from models.audit.actions import deny
from models.database import Session, vault_of
from models.help.queries.request import picture_line, request_names
from models.help.rules.search import SearchTerm, read_search
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow, SearchRow
from models.help.views import FoundPage
from models.people.actions.personal import digest_phones, phone_digests
from models.people.rules import Right
from models.people.tables import PersonalRow, PersonRow
from models.people.views import Denied, Person
from models.places.tables import PlaceRow
from models.vault import SealedCell

PLACES_READ = 50
"""Places that one word may name; more are no help to anybody."""


async def search_requests(
    session: Session, actor: Person, text: str, *, now: datetime, size: int
) -> FoundPage | Denied:
    """Search the requests of the actor's desk, and keep what was sought for further pages."""
    if not actor.may_anywhere(Right.WORK_DESK):
        await deny(session, actor.id, "desk", now=now, detail={"tried": "search"})
        return Denied(Right.WORK_DESK)
    row = await session.get(SearchRow, actor.id)
    number = row.number + 1 if row else 1
    sealed = vault_of(session).seal(_where(actor.id), text)
    await session.merge(SearchRow(person_id=actor.id, number=number, sealed=sealed))
    return await _found(session, actor, text, number, now=now, size=size, page=0)


async def search_on(
    session: Session, actor: Person, number: int, page: int, *, now: datetime, size: int
) -> FoundPage | Denied | None:
    """Return another page of the actor's last search; None where `number` is not that one's."""
    if not actor.may_anywhere(Right.WORK_DESK):
        await deny(session, actor.id, "desk", now=now, detail={"tried": "search"})
        return Denied(Right.WORK_DESK)
    row = await session.get(SearchRow, actor.id)
    if row is None or row.number != number:
        return None
    text = vault_of(session).open(_where(actor.id), row.sealed)
    return await _found(session, actor, text, number, now=now, size=size, page=page)


async def _found(
    session: Session,
    actor: Person,
    text: str,
    number: int,
    *,
    now: datetime,
    size: int,
    page: int,
) -> FoundPage:
    """Find requests, those not ended first, then the newest; a page behind the last is the last."""
    ways = read_search(text)
    if any(term.phone for way in ways for term in way):
        await digest_phones(session)
    paths = actor.paths_with(Right.WORK_DESK)
    meant = [and_(*[await _means(session, term, paths) for term in way]) for way in ways]
    conditions = (_below(paths), or_(false(), *meant))
    total = await session.scalar(select(func.count(RequestRow.id)).where(*conditions)) or 0
    pages = -(-total // size)
    page = min(page, max(pages - 1, 0))
    ended = case((RequestRow.state.in_(list(UNENDED)), 0), else_=1)
    rows = await session.scalars(
        select(RequestRow)
        .where(*conditions)
        .order_by(ended, RequestRow.id.desc())
        .offset(page * size)
        .limit(size)
    )
    requests = rows.all()
    names = await request_names(session, requests)
    lines = tuple(picture_line(request, names, now) for request in requests)
    return FoundPage(lines, page, pages, total, number)


async def _means(session: Session, term: SearchTerm, paths: Sequence[str]) -> ColumnElement[bool]:
    """Say that a request has to do with a word, in any of its meanings."""
    named = select(PersonRow.id).where(PersonRow.name.icontains(term.words, autoescape=True))
    meant = [
        RequestRow.text.icontains(term.words, autoescape=True),
        *_about(named),
        *await _placed(session, term, paths),
    ]
    if term.number is not None:
        meant.append(RequestRow.number == term.number)
    if term.phone is not None:
        digests = phone_digests(session, term.phone)
        meant += _about(select(PersonalRow.person_id).where(PersonalRow.digest.in_(digests)))
    return or_(*meant)


def _about(people: Select[int]) -> list[ColumnElement[bool]]:
    return [RequestRow.beneficiary_id.in_(people), RequestRow.requester_id.in_(people)]


async def _placed(
    session: Session, term: SearchTerm, paths: Sequence[str]
) -> list[ColumnElement[bool]]:
    """Say that a request is at a place that the word names, or below it."""
    if term.place is None:
        return []
    covered = or_(*(PlaceRow.path.startswith(path, autoescape=True) for path in paths))
    named = PlaceRow.sought.contains(term.place, autoescape=True)
    found = await session.scalars(select(PlaceRow.path).where(named, covered).limit(PLACES_READ))
    tops = found.all()
    return [_below(tops)] if tops else []


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    below = or_(*(PlaceRow.path.startswith(path, autoescape=True) for path in paths))
    return RequestRow.place_id.in_(select(PlaceRow.id).where(below))


def _where(person_id: int) -> SealedCell:
    return SealedCell(SearchRow.__tablename__, "sealed", person_id)
