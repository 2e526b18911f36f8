"""Opening an order, naming its terms, reporting on it, judging the report, its date, its end."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from models.categories import CATALOGUE, Body
from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.actions.claims import count_done, finish_holding, release
from models.help.actions.closing import ask_for_the_word, hush
from models.help.actions.found import close_found
from models.help.actions.notify import refresh_cards, tell_resident
from models.help.actions.rows import add_line, choose_relation, claims_of, end, owner_now
from models.help.actions.schedule import stop_claims, stop_request
from models.help.rules.closing import Cause
from models.help.rules.limits import Channel, Line
from models.help.rules.notices import Notice as HelpNotice
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import LIVE
from models.help.rules.states import Move as RequestMove
from models.help.rules.states import Relation as RequestRelation
from models.help.rules.states import State as RequestState
from models.help.tables import LineRow, RequestRow
from models.hours.rules.clocks import DeskClock
from models.media import Media
from models.orders import hooks
from models.orders.queries.orders import (
    ORDERS,
    judges,
    office_clock,
    path_of,
    request_of,
    standing_order,
)
from models.orders.rules import (
    FARTHEST,
    MOST_EVIDENCE,
    WORDS_LENGTH,
    Move,
    Notice,
    OrderOutcome,
    OrderPolicy,
    OrderTerm,
    Reminder,
    State,
    VisitAnswer,
    due_by,
    last_closing,
    street_at,
    visit_at,
)
from models.orders.tables import EvidenceRow, OrderRow, VisitRow
from models.people.desk import works_at
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.reminders.actions import remind
from models.reminders.views import Due
from models.text import clean_text

Change = RecordChange[OrderRow]


async def open_order(
    session: Session,
    request: RequestRow,
    cause: Cause,
    *,
    now: datetime,
    actor_id: int,
    due_at: datetime | None = None,
) -> OrderRow:
    """Have a locked request put right by its owner within the set time, under a supervisor.

    One order stands at a time: a second cause changes nothing of it, but is noted and told.
    `actor_id` is whose word it was; `due_at` None: the set time of the policy.
    """
    standing = await standing_order(session, request.id)
    if standing is not None:
        await _once_more(RecordChange(session, ORDERS, standing, actor_id, now), request, cause)
        return standing
    order = OrderRow(
        request_id=request.id,
        cause=cause,
        state=State.OPEN,
        body=CATALOGUE[request.category].body,
        person_id=await owner_now(session, request, now),
        opened_at=now,
    )
    policy = policy_of(session, OrderPolicy)
    order.due_at = due_at or due_by(now, await office_clock(session, order), policy)
    session.add(order)
    await session.flush()
    change = RecordChange(session, ORDERS, order, actor_id, now)
    _note_cause(change, request, cause, Line.ORDERED)
    await _watch(change)
    await _tell_opened(change)
    return order


async def refresh_orders(session: Session, request: RequestRow, now: datetime) -> None:
    """Change the cards of the order that stands for a locked request, if one does."""
    standing = await standing_order(session, request.id)
    if standing is not None:
        await RecordChange(session, ORDERS, standing, None, now).finish()


async def _tell_opened(change: Change) -> None:
    order = change.row
    people = [one for one in await judges(change.session, order) if one != order.person_id]
    await change.tell(Notice.OPENED, people)
    found = (await request_of(change.session, order)).channel == Channel.INSPECTION
    if found or order.cause == Cause.LOW_RATING:
        # of what a resident asks or calls not solved the request's own notice tells the owner
        await change.tell(Notice.YOURS, [order.person_id])


async def _once_more(change: Change, request: RequestRow, cause: Cause) -> None:
    _note_cause(change, request, cause, Line.ORDER_AGAIN)
    people = [change.row.person_id, *await judges(change.session, change.row)]
    await change.tell(Notice.AGAIN, people)
    await change.finish()


def _note_cause(change: Change, request: RequestRow, cause: Cause, what: Line) -> None:
    detail = {"order": change.row.id, "cause": str(cause)}
    add_line(change.session, request, what, now=change.now, actor_id=None, detail=detail)


async def set_body(
    session: Session, actor: Person, order_id: int, body: Body, *, now: datetime
) -> OrderOutcome | Refusal:
    """Name the body that answers (SET)."""
    change = await begin(session, ORDERS, order_id, Move.SET, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.body == body:
        return Refusal.ALREADY
    change.row.body = body
    return await _was_set(change, OrderTerm.BODY)


async def hand_on(
    session: Session, actor: Person, order_id: int, to_id: int, *, now: datetime
) -> OrderOutcome | Refusal:
    """Make other staff of the place responsible (SET); they and the one before are told."""
    change = await begin(session, ORDERS, order_id, Move.HAND_ON, actor, now)
    if isinstance(change, Refusal):
        return change
    order = change.row
    if order.person_id == to_id:
        return Refusal.ALREADY
    if not await works_at(session, to_id, await path_of(session, order)):
        return OrderOutcome.NOT_STAFF
    before, order.person_id = order.person_id, to_id
    await session.flush()
    return await _was_set(change, OrderTerm.PERSON, [before, *await judges(session, order)])


async def set_due(
    session: Session, actor: Person, order_id: int, day: date, *, now: datetime
) -> OrderOutcome | Refusal:
    """Name the day (SET); the order is due when the desk of the place closes on it."""
    change = await begin(session, ORDERS, order_id, Move.SET, actor, now)
    if isinstance(change, Refusal):
        return change
    clock = await office_clock(session, change.row)
    hours = clock.hours if isinstance(clock, DeskClock) else policy_of(session).desk
    due_at = last_closing(hours, day)
    if not now < due_at <= now + FARTHEST:
        return Refusal.BAD_DATE
    if change.row.due_at == due_at:
        return Refusal.ALREADY
    change.row.due_at = due_at
    await _watch(change)
    return await _was_set(change, OrderTerm.DUE)


async def put_off(
    session: Session, request: RequestRow, due_at: datetime, *, now: datetime, actor_id: int
) -> None:
    """Name another date of the order that stands for a locked request, if one does; it is told."""
    order = await standing_order(session, request.id)
    if order is not None and order.due_at != due_at:
        order.due_at = due_at
        change = RecordChange(session, ORDERS, order, actor_id, now)
        await _watch(change)
        await _was_set(change, OrderTerm.DUE)


async def set_to_show(
    session: Session, actor: Person, order_id: int, words: str, *, now: datetime
) -> OrderOutcome | Refusal:
    """Name what must be shown for it to count as done (SET)."""
    change = await begin(session, ORDERS, order_id, Move.SET, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return Refusal.EMPTY
    change.row.to_show, change.row.set_by = said, actor.id
    return await _was_set(change, OrderTerm.TO_SHOW)


async def _was_set(
    change: Change, what: OrderTerm, others: Sequence[int | None] = ()
) -> OrderOutcome:
    await _note(change, Line.ORDER_SET, internal=True, what=str(what))
    await change.tell(Notice.YOURS, [change.row.person_id, *others])
    await _finish(change)
    return OrderOutcome.SET


async def report_right(
    session: Session,
    actor: Person,
    order_id: int,
    words: str,
    *,
    now: datetime,
    media: Sequence[Media] = (),
) -> OrderOutcome | Refusal:
    """Report that it has been put right (REPORTED), in words, with what shows it.

    Whoever is to sign it off is told. What was shown with an earlier report stays.
    """
    change = await begin(session, ORDERS, order_id, Move.REPORT, actor, now)
    if isinstance(change, Refusal):
        return change
    said, order = clean_text(words, WORDS_LENGTH), change.row
    if not said:
        return Refusal.EMPTY
    change.make(Move.REPORT)
    order.report, order.sent_back = said, None
    order.reported_by, order.reported_at = actor.id, now
    await _show(change, media, actor.id)
    await _note(change, Line.ORDER_REPORTED, words=said)
    await session.flush()
    await change.tell(Notice.REPORTED, await judges(session, order))
    await hooks.moved(session, await request_of(session, order), State.REPORTED, now)
    await _finish(change)
    return OrderOutcome.REPORTED


async def send_back(
    session: Session, actor: Person, order_id: int, words: str, *, now: datetime
) -> OrderOutcome | Refusal:
    """Send a report back with what is missing (SENT_BACK); the date stays."""
    change = await begin(session, ORDERS, order_id, Move.SEND_BACK, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return Refusal.EMPTY
    change.make(Move.SEND_BACK)
    change.row.sent_back = said
    await _note(change, Line.ORDER_BACK, words=said, internal=True)
    await change.tell(Notice.SENT_BACK, [change.row.person_id, change.row.reported_by])
    await hooks.moved(session, await request_of(session, change.row), State.OPEN, now)
    await _finish(change)
    return OrderOutcome.SENT_BACK


async def sign_off(
    session: Session, actor: Person, order_id: int, *, now: datetime
) -> OrderOutcome | Refusal:
    """Sign off what was reported (SIGNED), and set the return visits.

    The resident of what was not solved is asked anew; what is closed stays closed.
    """
    change = await begin(session, ORDERS, order_id, Move.SIGN, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(Move.SIGN)
    change.row.signed_by, change.row.signed_at = actor.id, now
    await change.cancel([Reminder.DUE, Reminder.STREET], "signed off")
    await _note(change, Line.ORDER_SIGNED)
    await change.tell(Notice.SIGNED, [change.row.person_id, change.row.reported_by])
    request = await request_of(session, change.row)
    if request.channel == Channel.INSPECTION:
        # nobody asked for it, so nobody is asked: staff look at it again
        await close_found(session, request, now)
    else:
        await _plan_visits(change)
        if _asks_anew(change.row, request):
            await _ask_anew(session, request, actor, now)
    await hooks.moved(session, request, State.SIGNED, now)
    await _finish(change)
    return OrderOutcome.SIGNED


def _asks_anew(order: OrderRow, request: RequestRow) -> bool:
    """Tell whether the resident is to say if it is solved now.

    What was dangerous has its order from birth, so it may be put right before anybody took it on.
    """
    if order.cause == Cause.HAZARD and request.state in LIVE:
        return True
    move, supervisor = RequestMove.SIGN_OFF, [RequestRelation.SUPERVISOR]
    return choose_relation(request, move, supervisor) is not None


async def _ask_anew(session: Session, request: RequestRow, actor: Person, now: datetime) -> None:
    """Put a locked request that goes on to done: whether it is solved is the resident's to say."""
    if request.state in LIVE:
        claims = await claims_of(session, request)
        await stop_claims(session, claims, "put right", now)
        finish_holding(claims, now)
        await release(session, claims, "put right", now)
        request.held = count_done(claims)
    end(request, RequestState.DONE, now)
    request.done_at, request.solved, request.unconfirmed = now, None, False
    hush(request)
    await stop_request(session, request, "put right", now)
    await ask_for_the_word(session, request, now, policy_of(session, HelpPolicy))
    detail = {"person": actor.id}
    await tell_resident(session, request, HelpNotice.DONE, now=now, detail=detail)


async def _plan_visits(change: Change) -> None:
    session, policy = change.session, policy_of(change.session, OrderPolicy)
    visits = [
        VisitRow(order_id=change.row.id, days=days, due_at=visit_at(change.now, days, policy))
        for days in policy.visits
    ]
    session.add_all(visits)
    await session.flush()
    for visit in visits:
        await remind(session, kind=Reminder.VISIT, subject_id=visit.id, due_at=visit.due_at)


async def _show(change: Change, media: Sequence[Media], sent_by: int) -> None:
    order_id = change.row.id
    last = await change.session.scalar(
        select(func.max(EvidenceRow.position)).where(EvidenceRow.order_id == order_id)
    )
    shown = [item for item in media if item.file_id][:MOST_EVIDENCE]
    change.session.add_all(
        EvidenceRow(
            order_id=order_id, position=at, kind=item.kind, file_id=item.file_id, sent_by=sent_by
        )
        for at, item in enumerate(shown, (last or 0) + 1)
    )


async def _watch(change: Change) -> None:
    """Look at an order when its date has come, and a working day later; earlier dates go."""
    due_at = change.row.due_at
    request = await request_of(change.session, change.row)
    if request.channel == Channel.INSPECTION:  # the one date of what staff found is its order's
        request.promised_by = due_at
    await change.cancel([Reminder.DUE, Reminder.STREET], "another date")
    await change.remind(Reminder.DUE, due_at)
    clock = await office_clock(change.session, change.row)
    await change.remind(Reminder.STREET, street_at(due_at, clock))


async def due(session: Session, fired: Due, now: datetime) -> None:
    """Tell whoever is responsible, and the supervisor, that an order's date has come."""
    change = await _late(session, fired, now)
    if change is None:
        return
    await _note(change, Line.ORDER_LATE, internal=True)
    waiting = change.row.state == State.REPORTED
    people = [None if waiting else change.row.person_id, *await judges(session, change.row)]
    await change.tell(Notice.LATE, people, late=fired.late, street=False)
    await _finish(change)


async def street(session: Session, fired: Due, now: datetime) -> None:
    """Tell the street of an order that is still not signed off a working day after its date."""
    change = await _late(session, fired, now)
    if change is not None:
        people = await people_at_level(session, await path_of(session, change.row), Level.STREET)
        await change.tell(Notice.LATE, people, late=fired.late, street=True)


async def _late(session: Session, fired: Due, now: datetime) -> Change | None:
    """Return the order that a reminder is about; None when it is signed, or has another date."""
    change = await wake(session, ORDERS, fired.subject_id, now)
    if change is None or change.row.state == State.SIGNED or now < change.row.due_at:
        return None
    return change


async def _note(
    change: Change, line: Line, *, words: str | None = None, internal: bool = False, **detail: str
) -> None:
    """Write into the timeline of the request what was done to its order."""
    add_line(
        change.session,
        await request_of(change.session, change.row),
        line,
        now=change.now,
        actor_id=change.actor_id,
        detail={"order": change.row.id, **detail},
        words=words,
        internal=internal,
    )


async def _finish(change: Change) -> None:
    await change.finish()
    request = await request_of(change.session, change.row)
    await refresh_cards(change.session, request, change.now)


async def duties(session: Session, person_id: int) -> int:
    """Count the standing orders that are a person's to put right."""
    standing = (OrderRow.person_id == person_id, OrderRow.state != State.SIGNED)
    return await session.scalar(select(func.count(OrderRow.id)).where(*standing)) or 0


async def let_go(session: Session, person_id: int, _now: datetime) -> None:
    """Erase what somebody who leaves for good wrote and showed, and what tells of their home.

    Of return visits to them nobody is to be called back any more.
    """
    # what staff found stays the desk's: it tells of nobody's home
    needed = select(RequestRow.id).where(
        RequestRow.beneficiary_id == person_id, RequestRow.channel != Channel.INSPECTION
    )
    about = OrderRow.request_id.in_(needed)
    shown = EvidenceRow.order_id.in_(select(OrderRow.id).where(about))
    await session.execute(delete(EvidenceRow).where((EvidenceRow.sent_by == person_id) | shown))
    reported = (OrderRow.reported_by == person_id) | about
    await session.execute(update(OrderRow).where(reported).values(report=None))
    named = (OrderRow.set_by == person_id) | about
    await session.execute(update(OrderRow).where(named).values(to_show=None))
    missed = OrderRow.request_id.in_(_sent_back_by(person_id)) | about
    await session.execute(update(OrderRow).where(missed).values(sent_back=None))
    unsaid = VisitRow.answer.is_(None) | (VisitRow.answer == VisitAnswer.SILENT)
    theirs = VisitRow.order_id.in_(select(OrderRow.id).where(about))
    await session.execute(
        update(VisitRow).where(theirs, unsaid).values(answer=VisitAnswer.UNREACHED)
    )


def _sent_back_by(person_id: int) -> Select[int]:
    """Select the requests whose order was last sent back by a person."""
    later = aliased(LineRow)
    again = exists().where(
        later.request_id == LineRow.request_id,
        later.what == Line.ORDER_BACK,
        later.id > LineRow.id,
    )
    return select(LineRow.request_id).where(
        LineRow.actor_id == person_id, LineRow.what == Line.ORDER_BACK, ~again
    )


LEAVE_HOOKS = LeaveHooks(let_go, duties)
