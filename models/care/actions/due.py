"""What the clock does about care; each looks at the state first."""

from datetime import datetime

from sqlalchemy import select

from models.care.actions import gifts, ledger, survey
from models.care.actions.asking import Call, ask_on
from models.care.actions.calls import on_the_day, plan_ahead
from models.care.actions.concerns import forget_told
from models.care.actions.ending import close
from models.care.actions.needs import forget_words
from models.care.actions.pairs import end_pairs
from models.care.actions.reporting import settle_alone
from models.care.concerns import CONCERN, hearers, judges
from models.care.records import CALL, HOME, NAME, keeper_of
from models.care.rules.notices import Notice
from models.care.rules.states import OPEN_HOME, OPEN_PAIR, ConcernState, HomeState, PairMove
from models.care.tables import CareHomeRow, CarePairRow
from models.database import Session
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.records.changing import RecordChange, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.routines.actions import occasions
from models.routines.actions import plans as routines
from models.routines.rules import UNSETTLED, OccasionState
from models.routines.tables import OccasionRow


async def opens(session: Session, due: Due, now: datetime) -> None:
    """Tell whose call-on it is, and plan the next one where the plan says."""
    change = await _open(session, due, now)
    home = await _home_of(session, due, now)
    if home is not None and home.row.routine_id is not None:
        await plan_ahead(home, home.row.routine_id)
    if change is None or change.row.state != OccasionState.DUE or now >= change.row.ends_at:
        return
    await ask_on(change)
    await change.finish()


async def half(session: Session, due: Due, now: datetime) -> None:
    """Tell whose call-on it is once more; where nobody has said that they come, ask the next."""
    change = await _open(session, due, now)
    if change is None or now >= change.row.ends_at:
        return
    row = change.row
    if row.person_id is not None:
        await change.tell(Notice.CALL, [row.person_id], half=True)
    if row.state == OccasionState.DUE:
        await ask_on(change)
        await change.finish()


async def day(session: Session, due: Due, now: datetime) -> None:
    """Tell both sides on the later day that a visitor chose; with the word for the door."""
    change = await _open(session, due, now)
    if change is not None:
        await on_the_day(change)


async def next_(session: Session, due: Due, now: datetime) -> None:
    """Ask the next substitute where the last has not answered; after them a ring."""
    change = await wake(session, CALL, due.subject_id, now)
    if change is None or change.row.state not in {OccasionState.DUE, OccasionState.MISSED}:
        return
    await ask_on(change)
    await change.finish()


async def ends(session: Session, due: Due, now: datetime) -> None:
    """Note what nobody has made as missed, and tell whoever keeps the home."""
    change = await _open(session, due, now)
    if change is None or isinstance(await occasions.miss(change), Refusal):
        return
    await change.finish()
    home = await session.get_one(CareHomeRow, change.row.subject_id)
    await change.tell(Notice.MISSED, [await keeper_of(session, home, now)], late=due.late)


async def review(session: Session, due: Due, now: datetime) -> None:
    """Ask whoever keeps the home whether it is still as they wish."""
    change = await wake(session, HOME, due.subject_id, now)
    if change is None or change.row.state not in {HomeState.AGREED, HomeState.PAUSED}:
        return
    await change.tell(Notice.REVIEW, [await keeper_of(session, change.row, now)], late=due.late)


async def concern(session: Session, due: Due, now: datetime) -> None:
    """Tell those above where nobody has seen to what was told in confidence."""
    change = await wake(session, CONCERN, due.subject_id, now)
    if change is None or change.row.state != ConcernState.OPEN:
        return
    change.row.above = True
    await change.finish()
    await change.tell(Notice.CONCERN, await hearers(session, change.row), late=due.late)


async def concern_waits(session: Session, due: Due, now: datetime) -> None:
    """Tell whoever may sign a report off once more; where nobody is left who may, it settles."""
    change = await wake(session, CONCERN, due.subject_id, now)
    if change is None or change.row.state != ConcernState.REPORTED:
        return
    who = await judges(session, change.row)
    if who:
        await change.tell(Notice.CONCERN_REPORTED, who, waits=True, late=due.late)
    else:
        await settle_alone(change)


async def _open(session: Session, due: Due, now: datetime) -> Call | None:
    """Return a call-on that is due or taken, of a home that is looked in on."""
    change = await wake(session, CALL, due.subject_id, now)
    if change is None or change.row.state not in UNSETTLED:
        return None
    home = await session.get_one(CareHomeRow, change.row.subject_id)
    return change if home.state == HomeState.AGREED else None


async def _home_of(session: Session, due: Due, now: datetime) -> RecordChange[CareHomeRow] | None:
    row = await session.get(OccasionRow, due.subject_id)
    if row is None or row.subject != NAME:
        return None
    home = await session.get(CareHomeRow, row.subject_id)
    return None if home is None else RecordChange(session, HOME, home, None, now)


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """End the home and the pairs of somebody who leaves for good; sealed words go, counts stay."""
    homes = await session.scalars(select(CareHomeRow.id).where(CareHomeRow.person_id == person_id))
    for home_id in homes.all():
        await _forget(session, home_id, now)
    pairs = await session.scalars(
        select(CarePairRow.id).where(
            CarePairRow.person_id == person_id, CarePairRow.state.in_(OPEN_PAIR)
        )
    )
    for pair_id in pairs.all():
        pair = await session.get_one(CarePairRow, pair_id)
        home = await wake(session, HOME, pair.home_id, now)
        if home is not None:
            await end_pairs(home, [pair], PairMove.END)
    await gifts.hand_back(session, person_id, now)
    await ledger.let_rest(session, person_id)
    await survey.leave(session, person_id, now)
    for subject, occasion_id in await routines.leave(session, person_id, now, subject=NAME):
        del subject
        change = await wake(session, CALL, occasion_id, now)
        if change is not None:
            await ask_on(change)
            await change.finish()


async def _forget(session: Session, home_id: int, now: datetime) -> None:
    change = await wake(session, HOME, home_id, now)
    if change is None:
        return
    row = change.row
    if row.state in OPEN_HOME | {HomeState.ENDING}:
        row.state = HomeState.ENDED
        await close(change)
    row.reasons = row.wishes = row.wishes_voice = None
    await forget_words(session, home_id)
    await forget_told(session, home_id)


async def _looked_in_on(session: Session, path: str) -> int:
    standing = CareHomeRow.state.in_(OPEN_HOME)
    return await count_below(session, CareHomeRow.place_id, path, standing)


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_looked_in_on)
