"""Whom a call-on is asked of: who may come, in order, then a request looks for somebody."""

from sqlalchemy import select

from models.care.records import reached
from models.care.rules.notices import Notice, Reminder
from models.care.rules.plans import SUBSTITUTE_HAS
from models.care.tables import CareHomeRow, CareRingRow
from models.database import insert_once
from models.help.actions.filing import call_off, file_request
from models.help.actions.rows import locked
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import LIVE
from models.help.views import Draft
from models.hours.rules.quiet import out_of_quiet
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.records.changing import RecordChange
from models.records.rules import Refusal
from models.routines.actions import occasions
from models.routines.rules import (
    AskState,
)
from models.routines.tables import OccasionAskRow, OccasionRow

Call = RecordChange[OccasionRow]
COMPANY = "company.visit"
"""The kind of help by which somebody is looked for who comes instead."""


async def ask_on(change: Call) -> bool:
    """Ask the next who may come to a locked call-on; after the last a request looks for somebody.

    In quiet hours not before their end. False where nobody is left to ask, or one looks already.
    """
    quiet = policy_of(change.session).quiet
    if (morning := out_of_quiet(change.now, quiet)) > change.now:
        await change.remind(Reminder.NEXT, morning)
        return True
    asked = await occasions.ask_next(change)
    while isinstance(asked, int) and not await reached(change.session, [asked]):
        asked = await occasions.ask_next(change)  # nobody is waited for who cannot hear of it
    if isinstance(asked, Refusal):
        return False
    if asked is None:
        return await _ring(change)
    await change.tell(Notice.CALL, [asked])
    if asked != change.row.person_id:  # whose it is has until half of the window
        await change.remind(Reminder.NEXT, out_of_quiet(change.now + SUBSTITUTE_HAS, quiet))
    return True


async def ask_again(change: Call) -> bool:
    """Tell everybody once more who was asked and has not said no.

    False where there is nobody, and where anybody was asked within the time that a substitute has:
    nobody is asked again and again, however often staff tap.
    """
    session, since = change.session, change.now - SUBSTITUTE_HAS
    asked = await session.scalars(
        select(OccasionAskRow).where(
            OccasionAskRow.occasion_id == change.row.id,
            OccasionAskRow.state != AskState.DECLINED,
        )
    )
    rows = asked.all()
    if not rows or any(one.asked_at > since for one in rows):
        return False
    for one in rows:
        one.asked_at = change.now
    await change.tell(Notice.CALL, {one.person_id for one in rows})
    return True


async def end_ring(change: Call, actor_id: int) -> None:
    """Call off the request by which somebody was looked for: it is no longer needed."""
    ring = await change.session.get(CareRingRow, change.row.id)
    request = None if ring is None else await locked(change.session, ring.request_id)
    if request is not None and request.state in LIVE:
        await call_off(change.session, request, now=change.now, actor_id=actor_id, reason=None)


async def home_of_call(change: Call) -> CareHomeRow:
    """Return the home of a locked call-on."""
    return await change.session.get_one(CareHomeRow, change.row.subject_id)


async def _ring(change: Call) -> bool:
    """File a request in the home's name, for company; False where one looks already."""
    session, home = change.session, await home_of_call(change)
    if await session.get(CareRingRow, change.row.id) is not None:
        return False
    person = await session.get_one(PersonRow, home.person_id)
    who = person.id if person.telegram_id is not None else person.proxy_id
    filer = None if who is None else await person_by_id(session, who)
    if filer is None:
        return False
    draft = Draft(
        token=f"care:{change.row.id}",
        category=COMPANY,
        urgency=Urgency.ORDINARY,
        beneficiary_id=person.id,
        known=True,
        looked_after=True,
    )
    filed = await file_request(session, filer, draft, now=change.now)
    if filed.outcome is not FileOutcome.FILED or filed.receipt is None:
        return False
    ring = {"occasion_id": change.row.id, "request_id": filed.receipt.request_id}
    return await insert_once(session, CareRingRow, ring)
