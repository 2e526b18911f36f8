"""Changing the text of a proposal, mending one that was returned, withdrawing it."""

from collections.abc import Sequence
from datetime import datetime

from models.database import Session, insert_once
from models.help.actions.owner import choose_owner
from models.help.queries.desk import works_at
from models.media import Media
from models.people.views import Person
from models.proposals.actions.indexing import index_words
from models.proposals.actions.reception_clock import receive_by, watch_reception
from models.proposals.actions.rows import add_line, add_media, locked, make, refusal
from models.proposals.actions.seconding import SECONDED
from models.proposals.actions.tell import refresh_cards, stop, tell
from models.proposals.queries.parts import path_of, supporters
from models.proposals.rules.changes import Text, tells
from models.proposals.rules.kinds import Line, Notice, Reminder
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.rules.words import PROBLEM_LENGTH, TITLE_LENGTH, WISH_LENGTH
from models.proposals.tables import ProposalRow, VersionRow
from models.text import clean_line, clean_text


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
    await add_line(session, proposal, Line.EDITED, now=now, actor_id=actor.id, detail=detail)
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
    await add_line(session, proposal, Line.RESUBMITTED, now=now, actor_id=actor.id)
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
    await add_line(session, proposal, Line.WITHDRAWN, now=now, actor_id=actor.id)
    people = await supporters(session, proposal, any_text=True)
    await tell(session, proposal, Notice.WITHDRAWN, people, now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return ProposalOutcome.DONE


def cleaned(text: Text) -> Text:
    """Give a text as it is kept."""
    return Text(
        clean_line(text.title, TITLE_LENGTH),
        clean_text(text.problem, PROBLEM_LENGTH),
        clean_text(text.wish, WISH_LENGTH),
    )


def text_of(proposal: ProposalRow) -> Text:
    """Give the text of a proposal as it now reads."""
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
    await watch_reception(session, proposal, now)
    await tell(session, proposal, Notice.NEW, [proposal.desk_id], now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
