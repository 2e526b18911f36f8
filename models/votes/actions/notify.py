"""Notices about votes, and ballots changed in place."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.outbox.crowd import notify_crowd
from models.outbox.refreshing import refresh_newest
from models.outbox.rules import Lane
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.proposals.queries.detail import secretaries
from models.proposals.tables import ProposalRow, SecondRow
from models.reminders.actions import cancel, remind
from models.votes.actions.roll import on_roll
from models.votes.rules.notices import CARDS, Notice, Reminder
from models.votes.rules.terms import VotePolicy, remind_at
from models.votes.tables import MarkRow, RollRow, VoteRow

COUNT_BROKEN_AFTER = timedelta(minutes=10)
"""So much later than due nobody counts any more: the reminder failed."""


async def tell_ballots(session: Session, vote: VoteRow, now: datetime) -> None:
    """Give everybody on the roll their ballot, and a card to whoever put it to the vote."""
    people = select(PersonRow.id).where(
        or_(PersonRow.id.in_(on_roll(vote.id)), PersonRow.id == vote.set_by)
    )
    await _tell(session, vote, Notice.BALLOT, people, now)


async def remind_silent(
    session: Session, vote: VoteRow, now: datetime, detail: dict[str, Any]
) -> None:
    """Remind everybody on the roll whose voice has not been given."""
    await _tell(session, vote, Notice.REMIND, silent(vote.id), now, detail)


async def tell_off(
    session: Session, vote: VoteRow, now: datetime, *, actor_id: int | None, also: Collection[int]
) -> None:
    """Tell everybody on the roll, and `also` these, that there is no vote."""
    people = select(PersonRow.id).where(
        or_(PersonRow.id.in_(on_roll(vote.id)), PersonRow.id.in_(list(also))),
        PersonRow.id != (actor_id or 0),
    )
    await _tell(session, vote, Notice.OFF, people, now)


async def tell_result(
    session: Session, vote: VoteRow, proposal: ProposalRow, now: datetime
) -> None:
    """Tell the result to the roll, the author, who backs it, and who has to see what comes next."""
    backing = select(SecondRow.person_id).where(
        SecondRow.proposal_id == proposal.id, SecondRow.withdrawn_at.is_(None)
    )
    also = {proposal.author_id, vote.set_by, *await secretaries(session, proposal)}
    people = select(PersonRow.id).where(
        or_(
            PersonRow.id.in_(on_roll(vote.id)),
            PersonRow.id.in_(backing),
            PersonRow.id.in_(also),
        )
    )
    await _tell(session, vote, Notice.RESULT, people, now)


def silent(vote_id: int) -> Select[int]:
    """Select everybody on the roll whose voice has not been given, by number."""
    roll = aliased(RollRow)
    given = exists().where(MarkRow.vote_id == roll.vote_id, MarkRow.voice == roll.voice)
    return select(roll.person_id).where(roll.vote_id == vote_id, ~given)


def watching(vote: VoteRow) -> Select[int]:
    """Select whose cards show the turnout: who has not voted, and whoever put it to the vote.

    The card of somebody who has voted stays as it is: in a secret vote it holds their slip.
    """
    put_up = (PersonRow.id == vote.set_by) & PersonRow.id.not_in(on_roll(vote.id))
    return select(PersonRow.id).where(or_(PersonRow.id.in_(silent(vote.id)), put_up))


def is_counting(count_after: datetime | None, now: datetime) -> bool:
    """Return whether open cards will show the turnout by themselves: a reminder is set for it.

    From the first voice on one is always set, until a round of cards finds nothing new; so most
    votes need not look for one. One that broke is set anew.
    """
    return count_after is not None and now < count_after + COUNT_BROKEN_AFTER


async def set_count(session: Session, vote_id: int, count_after: datetime, *, shown: int) -> None:
    """Have open cards show the turnout at `count_after`, if it is not the one `shown` by then."""
    detail = {"shown": shown}
    await remind(
        session,
        kind=Reminder.COUNT,
        subject_id=vote_id,
        due_at=count_after,
        detail=detail,
    )


async def settle_cards(session: Session, vote: VoteRow, now: datetime) -> None:
    """Change the ballots of a vote that is over, behind all that is told of it."""
    await session.flush()
    for kind in CARDS:  # each reader has one of each at most
        await refresh_newest(session, kinds=[kind], subject_id=vote.id, now=now, lane=Lane.BULK)


async def set_clock(session: Session, vote: VoteRow) -> None:
    """Set when an open vote ends, and when those who have not voted are reminded."""
    due_at = remind_at(vote.opens_at, vote.ends_at, policy_of(session, VotePolicy).vote_reminder)
    await remind(session, kind=Reminder.REMIND, subject_id=vote.id, due_at=due_at)
    await remind(session, kind=Reminder.END, subject_id=vote.id, due_at=vote.ends_at)


async def stop_clock(session: Session, vote: VoteRow, reason: str, now: datetime) -> None:
    """Cancel what the clock would still do about a vote."""
    kinds = [str(kind) for kind in Reminder]
    await cancel(session, subject_id=vote.id, kinds=kinds, reason=reason, now=now)


async def _tell(
    session: Session,
    vote: VoteRow,
    kind: Notice,
    people: Select[int],
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    await notify_crowd(session, people, kind=kind, subject_id=vote.id, now=now, detail=detail)
