"""The public account of a community: sums of a month that is over, written once."""

from datetime import date, datetime

from sqlalchemy import Select, select

from models.callups.tables import CallupArrivalRow, CallupPartRow
from models.database import Session, insert_once
from models.hours.rules.local_time import day_of, first_showing
from models.policy.current import policy_of
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftRow
from models.reminders.actions import remind
from models.reminders.views import Due
from models.savings.actions.reversing import first_lines
from models.savings.rules import (
    EARNED,
    LEAST_SHOWN,
    CauseKind,
    MovePart,
    Reminder,
    month_after,
    month_before,
    month_of,
)
from models.savings.tables import SavingsMonthRow, SavingsMoveRow, TeamMonthRow

Move = SavingsMoveRow
KEY = "month"
AT_ONCE = 500


async def arrange(session: Session, now: datetime) -> None:
    """Have the account of this month written on the first day of the next."""
    zone = policy_of(session).zone
    month = month_of(day_of(now, zone))
    await remind(
        session,
        kind=Reminder.MONTH,
        subject_id=0,
        due_at=first_showing(month_after(month), datetime.min.time(), zone),
        detail={KEY: month.isoformat()},
        dedupe=f"{Reminder.MONTH}:{month}",
    )


async def write_month(session: Session, due: Due, now: datetime) -> None:
    """Write the sums of a month that is over, and have the next one written.

    Of fewer than LEAST_SHOWN people nothing is written: a sum of few tells of each. It is never
    reckoned anew: what is taken back later would tell of one.
    """
    await arrange(session, now)
    zone = policy_of(session).zone
    month = date.fromisoformat(due.detail[KEY])
    if month > month_before(day_of(now, zone)):
        return
    begins, ends = (
        first_showing(day, datetime.min.time(), zone) for day in (month, month_after(month))
    )
    gone = select(Move.cause_id).where(Move.cause_kind == CauseKind.REVERSAL)
    found = await session.scalars(
        select(Move).where(
            Move.at >= begins,
            Move.at < ends,
            Move.community_id.is_not(None),
            Move.cause_kind.in_([*EARNED, CauseKind.GIFT]),
            Move.id.not_in(gone),
        )
    )
    credited = found.all()
    first = await first_lines(session, credited)
    by_community: dict[int, list[Move]] = {}
    for row in credited:
        if first[row.id].at < begins:  # put right after its own month was told
            continue
        by_community.setdefault(row.community_id or 0, []).append(row)
    for community_id, rows in sorted(by_community.items()):
        await _write(session, community_id, month, rows)
    everything = [row for rows in by_community.values() for row in rows]
    await _write_teams(session, month, everything, first)


async def _write_teams(
    session: Session, month: date, rows: list[Move], first: dict[int, Move]
) -> None:
    """Write what each team gave at shifts and call-ups, where at least LEAST_SHOWN did."""
    teams = {
        CauseKind.SHIFT: select(ShiftConfirmationRow.id, PostRow.team_id)
        .join(ShiftRow, ShiftRow.id == ShiftConfirmationRow.shift_id)
        .join(PostRow, PostRow.id == ShiftRow.post_id),
        CauseKind.CALLUP: select(CallupArrivalRow.id, CallupPartRow.team_id).join(
            CallupPartRow, CallupPartRow.id == CallupArrivalRow.part_id
        ),
    }
    of_team: dict[int, list[Move]] = {}
    for kind, found in teams.items():
        moves: dict[int, list[Move]] = {}
        for row in rows:
            if first[row.id].cause_kind == kind:
                moves.setdefault(first[row.id].cause_id, []).append(row)
        for cause_id, team_id in await _teams_of(session, found, kind, list(moves)):
            of_team.setdefault(team_id, []).extend(moves[cause_id])
    for team_id, given in sorted(of_team.items()):
        if len({row.giver_id for row in given}) >= LEAST_SHOWN:
            hours = sum(row.minutes for row in given) // 60
            values = {"team_id": team_id, "month": month, "hours": hours}
            await insert_once(session, TeamMonthRow, values)


async def _teams_of(
    session: Session, found: Select[int, int | None], kind: CauseKind, causes: list[int]
) -> list[tuple[int, int]]:
    """Return of which team each cause is, AT_ONCE of them a statement; of none, it is left out."""
    key = ShiftConfirmationRow.id if kind is CauseKind.SHIFT else CallupArrivalRow.id
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(causes), AT_ONCE):
        rows = await session.execute(found.where(key.in_(causes[start : start + AT_ONCE])))
        pairs += [(cause, team) for cause, team in rows.all() if team is not None]
    return pairs


async def _write(session: Session, community_id: int, month: date, rows: list[Move]) -> None:
    earned = [row for row in rows if row.cause_kind in EARNED]
    if len({row.giver_id for row in earned}) < LEAST_SHOWN:
        return
    pooled = [row for row in rows if row.part == MovePart.POOL]
    donors = {row.by_id if row.giver_id is None else row.giver_id for row in pooled}
    shown = len(donors) >= LEAST_SHOWN
    values = {
        "community_id": community_id,
        "month": month,
        "hours": sum(row.minutes for row in earned) // 60,
        "pooled_hours": sum(row.minutes for row in pooled) // 60 if shown else None,
    }
    await insert_once(session, SavingsMonthRow, values)
