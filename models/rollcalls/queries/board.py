"""The board of a roll-call, building by building."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from models.broadcasts.actions.rows import relations_of
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import OUT_OF_REACH, Answer, Way
from models.broadcasts.rules.states import Relation
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import Asked
from models.care.buddies import has_buddy
from models.database import Session
from models.help.tables import RequestRow
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.rollcalls.actions.rows import is_drill, is_over, is_stopped
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Refusal
from models.rollcalls.rules.rounds import BoardCounts, RollCallPolicy, standing_of, total
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import Board, BuildingCounts, Listed, ListPage

PAGE = 8
"""People on one page of a list: each has a button."""

_speaker = aliased(PersonRow)
_teller = aliased(PersonRow)

_answered = and_(
    AnswerRow.broadcast_id == RecipientRow.broadcast_id,
    AnswerRow.person_id == RecipientRow.person_id,
)


@dataclass(frozen=True)
class BoardScope:
    """As much of a roll-call as somebody may see."""

    broadcast: BroadcastRow
    rounds: RoundRow
    paths: tuple[str, ...]
    """The places whose people they see; '/' for all."""
    leads: bool

    @property
    def drill(self) -> bool:
        """Return whether it is only an exercise."""
        return is_drill(self.broadcast)

    @property
    def over(self) -> bool:
        """Return whether no answer counts any more."""
        return is_over(self.broadcast, self.rounds)

    @property
    def whole(self) -> bool:
        """Return whether they see everybody."""
        return "/" in self.paths

    def within(self) -> ColumnElement[bool]:
        """Say who is seen, of a statement that joins places."""
        if self.whole:
            return true()
        return or_(*(PlaceRow.path.startswith(path) for path in self.paths))


async def scope_of(session: Session, actor: Person, broadcast_id: int) -> BoardScope | Refusal:
    """Return how much of a roll-call somebody sees.

    Its author, who may approve it and who answers for its place see all; the desk of a place sees
    the people who live there; nobody else sees anything.
    """
    broadcast = await session.get(BroadcastRow, broadcast_id)
    rounds = await session.get(RoundRow, broadcast_id)
    if broadcast is None or rounds is None:
        return Refusal.MISSING
    relations = await relations_of(session, actor, broadcast)
    desks = actor.paths_with(Right.WORK_DESK)
    at = await session.get_one(PlaceRow, broadcast.place_id)
    paths: tuple[str, ...] = tuple(desk for desk in desks if covers(at.path, desk))
    if relations or any(covers(desk, at.path) for desk in desks):
        paths = ("/",)
    if not paths:
        return Refusal.NOT_ALLOWED
    return BoardScope(
        broadcast, rounds, paths, leads=bool(relations & {Relation.AUTHOR, Relation.KEEPER})
    )


async def board_of(session: Session, actor: Person, broadcast_id: int) -> Board | Refusal:
    """Return the live board as it stands, as much of it as the viewer may see."""
    scope = await scope_of(session, actor, broadcast_id)
    return scope if isinstance(scope, Refusal) else await _board(session, scope)


async def board_told(session: Session, person_id: int, broadcast_id: int) -> Board | Refusal:
    """Return the live board to whoever a notice goes to, by their rights of the moment."""
    person = await person_by_id(session, person_id)
    return await board_of(session, person, broadcast_id) if person else Refusal.NOT_ALLOWED


async def list_of(
    session: Session, actor: Person, broadcast_id: int, standing: BoardStanding, page: int
) -> ListPage | Refusal:
    """Return a page of who stands so, by building and name; a page too far is the last one."""
    scope = await scope_of(session, actor, broadcast_id)
    if isinstance(scope, Refusal):
        return scope
    which = [_stands(standing), scope.within()]
    count = await session.scalar(_people(broadcast_id, which, func.count())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(page, pages - 1)
    people = await _listed(session, broadcast_id, which, offset=page * PAGE, standing=standing)
    return ListPage(broadcast_id, scope.drill, scope.over, standing, page, pages, count, people)


async def silent_at(session: Session, broadcast_id: int, place_ids: list[int]) -> list[Listed]:
    """List the silent who live at some buildings, by building and name."""
    which = [_stands(BoardStanding.SILENT), RecipientRow.place_id.in_(place_ids)]
    silent = BoardStanding.SILENT
    return list(await _listed(session, broadcast_id, which, limit=SILENT_TOLD, standing=silent))


SILENT_TOLD = 60
"""Names in one message to who answers for a building; the rest is counted, and on the list."""


async def one_of(
    session: Session, actor: Person, broadcast_id: int, about_id: int
) -> tuple[BoardScope, Listed] | Refusal:
    """Return one person of the board to whoever may see them there."""
    scope = await scope_of(session, actor, broadcast_id)
    if isinstance(scope, Refusal):
        return scope
    which = [RecipientRow.person_id == about_id, scope.within()]
    found = await _listed(session, broadcast_id, which)
    return (scope, found[0]) if found else Refusal.MISSING


def words_of(broadcast: BroadcastRow, language: str) -> str:
    """Return what has happened, in a reader's language where it was written in it."""
    other = broadcast.content_other if language != broadcast.language else None
    return Content.of(other or broadcast.content).words


async def _board(session: Session, scope: BoardScope) -> Board:
    broadcast, rounds = scope.broadcast, scope.rounds
    groups = await _groups(session, scope)
    lost = [_stands(BoardStanding.SILENT), scope.within(), RecipientRow.way.in_(list(OUT_OF_REACH))]
    stopped = is_stopped(broadcast)
    return Board(
        broadcast_id=broadcast.id,
        drill=scope.drill,
        words=Content.of(broadcast.content).words,
        started_at=broadcast.started_at,
        ended_at=rounds.ended_at,
        stopped=stopped,
        rounds=rounds.rounds,
        most_rounds=policy_of(session, RollCallPolicy).roll_call_rounds,
        listed_at=rounds.listed_at,
        counts=total(group.counts for group in groups),
        out_of_reach=await session.scalar(_people(broadcast.id, lost, func.count())) or 0,
        groups=groups,
        may_end=scope.leads and rounds.ended_at is None and not stopped,
        whole=scope.whole,
    )


async def _groups(session: Session, scope: BoardScope) -> tuple[BuildingCounts, ...]:
    """Count by building, in the order of their names."""
    here = or_(AnswerRow.answer.is_not(None), PersonRow.left_at.is_(None))
    rows = await session.execute(
        _people(
            scope.broadcast.id,
            [here, scope.within()],
            RecipientRow.place_id,
            AnswerRow.answer,
            func.count(),
        )
        .group_by(RecipientRow.place_id, PlaceRow.name, AnswerRow.answer)
        .order_by(PlaceRow.name, RecipientRow.place_id)
    )
    found: dict[int | None, dict[BoardStanding, int]] = {}
    for place_id, said, count in rows.all():
        standing = standing_of(Answer(said) if said else None)
        found.setdefault(place_id, {})[standing] = count
    return tuple(BuildingCounts(place_id, BoardCounts(by)) for place_id, by in found.items())


def _stands(standing: BoardStanding) -> ColumnElement[bool]:
    if standing is BoardStanding.SILENT:
        return and_(AnswerRow.answer.is_(None), PersonRow.left_at.is_(None))
    return AnswerRow.answer == standing.value


def _people(broadcast_id: int, which: list[ColumnElement[bool]], *columns: Any) -> Select[Any]:
    """Select of the recipients, joined with who they are, where they live, what they said."""
    return (
        select(*columns)
        .select_from(RecipientRow)
        .join(PersonRow, PersonRow.id == RecipientRow.person_id)
        .outerjoin(PlaceRow, PlaceRow.id == RecipientRow.place_id)
        .outerjoin(AnswerRow, _answered)
        .where(RecipientRow.broadcast_id == broadcast_id, *which)
    )


async def _listed(
    session: Session,
    broadcast_id: int,
    which: list[ColumnElement[bool]],
    *,
    offset: int = 0,
    limit: int = PAGE,
    standing: BoardStanding | None = None,
) -> tuple[Listed, ...]:
    """Read people by building and name; of the silent those first at whose doors a buddy knocks."""
    buddy = has_buddy(PersonRow.id)
    first = [case((buddy, 0), else_=1)] if standing is BoardStanding.SILENT else []
    columns = (
        PersonRow.id,
        PersonRow.name,
        RecipientRow.place_id,
        RecipientRow.way,
        AnswerRow.answer,
        AnswerRow.answered_at,
        AnswerRow.answered_by,
        _teller.name,
        _speaker.name,
        RequestRow.id,
        RequestRow.number,
        buddy,
    )
    rows = await session.execute(
        _people(broadcast_id, which, *columns)
        .outerjoin(_teller, _teller.id == AnswerRow.answered_by)
        .outerjoin(_speaker, _speaker.id == PersonRow.proxy_id)
        .outerjoin(RequestRow, RequestRow.id == AnswerRow.request_id)
        .order_by(*first, PlaceRow.name, PersonRow.name, PersonRow.id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(_one(*row) for row in rows.all())


def _one(
    person_id: int,
    name: str,
    place_id: int | None,
    way: str,
    said: str | None,
    answered_at: datetime | None,
    answered_by: int | None,
    teller: str | None,
    speaker: str | None,
    request_id: int | None,
    number: int | None,
    buddy: bool,
) -> Listed:
    return Listed(
        person_id=person_id,
        name=name,
        place_id=place_id,
        standing=standing_of(Answer(said) if said else None),
        way=Way(way),
        answered_at=answered_at,
        answered_by=(teller or "") if answered_by not in {None, person_id} else "",
        spoken_by=speaker or "",
        request_id=request_id,
        number=number,
        buddy=buddy,
    )


async def asked_of(session: Session, broadcast_id: int, reader_id: int) -> tuple[Asked, ...]:
    """List whom somebody answers for: themselves if they are asked, then those they speak for."""
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name, AnswerRow.answer)
        .join(RecipientRow, RecipientRow.person_id == PersonRow.id)
        .outerjoin(
            AnswerRow,
            (AnswerRow.broadcast_id == RecipientRow.broadcast_id)
            & (AnswerRow.person_id == RecipientRow.person_id),
        )
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            PersonRow.left_at.is_(None),
            or_(PersonRow.id == reader_id, PersonRow.proxy_id == reader_id),
        )
        .order_by(PersonRow.id != reader_id, PersonRow.name, PersonRow.id)
    )
    return tuple(
        Asked(person_id, name, own=person_id == reader_id, answer=Answer(said) if said else None)
        for person_id, name, said in rows.all()
    )


async def has_ended(session: Session, broadcast_id: int) -> bool:
    """Return whether a roll-call was ended: then nobody is asked any more."""
    ended = select(RoundRow.ended_at).where(RoundRow.broadcast_id == broadcast_id)
    return await session.scalar(ended) is not None


def only_silent(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Return those who have not been answered for."""
    return tuple(one for one in asked if one.answer is None)
