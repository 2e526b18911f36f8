"""Proposing that somebody is looked in on, and asking for it oneself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.audit.actions import deny
from models.care.actions.ending import close, tell_keeper
from models.care.actions.homes import agree, begin_care
from models.care.actions.pairs import put_pair
from models.care.records import HOME, NAME, home_of, own_home
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH, CareRhythm, asks_again_from
from models.care.rules.states import (
    CareReason,
    Consent,
    HomeMove,
    HomeState,
    PairPart,
    written_reasons,
)
from models.care.tables import CareHomeRow, CarePairRow
from models.database import Session, insert_once
from models.hours.rules.local_time import day_of
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, wake
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.text import clean_text


@dataclass(frozen=True)
class CareWish:
    """How somebody is to be looked in on, as it is proposed."""

    rhythm: CareRhythm
    weekday: int
    """0 is Monday."""
    reasons: Collection[CareReason] = ()
    wishes: str = ""
    voice: str = ""
    """Telegram's file of wishes that were spoken instead of written."""
    visitor_id: int | None = None
    """The neighbour who is meant to look in."""


@dataclass(frozen=True)
class Proposed:
    """What became of a proposal; `home_id` where there is a home."""

    outcome: CareOutcome | Refusal
    home_id: int | None = None


async def propose(
    session: Session, actor: Person, person_id: int, wish: CareWish, *, now: datetime
) -> Proposed:
    """Propose to somebody of one's places that they are looked in on (PROPOSED); they are asked.

    SAID_NO within a year of a no, HAS_HOME where one stands or is proposed, NOT_REACHED where
    neither they nor a proxy can be asked.
    """
    person = await session.get(PersonRow, person_id)
    if person is None or person.left_at is not None:
        return Proposed(Refusal.MISSING)
    if why := await _may_not_propose(session, actor, person, now):
        standing = await home_of(session, person_id) if why is CareOutcome.HAS_HOME else None
        return Proposed(why, standing.id if standing else None)
    if wish.weekday not in range(7):
        return Proposed(Refusal.BAD_CHOICE)
    row = await _insert(session, person, wish, HomeState.PROPOSED, actor.id, now)
    if row is None:
        return Proposed(CareOutcome.HAS_HOME)
    change = RecordChange(session, HOME, row, actor.id, now)
    if wish.visitor_id is not None:
        put = await put_pair(change, wish.visitor_id, PairPart.MAIN)
        if not isinstance(put, CarePairRow):
            await session.delete(row)
            return Proposed(put)
    await change.tell(Notice.PROPOSED, [person_id])
    return Proposed(CareOutcome.PROPOSED, row.id)


async def why_not_asked(session: Session, person_id: int, *, now: datetime) -> CareOutcome | None:
    """Return why somebody cannot be asked now (NOT_REACHED, HAS_HOME, SAID_NO), else None.

    It is told when they are chosen, so that nothing is asked in vain, and holds at the end as well.
    """
    person = await session.get_one(PersonRow, person_id)
    if person.telegram_id is None and person.proxy_id is None:
        return CareOutcome.NOT_REACHED
    # in this order: what they take back meanwhile is found by the one or by the other
    if await home_of(session, person_id) is not None:
        return CareOutcome.HAS_HOME
    return CareOutcome.SAID_NO if await _said_no(session, person_id, now) else None


async def ask_for_company(
    session: Session,
    actor: Person,
    rhythm: CareRhythm,
    wishes: str,
    *,
    now: datetime,
    voice: str = "",
) -> Proposed:
    """Ask oneself to be looked in on (ASKED_FOR): agreed at once, and staff look for a visitor.

    `voice` is Telegram's file of wishes that were spoken instead of written.
    """
    person = await session.get_one(PersonRow, actor.id)
    if person.place_id is None:
        return Proposed(Refusal.MISSING)
    standing = await own_home(session, actor.id)
    if standing is not None and standing.state == HomeState.ENDING:
        standing = await _begins_anew(session, standing.id, now)
    if standing is not None and standing.state != HomeState.PROPOSED:
        return Proposed(CareOutcome.HAS_HOME, standing.id)
    if standing is not None:
        return Proposed(await agree(session, actor, standing.id, now=now), standing.id)
    today = day_of(now, policy_of(session).zone)
    wish = CareWish(rhythm, today.weekday(), wishes=wishes, voice=voice)
    row = await _insert(session, person, wish, HomeState.AGREED, None, now)
    if row is None:
        return Proposed(CareOutcome.HAS_HOME)
    change = RecordChange(session, HOME, row, actor.id, now)
    await begin_care(change, Consent.TAP)
    await tell_keeper(change)
    return Proposed(CareOutcome.ASKED_FOR, row.id)


async def _begins_anew(session: Session, home_id: int, now: datetime) -> CareHomeRow | None:
    """Close a home that was ended, for a new one; the home where that was taken back meanwhile."""
    change = await wake(session, HOME, home_id, now)
    if change is None or change.row.state == HomeState.ENDED:
        return None
    if change.row.state != HomeState.ENDING:
        return change.row
    change.make(HomeMove.CLOSE)
    await close(change)
    return None


async def _may_not_propose(
    session: Session, actor: Person, person: PersonRow, now: datetime
) -> CareOutcome | Refusal | None:
    """Return why this actor cannot ask somebody; None where they can."""
    place = await session.get(PlaceRow, person.place_id) if person.place_id else None
    if place is None:
        return Refusal.MISSING
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, concerning_id=person.id)
        return Refusal.NOT_ALLOWED
    return await why_not_asked(session, person.id, now=now)


async def _said_no(session: Session, person_id: int, now: datetime) -> bool:
    """Return whether somebody has said no, or has ended it, within the year."""
    last = await session.scalar(
        select(CareHomeRow.ended_at)
        .where(
            CareHomeRow.person_id == person_id,
            or_(
                CareHomeRow.state.in_([HomeState.DECLINED, HomeState.ENDING]),
                (CareHomeRow.state == HomeState.ENDED) & CareHomeRow.agreed_at.is_not(None),
            ),
        )
        .order_by(CareHomeRow.ended_at.desc())
        .limit(1)
    )
    return last is not None and now < asks_again_from(last)


async def _insert(
    session: Session,
    person: PersonRow,
    wish: CareWish,
    state: HomeState,
    keeper_id: int | None,
    now: datetime,
) -> CareHomeRow | None:
    """Write a home; None where another one has come to stand at the same moment."""
    values = {
        "person_id": person.id,
        "place_id": person.place_id,
        "keeper_id": keeper_id,
        "rhythm": wish.rhythm,
        "weekday": wish.weekday,
        "state": state,
        "proposed_at": now,
        "agreed_at": now if state is HomeState.AGREED else None,
    }
    if not await insert_once(session, CareHomeRow, values):
        return None
    row = await home_of(session, person.id)
    if row is None:
        return None
    row.reasons = sealed(session, row, "reasons", written_reasons(wish.reasons))
    row.wishes = sealed(session, row, "wishes", clean_text(wish.wishes, WORDS_LENGTH))
    row.wishes_voice = sealed(session, row, "wishes_voice", wish.voice)
    await session.flush()
    return row
