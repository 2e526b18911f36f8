"""Whatever somebody does is a sign of theirs: it stops the ladder, and never says 'well'."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from models.base import table_of
from models.database import Session, changed, insert_once
from models.daychecks.actions.days import Day, changing, open_days, settle
from models.daychecks.actions.telling import ringer_of
from models.daychecks.queries import home_of
from models.daychecks.rules.hours import CheckHours, DayAsking, asking_at, next_window
from models.daychecks.rules.ladder import DayCheckPolicy, Rung, sounds_like_trouble
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import NOBODY_KNOWS, CheckState, DayMove, DayState
from models.daychecks.tables import DayCheckRow, DayRow
from models.hours.rules.quiet import out_of_quiet
from models.outbox.actions import notify
from models.outbox.rules import Lane
from models.people.rules import Sign
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.records.sealed import opened, sealed

_people = table_of(PersonRow)
_LOOKED_FOR = (
    update(_people)
    .where(_people.c.id == bindparam("number"))
    .values(sign_from=bindparam("from_at", type_=_people.c.sign_from.type))
)


async def gave_sign(session: Session, person_id: int, sign: Sign, now: datetime) -> None:
    """Take a sign of somebody's: the ladder stops, everybody who was told hears of it.

    A voice message waits on the desk until somebody has listened; words of trouble are answered by
    the question for help at once.
    """
    check = await held_check(session, person_id)
    if check is None or check.state != CheckState.ON:
        await look_for(session, person_id, None)
        return
    zone = policy_of(session, DayCheckPolicy).zone
    hours = hours_of(check)
    on = asking_at(hours, sign.at, zone)
    await stop_days(session, person_id, on, now)
    if check.rest_until is None or on.day > check.rest_until:
        await _note(session, person_id, on, sign, now)
    after = next_window(hours, sign.at, zone, check.rest_until)
    await look_for(session, person_id, after.from_at)


async def held_check(session: Session, person_id: int) -> DayCheckRow | None:
    """Return somebody's day check, held: whoever asks, stops or changes it does so in turn."""
    await session.flush()
    found: DayCheckRow | None = await session.scalar(
        select(DayCheckRow)
        .where(DayCheckRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


def hours_of(check: DayCheckRow) -> CheckHours:
    """Return at which hours somebody is asked."""
    return CheckHours(check.hour, check.second_hour)


async def stop_days(
    session: Session, person_id: int, until: DayAsking | None, now: datetime
) -> None:
    """Stop every ladder of somebody's up to an asking (None: all), for they were heard of."""
    for row in await open_days(session, person_id, NOBODY_KNOWS):
        if until is None or (row.day, row.part) <= until.key:
            await settle(changing(session, row, person_id, now), DayMove.HEAR)


async def look_for(session: Session, person_id: int, from_at: datetime | None) -> None:
    """Say from when on the next sign of somebody's is looked for."""
    await changed(session, _LOOKED_FOR, {"number": person_id, "from_at": from_at})


async def _note(session: Session, person_id: int, on: DayAsking, sign: Sign, now: datetime) -> None:
    """Keep that somebody was heard of, for the asking that is on."""
    values = {
        "person_id": person_id,
        "day": on.day,
        "part": on.part,
        "state": DayState.HEARD,
        "rung": Rung.ASKED,
        "asked": 0,
        "to_listen": False,
    }
    await insert_once(session, DayRow, values)
    row = await session.scalar(
        select(DayRow)
        .where(DayRow.person_id == person_id, DayRow.day == on.day, DayRow.part == on.part)
        .execution_options(populate_existing=True)
    )
    assert row is not None  # noqa: S101 - it was put there above
    change = changing(session, row, person_id, now)
    if sign.voice:
        await _to_listen(change, sign.voice)
    elif sounds_like_trouble(sign.words):
        await notify(
            session,
            recipient_id=person_id,
            kind=Notice.TROUBLE,
            subject_id=row.id,
            now=now,
            lane=Lane.URGENT,
            dedupe=f"{Notice.TROUBLE}:{row.id}",
        )


async def _to_listen(change: Day, voice: str) -> None:
    """Let a voice message wait until somebody has listened: it may be a call for help.

    One that comes while another waits is listened to together with it.
    """
    session, row, now = change.session, change.row, change.now
    before = opened(session, row, "voice").splitlines() if row.to_listen else []
    if voice in before:
        return
    row.to_listen, row.voice = True, sealed(session, row, "voice", "\n".join([*before, voice]))
    await session.flush()
    if before or await home_of(session, row.person_id) is None:
        return
    await change.tell(Notice.LISTEN, [await ringer_of(change)])
    policy = policy_of(session, DayCheckPolicy)
    by = out_of_quiet(now, policy.quiet) + policy.check_listen
    await change.remind(Reminder.LISTEN, by)
