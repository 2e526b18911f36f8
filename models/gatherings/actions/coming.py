"""Signing up, saying whether one comes, being there, saying how it was."""

from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.gatherings.queries import GATHERINGS, NAME, by_code, from_on, relations, series_of
from models.gatherings.rules import (
    MOST_MARK,
    MOST_PARTY,
    WORDS_LENGTH,
    GatheringOutcome,
    GatheringPolicy,
    Move,
    Notice,
    Relation,
    Reminder,
    State,
    answer_by,
    door_closed,
    for_children,
    sign_up_closed,
)
from models.gatherings.tables import GatheringRow
from models.marks.actions import give
from models.marks.queries import mark_of
from models.marks.rules import Marked
from models.people.queries import spoken_for
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import open_of, roster, seat_of, somebody_is_late
from models.seats.rules import ALONE, Moved, Party, SeatOutcome, SeatState, Took, party_refusal
from models.text import clean_text

Gathering = RecordChange[GatheringRow]


async def sign_up(
    session: Session,
    actor: Person,
    gathering_id: int,
    party: Party = ALONE,
    *,
    now: datetime,
    whom: int | None = None,
) -> Took | GatheringOutcome | Refusal:
    """Take a seat for a party, or the next place in the line.

    For oneself, for somebody one speaks for, or (`whom`) as the host for anybody of the place; the
    limit of seats is that of whose seat it is.
    """
    whom, move = await _for_whom(session, actor, whom, Move.SIGN_UP)
    change = await begin(session, GATHERINGS, gathering_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if why := sign_up_closed(row.starts_at, now) or party_refusal(party, MOST_PARTY):
        return why
    if party.children and not for_children(party.ages, row.age_from, row.age_to):
        return GatheringOutcome.WRONG_AGE
    if refused := await _no_seat_for(change, whom, move):
        return refused
    took = await seats.take(change, whom, party)
    if isinstance(took, Took):
        if took is Took.WAITING and await somebody_is_late(session, NAME, row.id, now):
            await change.remind(Reminder.ASK, now)
        await change.finish()
        if move is Move.SIGN_FOR:
            await change.tell(Notice.SIGNED, [whom], person=whom)
    return took


async def sign_up_for_all(
    session: Session, actor: Person, gathering_id: int, *, now: datetime
) -> Took | GatheringOutcome | Refusal:
    """Take a seat for oneself at this time of a series and at every later one (JOINED_ALL).

    Where it is full one stands in the line. Refused as a whole where this time refuses it.
    """
    later = await held_from_on(session, gathering_id)
    took = await sign_up(session, actor, gathering_id, now=now)
    if not isinstance(took, Took) and took is not Refusal.ALREADY:
        return took
    for one in later:
        await sign_up(session, actor, one, now=now)
    return GatheringOutcome.JOINED_ALL


async def held_from_on(session: Session, gathering_id: int) -> list[int]:
    """Hold this time of a series and every later one, in one order; returns the later ones."""
    times = await from_on(session, gathering_id)
    for one in times:
        await GATHERINGS.held(session, one)
    return [one for one in times if one != gathering_id]


async def say_coming(
    session: Session,
    actor: Person,
    gathering_id: int,
    *,
    comes: bool,
    now: datetime,
    version: int | None = None,
    whom: int | None = None,
) -> SeatOutcome | GatheringOutcome | Refusal:
    """Say whether one comes: to a seat that became free, or to 'still coming?'.

    `version` is that of the time which the button was about: CHANGED_SINCE where it is another one
    now, and nothing is done. A seat that is given up goes to the next in the line at once.
    """
    whom, move = await _for_whom(session, actor, whom, Move.ANSWER)
    change = await begin(session, GATHERINGS, gathering_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if version is not None and version != change.row.version:
        return GatheringOutcome.CHANGED_SINCE
    if why := sign_up_closed(change.row.starts_at, now):
        return why
    said = await seats.answer(change, whom, comes=comes)
    if await move_up(change) or said is SeatOutcome.LET_GO:
        await change.finish()
    else:
        await change.finish_for(whom)
    return said


async def move_up(change: Gathering) -> bool:
    """Ask the next in the line while seats are free, those of who did not answer in time too.

    Returns whether anybody's place is another now.
    """
    until = answer_by(change.row.starts_at, change.now, policy_of(change.session))
    gone = await seats.lapse(change)
    await change.tell(Notice.MOVED_BACK, gone)
    moved = await seats.ask_next(change, until)
    await tell_moved(change, moved, until)
    return bool(gone or moved.asked)


async def tell_moved(change: Gathering, moved: Moved, until: datetime) -> None:
    """Tell whoever is asked in, until an instant, and whoever is too many why they wait."""
    if moved.asked:
        await change.remind(Reminder.ASK, until)
        await change.tell(Notice.ASKED, moved.asked)
        await change.tell(Notice.PASSED, moved.passed)


async def arrive(
    session: Session, actor: Person, gathering_id: int, *, now: datetime
) -> SeatOutcome | Refusal:
    """Say 'I am here', with a seat."""
    change = await begin(session, GATHERINGS, gathering_id, Move.ARRIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    if why := door_closed(change.row.starts_at, change.row.ends_at, now):
        return why
    came = await seats.check_in(change, actor.id)
    await change.finish_for(actor.id)
    return came


async def arrive_at_door(
    session: Session, actor: Person, code: str, *, now: datetime
) -> tuple[SeatOutcome | Refusal, int | None]:
    """Check in by the poster at the door; returns which gathering it was.

    Whoever has scanned it stands there: they are counted, with a seat or without, wherever they
    live.
    """
    found = await by_code(session, code)
    change = None if found is None else await wake(session, GATHERINGS, found, now)
    if change is None:
        return Refusal.MISSING, None
    row = change.row
    change = RecordChange(session, GATHERINGS, row, actor.id, now)
    what = {*await relations(session, actor, row), Relation.PRESENT}
    why = GATHERINGS.lifecycle.why_not(row.state, Move.ARRIVE, what)
    if why := why or door_closed(row.starts_at, row.ends_at, now):
        return why, row.id
    came = await seats.check_in(change, actor.id)
    if came is SeatOutcome.NOT_SIGNED_UP:
        came = await seats.walk_in(change, actor.id)
        await change.finish()
    await change.finish_for(actor.id)
    return came, row.id


async def tick(
    session: Session,
    actor: Person,
    gathering_id: int,
    person_id: int,
    *,
    now: datetime,
    there: bool = True,
) -> SeatOutcome | Refusal:
    """Note that somebody is there, or not (`there` False): the host, or their proxy who is there.

    Nobody is ticked before the door opens; afterwards the host still corrects the list, as from
    one on paper.
    """
    both = await roster(session, NAME, gathering_id, only=[person_id, actor.id])
    listed = {line.person_id: line for line in both}
    seat, mine = listed.get(person_id), listed.get(actor.id)
    speaks = person_id in {card.id for card in await spoken_for(session, actor.id)}
    with_me = seat and speaks and mine and mine.came
    move = Move.ARRIVE if with_me else Move.TICK
    change = await begin(session, GATHERINGS, gathering_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if door_closed(change.row.starts_at, change.row.ends_at, now) is Refusal.TOO_EARLY:
        return Refusal.TOO_EARLY
    if there:
        came = await seats.check_in(change, person_id, by=actor.id)
    else:
        came = await seats.untick(change, person_id)
    if came is SeatOutcome.UNTICKED or change.row.state == State.OVER:
        await change.finish()  # what is free, or how many were there, reads otherwise for all
    else:
        await change.finish_for(person_id)
    return came


async def rate(
    session: Session, actor: Person, gathering_id: int, mark: int, *, now: datetime
) -> Marked | SeatOutcome | Refusal:
    """Say how it was, from 1 to MOST_MARK; only who was there can."""
    change = await begin(session, GATHERINGS, gathering_id, Move.RATE, actor, now)
    if isinstance(change, Refusal):
        return change
    seat = await seat_of(session, NAME, gathering_id, actor.id)
    if seat is None or seat.state is not SeatState.CAME:
        return SeatOutcome.NOT_SIGNED_UP
    given = await give(change, actor.id, mark, most=MOST_MARK)
    await change.finish_for(actor.id)
    return given


async def rate_in_words(
    session: Session, actor: Person, gathering_id: int, words: str, *, now: datetime
) -> Marked | SeatOutcome | Refusal:
    """Add words to one's mark; the host reads them without a name."""
    change = await begin(session, GATHERINGS, gathering_id, Move.RATE, actor, now)
    if isinstance(change, Refusal):
        return change
    mark, said = (
        await mark_of(session, NAME, gathering_id, actor.id),
        clean_text(words, WORDS_LENGTH),
    )
    if mark is None:
        return SeatOutcome.NOT_SIGNED_UP
    if not said:
        return Refusal.EMPTY
    return await give(change, actor.id, mark, most=MOST_MARK, words=said)


async def _holds_too_many(session: Session, person_id: int, wanted: GatheringRow) -> bool:
    """Return whether somebody holds as many seats as one can; those of a series count as one."""
    listed = await open_of(session, person_id, NAME)
    held = await series_of(session, [one for one, state in listed if state != SeatState.CAME])
    most = policy_of(session, GatheringPolicy).most_seats_held
    return len(held) >= most and (wanted.series_id or wanted.id) not in held


async def _no_seat_for(
    change: Gathering, whom: int, move: Move
) -> GatheringOutcome | Refusal | None:
    """Return why somebody gets no seat: not of the place (whom a host signs up), or too many."""
    if move is Move.SIGN_FOR and not await _of_place(change, whom):
        return Refusal.NOT_ALLOWED
    too_many = await _holds_too_many(change.session, whom, change.row)
    return GatheringOutcome.TOO_MANY_HELD if too_many else None


async def _of_place(change: Gathering, person_id: int) -> bool:
    """Return whether somebody lives where a gathering is for; a try to sign up others is logged."""
    session, row = change.session, change.row
    home = await session.scalar(
        select(PlaceRow.path)
        .join(PersonRow, PersonRow.place_id == PlaceRow.id)
        .where(PersonRow.id == person_id, PersonRow.left_at.is_(None))
    )
    place = await session.get_one(PlaceRow, row.place_id)
    lives = home is not None and covers(place.path, home)
    if not lives and change.actor_id is not None:
        tried = {"tried": str(Move.SIGN_FOR)}
        await deny(session, change.actor_id, NAME, now=change.now, subject_id=row.id, detail=tried)
    return lives


async def _for_whom(
    session: Session, actor: Person, whom: int | None, own: Move
) -> tuple[int, Move]:
    """Return whose seat it is, and as which move: one's own, or the host's for somebody else."""
    if whom is None or whom == actor.id:
        return actor.id, own
    speaks = whom in {card.id for card in await spoken_for(session, actor.id)}
    return whom, own if speaks else Move.SIGN_FOR
