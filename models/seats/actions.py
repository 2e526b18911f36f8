"""Taking a seat, the line, who is asked next, the door, the end. The record is locked.

Whether a record takes anybody still, or lets anybody in, is for its lifecycle to say.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from models.database import Session
from models.records.rules import Refusal
from models.seats.counting import (
    Change,
    add_seat,
    come,
    count,
    end_seat,
    free_seats,
    held_list,
    leave_door,
    line_number,
    list_of,
    open_seat,
    read_seats,
    seats_in,
    seats_of,
)
from models.seats.rules import (
    ALONE,
    COUNTED,
    ERASED,
    OPEN,
    Moved,
    Party,
    SeatOutcome,
    SeatState,
    Took,
    beyond_number,
    may_ask_beyond,
    party_refusal,
    who_fits,
    who_gives_way,
)
from models.seats.tables import SeatListRow, SeatRow


async def open_list(change: Change, seats: int | None) -> Refusal | None:
    """Give a new record its seats; None: as many as come. BAD_CHOICE below 1."""
    if seats is not None and seats < 1:
        return Refusal.BAD_CHOICE
    subject, subject_id = change.kind.name, change.row.id
    change.session.add(SeatListRow(subject=subject, subject_id=subject_id, seats=seats))
    await change.session.flush()
    return None


async def resize(change: Change, seats: int | None) -> Refusal | None:
    """Give a record another number of seats; BAD_CHOICE below 1.

    Nobody loses a seat: in a smaller room those over the number count as beyond it, and the next is
    asked only when fewer are taken than there are seats. After more seats the next can be asked.
    """
    if seats is not None and seats < 1:
        return Refusal.BAD_CHOICE
    seat_list = await held_list(change)
    seat_list.seats, seat_list.beyond = seats, beyond_number(seats, seat_list.taken)
    await change.session.flush()
    return None


async def take(change: Change, person_id: int, party: Party = ALONE) -> Took | Refusal:
    """Give a party a seat, or the next place in the line; the database decides.

    Into the line goes also whoever finds somebody waiting there who would fit: no line is jumped.
    ALREADY for whoever has a seat or a place, BAD_CHOICE for a party that nobody answers for.
    """
    if why := party_refusal(party, party.size):
        return why
    if await open_seat(change, person_id) is not None:
        return Refusal.ALREADY
    held, line = await line_number(change, party.size)
    add_seat(change, person_id, party, SeatState.HELD if held else SeatState.WAITING, line)
    await change.session.flush()
    return Took.HELD if held else Took.WAITING


async def let_go(change: Change, person_id: int) -> SeatOutcome | Refusal:
    """Let a seat go, or a place in the line; WRONG_TIME for whoever came."""
    seat_list = await held_list(change)
    seat = await open_seat(change, person_id)
    if seat is None:
        return SeatOutcome.NOT_SIGNED_UP
    if seat.state == SeatState.CAME:
        return Refusal.WRONG_TIME
    end_seat(seat_list, seat, SeatState.LET_GO)
    await change.session.flush()
    return SeatOutcome.LET_GO


async def ask_next(change: Change, until: datetime) -> Moved:
    """Ask in from the line whoever fits into what is free, strictly by line, until an instant.

    The seats of who is asked are kept meanwhile. Who is too many keeps their place.
    """
    seat_list = await held_list(change)
    return await _ask(change, seat_list, free_seats(seat_list), until)


async def ask_beyond(change: Change, until: datetime) -> Moved:
    """Ask in from the line beyond the number, shortly before: in place of who is not sure to come.

    At most MOST_BEYOND percent of the seats, and no more than are not sure.
    """
    seat_list = await held_list(change)
    if seat_list.seats is None:
        return Moved()
    unsure = await change.session.scalar(
        select(func.coalesce(func.sum(SeatRow.size), 0)).where(
            *seats_of(change), SeatRow.state == SeatState.HELD, SeatRow.sure_at.is_(None)
        )
    )
    most = seat_list.seats + may_ask_beyond(seat_list.seats, unsure or 0)
    return await _ask(change, seat_list, most - seat_list.taken, until, beyond=True)


async def answer(change: Change, person_id: int, *, comes: bool) -> SeatOutcome | Refusal:
    """Note what somebody says who was asked in, or whether they still come.

    TOO_LATE for a yes of who was asked and is in the line again, ALREADY and WRONG_TIME for a yes
    and a no of who came.
    """
    if not comes:
        return await let_go(change, person_id)
    await held_list(change)
    seat = await open_seat(change, person_id)
    if seat is None:
        return SeatOutcome.NOT_SIGNED_UP
    if seat.state in {SeatState.CAME, SeatState.WAITING}:
        return Refusal.ALREADY if seat.state == SeatState.CAME else Refusal.TOO_LATE
    if seat.state == SeatState.ASKED:
        seat.state, seat.ask_until = SeatState.HELD, None
    else:
        seat.sure_at = change.now
    await change.session.flush()
    return SeatOutcome.HELD


async def hand_over(change: Change, person_id: int, to_id: int) -> SeatOutcome | Refusal:
    """Give somebody's seat to another party of its size (HELD), who answers for it from now on.

    It is never free in between: nobody of the line is passed over, and no more are taken than
    before. NOT_SIGNED_UP where the first holds none (any more), ALREADY where the other does.
    The place of the other in the line ends, and with it a seat that was kept for them.
    """
    seat_list = await held_list(change)
    seat, theirs = await open_seat(change, person_id), await open_seat(change, to_id)
    if seat is None or seat.state != SeatState.HELD:
        return SeatOutcome.NOT_SIGNED_UP
    if theirs is not None:
        if theirs.state in {SeatState.HELD, SeatState.CAME}:
            return Refusal.ALREADY
        end_seat(seat_list, theirs, SeatState.LET_GO)
    seat.state = SeatState.LET_GO
    await change.session.flush()  # the one goes before the other comes: each has one open seat
    add_seat(change, to_id, Party(seat.size), SeatState.HELD, seat.line)
    await change.session.flush()
    return SeatOutcome.HELD


async def lapse(change: Change) -> tuple[int, ...]:
    """Let those who were asked and did not answer in time give way, to the end of the line.

    Only where somebody who waits gets a seat by it; else they stay asked: the seat would stand
    empty. Returns who gave way (person ids, by line); the next are still to be asked.
    """
    seat_list = await held_list(change)
    late = await seats_in(change, [SeatState.ASKED], SeatRow.ask_until <= change.now)
    line = await seats_in(change, [SeatState.WAITING])
    free = None if seat_list.seats is None else seat_list.seats - seat_list.taken
    ways = who_gives_way(free, [one.size for one in late], [one.size for one in line])
    gone = [late[place] for place in ways]
    for seat in gone:
        end_seat(seat_list, seat, SeatState.WAITING)
        seat_list.line += 1
        seat.line = seat_list.line
    await change.session.flush()
    return tuple(seat.person_id for seat in gone)


async def lapse_for_good(change: Change) -> tuple[int, ...]:
    """Let those go who were asked and did not answer in time, whether anybody waits or not.

    For what begins soon: a seat that nobody has promised to fill is not to look filled.
    Returns who that was (person ids, by line).
    """
    seat_list = await held_list(change)
    late = await seats_in(change, [SeatState.ASKED], SeatRow.ask_until <= change.now)
    for seat in late:
        end_seat(seat_list, seat, SeatState.LET_GO)
    await change.session.flush()
    return tuple(seat.person_id for seat in late)


async def ask(change: Change, person_id: int, until: datetime) -> bool:
    """Keep a free seat for somebody of another list until they answer; False where none is free."""
    if await open_seat(change, person_id) is not None:
        return False
    held, line = await line_number(change, 1)
    if held:
        add_seat(change, person_id, ALONE, SeatState.ASKED, line).ask_until = until
        await change.session.flush()
    return held


async def check_in(
    change: Change, person_id: int, *, by: int | None = None
) -> SeatOutcome | Refusal:
    """Note that a party with a seat is there; `by` is who ticked it, None: they themselves.

    ALREADY for whoever is there; who waits has no seat yet. After the end, when who did not come is
    absent, TOO_LATE for themselves; whoever ticks a list on paper off still corrects it.
    """
    seat_list = await held_list(change)
    seat = await open_seat(change, person_id)
    if seat is None:
        absent = await seats_in(change, [SeatState.ABSENT], SeatRow.person_id == person_id)
        if not absent:
            return SeatOutcome.NOT_SIGNED_UP
        if by is None:
            return Refusal.TOO_LATE
        seat = absent[0]
    if seat.state == SeatState.WAITING:
        return SeatOutcome.NOT_SIGNED_UP
    if seat.state == SeatState.CAME:
        return Refusal.ALREADY
    come(change, seat_list, seat, by)
    await change.session.flush()
    return SeatOutcome.CAME


async def untick(change: Change, person_id: int) -> SeatOutcome | Refusal:
    """Take a mis-tap at the door back: it stands as it stood before they came.

    WRONG_TIME for whoever is not noted as there.
    """
    seat_list = await held_list(change)
    seat = await open_seat(change, person_id)
    if seat is None:
        return SeatOutcome.NOT_SIGNED_UP
    if seat.state != SeatState.CAME:
        return Refusal.WRONG_TIME
    leave_door(seat_list, seat, SeatState(seat.came_from or SeatState.HELD))
    await change.session.flush()
    return SeatOutcome.UNTICKED


async def walk_in(change: Change, person_id: int) -> SeatOutcome:
    """Note that somebody is there, with a seat or without; each counts once, however often.

    CAME with a seat of their own, or with one that is free at the door; WALKED_IN without one.
    Whoever stands at the door comes before the line.
    """
    seat_list = await held_list(change)
    seat = await open_seat(change, person_id)
    if seat is None:
        seat_list.line += 1
        seat = add_seat(change, person_id, Party(), SeatState.LET_GO, seat_list.line)
    if seat.state != SeatState.CAME:
        if seat.state not in COUNTED:
            free = free_seats(seat_list)
            fits = free is None or seat.size <= free
            seat.taken_at = change.now if fits else None
            count(seat_list, seat.size, beyond=not fits)
        by = change.actor_id if change.actor_id != person_id else None
        come(change, seat_list, seat, by)
        await change.session.flush()
    return SeatOutcome.WALKED_IN if seat.taken_at is None else SeatOutcome.CAME


async def clear_door(change: Change) -> None:
    """Note of nobody any more that they are there: it is at another time, or not at all.

    Who has a seat keeps it, also one of those given out at the door; all others stand as before.
    """
    seat_list = await held_list(change)
    for seat in await seats_in(change, [SeatState.CAME]):
        before = SeatState(seat.came_from or SeatState.HELD)
        leave_door(seat_list, seat, before if seat.taken_at is None else SeatState.HELD)
    await change.session.flush()


async def close_list(change: Change) -> None:
    """End a list when the record is over: who held a seat and did not come was absent.

    Their seats stay counted: how many signed up is known beside how many came. Who waits or was
    asked is let go.
    """
    seat_list = await held_list(change)
    for seat in await seats_in(change, OPEN):
        if seat.state != SeatState.CAME:
            if seat.state == SeatState.HELD:
                seat.state = SeatState.ABSENT
            else:
                end_seat(seat_list, seat, SeatState.LET_GO)
    await change.session.flush()


async def call_off(change: Change) -> tuple[int, ...]:
    """End a list of what does not take place: nobody was absent, everybody is let go.

    Returns who had a seat or waited (person ids, by line).
    """
    seat_list = await held_list(change)
    seats = [one for one in await seats_in(change, OPEN) if one.state != SeatState.CAME]
    for seat in seats:
        end_seat(seat_list, seat, SeatState.LET_GO)
    await change.session.flush()
    return tuple(seat.person_id for seat in seats)


async def reopen_sure(change: Change, until: datetime | None = None) -> tuple[int, ...]:
    """Forget who said that they still come: the time is another.

    Who is asked in stays asked; `until` gives them another instant to answer by. Returns who that
    is (person ids, by line).
    """
    asked = []
    for seat in await seats_in(change, OPEN):
        seat.sure_at = None
        if seat.state == SeatState.ASKED:
            seat.ask_until = until or seat.ask_until
            asked.append(seat.person_id)
    await change.session.flush()
    return tuple(asked)


async def erase(session: Session, subject: str, subject_ids: Iterable[int]) -> None:
    """Delete who had seats of these records; the sums of their lists stay."""
    await session.flush()
    gone = SeatRow.subject == subject, SeatRow.subject_id.in_([*subject_ids])
    await session.execute(delete(SeatRow).where(*gone))


async def leave(
    session: Session, person_id: int, *, subject: str | None = None
) -> list[tuple[str, int]]:
    """Let go of somebody who leaves for good, and erase what their parties say of others.

    Of one subject, or of all. Returns the subjects and records where a seat became free: the next
    there can be asked, by whoever holds these records since before this (`queries.open_of` names
    them, in the order in which they are held): a record is never locked after its list.
    """
    await session.flush()
    about = [] if subject is None else [SeatRow.subject == subject]
    theirs = SeatRow.person_id == person_id
    open_ones = theirs, SeatRow.state.in_([SeatState.WAITING, SeatState.ASKED, SeatState.HELD])
    found = await session.execute(
        select(SeatRow.subject, SeatRow.subject_id)
        .where(*open_ones, *about)
        .order_by(SeatRow.subject, SeatRow.subject_id)
    )
    freed = []
    for key in [(row.subject, row.subject_id) for row in found.all()]:
        seat_list = await list_of(session, *key)
        of = SeatRow.subject == key[0], SeatRow.subject_id == key[1]
        for seat in await read_seats(session, *of, *open_ones):
            if seat.state in COUNTED:
                freed.append(key)
            end_seat(seat_list, seat, SeatState.LET_GO)
        await session.flush()
    said = or_(theirs, SeatRow.signed_by == person_id)
    named = update(SeatRow).where(said, *about, SeatRow.brought_by != "")
    await session.execute(named.values(brought_by=ERASED))
    aged = update(SeatRow).where(theirs, *about, SeatRow.ages != "")
    await session.execute(aged.values(ages=""))
    return freed


async def _ask(
    change: Change,
    seat_list: SeatListRow,
    room: int | None,
    until: datetime,
    *,
    beyond: bool = False,
) -> Moved:
    line = await seats_in(change, [SeatState.WAITING])
    fits = who_fits(room, [seat.size for seat in line])
    for place in fits:
        seat = line[place]
        seat.state, seat.taken_at, seat.ask_until = SeatState.ASKED, change.now, until
        count(seat_list, seat.size, beyond=beyond)
    await change.session.flush()
    passed = [place for place in range(max(fits, default=0)) if place not in fits]
    return Moved(
        asked=tuple(line[place].person_id for place in fits),
        passed=tuple(line[place].person_id for place in passed),
    )
