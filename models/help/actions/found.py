"""What staff found themselves, as a request of the desk's own: owned, and never asked about."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session, insert_once
from models.help import hooks
from models.help.actions.filing import add_media, next_number
from models.help.actions.notify import refresh_cards
from models.help.actions.rows import add_line, choose_owner, end
from models.help.actions.schedule import stop_request
from models.help.rules.closing import Cause
from models.help.rules.limits import TEXT_LENGTH, Channel, Line
from models.help.rules.policy import Urgency
from models.help.rules.states import ENDED, State
from models.help.tables import RequestRow
from models.help.views import Draft
from models.people.views import Person
from models.places.queries import community_above
from models.places.views import Place
from models.text import clean_text


async def file_found(
    session: Session, actor: Person, draft: Draft, at: Place, *, due_at: datetime, now: datetime
) -> RequestRow:
    """File what the actor found at a place as the desk's own request; the right is the caller's.

    Its owner is named by duty, rather not the finder. No volunteers are asked, no clock of answers
    runs: from birth it is to be put right, and its one date is that of the order which follows.
    """
    community = await community_above(session, at.id)
    community_id = community.id if community else at.id
    values = {
        "community_id": community_id,
        "number": await next_number(session, community_id),
        "token": draft.token,
        "requester_id": actor.id,
        "beneficiary_id": actor.id,
        "owner_id": await choose_owner(session, at.path, rather_not={actor.id}, now=now),
        "place_id": at.id,
        "channel": Channel.INSPECTION,
        "category": draft.category,
        "text": clean_text(draft.text, TEXT_LENGTH),
        "urgency": Urgency.ORDINARY,
        "hands": 1,
        "state": State.UNSOLVED,
        "answer_by": due_at,
        "answered_at": now,
        "promised_by": due_at,
        "owned_at": now,
        "created_at": now,
        "changed_at": now,
    }
    await insert_once(session, RequestRow, values)
    found = await session.scalars(select(RequestRow).where(RequestRow.token == draft.token))
    request = found.one()
    add_media(session, request, draft.media, actor.id, evidence=False)
    add_line(session, request, Line.FILED, now=now, actor_id=actor.id)
    await session.flush()
    return request


async def reopen_found(
    session: Session, request: RequestRow, *, now: datetime, actor_id: int, words: str | None = None
) -> None:
    """Have a locked request that staff found put right once more: it keeps its number."""
    end(request, State.UNSOLVED, now)
    request.solved, request.unconfirmed, request.closed_at = False, False, None
    add_line(session, request, Line.REOPENED, now=now, actor_id=actor_id, words=words)
    await hooks.fell_short(session, request, Cause.HAZARD, now=now, actor_id=actor_id)
    await refresh_cards(session, request, now)


async def close_found(session: Session, request: RequestRow, now: datetime) -> None:
    """Close a locked request that staff found: the sign-off of its order is the last word."""
    if request.state in ENDED:
        return
    end(request, State.CLOSED, now)
    request.done_at, request.solved, request.unconfirmed = now, True, False
    await stop_request(session, request, "put right", now)
    await refresh_cards(session, request, now)
