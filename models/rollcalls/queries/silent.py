"""Who has not answered, where they live, and who answers for their building."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select

from models.broadcasts.rules.notices import Answer
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session
from models.escalation.queries import standing_at
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.rollcalls.actions.rows import is_drill, is_over
from models.rollcalls.queries.board import asked_of, board_of, words_of
from models.rollcalls.rules.rounds import nearest
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import AskView, Board


def silent(broadcast_id: int) -> Select[int]:
    """Select everybody who is asked and of whom there is no answer, by number.

    Whoever has left since is nobody to be looked for.
    """
    return (
        select(RecipientRow.person_id)
        .join(PersonRow, PersonRow.id == RecipientRow.person_id)
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            PersonRow.left_at.is_(None),
            ~_answered(),
        )
    )


def helpers(broadcast_id: int) -> Select[int]:
    """Select everybody who can help, by number."""
    return select(AnswerRow.person_id).where(
        AnswerRow.broadcast_id == broadcast_id, AnswerRow.answer == Answer.CAN_HELP
    )


def readers(broadcast_id: int) -> Select[int | None]:
    """Select in whose chats the roll-call was asked."""
    return select(RecipientRow.reader_id).where(
        RecipientRow.broadcast_id == broadcast_id, RecipientRow.reader_id.is_not(None)
    )


async def silent_by_place(session: Session, broadcast_id: int) -> dict[int | None, int]:
    """Count the silent by where they live."""
    people = silent(broadcast_id).subquery()
    rows = await session.execute(
        select(RecipientRow.place_id, func.count())
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            RecipientRow.person_id.in_(select(people.c.person_id)),
        )
        .group_by(RecipientRow.place_id)
    )
    return {row[0]: row[1] for row in rows.all()}


def _answered() -> ColumnElement[bool]:
    return exists().where(
        AnswerRow.broadcast_id == RecipientRow.broadcast_id,
        AnswerRow.person_id == RecipientRow.person_id,
    )


ASKED_WITHIN = timedelta(days=1)
"""For how long words of somebody silent may be meant as an answer to a roll-call."""


LATEST = 5
"""Roll-calls that the desk is offered."""


async def ask_view(session: Session, reader_id: int, broadcast_id: int) -> AskView | None:
    """Return what somebody is asked, of themselves and of those they speak for; None of nobody."""
    broadcast = await session.get(BroadcastRow, broadcast_id)
    rounds = await session.get(RoundRow, broadcast_id)
    reader = await person_by_id(session, reader_id)
    if broadcast is None or rounds is None or reader is None:
        return None
    return AskView(
        broadcast_id=broadcast.id,
        drill=is_drill(broadcast),
        words=words_of(broadcast, reader.language),
        over=is_over(broadcast, rounds),
        asked=await asked_of(session, broadcast_id, reader_id),
    )


async def unanswered(session: Session, person: Person, now: datetime) -> AskView | None:
    """Return the newest roll-call of a day that somebody was asked in and has said nothing to."""
    asked = (
        select(RecipientRow.broadcast_id)
        .join(RoundRow, RoundRow.broadcast_id == RecipientRow.broadcast_id)
        .join(BroadcastRow, BroadcastRow.id == RecipientRow.broadcast_id)
        .outerjoin(
            AnswerRow,
            (AnswerRow.broadcast_id == RecipientRow.broadcast_id)
            & (AnswerRow.person_id == RecipientRow.person_id),
        )
        .where(
            RecipientRow.reader_id == person.id,
            RecipientRow.person_id == person.id,
            RoundRow.ended_at.is_(None),
            BroadcastRow.started_at > now - ASKED_WITHIN,
            AnswerRow.person_id.is_(None),
        )
        .order_by(RecipientRow.broadcast_id.desc())
        .limit(1)
    )
    broadcast_id = await session.scalar(asked)
    view = None if broadcast_id is None else await ask_view(session, person.id, broadcast_id)
    return None if view is None or view.over else view


async def latest_boards(session: Session, actor: Person) -> list[Board]:
    """List the boards of the latest roll-calls that somebody may see, the newest first."""
    rows = await session.scalars(
        select(RoundRow.broadcast_id).order_by(RoundRow.broadcast_id.desc()).limit(4 * LATEST)
    )
    boards = [await board_of(session, actor, broadcast_id) for broadcast_id in rows.all()]
    return [board for board in boards if isinstance(board, Board)][:LATEST]


LOWEST_FIRST = (Role.STAFF, Role.SECRETARY, Role.ADMIN)
"""Whoever works at a building is nearer to it than who stands above."""


async def keepers_of(session: Session, broadcast: BroadcastRow) -> list[int]:
    """List who has the live board: the author, who approved it, and who answers for its place."""
    place = await session.get_one(PlaceRow, broadcast.place_id)
    above = {one.person_id for one in await standing_at(session, place.path)}
    parties = {broadcast.author_id, broadcast.approved_by} - {None}
    return sorted({*above, *(each for each in parties if each is not None)})


async def leaders_of(session: Session, place_ids: Sequence[int]) -> dict[int, list[int]]:
    """Give, for each person who answers for any of these buildings, which of them are theirs.

    It is the staff nearest above a building; where it has none, the secretaries, then the admins.
    Who cannot be reached is passed over: a list that nobody reads finds nobody.
    """
    rows = await session.execute(
        select(PlaceRow.id, PlaceRow.path).where(PlaceRow.id.in_(list(place_ids)))
    )
    steps = {row.id: ancestors(row.path)[::-1] for row in rows.all()}
    held = await _held(session, sorted({step for each in steps.values() for step in each}))
    theirs: dict[int, list[int]] = {}
    for place_id in sorted(steps):
        choices = (nearest(steps[place_id], held.get(role, {})) for role in LOWEST_FIRST)
        for person_id in next((found for found in choices if found), []):
            theirs.setdefault(person_id, []).append(place_id)
    return theirs


async def _held(session: Session, place_ids: list[int]) -> dict[Role, dict[int, list[int]]]:
    """Return who holds which role at which of these places."""
    rows = await session.execute(
        select(GrantRow.role, GrantRow.place_id, GrantRow.person_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.place_id.in_(place_ids),
            GrantRow.role.in_(list(LOWEST_FIRST)),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
            PersonRow.telegram_id.is_not(None),
        )
        .order_by(GrantRow.person_id)
    )
    held: dict[Role, dict[int, list[int]]] = {}
    for role, place_id, person_id in rows.all():
        held.setdefault(Role(role), {}).setdefault(place_id, []).append(person_id)
    return held
