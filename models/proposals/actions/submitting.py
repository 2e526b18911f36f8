"""Submitting a proposal, and changing it afterwards; its words are indexed for likeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from models.audit.actions import deny
from models.database import Session, insert_new, insert_once
from models.help.actions.rows import choose_owner
from models.media import Media
from models.people.desk import works_at
from models.people.queries import new_until
from models.people.rules import Role
from models.people.views import Person
from models.places.queries import find_place
from models.places.rules import covers
from models.places.views import Place
from models.policy.current import policy_of
from models.proposals.actions.notify import refresh_cards, stop, tell
from models.proposals.actions.reception import receive_by, schedule_reception
from models.proposals.actions.rows import SUBJECT, add_line, add_media, locked, make, refusal
from models.proposals.actions.seconding import SECONDED
from models.proposals.queries.detail import community_of, path_of, supporters
from models.proposals.rules.changes import Text, tells
from models.proposals.rules.limits import (
    FIRST_NUMBER,
    MOST_AT_RECEPTION,
    PROBLEM_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
)
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.outcomes import ProposalOutcome, SubmitOutcome
from models.proposals.rules.reception import ProposalPolicy
from models.proposals.rules.similar import wording
from models.proposals.rules.states import BEFORE_RECEPTION, Move, State
from models.proposals.tables import GramRow, ProposalCounterRow, ProposalRow, VersionRow
from models.proposals.views import ProposalForm, Submitted
from models.text import clean_line, clean_text


@dataclass(frozen=True)
class ReadyProposal:
    """A draft that may be submitted: its clean texts, its community, what it concerns."""

    draft: ProposalForm
    title: str
    problem: str
    wish: str
    community: Place
    place: Place


async def submit(
    session: Session, actor: Person, draft: ProposalForm, *, now: datetime
) -> Submitted:
    """Submit a proposal to the office of the author's own community.

    The same `draft.token` submits once: later sends give ALREADY with the first number. Who
    receives it is named at once, and has `policy.reception` of the desk's working time to answer.
    Until then its author and the desk alone read it.
    """
    if before := await _submitted_before(session, actor, draft):
        return before
    ready = await _ready(session, actor, draft, now)
    if isinstance(ready, Submitted):
        if ready.outcome is SubmitOutcome.NOT_YOURS:
            await deny(session, actor.id, SUBJECT, now=now, detail={"move": "submit"})
        return ready
    proposal = await _insert(session, actor, ready, now)
    if proposal is None:
        return await _submitted_before(session, actor, draft) or Submitted(SubmitOutcome.NOT_YOURS)
    await _keep_words(session, proposal, now)
    await add_media(session, proposal, draft.media, actor.id)
    await add_line(session, proposal, ProposalEvent.SUBMITTED, now=now, actor_id=actor.id)
    await schedule_reception(session, proposal, now)
    await tell(session, proposal, Notice.NEW, [proposal.desk_id], now=now, actor_id=actor.id)
    return _receipt(SubmitOutcome.SUBMITTED, proposal)


async def why_not_now(session: Session, actor: Person, now: datetime) -> Submitted | None:
    """Tell before anything is written why somebody cannot submit; None where they can."""
    if await community_of(session, actor) is None:
        return Submitted(SubmitOutcome.NO_PLACE)
    return await _has_many(session, actor, now)


def _receipt(outcome: SubmitOutcome, proposal: ProposalRow) -> Submitted:
    return Submitted(outcome, proposal.id, proposal.number, proposal.receive_by)


async def _submitted_before(
    session: Session, actor: Person, draft: ProposalForm
) -> Submitted | None:
    found = await session.scalar(select(ProposalRow).where(ProposalRow.token == draft.token))
    if found is None:
        return None
    if found.author_id != actor.id:
        return Submitted(SubmitOutcome.NOT_YOURS)
    return _receipt(SubmitOutcome.ALREADY, found)


async def _ready(
    session: Session, actor: Person, draft: ProposalForm, now: datetime
) -> ReadyProposal | Submitted:
    title = clean_line(draft.title, TITLE_LENGTH)
    problem = clean_text(draft.problem, PROBLEM_LENGTH)
    wish = clean_text(draft.wish, WISH_LENGTH)
    if not _tells(title):
        return Submitted(SubmitOutcome.NO_TITLE)
    if not _tells(problem) and not _tells(wish):
        return Submitted(SubmitOutcome.EMPTY)
    community = await community_of(session, actor)
    if community is None:
        return Submitted(SubmitOutcome.NO_PLACE)
    place = community if draft.place_id is None else await find_place(session, draft.place_id)
    if place is None or not covers(community.path, place.path):
        return Submitted(SubmitOutcome.NOT_YOURS)
    if many := await _has_many(session, actor, now):
        return many
    return ReadyProposal(draft, title, problem, wish, community, place)


def _tells(text: str) -> bool:
    """Tell words from signs alone: nobody finds a proposal that is called '🙂'."""
    return any(char.isalnum() for char in text)


async def _has_many(session: Session, actor: Person, now: datetime) -> Submitted | None:
    """Say that as many wait for the office as may of this person; None while fewer do."""
    count = await session.scalar(
        select(func.count()).where(
            ProposalRow.author_id == actor.id, ProposalRow.state.in_(list(BEFORE_RECEPTION))
        )
    )
    waiting, policy = count or 0, policy_of(session, ProposalPolicy)
    if waiting >= MOST_AT_RECEPTION:
        return Submitted(SubmitOutcome.TOO_MANY)
    if waiting < policy.new_most_waiting:
        return None
    until = await new_until(session, actor, policy.new_for, now)
    return Submitted(SubmitOutcome.NEW_HERE, until=until) if until else None


async def _insert(
    session: Session, actor: Person, ready: ReadyProposal, now: datetime
) -> ProposalRow | None:
    """Write the row; None when the same form was sent at the same moment."""
    path, draft = ready.place.path, ready.draft
    values = {
        "community_id": ready.community.id,
        "number": await _next_number(session, ready.community.id),
        "token": draft.token,
        "author_id": actor.id,
        "anonymous": draft.anonymous,
        "seal": _is_member(actor, ready.community.path),
        "place_id": ready.place.id,
        "topic": draft.topic,
        "title": ready.title,
        "problem": ready.problem,
        "wish": ready.wish,
        "version": 1,
        "state": State.SUBMITTED,
        "submitted_at": now,
        "changed_at": now,
        "receive_by": await receive_by(session, path, now),
        "desk_id": await choose_owner(session, path, rather_not={actor.id}, now=now),
        "seconds": 0,
        "needed": 0,
    }
    if not await insert_once(session, ProposalRow, values):
        return None
    found = await session.scalars(select(ProposalRow).where(ProposalRow.token == draft.token))
    return found.one()


def _is_member(actor: Person, path: str) -> bool:
    """Return whether somebody is a party member of the community, or of what stands above it."""
    return any(role is Role.PARTY_MEMBER and covers(upper, path) for role, upper in actor.grants)


async def _keep_words(session: Session, proposal: ProposalRow, now: datetime) -> None:
    session.add(
        VersionRow(
            proposal_id=proposal.id,
            version=proposal.version,
            title=proposal.title,
            problem=proposal.problem,
            wish=proposal.wish,
            at=now,
        )
    )
    await index_words(session, proposal)


async def _next_number(session: Session, community_id: int) -> int:
    await insert_once(
        session, ProposalCounterRow, {"community_id": community_id, "last": FIRST_NUMBER - 1}
    )
    number = await session.scalar(
        update(ProposalCounterRow)
        .where(ProposalCounterRow.community_id == community_id)
        .values(last=ProposalCounterRow.last + 1)
        .returning(ProposalCounterRow.last)
        .execution_options(synchronize_session=False)
    )
    assert number is not None  # noqa: S101 - the counter was put there above
    return number


async def edit(
    session: Session, actor: Person, proposal_id: int, text: Text, *, now: datetime
) -> ProposalOutcome:
    """Change the text of a proposal (DONE); UNCHANGED where it is as it was.

    Whoever has seconded it has seconded another text: none of them counts until they say that
    they still do, and each is asked with what has changed.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.EDIT, now):
        return why
    clean = cleaned(text)
    if why := _why_not(proposal, clean):
        return why
    asked = await supporters(session, proposal, any_text=True)
    await _put(session, proposal, clean, now)
    proposal.seconds, proposal.changed_at = 0, now
    detail = {"version": proposal.version, "asked": len(asked)}
    await add_line(
        session, proposal, ProposalEvent.EDITED, now=now, actor_id=actor.id, detail=detail
    )
    await refresh_cards(session, proposal, now)
    await tell(session, proposal, Notice.CHANGED, asked, now=now, actor_id=actor.id)
    return ProposalOutcome.DONE


async def resubmit(
    session: Session,
    actor: Person,
    proposal_id: int,
    text: Text,
    *,
    media: Sequence[Media] = (),
    now: datetime,
) -> ProposalOutcome:
    """Submit a returned proposal again, mended (DONE): its number stays, its clock begins anew.

    UNCHANGED where neither text nor pictures are new.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.RESUBMIT, now):
        return why
    clean = cleaned(text)
    why = _why_not(proposal, clean)
    if why is not None and not (why is ProposalOutcome.UNCHANGED and media):
        return why
    make(proposal, Move.RESUBMIT, now)
    if why is None:
        await _put(session, proposal, clean, now)
    await add_media(session, proposal, media, actor.id)
    await add_line(session, proposal, ProposalEvent.RESUBMITTED, now=now, actor_id=actor.id)
    await _to_the_desk(session, actor, proposal, now)
    return ProposalOutcome.DONE


async def withdraw(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> ProposalOutcome:
    """Withdraw a proposal (DONE); whoever has seconded it is told."""
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, Move.WITHDRAW, now):
        return why
    make(proposal, Move.WITHDRAW, now)
    await stop(session, proposal, [Reminder.RECEPTION, *SECONDED], "withdrawn", now)
    await add_line(session, proposal, ProposalEvent.WITHDRAWN, now=now, actor_id=actor.id)
    people = await supporters(session, proposal, any_text=True)
    await tell(session, proposal, Notice.WITHDRAWN, people, now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


def cleaned(text: Text) -> Text:
    """Return a text as it is kept."""
    return Text(
        clean_line(text.title, TITLE_LENGTH),
        clean_text(text.problem, PROBLEM_LENGTH),
        clean_text(text.wish, WISH_LENGTH),
    )


def text_of(proposal: ProposalRow) -> Text:
    """Return the text of a proposal as it now reads."""
    return Text(proposal.title, proposal.problem, proposal.wish)


def _why_not(proposal: ProposalRow, text: Text) -> ProposalOutcome | None:
    if not tells(text):
        return ProposalOutcome.EMPTY
    return ProposalOutcome.UNCHANGED if text == text_of(proposal) else None


async def _put(session: Session, proposal: ProposalRow, text: Text, now: datetime) -> None:
    """Write a new version; the one before is kept, if it was not yet."""
    await _keep(session, proposal, proposal.changed_at)
    proposal.version += 1
    proposal.title, proposal.problem, proposal.wish = text.title, text.problem, text.wish
    await _keep(session, proposal, now)
    await session.flush()
    await index_words(session, proposal)


async def _keep(session: Session, proposal: ProposalRow, at: datetime) -> None:
    values = {
        "proposal_id": proposal.id,
        "version": proposal.version,
        "title": proposal.title,
        "problem": proposal.problem,
        "wish": proposal.wish,
        "at": at,
    }
    await insert_once(session, VersionRow, values)


async def _to_the_desk(
    session: Session, actor: Person, proposal: ProposalRow, now: datetime
) -> None:
    """Give a proposal to whoever received it before, or else to somebody who works there now."""
    path = await path_of(session, proposal)
    proposal.receive_by = await receive_by(session, path, now)
    if proposal.desk_id is None or not await works_at(session, proposal.desk_id, path):
        rather_not = {actor.id}
        proposal.desk_id = await choose_owner(session, path, rather_not=rather_not, now=now)
    await session.flush()
    await schedule_reception(session, proposal, now)
    await tell(session, proposal, Notice.NEW, [proposal.desk_id], now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)


async def index_words(session: Session, proposal: ProposalRow) -> None:
    """Keep the pieces of a proposal as it now reads; to be done anew after every change of text."""
    found = wording(proposal.title, proposal.problem, proposal.wish).whole
    await session.execute(delete(GramRow).where(GramRow.proposal_id == proposal.id))
    rows = [
        {"proposal_id": proposal.id, "gram": piece, "community_id": proposal.community_id}
        for piece in found
    ]
    if rows:
        await insert_new(session, GramRow, rows)
