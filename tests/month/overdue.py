"""What is late is seen to be late, on the desk's own list."""

from collections.abc import Iterator
from datetime import datetime

from models.database import Session
from models.help.queries.desk import desk_list
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow
from models.people.queries import person_by_id
from models.people.rules import Role
from tests.month.month import Month
from tests.month.rows import Rows


async def what_is_late_is_seen(month: Month, rows: Rows, session: Session) -> list[str]:
    """Every request that goes on stands on the list of the desk above all, marked if it is late."""
    now = month.clock.now()
    admin = await person_by_id(session, month.town.having(Role.ADMIN)[0].id)
    assert admin is not None
    page = await desk_list(session, admin, now=now, size=len(rows.requests) + 1)
    shown = {line.request_id: line.overdue for line in page.lines}
    going_on = {one.id: _late(one, rows, now) for one in rows.requests.values() if _goes_on(one)}
    return list(_differences(shown, going_on))


def _differences(shown: dict[int, bool], going_on: dict[int, bool]) -> Iterator[str]:
    for request_id in sorted(shown.keys() | going_on.keys()):
        if request_id not in shown:
            yield f"request {request_id} goes on and is on no list"
        elif request_id not in going_on:
            yield f"request {request_id} is over and still on the list"
        elif shown[request_id] != going_on[request_id]:
            yield f"request {request_id}: shown late {shown[request_id]}"


def _goes_on(request: RequestRow) -> bool:
    return request.state in UNENDED


def _late(request: RequestRow, rows: Rows, now: datetime) -> bool:
    """Tell whether the promise to solve is broken; while somebody is waited for it cannot break."""
    since = [
        pause.began_at
        for pause in rows.pauses[request.id]
        if pause.began_at <= now and (pause.ended_at is None or pause.ended_at > now)
    ]
    return request.promised_by < min([now, *since])
