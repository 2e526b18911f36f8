"""Answering a roll-call, and saying where one is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from models.audit.actions import deny
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Answer
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.care.records import buddies_of
from models.categories import EMERGENCY
from models.database import Session, insert_once
from models.help.actions.filing import file_request
from models.help.actions.speaking import speak
from models.help.rules.limits import TEXT_LENGTH
from models.help.rules.outcomes import DeskOutcome, FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow
from models.help.views import Draft
from models.media import Media, MediaKind
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.rollcalls.actions.rows import SUBJECT, is_drill, is_over, locked, show_soon
from models.rollcalls.rules.outcomes import Answering
from models.rollcalls.rules.rounds import asks_to_close, files_request, judge
from models.rollcalls.tables import AnswerRow
from models.rollcalls.views import Answered

TAKEN = frozenset({Answering.ANSWERED, Answering.CHANGED, Answering.ALREADY})
CALL = "🆘"


@dataclass(frozen=True)
class About:
    """Whom an answer is about, and what they had said."""

    recipient: RecipientRow
    person: PersonRow
    row: AnswerRow | None

    @property
    def before(self) -> Answer | None:
        """Return what was answered before."""
        return None if self.row is None else Answer(self.row.answer)


async def answer(
    session: Session,
    person: Person,
    broadcast_id: int,
    about_id: int,
    said: Answer,
    *,
    now: datetime,
) -> Answered:
    """Take an answer, or another one in its place, until the roll-call ends.

    'I need help' files an emergency request at once, unless one is open about them or it is only a
    drill. Whoever speaks for somebody now may answer for them, the desk of where they live,
    and whoever knocks first at their door.
    """
    found = await locked(session, broadcast_id)
    if found is None:
        return Answered(Answering.MISSING, broadcast_id, about_id)
    broadcast, rounds = found
    about = await _about(session, broadcast_id, about_id)
    if about is None or not await _may_answer(session, person, about):
        await deny(session, person.id, SUBJECT, now=now, subject_id=broadcast_id)
        return Answered(Answering.NOT_THEIRS, broadcast_id, about_id, drill=is_drill(broadcast))
    outcome = judge(about.before, said, over=is_over(broadcast, rounds))
    request = await _open_request(session, about)
    filed = False
    if outcome in TAKEN:
        if files_request(said, drill=is_drill(broadcast), has_open=request is not None):
            request = await _file(session, person, broadcast, about, now)
            filed = request is not None
        await _write(session, person, about, said, request, now)
        await show_soon(session, rounds, now)
    return _answered(outcome, person, broadcast, about, said, request, filed=filed)


def _answered(
    outcome: Answering,
    person: Person,
    broadcast: BroadcastRow,
    about: About,
    said: Answer,
    request: RequestRow | None,
    *,
    filed: bool,
) -> Answered:
    return Answered(
        outcome,
        broadcast.id,
        about.person.id,
        name=about.person.name,
        own=about.person.id == person.id,
        answer=said if outcome in TAKEN else about.before,
        drill=is_drill(broadcast),
        number=request.number if request else None,
        request_id=request.id if request else None,
        filed=filed,
        may_close=outcome in TAKEN and asks_to_close(said, has_open=request is not None),
    )


async def _about(session: Session, broadcast_id: int, about_id: int) -> About | None:
    """Return somebody who is asked, as they are now; None for others, and who has left."""
    recipient = await session.get(RecipientRow, (broadcast_id, about_id), populate_existing=True)
    person = await session.get(PersonRow, about_id, populate_existing=True)
    if recipient is None or person is None or person.left_at is not None:
        return None
    row = await session.get(AnswerRow, (broadcast_id, about_id), populate_existing=True)
    return About(recipient, person, row)


async def _may_answer(session: Session, actor: Person, about: About) -> bool:
    if actor.id in {about.person.id, about.person.proxy_id}:
        return True
    if actor.id in (await buddies_of(session, [about.person.id])).get(about.person.id, []):
        return True
    place_id = about.recipient.place_id
    place = await session.get(PlaceRow, place_id) if place_id is not None else None
    return place is not None and actor.may(Right.WORK_DESK, place.path)


async def _open_request(session: Session, about: About) -> RequestRow | None:
    """Return the request that an earlier answer filed, while it is open."""
    if about.row is None or about.row.request_id is None:
        return None
    request = await session.get_one(RequestRow, about.row.request_id)
    return request if request.state in UNENDED else None


async def _file(
    session: Session, person: Person, broadcast: BroadcastRow, about: About, now: datetime
) -> RequestRow | None:
    """File an emergency about somebody, where they live, in the words of what has happened.

    None where it cannot be filed; then they stand on the board, and staff see to them from there.
    """
    before = about.row.request_id if about.row else None
    draft = Draft(
        token=f"rollcall:{broadcast.id}:{about.person.id}:{before or 0}",
        category=EMERGENCY,
        urgency=Urgency.EMERGENCY,
        text=f"{CALL} {Content.of(broadcast.content).words}"[:TEXT_LENGTH],
        beneficiary_id=about.person.id,
        place_id=about.recipient.place_id or broadcast.place_id,
    )
    filed = await file_request(session, person, draft, now=now)
    if filed.outcome not in {FileOutcome.FILED, FileOutcome.ALREADY}:
        return None
    found = await session.scalars(select(RequestRow).where(RequestRow.token == draft.token))
    return found.one()


async def _write(
    session: Session,
    person: Person,
    about: About,
    said: Answer,
    request: RequestRow | None,
    now: datetime,
) -> None:
    """Put the answer down; which request it led to stays, whatever is answered after it."""
    before = about.row.request_id if about.row else None
    request_id = request.id if request else before
    if about.row is None:
        values = {
            "broadcast_id": about.recipient.broadcast_id,
            "person_id": about.person.id,
            "answer": said,
            "answered_at": now,
            "answered_by": person.id,
            "request_id": request_id,
        }
        await insert_once(session, AnswerRow, values)
        return
    if about.before is not said:
        about.row.answered_at, about.row.answered_by = now, person.id
    about.row.answer, about.row.request_id = said, request_id


ASKED_FOR = timedelta(hours=1)
"""How long after 'I need help' a location that is sent belongs to it."""


async def needs_location(session: Session, person: Person, now: datetime) -> int | None:
    """Return the open emergency of somebody's own answer within ASKED_FOR; None without one."""
    return await session.scalar(
        select(RequestRow.id)
        .join(AnswerRow, AnswerRow.request_id == RequestRow.id)
        .where(
            AnswerRow.person_id == person.id,
            AnswerRow.answered_by == person.id,
            AnswerRow.answer == Answer.NEED_HELP,
            AnswerRow.answered_at > now - ASKED_FOR,
            RequestRow.state.in_(list(UNENDED)),
        )
        .order_by(AnswerRow.answered_at.desc())
        .limit(1)
    )


async def add_location(
    session: Session, person: Person, latitude: float, longitude: float, *, now: datetime
) -> DeskOutcome:
    """Add where somebody is to their emergency; MISSING where they have none that waits for it."""
    request_id = await needs_location(session, person, now)
    if request_id is None:
        return DeskOutcome.MISSING
    spot = Media(MediaKind.LOCATION, latitude=latitude, longitude=longitude)
    return await speak(session, person, request_id, media=[spot], now=now)
