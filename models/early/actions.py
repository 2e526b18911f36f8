"""Opening an early item, seeing to it, settling it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, update

from models.categories import HAZARD
from models.database import Session, insert_once
from models.early.queries import EARLY
from models.early.rules import WORDS_LENGTH, EarlyOutcome, EarlyPolicy, Move, Notice, State, opens
from models.early.tables import EarlyRequestRow, EarlyRow
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.rules.limits import Channel
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.outbox.actions import notify
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.text import clean_text


async def look_for_pattern(session: Session, request: RequestRow, *, now: datetime) -> None:
    """Link a request just filed to the standing item of its kind and place, or open one.

    An item opens when enough requests of the kind came from the place within the policy's window,
    called off ones and those of a settled item left out. Filings at one place never overlap: they
    take turns at the community's counter of numbers, so none misses another in the count. Hazards
    are counted by their own kind, and not here.
    """
    if request.category == HAZARD:
        return
    item = await _standing(session, request.place_id, request.category)
    if item is None:
        alike = await _alike(session, request, now)
        if not opens(len(alike), policy_of(session, EarlyPolicy)):
            return
        await _open(session, request.place_id, request.category, alike, now)
        return
    session.add(EarlyRequestRow(item_id=item.id, request_id=request.id))
    await RecordChange(session, EARLY, item, None, now).finish()


async def standing_item(session: Session, place_id: int, category: str) -> int | None:
    """Return the item that stands for a kind of trouble at a place, held until the commit."""
    item = await _standing(session, place_id, category)
    return None if item is None else item.id


async def open_item(
    session: Session,
    place_id: int,
    category: str,
    requests: Sequence[int],
    *,
    findings: int,
    now: datetime,
) -> int:
    """Open the item of a kind of trouble at a place, where a subject above counted enough.

    It rests on these requests, and on so many findings about which there is none.
    """
    return (await _open(session, place_id, category, requests, now, findings)).id


async def rest_on(session: Session, item_id: int, request_id: int | None, *, now: datetime) -> None:
    """Let a held item rest on one more request, or on a finding about which there is none."""
    item = await session.get_one(EarlyRow, item_id)
    if request_id is None:
        item.findings += 1
    else:
        session.add(EarlyRequestRow(item_id=item_id, request_id=request_id))
    await RecordChange(session, EARLY, item, None, now).finish()


async def rest_off(
    session: Session, item_id: int, request_id: int | None, *, now: datetime
) -> bool:
    """Let an item rest no more on a request, or on a finding about which there is none; its card
    says so. False, and nothing is changed, where it is settled: what was done is done."""
    item = await session.get(EarlyRow, item_id, with_for_update=True, populate_existing=True)
    if item is None or item.state == State.SETTLED:
        return False
    if request_id is None:
        item.findings = max(0, item.findings - 1)
    else:
        linked = EarlyRequestRow.item_id == item_id, EarlyRequestRow.request_id == request_id
        await session.execute(delete(EarlyRequestRow).where(*linked))
    await RecordChange(session, EARLY, item, None, now).finish()
    return True


async def take(
    session: Session, actor: Person, item_id: int, *, now: datetime
) -> EarlyOutcome | Refusal:
    """Say that one sees to an item."""
    change = await begin(session, EARLY, item_id, Move.TAKE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(Move.TAKE)
    change.row.taken_by, change.row.taken_at = actor.id, now
    await change.finish()
    return EarlyOutcome.TAKEN


async def settle(
    session: Session, actor: Person, item_id: int, words: str, *, now: datetime
) -> EarlyOutcome | Refusal:
    """Say what was done; everybody whose request the item rests on is told so, once.

    From then on the next requests count anew.
    """
    change = await begin(session, EARLY, item_id, Move.SETTLE, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return Refusal.EMPTY
    change.make(Move.SETTLE)
    change.row.words, change.row.settled_by, change.row.settled_at = said, actor.id, now
    await change.finish()
    await _tell_residents(change)
    return EarlyOutcome.SETTLED


async def _standing(session: Session, place_id: int, category: str) -> EarlyRow | None:
    """Return the item that stands for a kind and a place, held until the commit."""
    return await session.scalar(
        select(EarlyRow)
        .where(
            EarlyRow.place_id == place_id,
            EarlyRow.category == category,
            EarlyRow.state != State.SETTLED,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def _alike(session: Session, request: RequestRow, now: datetime) -> list[int]:
    """List the requests of one kind at one place, within the window, that no item rests on."""
    linked = exists().where(EarlyRequestRow.request_id == RequestRow.id)
    found = await session.scalars(
        select(RequestRow.id).where(
            RequestRow.place_id == request.place_id,
            RequestRow.category == request.category,
            RequestRow.created_at > now - policy_of(session, EarlyPolicy).early_window,
            RequestRow.state != RequestState.CANCELLED,
            ~linked,
        )
    )
    return list(found)


async def _open(
    session: Session,
    place_id: int,
    category: str,
    alike: Sequence[int],
    now: datetime,
    findings: int = 0,
) -> EarlyRow:
    values = {
        "place_id": place_id,
        "category": category,
        "findings": findings,
        "state": State.OPEN,
        "opened_at": now,
    }
    await insert_once(session, EarlyRow, values)
    item = await _standing(session, place_id, category)
    assert item is not None  # noqa: S101 - put there above, by whomever
    session.add_all(EarlyRequestRow(item_id=item.id, request_id=one) for one in alike)
    await session.flush()
    path = (await session.get_one(PlaceRow, item.place_id)).path
    secretaries = await people_at_level(session, path, Level.SECRETARY)
    await RecordChange(session, EARLY, item, None, now).tell(Notice.OPENED, secretaries)
    return item


async def _tell_residents(change: RecordChange[EarlyRow]) -> None:
    """Tell each resident once, or whoever filed for them; not whoever settled it."""
    session, item = change.session, change.row
    found = await session.execute(
        select(RequestRow.beneficiary_id, RequestRow.requester_id)
        .join(EarlyRequestRow, EarlyRequestRow.request_id == RequestRow.id)
        .where(
            EarlyRequestRow.item_id == item.id,
            RequestRow.state != RequestState.CANCELLED,
            RequestRow.channel != Channel.INSPECTION,
        )
        .order_by(RequestRow.id)
    )
    told, now = {change.actor_id}, change.now
    for beneficiary_id, requester_id in found.all():
        for person_id in dict.fromkeys((beneficiary_id, requester_id)):
            if person_id in told or await notify(
                session, recipient_id=person_id, kind=Notice.SETTLED, subject_id=item.id, now=now
            ):
                told.add(person_id)
                break


async def let_go(session: Session, person_id: int, now: datetime) -> None:
    """Open again what somebody who leaves for good saw to, and erase what they wrote."""
    wrote = EarlyRow.settled_by == person_id
    await session.execute(update(EarlyRow).where(wrote).values(words=None))
    taken = select(EarlyRow).where(EarlyRow.taken_by == person_id, EarlyRow.state == State.TAKEN)
    for item in await session.scalars(taken.order_by(EarlyRow.id).with_for_update()):
        item.state, item.taken_by, item.taken_at = State.OPEN, None, None
        await RecordChange(session, EARLY, item, None, now).finish()


async def _unsettled(session: Session, path: str) -> int:
    return await count_below(session, EarlyRow.place_id, path, EarlyRow.state != State.SETTLED)


async def _unite(session: Session, _actor: Person, pair: tuple[int, int], now: datetime) -> None:
    """Let items of one kind at two places that become one be one, resting on all requests."""
    standing = select(EarlyRow).where(EarlyRow.state != State.SETTLED).order_by(EarlyRow.id)
    there = await session.scalars(standing.where(EarlyRow.place_id == pair[1]))
    kept = {item.category: item for item in there.all()}
    for item in (await session.scalars(standing.where(EarlyRow.place_id == pair[0]))).all():
        if (stays := kept.get(item.category)) is None:
            continue
        resting = EarlyRequestRow.item_id == item.id
        await session.execute(update(EarlyRequestRow).where(resting).values(item_id=stays.id))
        stays.findings += item.findings
        await session.execute(delete(EarlyRow).where(EarlyRow.id == item.id))
        await RecordChange(session, EARLY, stays, None, now).finish()


LEAVE_HOOKS = LeaveHooks(let_go)
PLACE_HOOKS = PlaceHooks(_unsettled, carry=_unite)
