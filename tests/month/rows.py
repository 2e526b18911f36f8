"""Everything the database holds at the end, read once, for checks in plain Python."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from models.audit.tables import AuditRow
from models.base import Base
from models.callups.queries import PARTS_NAME
from models.callups.tables import CallupArrivalRow, CallupPartRow, CallupRow
from models.care.tables import (
    CallOnRow,
    CareAskingRow,
    CareConcernRow,
    CareFestivalRow,
    CareGiftRow,
    CareHomeRow,
    CarePairRow,
)
from models.cars.tables import CarCallRow
from models.database import Sessions, transaction
from models.daychecks.tables import DayRow
from models.gatherings.queries import NAME as GATHERINGS_NAME
from models.gatherings.tables import GatheringRow
from models.hazards.tables import HazardRow, RecheckRow
from models.help.tables import ClaimRow, LineRow, OfferRow, PauseRow, RequestRow
from models.inspections.tables import InspectionMissRow, InspectionRow
from models.orders.tables import OrderRow
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.places.tables import PlaceRow
from models.posts.records import SHIFTS_NAME
from models.posts.tables import PostRow, ShiftConfirmationRow, ShiftRow
from models.registrations.tables import RegistrationRow
from models.reminders.tables import ReminderRow
from models.routines.tables import OccasionRow
from models.savings.tables import SavingsAccountRow, SavingsClaimRow, SavingsMoveRow
from models.seats.tables import SeatListRow, SeatRow
from models.sheets.tables import FilingRow, FilingValueRow
from models.updates.tables import FailedRow
from models.volunteers.tables import VolunteerRow

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True)
class Rows:
    """Rows by table; those about a request by its id, in the order they were written."""

    requests: dict[int, RequestRow]
    claims: dict[int, list[ClaimRow]]
    offers: dict[int, list[OfferRow]]
    lines: dict[int, list[LineRow]]
    pauses: dict[int, list[PauseRow]]
    orders: dict[int, list[OrderRow]]
    outbox: list[OutboxRow]
    reminders: list[ReminderRow]
    people: dict[int, PersonRow]
    places: dict[int, PlaceRow]
    volunteers: dict[int, VolunteerRow]
    failed_updates: list[FailedRow]
    gatherings: dict[int, GatheringRow]
    seat_lists: dict[int, SeatListRow]
    seats: dict[int, list[SeatRow]]
    homes: dict[int, CareHomeRow]
    pairs: dict[int, CarePairRow]
    occasions: dict[int, OccasionRow]
    days: dict[int, DayRow]
    call_ons: list[CallOnRow]
    rounds: dict[int, CareFestivalRow]
    gifts: dict[int, CareGiftRow]
    concerns: dict[int, CareConcernRow]
    askings: dict[int, CareAskingRow]
    filings: dict[int, FilingRow]
    filing_values: dict[int, list[FilingValueRow]]
    callups: dict[int, CallupRow]
    parts: dict[int, CallupPartRow]
    part_seats: dict[int, list[SeatRow]]
    arrivals: list[CallupArrivalRow]
    posts: dict[int, PostRow]
    shifts: dict[int, ShiftRow]
    shift_seats: dict[int, list[SeatRow]]
    shift_confirmations: list[ShiftConfirmationRow]
    accounts: dict[int, SavingsAccountRow]
    moves: list[SavingsMoveRow]
    times: dict[int, SavingsClaimRow]
    looks: list[AuditRow]
    hazards: dict[int, HazardRow]
    rechecks: list[RecheckRow]
    walks: dict[int, InspectionRow]
    misses: dict[int, InspectionMissRow]
    registrations: dict[int, RegistrationRow]
    car_calls: dict[int, CarCallRow]

    def notices(self, *kinds: str) -> list[OutboxRow]:
        """List the pushes of some kinds, changes in place left out."""
        return [row for row in self.outbox if row.kind in kinds and row.target_id is None]

    def path(self, request: RequestRow) -> str:
        """Give the path of the place a request is at."""
        return self.places[request.place_id].path


async def read(sessions: Sessions) -> Rows:
    """Read it all."""
    async with transaction(sessions) as session:

        async def table(kind: type[Base]) -> Sequence[Any]:
            key = next(iter(kind.__table__.primary_key))
            return (await session.scalars(select(kind).order_by(key))).all()

        lists, seats = await table(SeatListRow), await table(SeatRow)
        return Rows(
            requests={row.id: row for row in await table(RequestRow)},
            claims=_about(await table(ClaimRow)),
            offers=_about(await table(OfferRow)),
            lines=_about(await table(LineRow)),
            pauses=_about(await table(PauseRow)),
            orders=_about(await table(OrderRow)),
            outbox=list(await table(OutboxRow)),
            reminders=list(await table(ReminderRow)),
            people={row.id: row for row in await table(PersonRow)},
            places={row.id: row for row in await table(PlaceRow)},
            volunteers={row.person_id: row for row in await table(VolunteerRow)},
            failed_updates=list(await table(FailedRow)),
            gatherings={row.id: row for row in await table(GatheringRow)},
            seat_lists={row.subject_id: row for row in lists if row.subject == GATHERINGS_NAME},
            seats=_about((one for one in seats if one.subject == GATHERINGS_NAME), "subject_id"),
            homes={row.id: row for row in await table(CareHomeRow)},
            pairs={row.id: row for row in await table(CarePairRow)},
            occasions={row.id: row for row in await table(OccasionRow)},
            days={row.id: row for row in await table(DayRow)},
            call_ons=list(await table(CallOnRow)),
            rounds={row.id: row for row in await table(CareFestivalRow)},
            gifts={row.id: row for row in await table(CareGiftRow)},
            concerns={row.id: row for row in await table(CareConcernRow)},
            askings={row.id: row for row in await table(CareAskingRow)},
            filings={row.id: row for row in await table(FilingRow)},
            filing_values=_about(await table(FilingValueRow), "filing_id"),
            callups={row.id: row for row in await table(CallupRow)},
            parts={row.id: row for row in await table(CallupPartRow)},
            part_seats=_about((one for one in seats if one.subject == PARTS_NAME), "subject_id"),
            arrivals=list(await table(CallupArrivalRow)),
            posts={row.id: row for row in await table(PostRow)},
            shifts={row.id: row for row in await table(ShiftRow)},
            shift_seats=_about((one for one in seats if one.subject == SHIFTS_NAME), "subject_id"),
            shift_confirmations=list(await table(ShiftConfirmationRow)),
            accounts={row.id: row for row in await table(SavingsAccountRow)},
            moves=list(await table(SavingsMoveRow)),
            times={row.id: row for row in await table(SavingsClaimRow)},
            looks=[row for row in await table(AuditRow) if row.act == "looked"],
            hazards={row.id: row for row in await table(HazardRow)},
            rechecks=list(await table(RecheckRow)),
            walks={row.id: row for row in await table(InspectionRow)},
            misses={row.occasion_id: row for row in await table(InspectionMissRow)},
            registrations={row.id: row for row in await table(RegistrationRow)},
            car_calls={row.id: row for row in await table(CarCallRow)},
        )


def _about(rows: Iterable[Any], by: str = "request_id") -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, by)].append(row)
    return grouped
