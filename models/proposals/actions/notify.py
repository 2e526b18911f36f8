"""Notices about proposals to those who should know, and cards changed in place."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.database import Session
from models.outbox.actions import notify
from models.outbox.crowd import notify_people
from models.outbox.refreshing import refresh, refresh_newest
from models.outbox.rules import Lane
from models.people.views import Person
from models.proposals.queries.detail import supporters
from models.proposals.rules.delivery import News
from models.proposals.rules.notices import CARDS, Notice, Reminder
from models.proposals.tables import ProposalLineRow, ProposalRow
from models.reminders.actions import cancel, remind


async def tell(
    session: Session,
    proposal: ProposalRow,
    kind: Notice,
    people: Iterable[int | None],
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice about a proposal for each of these people but whoever has just acted.

    They may be thousands: it takes a statement or two, however many back it.
    """
    wanted = {one for one in people if one is not None and one != actor_id}
    await notify_people(
        session, wanted, kind=kind, subject_id=proposal.id, now=now, detail=detail, name=None
    )


async def tell_backers(
    session: Session,
    proposal: ProposalRow,
    kind: Notice,
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice for the author and for everybody who backs a proposal, in whatever text."""
    people = [proposal.author_id, *await supporters(session, proposal, any_text=True)]
    await tell(session, proposal, kind, people, now=now, actor_id=actor_id, detail=detail)


async def show_card(session: Session, person_id: int, proposal_id: int, now: datetime) -> None:
    """Send somebody who asked for it the card of a proposal: an answer that changes in place."""
    await notify(
        session,
        recipient_id=person_id,
        kind=Notice.CARD,
        subject_id=proposal_id,
        now=now,
        lane=Lane.ANSWER,
    )


async def refresh_cards(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Change the cards of a proposal in place, after the change has been written.

    Of the card itself, which people ask for again and again, each reader's newest alone: a button
    on an older one is refused with words.
    """
    await session.flush()
    others = [kind for kind in CARDS if kind is not Notice.CARD]
    await refresh(session, kinds=others, subject_ids=[proposal.id], now=now)
    await refresh_newest(session, kinds=[Notice.CARD], subject_id=proposal.id, now=now)


async def set_reminder(
    session: Session,
    kind: Reminder,
    proposal: ProposalRow,
    due_at: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Set a reminder about a proposal."""
    await remind(session, kind=kind, subject_id=proposal.id, due_at=due_at, detail=detail)


async def stop(
    session: Session, proposal: ProposalRow, kinds: Iterable[Reminder], reason: str, now: datetime
) -> None:
    """Cancel reminders of these kinds about a locked proposal."""
    await cancel(
        session, subject_id=proposal.id, kinds=[str(kind) for kind in kinds], reason=reason, now=now
    )


async def tell_others(
    session: Session,
    proposal: ProposalRow,
    news: News,
    *,
    now: datetime,
    actor: Person | None = None,
    line: ProposalLineRow | None = None,
    late: bool = False,
    carded: Iterable[int] = (),
) -> None:
    """Tell author and backers, in whatever text they backed it, but for those who have a card.

    Whoever answers for it has one, and `carded`. `line` is what is told of; `late` says that it
    comes late.
    """
    people = {proposal.author_id, *await supporters(session, proposal, any_text=True)}
    detail = {"what": str(news), "line": line.id if line else None, "late": late}
    await tell(
        session,
        proposal,
        Notice.PROGRESS,
        people - {proposal.person_id, *carded},
        now=now,
        actor_id=actor.id if actor else None,
        detail=detail,
    )
