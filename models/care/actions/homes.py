"""Homes: proposed by staff, agreed by the person alone, paused or ended with one tap."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from models.audit.actions import deny
from models.care.actions import gifts
from models.care.actions.calls import plan_ahead, show_excused, stop_calls
from models.care.actions.needs import forget_words
from models.care.actions.pairs import ask_neighbour, end_pairs, put_pair
from models.care.records import HOME, NAME, home_of, is_own, keeper_of, standing_pairs
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import (
    REVIEW_AFTER,
    WORDS_LENGTH,
    CarePolicy,
    CareRhythm,
    asks_again_from,
    plan_of,
)
from models.care.rules.states import (
    CareReason,
    Consent,
    HomeMove,
    HomeRelation,
    HomeState,
    PairMove,
    PairPart,
    PairState,
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
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.routines.actions import plans as routines
from models.routines.tables import RoutineRow
from models.text import clean_text

Home = RecordChange[CareHomeRow]


@dataclass(frozen=True)
class CareWish:
    """How somebody is to be looked in on, as it is proposed."""

    rhythm: CareRhythm
    weekday: int
    """0 is Monday."""
    reasons: Collection[CareReason] = ()
    wishes: str = ""
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
    if why := await _may_not_propose(session, actor, person, wish, now):
        return Proposed(why)
    if standing := await home_of(session, person_id):
        return Proposed(CareOutcome.HAS_HOME, standing.id)
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


async def ask_for_company(
    session: Session, actor: Person, rhythm: CareRhythm, wishes: str, *, now: datetime
) -> Proposed:
    """Ask oneself to be looked in on (ASKED_FOR): agreed at once, and staff look for a visitor."""
    person = await session.get_one(PersonRow, actor.id)
    if person.place_id is None:
        return Proposed(Refusal.MISSING)
    standing = await home_of(session, actor.id)
    if standing is not None and standing.state != HomeState.PROPOSED:
        return Proposed(CareOutcome.HAS_HOME, standing.id)
    if standing is not None:
        return Proposed(await agree(session, actor, standing.id, now=now), standing.id)
    today = day_of(now, policy_of(session).zone)
    wish = CareWish(rhythm, today.weekday(), wishes=wishes)
    row = await _insert(session, person, wish, HomeState.AGREED, None, now)
    if row is None:
        return Proposed(CareOutcome.HAS_HOME)
    change = RecordChange(session, HOME, row, actor.id, now)
    await _begin_care(change, Consent.TAP)
    await _tell_keeper(change)
    return Proposed(CareOutcome.ASKED_FOR, row.id)


async def agree(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Agree to be looked in on (AGREED), oneself or as the proxy whose paper staff have seen.

    Whoever was proposed to look in is asked now; NEEDS_PAPER where staff have seen none.
    """
    change = await begin(session, HOME, home_id, HomeMove.AGREE, actor, now)
    if isinstance(change, Refusal):
        return change
    return await _agree(change, actor, another=False)


async def agree_with_another(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Agree, but not to whoever was proposed to look in: staff look for somebody else."""
    change = await begin(session, HOME, home_id, HomeMove.AGREE, actor, now)
    if isinstance(change, Refusal):
        return change
    return await _agree(change, actor, another=True)


async def decline(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say no (DECLINED): it is kept, and nobody asks again for a year."""
    change = await begin(session, HOME, home_id, HomeMove.DECLINE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.DECLINE)
    await _close(change)
    await _tell_keeper(change)
    return CareOutcome.DECLINED


async def withdraw(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Take back a proposal that nobody has answered (WITHDRAWN)."""
    change = await begin(session, HOME, home_id, HomeMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.WITHDRAW)
    await _close(change)
    return CareOutcome.WITHDRAWN


async def see_paper(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Note that one has seen the paper by which a proxy may agree (PAPER_SEEN)."""
    change = await begin(session, HOME, home_id, HomeMove.SEE_PAPER, actor, now)
    if isinstance(change, Refusal):
        return change
    if await is_own(session, actor, change.row) is not None:
        return Refusal.OWN
    change.row.paper_seen_by = actor.id
    await change.finish()
    return CareOutcome.PAPER_SEEN


async def pause(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Be looked in on no more for now (PAUSED), without a reason.

    What is on is excused, and every card about it changes, in this transaction.
    """
    change = await begin(session, HOME, home_id, HomeMove.PAUSE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.PAUSE)
    if change.row.routine_id is not None:
        excused = await routines.pause(session, change.row.routine_id, now)
        await stop_calls(change, excused)
    await gifts.call_off(session, home_id, now)
    await change.finish()
    await _tell_keeper(change)
    return CareOutcome.PAUSED


async def resume(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Be looked in on again (RESUMED), as it was agreed."""
    change = await begin(session, HOME, home_id, HomeMove.RESUME, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.RESUME)
    if change.row.routine_id is not None:
        await routines.resume(session, change.row.routine_id)
        await plan_ahead(change, change.row.routine_id)
    await change.finish()
    await _tell_keeper(change)
    return CareOutcome.RESUMED


async def end(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Be looked in on no more (ENDED), without a reason; nobody asks again for a year."""
    change = await begin(session, HOME, home_id, HomeMove.END, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.END)
    await _close(change)
    await _tell_keeper(change)
    return CareOutcome.ENDED


async def set_wishes(
    session: Session, actor: Person, home_id: int, words: str, *, now: datetime
) -> CareOutcome | Refusal:
    """Write what somebody wishes, sealed (CHANGED); '' takes it away."""
    change = await begin(session, HOME, home_id, HomeMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.wishes = sealed(session, change.row, "wishes", clean_text(words, WORDS_LENGTH))
    await change.finish()
    return CareOutcome.CHANGED


async def set_rhythm(
    session: Session,
    actor: Person,
    home_id: int,
    rhythm: CareRhythm,
    weekday: int,
    *,
    now: datetime,
) -> CareOutcome | Refusal:
    """Look in more or less often, or on another day (CHANGED); what is on stays."""
    change = await begin(session, HOME, home_id, HomeMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if weekday not in range(7):
        return Refusal.BAD_CHOICE
    if (row.rhythm, row.weekday) == (rhythm, weekday):
        return Refusal.ALREADY
    row.rhythm, row.weekday = rhythm, weekday
    if row.routine_id is not None:
        plan = plan_of(rhythm, weekday, _first_day(change), policy_of(session, CarePolicy))
        excused = await routines.replan(session, row.routine_id, plan, now)
        if isinstance(excused, list):
            await show_excused(change, excused)
        await plan_ahead(change, row.routine_id)
    await change.finish()
    return CareOutcome.CHANGED


async def review(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Note that it was talked over with the person and stays as it is (REVIEWED), for a year."""
    change = await begin(session, HOME, home_id, HomeMove.REVIEW, actor, now)
    if isinstance(change, Refusal):
        return change
    await _review_later(change)
    await change.finish()
    return CareOutcome.REVIEWED


async def _may_not_propose(
    session: Session, actor: Person, person: PersonRow, wish: CareWish, now: datetime
) -> CareOutcome | Refusal | None:
    """Return why somebody may not propose this; None where they may."""
    place = await session.get(PlaceRow, person.place_id) if person.place_id else None
    if place is None:
        return Refusal.MISSING
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, concerning_id=person.id)
        return Refusal.NOT_ALLOWED
    if person.telegram_id is None and person.proxy_id is None:
        return CareOutcome.NOT_REACHED
    if wish.weekday not in range(7):
        return Refusal.BAD_CHOICE
    return CareOutcome.SAID_NO if await _said_no(session, person.id, now) else None


async def _agree(change: Home, actor: Person, *, another: bool) -> CareOutcome | Refusal:
    row, session = change.row, change.session
    own = await is_own(session, actor, row)
    if own is HomeRelation.PROXY and row.paper_seen_by is None:
        return CareOutcome.NEEDS_PAPER
    change.make(HomeMove.AGREE)
    await _begin_care(change, Consent.TAP if own is HomeRelation.SELF else Consent.PROXY)
    for pair in await standing_pairs(session, [row.id]):
        if pair.state != PairState.PROPOSED:
            continue
        if another:
            await end_pairs(change, [pair], PairMove.REFUSE)
        else:
            await ask_neighbour(change, pair)
    await change.finish()
    await _tell_keeper(change)
    return CareOutcome.AGREED


async def _begin_care(change: Home, consent: Consent) -> None:
    """Write the agreement, and let the routine begin with the day after."""
    row, session = change.row, change.session
    row.agreed_at, row.consent = change.now, consent
    plan = plan_of(
        CareRhythm(row.rhythm), row.weekday, _first_day(change), policy_of(session, CarePolicy)
    )
    begun = await routines.start(session, NAME, row.id, plan, [])
    if isinstance(begun, RoutineRow):
        row.routine_id = begun.id
        await session.flush()
        await plan_ahead(change, begun.id)
    await _review_later(change)


def _first_day(change: Home) -> date:
    return day_of(change.now, policy_of(change.session).zone) + timedelta(days=1)


async def _review_later(change: Home) -> None:
    change.row.review_at = change.now + REVIEW_AFTER
    await change.cancel([Reminder.REVIEW], "looked at again")
    await change.remind(Reminder.REVIEW, change.row.review_at)


async def _close(change: Home) -> None:
    """End all that hangs on a home that has ended or was declined; sealed words go with it."""
    row, session = change.row, change.session
    row.ended_at = change.now
    row.reasons = row.wishes = None
    await forget_words(session, row.id)
    if row.routine_id is not None:
        await stop_calls(change, await routines.end(session, row.routine_id, change.now))
    await end_pairs(change, await standing_pairs(session, [row.id]), PairMove.END)
    await gifts.call_off(session, row.id, change.now)
    await change.cancel([Reminder.REVIEW], "ended")
    await change.finish()


async def _tell_keeper(change: Home) -> None:
    await change.tell(Notice.ANSWERED, [await keeper_of(change.session, change.row, change.now)])


async def _said_no(session: Session, person_id: int, now: datetime) -> bool:
    """Return whether somebody has said no, or has ended it, within the year."""
    last = await session.scalar(
        select(CareHomeRow.ended_at)
        .where(
            CareHomeRow.person_id == person_id,
            or_(
                CareHomeRow.state == HomeState.DECLINED,
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
    await session.flush()
    return row
