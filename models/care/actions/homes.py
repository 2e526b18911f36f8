"""Homes: agreed by the person alone, paused and resumed with one tap, changed by staff."""

from datetime import date, datetime, timedelta

from models.care.actions.calls import plan_ahead, show_excused
from models.care.actions.ending import close, go_on, stop, tell_keeper
from models.care.actions.pairs import ask_neighbour, end_pairs
from models.care.records import HOME, NAME, is_own, standing_pairs
from models.care.rules.notices import Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import (
    REVIEW_AFTER,
    WORDS_LENGTH,
    CarePolicy,
    CareRhythm,
    plan_of,
)
from models.care.rules.states import Consent, HomeMove, HomeRelation, PairMove, PairState
from models.care.tables import CareHomeRow
from models.database import Session
from models.hours.rules.local_time import day_of
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.records.sealed import sealed
from models.routines.actions import plans as routines
from models.routines.tables import RoutineRow
from models.text import clean_text

Home = RecordChange[CareHomeRow]


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
    await close(change)
    await tell_keeper(change)
    return CareOutcome.DECLINED


async def withdraw(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Take back a proposal that nobody has answered (WITHDRAWN)."""
    change = await begin(session, HOME, home_id, HomeMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.WITHDRAW)
    await close(change)
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
    await stop(change)
    await change.finish()
    await tell_keeper(change)
    return CareOutcome.PAUSED


async def resume(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Be looked in on again (RESUMED), as it was agreed."""
    change = await begin(session, HOME, home_id, HomeMove.RESUME, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(HomeMove.RESUME)
    await go_on(change)
    await change.finish()
    await tell_keeper(change)
    return CareOutcome.RESUMED


async def set_wishes(
    session: Session, actor: Person, home_id: int, words: str, *, now: datetime, voice: str = ""
) -> CareOutcome | Refusal:
    """Write what somebody wishes, sealed (CHANGED); '' takes it away.

    `voice` is Telegram's file of what was spoken instead of written; one takes the other's place.
    """
    change = await begin(session, HOME, home_id, HomeMove.CHANGE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.wishes = sealed(session, change.row, "wishes", clean_text(words, WORDS_LENGTH))
    change.row.wishes_voice = sealed(session, change.row, "wishes_voice", voice)
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


async def _agree(change: Home, actor: Person, *, another: bool) -> CareOutcome | Refusal:
    row, session = change.row, change.session
    own = await is_own(session, actor, row)
    if own is HomeRelation.PROXY and row.paper_seen_by is None:
        return CareOutcome.NEEDS_PAPER
    change.make(HomeMove.AGREE)
    await begin_care(change, Consent.TAP if own is HomeRelation.SELF else Consent.PROXY)
    for pair in await standing_pairs(session, [row.id]):
        if pair.state != PairState.PROPOSED:
            continue
        if another:
            await end_pairs(change, [pair], PairMove.REFUSE)
        else:
            await ask_neighbour(change, pair)
    await change.finish()
    await tell_keeper(change)
    return CareOutcome.AGREED


async def begin_care(change: Home, consent: Consent) -> None:
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
