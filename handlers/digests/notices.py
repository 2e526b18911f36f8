"""Rendering digests from the state of the moment, for whoever may still read them."""

from datetime import date
from functools import partial

from handlers.digests import chart, screens
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from models.database import Session
from models.digests.queries.rates import report
from models.digests.queries.reading import staff_day, volunteer_week
from models.digests.rules.times import DigestPolicy, Period, Reminder, is_timely, span_of
from models.digests.rules.times import Notice as Kind
from models.digests.views import RatesReport
from models.outbox.views import Notice
from models.people.queries import person_by_id
from models.people.rules import Right
from models.places.queries import find_place
from models.policy.current import policy_of

NOT_THEIRS = Pointless("it is not the reader's any more")
STALE = Pointless("it is of no use any more")
NOTHING = Pointless("there is nothing to say")


@renders(Kind.STAFF)
async def staff(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell somebody of the desk what waits for them."""
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None or not reader.may_anywhere(Right.WORK_DESK):
        return NOT_THEIRS
    since = _span(session, notice, Reminder.STAFF)
    if since is None:
        return STALE
    zone = policy_of(session).zone
    day = await staff_day(session, reader, since, now=notice.now, zone=zone)
    return NOTHING if day.empty else screens.staff_screen(day, notice.now, late=_late(notice))


@renders(Kind.VOLUNTEER)
async def volunteer(session: Session, notice: Notice) -> Screen | Pointless:
    """Thank a volunteer for the week."""
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None or not reader.volunteer:
        return NOT_THEIRS
    week = _span(session, notice, Reminder.VOLUNTEERS)
    if week is None:
        return STALE
    zone = policy_of(session).zone
    given = await volunteer_week(session, reader, week, now=notice.now, zone=zone)
    if given.empty:
        return NOTHING
    return screens.volunteer_screen(given, notice.now, late=_late(notice))


@renders(Kind.RATES)
async def rates(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell a secretary the rates of a week."""
    found = await _report(session, notice)
    if isinstance(found, Pointless):
        return found
    return screens.rates_screen(found, late=_late(notice))


@renders(Kind.CHART)
async def picture(session: Session, notice: Notice) -> Screen | Pointless:
    """Show a secretary the same as a picture."""
    found = await _report(session, notice)
    if isinstance(found, Pointless):
        return found
    shown = screens.chart_of(found)
    if shown is None:
        return NOTHING
    return Screen(screens.caption(found), picture=partial(chart.draw, shown))


async def _report(session: Session, notice: Notice) -> RatesReport | Pointless:
    reader = await person_by_id(session, notice.recipient_id)
    place = await find_place(session, notice.subject_id)
    if reader is None or place is None or not reader.may(Right.SUPERVISE, place.path):
        return NOT_THEIRS
    if _span(session, notice, Reminder.SECRETARIES) is None:
        return STALE
    found = await report(session, place.id, _day(notice), policy_of(session).zone)
    return found or NOT_THEIRS


def _span(session: Session, notice: Notice, kind: Reminder) -> Period | None:
    """Return the time a digest is about; None where it has been turned off or comes too late."""
    policy, day = policy_of(session, DigestPolicy), _day(notice)
    return span_of(kind, day, policy) if is_timely(kind, day, notice.now, policy) else None


def _day(notice: Notice) -> date:
    return date.fromisoformat(str(notice.detail["day"]))


def _late(notice: Notice) -> bool:
    return bool(notice.detail.get("late"))
