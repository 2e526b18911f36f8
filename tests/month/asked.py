"""Whom the rings asked, held against what the rows say of that instant."""

from collections.abc import Iterator
from datetime import datetime

from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import HOLDING, LOADING, OfferState
from models.help.tables import ClaimRow, RequestRow
from models.hours.rules.quiet import in_quiet_hours
from models.volunteers.rules import VolunteerPolicy
from tests.month.month import Month
from tests.month.rows import Rows


def asked_only_whom_one_may(month: Month, rows: Rows, policy: HelpPolicy) -> Iterator[str]:
    """Nobody was asked at their cap, paused, on a clashing task, at night, or after declining."""
    by_person = _by_person(rows)
    for card in rows.notices(Notice.OFFER):
        request, at, person = (
            rows.requests[card.subject_id or 0],
            card.created_at,
            card.recipient_id,
        )
        assert person is not None
        mine = by_person.get(person, [])
        for why in (
            *_cannot(person, mine, request, at, month, rows, policy),
            *_will_not(person, request, at, rows, policy),
        ):
            yield f"request {request.id} offered to {person} at {at}: {why}"


def _cannot(
    person: int,
    mine: list[ClaimRow],
    request: RequestRow,
    at: datetime,
    month: Month,
    rows: Rows,
    policy: HelpPolicy,
) -> Iterator[str]:
    """Say why somebody could not be asked at an instant, however urgent it was."""
    load, cap = sum(_loads(claim, at, policy) for claim in mine), rows.volunteers[person].load_cap
    if load >= cap:
        yield f"load {load}, cap {cap}"
    if any(begins <= at < ends for begins, ends in month.life.pauses.get(person, ())):
        yield "paused"
    if clashing := [c.request_id for c in mine if _clashes(c, request, at, rows, policy)]:
        yield f"clashes with {clashing}"
    if person in {request.beneficiary_id, request.requester_id}:
        yield "it is their own"


def _will_not(
    person: int, request: RequestRow, at: datetime, rows: Rows, policy: HelpPolicy
) -> Iterator[str]:
    """Say why somebody should not have been asked at an instant."""
    if request.urgency != Urgency.EMERGENCY and in_quiet_hours(at, policy.quiet):
        yield "in quiet hours"
    for offer in rows.offers[request.id]:
        declined = offer.person_id == person and offer.state == OfferState.DECLINED
        if declined and offer.answered_at is not None and offer.answered_at < at:
            yield f"had declined at {offer.answered_at}"


def _by_person(rows: Rows) -> dict[int, list[ClaimRow]]:
    found: dict[int, list[ClaimRow]] = {}
    for claims in rows.claims.values():
        for claim in claims:
            found.setdefault(claim.person_id, []).append(claim)
    return found


def _loads(claim: ClaimRow, at: datetime, policy: HelpPolicy) -> bool:
    """Tell whether a claim counted against the cap at an instant."""
    if claim.held_at is None or not at - VolunteerPolicy().load_window < claim.held_at < at:
        return False
    return claim.state in LOADING or (claim.ended_at is not None and claim.ended_at > at)


def _held(claim: ClaimRow, at: datetime) -> bool:
    """Tell whether somebody was holding at an instant."""
    if claim.held_at is None or claim.held_at >= at:
        return False
    over = claim.done_at or claim.ended_at
    return claim.state in HOLDING or (over is not None and over > at)


def _clashes(
    claim: ClaimRow, request: RequestRow, at: datetime, rows: Rows, policy: HelpPolicy
) -> bool:
    other = rows.requests[claim.request_id].start_at
    wanted = request.start_at or at
    if claim.request_id == request.id or not _held(claim, at) or other is None:
        return False
    return abs(other - wanted) < policy.clash
