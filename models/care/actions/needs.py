"""Needs: noted at a door or by the home, carried to whoever calls next, asked for as help."""

from datetime import datetime

from sqlalchemy import select, update

from models.care.records import HOME, NAME, NEED
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH
from models.care.rules.states import HomeMove, NeedMove, NeedState
from models.care.tables import CallOnRow, CareHomeRow, CareNeedRow
from models.categories import OTHER
from models.database import Session
from models.help.actions.filing import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.media import Media, MediaKind
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.changing import begin
from models.records.rules import Refusal
from models.records.sealed import opened, sealed
from models.routines.tables import OccasionRow
from models.text import clean_text


async def note_need(
    session: Session, actor: Person, home_id: int, words: str, *, now: datetime, voice: str = ""
) -> CareOutcome | Refusal:
    """Note what is needed, sealed (NEEDED): the home, whoever looks in, whoever keeps it.

    `voice` is Telegram's file of what was spoken instead of written.
    """
    change = await begin(session, HOME, home_id, HomeMove.WISH, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said and not voice:
        return Refusal.EMPTY
    need = CareNeedRow(home_id=home_id, state=NeedState.OPEN, noted_by=actor.id, noted_at=now)
    session.add(need)
    await session.flush()
    need.words = sealed(session, need, "words", said)
    need.voice = sealed(session, need, "voice", voice)
    await change.finish()
    return CareOutcome.NEEDED


async def ask_help(
    session: Session, actor: Person, need_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """File a need as a request for help in the home's name (REQUESTED)."""
    change = await begin(session, NEED, need_id, NeedMove.ASK_HELP, actor, now)
    if isinstance(change, Refusal):
        return change
    home = await session.get_one(CareHomeRow, change.row.home_id)
    person = await session.get_one(PersonRow, home.person_id)
    who = person.id if person.telegram_id is not None else person.proxy_id
    filer = None if who is None else await person_by_id(session, who)
    if filer is None:
        return CareOutcome.NOT_REACHED
    voice = opened(session, change.row, "voice")
    draft = Draft(
        token=f"need:{need_id}",
        category=OTHER,
        urgency=Urgency.ORDINARY,
        text=opened(session, change.row, "words"),
        media=(Media(MediaKind.VOICE, voice),) if voice else (),
        beneficiary_id=person.id,
        looked_after=True,
    )
    filed = await file_request(session, filer, draft, now=now)
    if filed.receipt is None:
        return Refusal.TOO_LATE if filed.outcome is FileOutcome.TOO_MANY else Refusal.WRONG_TIME
    change.row.request_id, change.row.settled_at = filed.receipt.request_id, now
    change.make(NeedMove.ASK_HELP)
    await change.finish()
    return CareOutcome.REQUESTED


async def meet(
    session: Session, actor: Person, need_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Note that a need is met (MET)."""
    return await _settle(session, actor, need_id, NeedMove.MEET, CareOutcome.MET, now)


async def drop(
    session: Session, actor: Person, need_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that something is needed no more (DROPPED): the home alone does."""
    return await _settle(session, actor, need_id, NeedMove.DROP, CareOutcome.DROPPED, now)


async def forget_words(session: Session, home_id: int) -> None:
    """Erase what was needed at a home and how it was found; that there was something stays.

    Nobody looks in there any more. What was told in confidence stays until it is settled.
    """
    called = select(OccasionRow.id).where(
        OccasionRow.subject == NAME, OccasionRow.subject_id == home_id
    )
    await session.execute(
        update(CareNeedRow).where(CareNeedRow.home_id == home_id).values(words=None, voice=None)
    )
    await session.execute(
        update(CallOnRow).where(CallOnRow.occasion_id.in_(called)).values(words=None, voice=None)
    )


async def _settle(
    session: Session,
    actor: Person,
    need_id: int,
    move: NeedMove,
    outcome: CareOutcome,
    now: datetime,
) -> CareOutcome | Refusal:
    change = await begin(session, NEED, need_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.settled_at = now
    change.make(move)
    await change.finish()
    return outcome
